package dev.soundlift.sentence;

/** What the reader of a sentence may ask of the place where it is said. */
@FunctionalInterface
public interface Surroundings {
    /** Nothing is known of any file: names are then recognised by their form alone. */
    Surroundings NONE = name -> Kind.NOTHING;

    /** What a name stands for. */
    enum Kind {
        NOTHING,
        FILE,
        FOLDER
    }

    /** Never throws, whatever the name looks like. */
    Kind look(String name);

    default boolean exists(String name) {
        return look(name) != Kind.NOTHING;
    }
}
