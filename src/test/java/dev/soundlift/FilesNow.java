package dev.soundlift;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/** What lies in a folder in which somebody else is at work: {@link Files#walk} fails where a file goes while it looks. */
public final class FilesNow {
    private FilesNow() {}

    /** The regular files under the folder; none where it is not there. */
    public static Set<Path> under(Path folder) throws IOException {
        Set<Path> found = new HashSet<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes kind) {
                if (kind.isRegularFile()) found.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                if (why instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
                throw why;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException why) throws IOException {
                return why instanceof NoSuchFileException
                        ? FileVisitResult.CONTINUE
                        : super.postVisitDirectory(directory, why);
            }
        });
        return found;
    }
}
