package dev.soundlift.engine.inprocess;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

/**
 * The {@code iTunSMPB} tag of an M4A: how many samples the encoder put before and after the sound. The edit list says the
 * same, but Apple's players and those that follow them look here (Apple Technical Note TN2258). FFmpeg cannot write it:
 * so it writes another tag of exactly that size, which is written over when the numbers are known.
 */
final class GaplessTag {
    /** A tag that sound alone never has: the number of a television episode. */
    static final String PLACEHOLDER_KEY = "episode_id";

    /** What stands before the text in the tag that FFmpeg writes: two box headers, a type and a locale. */
    private static final int BEFORE_PLACEHOLDER = 24;

    private static final int TEXT_BYTES = 116;
    private static final byte[] MEAN = "com.apple.iTunes".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NAME = "iTunSMPB".getBytes(StandardCharsets.US_ASCII);
    private static final int BOX_BYTES = 8 + 12 + MEAN.length + 12 + NAME.length + 16 + TEXT_BYTES;
    /** The index is in front; tags behind more than this are not worth the search. */
    private static final int SEARCHED_BYTES = 64 << 20;

    static final String PLACEHOLDER = "~".repeat(BOX_BYTES - BEFORE_PLACEHOLDER);

    private GaplessTag() {}

    /**
     * Replaces the placeholder.
     *
     * @param priming samples before the sound
     * @param samples of the sound
     * @param padding samples after it
     */
    static void write(Path file, long priming, long samples, long padding) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            int length = (int) Math.min(SEARCHED_BYTES, channel.size());
            ByteBuffer start = channel.map(FileChannel.MapMode.READ_ONLY, 0, length);
            int at = indexOf(start, PLACEHOLDER.getBytes(StandardCharsets.US_ASCII));
            if (at >= BEFORE_PLACEHOLDER) channel.write(box(priming, samples, padding), at - BEFORE_PLACEHOLDER);
        }
    }

    private static int indexOf(ByteBuffer bytes, byte[] wanted) {
        byte[] found = new byte[wanted.length];
        // Whole steps cannot jump over a run of equal characters
        for (int step = wanted.length - 1; step < bytes.limit(); step += wanted.length) {
            if (bytes.get(step) != wanted[0]) continue;
            int first = step;
            while (first > 0 && bytes.get(first - 1) == wanted[0]) first--;
            if (first + wanted.length > bytes.limit()) return -1;
            bytes.get(first, found);
            if (Arrays.equals(found, wanted)) return first;
        }
        return -1;
    }

    static ByteBuffer box(long priming, long samples, long padding) {
        String text = String.format(Locale.ROOT, " 00000000 %08X %08X %016X", priming, padding, samples)
                + " 00000000".repeat(8);
        ByteBuffer box = ByteBuffer.allocate(BOX_BYTES);
        box.putInt(BOX_BYTES).put("----".getBytes(StandardCharsets.US_ASCII));
        box.putInt(12 + MEAN.length)
                .put("mean".getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .put(MEAN);
        box.putInt(12 + NAME.length)
                .put("name".getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .put(NAME);
        box.putInt(16 + TEXT_BYTES)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(1)
                .putInt(0);
        return box.put(text.getBytes(StandardCharsets.US_ASCII)).flip();
    }
}
