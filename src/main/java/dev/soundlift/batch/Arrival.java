package dev.soundlift.batch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One file of a watched folder: whether it is still growing, being converted, or dealt with. Thread-safe. */
final class Arrival {
    /** What a file looks like from outside; a change of either means new content. */
    private record Look(long bytes, long modifiedNanos) {
        private static final Look NONE = new Look(-1, -1);

        static Look at(Path file) {
            try {
                return new Look(Files.size(file), Work.modified(file));
            } catch (IOException gone) {
                return NONE;
            }
        }
    }

    private Look last = Look.NONE;
    private Look dealtWith = Look.NONE;
    private Look beingConverted = Look.NONE;
    private long unchangedSince = System.nanoTime();
    private long notBefore = System.nanoTime();
    private boolean busy;
    private int failures;

    /** Nothing is to be done about it as it is. */
    synchronized void isKnown(Path file) {
        last = Look.at(file);
        dealtWith = last;
    }

    /** Looks again; whether it is there for the first time, or has changed since it was dealt with. */
    synchronized boolean looksNew(Path file) {
        Look now = Look.at(file);
        if (now.equals(last) || now.equals(Look.NONE)) return false;
        boolean first = last.equals(Look.NONE) || last.equals(dealtWith);
        last = now;
        unchangedSince = System.nanoTime();
        notBefore = unchangedSince;
        failures = 0;
        return first;
    }

    /** Whether the time has come: it has content, has kept still for so long, and nobody is writing it. */
    synchronized boolean isReady(Path file, Duration settle) {
        long now = System.nanoTime();
        return isExpected()
                && !busy
                && last.bytes() > 0
                && now - unchangedSince >= settle.toNanos()
                && now - notBefore >= 0
                && !isBeingWritten(file);
    }

    synchronized void begin() {
        busy = true;
        beingConverted = last;
    }

    synchronized void done() {
        busy = false;
        dealtWith = beingConverted;
    }

    /** How often it has failed as it is. */
    synchronized int failed() {
        return ++failures;
    }

    synchronized void retryAfter(Duration wait) {
        busy = false;
        notBefore = System.nanoTime() + wait.toNanos();
    }

    /** Whether something is still to be done about it. */
    synchronized boolean isExpected() {
        return !last.equals(dealtWith);
    }

    synchronized boolean mayBeForgotten() {
        return !busy;
    }

    /** Whether a process that we can see has the file open for writing; asked only of Linux, which tells. */
    static boolean isBeingWritten(Path file) {
        Path processes = Path.of("/proc");
        if (!Files.isDirectory(processes.resolve("self"))) return false;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(processes, "[0-9]*")) {
            Path real = file.toRealPath();
            for (Path process : all) if (writes(process, real)) return true;
        } catch (IOException | DirectoryIteratorException goneMeanwhile) {
            return false;
        }
        return false;
    }

    private static boolean writes(Path process, Path file) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : open) {
                if (!Files.readSymbolicLink(descriptor).equals(file)) continue;
                Path info = process.resolve("fdinfo").resolve(String.valueOf(descriptor.getFileName()));
                // "flags: 0100001" in octal; the lowest two bits are the access mode, 0 is reading
                for (String line : Files.readAllLines(info)) {
                    if (line.startsWith("flags:")
                            && (Long.parseLong(line.substring(6).strip(), 8) & 3) != 0) return true;
                }
            }
        } catch (IOException | DirectoryIteratorException notOursOrGone) {
            return false;
        }
        return false;
    }
}
