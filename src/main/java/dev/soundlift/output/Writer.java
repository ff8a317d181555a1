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
    private static final Writer SELF = new Writer(HOST, ProcessHandle.current().pid(), start(ProcessHandle.current()));

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
        return process.isEmpty() || !start(process.get()).equals(start);
    }

    @Override
    public String toString() {
        return host + "-" + pid + "-" + start;
    }

    private static String start(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(instant -> Long.toString(instant.toEpochMilli(), 36))
                .orElse("0");
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
