package dev.soundlift.sound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that testdata/README.md describes, and what stands in a test's own folder. */
public final class TestMedia {
    private TestMedia() {}

    public static Path testdata() {
        return Path.of(System.getProperty("soundlift.testdata", "testdata")).toAbsolutePath();
    }

    public static Path media(String name) {
        return testdata().resolve("media").resolve(name);
    }

    /** A copy that a test may have outputs written beside. */
    public static Path copyTo(Path folder, String name) {
        return copyAs(folder.resolve(name), name);
    }

    public static Path copyAs(Path copy, String name) {
        try {
            return Files.copy(media(name), copy);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Names of all that is in a folder, hidden files included, sorted. */
    public static List<String> namesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
