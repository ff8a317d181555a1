package dev.soundlift.sound;

import java.nio.file.Path;

/** What a Java program gets from a file, for tests of other ways in. */
public final class Made {
    private Made() {}

    /** The usual conversion of a file. */
    public static Path here(Path input, Path output) {
        return Lift.delivered(Lift.to(output, input));
    }
}
