package dev.soundlift.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of our own for files that live no longer than a run. Its name tells whose it is, so that what a killed run left
 * is cleared away by the next one that needs such a folder.
 */
public final class TemporaryFolder implements AutoCloseable {
    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /** Where files that nobody is to keep belong on this machine. */
    public static Path place() {
        String wished = System.getenv("TMPDIR");
        boolean usable = wished != null && !wished.isEmpty() && Files.isDirectory(Path.of(wished));
        return Path.of(usable ? wished : System.getProperty("java.io.tmpdir"));
    }

    public static TemporaryFolder open() throws IOException {
        return in(place());
    }

    static TemporaryFolder in(Path place) throws IOException {
        Leftovers.sweepNowAndThen(place);
        Path path = place.resolve(Leftovers.newName(Leftovers.FOLDER));
        boolean posix = place.getFileSystem().supportedFileAttributeViews().contains("posix");
        return new TemporaryFolder(
                posix
                        ? Files.createDirectory(
                                path,
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                        : Files.createDirectory(path));
    }

    public Path path() {
        return path;
    }

    /** Deletes a folder inside with all that is in it; says whether it is gone, which it is not while somebody holds it. */
    public boolean isDeleted(Path inside) {
        try {
            Leftovers.delete(inside);
        } catch (IOException stillUsed) {
            // what is left can be deleted later
        }
        return Files.notExists(inside, LinkOption.NOFOLLOW_LINKS);
    }

    /** Deletes it with all that is in it. What Windows does not let go of yet is left to the end of the process. */
    @Override
    public void close() {
        try {
            Leftovers.delete(path);
        } catch (IOException stillOpen) {
            // In this order: what was named last is deleted first
            for (Path file : allIn(path)) file.toFile().deleteOnExit();
        }
    }

    private static List<Path> allIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList();
        } catch (IOException | UncheckedIOException gone) {
            return List.of();
        }
    }
}
