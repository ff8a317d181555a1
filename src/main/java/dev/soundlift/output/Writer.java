package dev.soundlift.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which process on which machine writes something, so that a later run can see that this process is gone.
 *
 * @param start when the process began: its number is used again after a while
 */
public record Writer(String host, long pid, String start) {
    private static final Pattern FORM = Pattern.compile("([0-9a-z]+)-(\\d{1,18})-([0-9a-z]+)");
    private static final String HOST = hostName();
    private static final Writer SELF = of(ProcessHandle.current());

    static Writer of(ProcessHandle process) {
        return new Writer(HOST, process.pid(), start(process).orElse("0"));
    }

    /** This process. */
    public static Writer self() {
        return SELF;
    }

    /** Reads back what {@link #toString} printed. */
    public static Optional<Writer> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) return Optional.empty();
        return Optional.of(new Writer(form.group(1), Long.parseLong(form.group(2)), form.group(3)));
    }

    /** Whether it is another machine's, whose processes cannot be seen from here. */
    public boolean isForeign() {
        return !host.equals(HOST);
    }

    /** Whether the process has ended; never known of a foreign one. */
    public boolean isGone() {
        if (isForeign()) return false;
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty()) return true;
        Optional<String> now = start(process.get());
        return now.isPresent() && !now.get().equals(start);
    }

    @Override
    public String toString() {
        return host + "-" + pid + "-" + start;
    }

    /**
     * Something that never changes while the process lives, and that another one with its number does not have; nothing
     * where the system does not tell it to us. Java reckons the time from when the machine was started by today's clock,
     * so on Linux that time would change when the clock is set.
     */
    private static Optional<String> start(ProcessHandle process) {
        String status = readable("/proc/" + process.pid() + "/stat");
        // The program's name stands in brackets and may have any characters in it; "starttime" is the 20th after it
        String[] words = status.substring(status.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (words.length > 19) {
            String machineStarted = readable("/proc/sys/kernel/random/boot_id");
            return Optional.of(words[19] + Integer.toUnsignedString(machineStarted.hashCode(), 36));
        }
        return process.info().startInstant().map(instant -> Long.toString(instant.toEpochMilli(), 36));
    }

    /** Tells machines apart, as far as that is possible without asking a name server. */
    private static String hostName() {
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
