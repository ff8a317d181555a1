package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import dev.soundlift.engine.PacketDigest;
import dev.soundlift.engine.SampleDigest;
import java.time.Duration;
import java.util.zip.CRC32;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;

/** Adds up the payload of packets, so that two containers can be shown to hold the same ones. */
final class Digest {
    /** Of several packets: one call for each would cost more than the sum. */
    private final byte[] collected = new byte[64 << 10];

    private int filled;
    private final CRC32 sum = new CRC32();
    private final boolean aac;
    private long packets;
    private long bytes;
    private long durations;
    private long firstTimestamp = Long.MAX_VALUE;
    private long endTimestamp = Long.MIN_VALUE;

    Digest(int codecId) {
        this.aac = codecId == AV_CODEC_ID_AAC;
    }

    void add(AVPacket packet) {
        int whole = packet.size();
        long timestamp = packet.pts();
        long duration = packet.duration();
        packets++;
        durations += duration;
        if (timestamp != AV_NOPTS_VALUE) {
            firstTimestamp = Math.min(firstTimestamp, timestamp);
            endTimestamp = Math.max(endTimestamp, timestamp + duration);
        }
        if (whole <= 0) return;
        BytePointer data = packet.data();
        int header = aac ? adtsHeaderLength(data, whole) : 0;
        bytes += whole - header;
        for (int from = header; from < whole; ) {
            int length = Math.min(whole - from, collected.length - filled);
            data.position(from).get(collected, filled, length);
            filled += length;
            from += length;
            if (filled == collected.length) addCollected();
        }
    }

    /**
     * ADTS puts a header before every AAC frame (ISO/IEC 13818-7, section 6.2), MP4 and Matroska do not: it is the
     * container's, and no raw frame begins with its twelve set bits.
     */
    private static int adtsHeaderLength(BytePointer data, int size) {
        boolean adts = size > 7 && (data.get(0) & 0xff) == 0xff && (data.get(1) & 0xf6) == 0xf0;
        if (!adts) return 0;
        boolean crcAbsent = (data.get(1) & 1) == 1;
        return crcAbsent ? 7 : 9;
    }

    /**
     * From the first packet's start to the last one's end. In a raw stream time stamps are guesses from the bit rate, and
     * what the packets last, added up, is the truth; elsewhere there may be gaps between them.
     */
    Duration length(AVRational timeBase) {
        long span = endTimestamp > firstTimestamp ? endTimestamp - firstTimestamp : 0;
        return Duration.ofNanos(Math.round(Ffmpeg.seconds(Math.max(span, durations), timeBase) * 1e9));
    }

    PacketDigest finish() {
        addCollected();
        return new PacketDigest(packets, bytes, "crc32 " + SampleDigest.hexadecimal(sum.getValue()));
    }

    private void addCollected() {
        sum.update(collected, 0, filled);
        filled = 0;
    }
}
