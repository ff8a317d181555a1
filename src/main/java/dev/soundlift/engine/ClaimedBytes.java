package dev.soundlift.engine;

import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * How long a file says in its first bytes that it is. FFmpeg believes the file system instead, so that a recording of
 * which half is missing looks like one of half the length. Only for formats that say so at their start: RIFF (WAV, AVI),
 * RF64, IFF (AIFF), CAF and Sun's AU; the others' demuxers notice by themselves.
 */
public final class ClaimedBytes {
    /** What writers put there that did not know, or were not able to come back and say. */
    private static final long LEAST_UNKNOWN = 0x7ffffff0L;

    private static final int MOST_CHUNKS = 64;

    private ClaimedBytes() {}

    /** Which part of what a file claims to hold is there; 1 where nothing is missing, or nothing is claimed. */
    public static double shareThere(RangeReader file) throws ExtractionException {
        try {
            OptionalLong size = file.size();
            OptionalLong claimed = size.isPresent() ? read(file) : OptionalLong.empty();
            boolean missing = claimed.isPresent() && claimed.getAsLong() > size.getAsLong();
            return missing ? size.getAsLong() / (double) claimed.getAsLong() : 1;
        } catch (IOException broken) {
            return 1;
        }
    }

    private static OptionalLong read(RangeReader file) throws IOException, ExtractionException {
        ByteBuffer start = bytes(file, 0, 28);
        if (start.limit() < 28) return OptionalLong.empty();
        return switch (name(start, 0)) {
            case "RIFF" -> known(start.order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xffffffffL, 8);
            // The first chunk holds what does not fit into 32 bits (EBU Tech 3306)
            case "RF64", "BW64" ->
                name(start, 12).equals("ds64")
                        ? big(start.order(ByteOrder.LITTLE_ENDIAN).getLong(20), 8)
                        : OptionalLong.empty();
            case "FORM" -> known(start.getInt(4) & 0xffffffffL, 8);
            case ".snd" -> known(start.getInt(8) & 0xffffffffL, start.getInt(4) & 0xffffffffL);
            case "caff" -> soundOfCaf(file);
            default -> OptionalLong.empty();
        };
    }

    private static OptionalLong known(long length, long before) {
        return length == 0 || length >= LEAST_UNKNOWN ? OptionalLong.empty() : OptionalLong.of(length + before);
    }

    private static OptionalLong big(long length, long before) {
        return length <= 0 || length >= Long.MAX_VALUE / 2 ? OptionalLong.empty() : OptionalLong.of(length + before);
    }

    /** Up to the end of the sound; its length is -1 where it was not known (Core Audio Format, "Audio Data chunk"). */
    private static OptionalLong soundOfCaf(RangeReader file) throws IOException, ExtractionException {
        long at = 8;
        for (int i = 0; i < MOST_CHUNKS; i++) {
            ByteBuffer head = bytes(file, at, 12);
            if (head.limit() < 12) return OptionalLong.empty();
            long length = head.getLong(4);
            if (name(head, 0).equals("data")) return big(length, at + 12);
            if (length < 0 || length > LEAST_UNKNOWN) return OptionalLong.empty();
            at += 12 + length;
        }
        return OptionalLong.empty();
    }

    /** Fewer at the end of the file. */
    private static ByteBuffer bytes(RangeReader file, long at, int count) throws IOException, ExtractionException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        int read;
        do read = file.read(at + bytes.position(), bytes);
        while (read > 0 && bytes.hasRemaining());
        return bytes.flip();
    }

    private static String name(ByteBuffer bytes, int at) {
        byte[] name = new byte[4];
        bytes.get(at, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
