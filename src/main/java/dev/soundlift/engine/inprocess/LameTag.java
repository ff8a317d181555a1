package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.RangeReader;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The numbers in the header of an MP3 file that make players drop what lies before and after the sound (Mp3 info tag,
 * revision 1, by the makers of LAME). FFmpeg's muxer knows them for what it encoded, but not for a cut between packets.
 */
final class LameTag {
    /** Samples that every decoder is late by; players add them to the delay in the tag. */
    static final int DECODER_DELAY = 529;

    private static final int LARGEST = 0xfff;
    /** More before the sound cannot be said. */
    static final int MOST_HIDDEN = LARGEST + DECODER_DELAY;

    /** Where the part begins that LAME added to the header that Xing invented. */
    private static final int ADDED_AT = 120;

    private static final int DELAYS_AT = 141;
    private static final int CHECKSUM_AT = 154;
    private static final int CHECKED_BYTES = 190;
    private static final byte[] CONSTANT_RATE = "Info".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VARIABLE_RATE = "Xing".getBytes(StandardCharsets.US_ASCII);

    private LameTag() {}

    /**
     * Rewrites the numbers, in a file that has the tag; any other stays as it is.
     *
     * @param before samples that are decoded before the sound; fewer than {@link #DECODER_DELAY} cannot be said
     * @param after samples that are decoded after it
     */
    static void write(Path file, long before, long after) throws IOException {
        rewrite(file, (frame, tag) -> {
            long delay = Math.min(LARGEST, Math.max(0, before - DECODER_DELAY));
            long padding = Math.min(LARGEST, after + DECODER_DELAY);
            long both = delay << 12 | padding;
            for (int i = 0; i < 3; i++) frame[tag + DELAYS_AT + i] = (byte) (both >> (16 - 8 * i));
            int sum = crc16(frame, CHECKED_BYTES);
            frame[tag + CHECKSUM_AT] = (byte) (sum >> 8);
            frame[tag + CHECKSUM_AT + 1] = (byte) sum;
        });
    }

    /** Takes the numbers out, so that players drop nothing: even a delay of 0 has them drop the decoder's own. */
    static void clear(Path file) throws IOException {
        rewrite(file, (frame, tag) -> Arrays.fill(frame, tag + ADDED_AT, tag + CHECKSUM_AT + 2, (byte) 0));
    }

    /** Whether the first frame says that all have one size; so it stands after an ID3v2 tag (section 3.1: four times seven bits). */
    static boolean saysConstantRate(RangeReader file) throws ExtractionException {
        try {
            ByteBuffer head = ByteBuffer.allocate(10);
            while (head.hasRemaining() && file.read(head.position(), head) > 0) {}
            boolean tagged = head.position() == 10 && head.get(0) == 'I' && head.get(1) == 'D' && head.get(2) == '3';
            int length = head.get(6) << 21 | head.get(7) << 14 | head.get(8) << 7 | head.get(9);
            long frame = tagged ? 10L + Math.max(0, length) : 0; // a byte has seven bits, or it is no tag
            ByteBuffer begin = ByteBuffer.allocate(64);
            while (begin.hasRemaining() && file.read(frame + begin.position(), begin) > 0) {}
            String text = new String(begin.array(), 0, begin.position(), StandardCharsets.ISO_8859_1);
            return text.contains(new String(CONSTANT_RATE, StandardCharsets.US_ASCII));
        } catch (IOException broken) {
            return false;
        }
    }

    private interface Change {
        void make(byte[] frame, int tag);
    }

    private static void rewrite(Path file, Change change) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long frameAt = afterId3(channel);
            byte[] frame = new byte[CHECKED_BYTES + 64];
            if (channel.read(ByteBuffer.wrap(frame), frameAt) < frame.length) return;
            int tag = find(frame);
            if (tag < 0) return;
            change.make(frame, tag);
            channel.write(ByteBuffer.wrap(frame), frameAt);
        }
    }

    /** Length of the ID3v2 tag in front (ID3v2.4, section 3.1: four times seven bits). */
    private static long afterId3(FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(10);
        channel.read(head, 0);
        byte[] bytes = head.array();
        if (bytes[0] != 'I' || bytes[1] != 'D' || bytes[2] != '3') return 0;
        return 10L + (bytes[6] << 21 | bytes[7] << 14 | bytes[8] << 7 | bytes[9]);
    }

    /** Behind the side information, whose length depends on version and channels. */
    private static int find(byte[] frame) {
        for (int at : new int[] {13, 21, 36}) {
            byte[] found = Arrays.copyOfRange(frame, at, at + 4);
            if (Arrays.equals(found, CONSTANT_RATE) || Arrays.equals(found, VARIABLE_RATE)) return at;
        }
        return -1;
    }

    /** CRC-16 with the polynomial 0x8005, lowest bit first. */
    static int crc16(byte[] bytes, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum ^= bytes[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) sum = (sum & 1) != 0 ? sum >> 1 ^ 0xa001 : sum >> 1;
        }
        return sum;
    }
}
