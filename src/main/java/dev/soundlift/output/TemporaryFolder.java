package dev.soundlift.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

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

    /** Deletes it with all that is in it. What Windows does not let go of yet is left to the end of the process. */
    @Override
    public void close() {
        try {
            Leftovers.delete(path);
        } catch (IOException stillOpen) {
            // In this order: what was named last is deleted first
            path.toFile().deleteOnExit();
            for (Path file : filesIn(path)) file.toFile().deleteOnExit();
        }
    }

    private static List<Path> filesIn(Path folder) {
        try (var files = Files.list(folder)) {
            return files.toList();
        } catch (IOException gone) {
            return List.of();
        }
    }
}
