package dev.soundlift.output;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of pending files. They tell which process on which host writes them, so that a later run can see that this
 * process is gone, killed, and clear its file away.
 */
final class Leftovers {
    private static final Pattern NAME = Pattern.compile("\\.soundlift-([0-9a-z]+)-(\\d{1,18})-([0-9a-z]+)-\\d+\\.part");
    /** Another host's processes cannot be seen from here; no job leaves its file untouched for so long. */
    private static final Duration FOREIGN_AGE = Duration.ofDays(2);

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final String HOST = host();

    private Leftovers() {}

    static String newName() {
        ProcessHandle self = ProcessHandle.current();
        return ".soundlift-%s-%d-%s-%d.part".formatted(HOST, self.pid(), start(self), COUNTER.incrementAndGet());
    }

    /** Deletes what killed runs left in a folder; a file that cannot be deleted stays, as it does no harm. */
    static void sweep(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".soundlift-*.part")) {
            for (Path file : files) {
                if (isAbandoned(file)) Files.deleteIfExists(file);
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return;
        }
    }

    private static boolean isAbandoned(Path file) throws IOException {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches()) return false;
        if (!name.group(1).equals(HOST)) {
            Instant oldest = Instant.now().minus(FOREIGN_AGE);
            return Files.getLastModifiedTime(file).toInstant().isBefore(oldest);
        }
        Optional<ProcessHandle> writer = ProcessHandle.of(Long.parseLong(name.group(2)));
        // A process number is used again after a while; together with the start time it is unique
        return writer.isEmpty() || !start(writer.get()).equals(name.group(3));
    }

    private static String start(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(instant -> Long.toString(instant.toEpochMilli(), 36))
                .orElse("0");
    }

    /** Tells machines apart, as far as that is possible without asking a name server. */
    private static String host() {
        String computer = System.getenv("COMPUTERNAME");
        String name = (computer == null ? "" : computer)
                + readable("/proc/sys/kernel/hostname")
                + readable("/etc/machine-id")
                + processes();
        // Where nothing tells this machine from others, its files are left alone as if they were another's
        if (name.isEmpty()) name = UUID.randomUUID().toString();
        return Integer.toUnsignedString(name.hashCode(), 36);
    }

    private static String readable(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException notThisSystem) {
            return "";
        }
    }

    /** Containers on one machine do not see each other's processes; Linux names the space that they do see. */
    private static String processes() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException notThisSystem) {
            return "";
        }
    }
}
