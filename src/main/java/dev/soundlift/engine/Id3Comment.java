package dev.soundlift.engine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Puts the comment of an MP3 file where players look for it. FFmpeg's muxer writes a user-defined text (TXXX) called
 * "comment", which they do not show; the frame for it is COMM (ID3v2.3, section 4.11). It is shorter, so the tag keeps its
 * size, and the sound after it its place.
 */
public final class Id3Comment {
    private static final int HEADER = 10;
    private static final int FRAME_HEADER = 10;
    private static final byte UTF_16 = 1;

    private Id3Comment() {}

    /**
     * Changes the file; one without such a tag stays as it is.
     *
     * @param language of the comment: ISO 639-2 where it has three letters
     */
    public static void move(Path file, String language) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] header = new byte[HEADER];
            if (bytes.length() < HEADER) return;
            bytes.readFully(header);
            boolean tagged = header[0] == 'I' && header[1] == 'D' && header[2] == '3' && header[5] == 0;
            if (!tagged) return;
            boolean plainSizes = header[3] == 3;
            int size = number(header, 6, 7);
            if (size > bytes.length() - HEADER) return;
            byte[] frames = new byte[size];
            bytes.readFully(frames);
            byte[] moved = moved(frames, plainSizes ? 8 : 7, language);
            if (Arrays.equals(moved, frames)) return;
            bytes.seek(HEADER);
            bytes.write(moved);
        }
    }

    private static byte[] moved(byte[] frames, int bitsOfSize, String language) {
        for (int at = 0; at + FRAME_HEADER <= frames.length && frames[at] != 0; ) {
            int size = number(frames, at + 4, bitsOfSize);
            int end = at + FRAME_HEADER + size;
            if (size <= 0 || end > frames.length) return frames;
            int text = isUserText(frames, at) ? textOfComment(frames, at + FRAME_HEADER, end) : -1;
            if (text >= 0) return withComment(frames, at, text, end, bitsOfSize, language);
            at = end;
        }
        return frames;
    }

    private static boolean isUserText(byte[] frames, int at) {
        return new String(frames, at, 4, StandardCharsets.ISO_8859_1).equals("TXXX");
    }

    /** Where the text begins that is called "comment"; -1 where it is called something else. */
    private static int textOfComment(byte[] frames, int encoding, int end) {
        byte[] name = frames[encoding] == UTF_16
                ? "\uFEFFcomment\0".getBytes(StandardCharsets.UTF_16LE)
                : "comment\0".getBytes(StandardCharsets.ISO_8859_1);
        int text = encoding + 1 + name.length;
        boolean comment = text <= end && Arrays.equals(frames, encoding + 1, text, name, 0, name.length);
        return comment ? text : -1;
    }

    private static byte[] withComment(byte[] frames, int at, int text, int end, int bitsOfSize, String language) {
        byte encoding = frames[at + FRAME_HEADER];
        byte[] noName = encoding == UTF_16 ? "\uFEFF\0".getBytes(StandardCharsets.UTF_16LE) : new byte[1];
        String code = language.matches("[a-z]{3}") ? language : "XXX"; // not known (ID3v2.3, section 4.11)
        byte[] result = new byte[frames.length]; // what is left over at the end is padding
        System.arraycopy(frames, 0, result, 0, at);
        System.arraycopy("COMM".getBytes(StandardCharsets.ISO_8859_1), 0, result, at, 4);
        put(result, at + 4, 1 + 3 + noName.length + end - text, bitsOfSize);
        int to = at + FRAME_HEADER;
        result[to++] = encoding;
        System.arraycopy(code.getBytes(StandardCharsets.ISO_8859_1), 0, result, to, 3);
        to += 3;
        System.arraycopy(noName, 0, result, to, noName.length);
        to += noName.length;
        System.arraycopy(frames, text, result, to, frames.length - text);
        return result;
    }

    /** Big-endian; in seven bits a byte where a size must not look like sound. */
    private static int number(byte[] bytes, int at, int bits) {
        int mask = (1 << bits) - 1;
        int number = 0;
        for (int i = 0; i < 4; i++) number = number << bits | (bytes[at + i] & mask);
        return number;
    }

    private static void put(byte[] bytes, int at, int number, int bits) {
        int mask = (1 << bits) - 1;
        for (int i = 0; i < 4; i++) bytes[at + i] = (byte) (number >> (bits * (3 - i)) & mask);
    }
}
