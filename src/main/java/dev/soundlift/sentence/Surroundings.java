package dev.soundlift.sentence;

import java.util.List;

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

    /**
     * The endings of the videos in a folder that holds sounds too, as they are written there: "the videos in it" are not all that is
     * in it. Of any other folder, nothing.
     */
    default List<String> videosBesideSounds(String folder) {
        return List.of();
    }

    default boolean exists(String name) {
        return look(name) != Kind.NOTHING;
    }
}
