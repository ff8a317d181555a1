package dev.soundlift.output;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of pending files. They tell which process on which host writes them, so that a later run can see that this
 * process is gone, killed, and clear its file away.
 */
final class Leftovers {
    private static final Pattern NAME =
            Pattern.compile("\\.soundlift-([0-9a-z]+-\\d{1,18}-[0-9a-z]+)-\\d+\\.(part|dir)");
    /** Endings of a file that is being written, and of a folder for files that nobody keeps. */
    static final String FILE = ".part";

    static final String FOLDER = ".dir";

    /** Another host's processes cannot be seen from here; no job leaves its file untouched for so long. */
    private static final Duration FOREIGN_AGE = Duration.ofDays(2);

    /** To list a folder of ten thousand files for each of them would take longer than the files. */
    private static final Duration RARELY = Duration.ofMinutes(1);

    private static final Map<Path, Instant> SWEPT = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private Leftovers() {}

    static String newName(String ending) {
        return ".soundlift-" + Writer.self() + "-" + COUNTER.incrementAndGet() + ending;
    }

    /** As {@link #sweep}, unless this process has done so within the last minute. */
    static void sweepNowAndThen(Path folder) {
        Instant now = Instant.now();
        Instant last = SWEPT.put(folder, now);
        if (last == null || last.isBefore(now.minus(RARELY))) {
            sweep(folder);
        } else {
            SWEPT.put(folder, last);
        }
    }

    /** Deletes what killed runs left in a folder; a file that cannot be deleted stays, as it does no harm. */
    static void sweep(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".soundlift-*.{part,dir}")) {
            for (Path file : files) {
                if (isAbandoned(file)) clear(file);
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return;
        }
    }

    /** The others are to be cleared away all the same. */
    private static void clear(Path path) {
        try {
            delete(path);
        } catch (IOException stays) {
            return;
        }
    }

    /** A file, or a folder with all that is in it; links are not followed. */
    static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
                for (Path file : files) delete(file);
            } catch (DirectoryIteratorException unreadable) {
                throw unreadable.getCause();
            }
        }
        Files.deleteIfExists(path);
    }

    private static boolean isAbandoned(Path file) throws IOException {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches()) return false;
        Optional<Writer> writer = Writer.parse(name.group(1));
        if (writer.isEmpty()) return false;
        if (!writer.get().isForeign()) return writer.get().isGone();
        Instant oldest = Instant.now().minus(FOREIGN_AGE);
        return Files.getLastModifiedTime(file).toInstant().isBefore(oldest);
    }
}
