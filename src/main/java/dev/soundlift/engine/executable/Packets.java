package dev.soundlift.engine.executable;

import dev.soundlift.engine.PacketDigest;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds up the packets of a track from the lines of FFmpeg's framecrc and md5 formats. Thread-safe. */
final class Packets {
    private static final Pattern TICK = Pattern.compile("#tb 0: (\\d+)/(\\d+)");
    /** Stream, decoding time stamp, presentation time stamp, duration, size, checksum. */
    private static final Pattern PACKET =
            Pattern.compile("0, +(-?\\d{1,19}), +(-?\\d{1,19}), +(-?\\d{1,19}), +(\\d{1,10}), .*");

    private static final Pattern SUM = Pattern.compile(".*MD5=([0-9a-f]{32}).*");
    private static final Pattern BYTES_READ = Pattern.compile(".*Statistics: (\\d+) bytes read, .*");

    private double tickSeconds = 1;
    private long packets;
    private long bytes;
    private long durations;
    private long first = Long.MAX_VALUE;
    private long end = Long.MIN_VALUE;
    private String md5 = "";
    private long bytesRead;
    /** Of the first packet that reaches past the wanted time. */
    private OptionalDouble wantedStart = OptionalDouble.empty();

    private double wantedLength;
    private final DoublePredicate wanted;

    Packets() {
        this(end -> false);
    }

    /** @param wanted whether a packet that ends there, in seconds of the container's clock, is the first to be looked for */
    Packets(DoublePredicate wanted) {
        this.wanted = wanted;
    }

    /** A line of either output. */
    synchronized void hear(String line) {
        Matcher packet = PACKET.matcher(line);
        if (packet.matches()) {
            add(Long.parseLong(packet.group(2)), Long.parseLong(packet.group(3)), Long.parseLong(packet.group(4)));
            return;
        }
        Matcher tick = TICK.matcher(line);
        if (tick.matches()) tickSeconds = Double.parseDouble(tick.group(1)) / Double.parseDouble(tick.group(2));
        Matcher sum = SUM.matcher(line);
        if (sum.matches()) md5 = sum.group(1);
        Matcher read = BYTES_READ.matcher(line);
        if (read.matches()) bytesRead = Math.max(bytesRead, Long.parseLong(read.group(1)));
    }

    private void add(long timestamp, long duration, long size) {
        packets++;
        bytes += size;
        durations += duration;
        if (timestamp == Long.MIN_VALUE) return; // FFmpeg's "not known"
        first = Math.min(first, timestamp);
        end = Math.max(end, timestamp + duration);
        if (wantedStart.isEmpty() && wanted.test((timestamp + duration) * tickSeconds)) {
            wantedStart = OptionalDouble.of(timestamp * tickSeconds);
            wantedLength = duration * tickSeconds;
        }
    }

    synchronized long count() {
        return packets;
    }

    synchronized PacketDigest digest() {
        return new PacketDigest(packets, bytes, "md5 " + md5);
    }

    /** Where the first packet that was looked for begins, on the container's clock. */
    synchronized OptionalDouble wantedStart() {
        return wantedStart;
    }

    synchronized double wantedLength() {
        return wantedLength;
    }

    synchronized double startSeconds() {
        return first == Long.MAX_VALUE ? 0 : first * tickSeconds;
    }

    synchronized double endSeconds() {
        return end == Long.MIN_VALUE ? 0 : end * tickSeconds;
    }

    /**
     * From the first packet's start to the last one's end. In a raw stream time stamps are guesses from the bit rate, and
     * what the packets last, added up, is the truth; elsewhere there may be gaps between them.
     */
    synchronized Duration length() {
        long span = end > first ? end - first : 0;
        return Duration.ofNanos(Math.round(Math.max(span, durations) * tickSeconds * 1e9));
    }

    synchronized long bytesRead() {
        return bytesRead;
    }
}
