package dev.soundlift.web;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.stream.PcmBlock;
import dev.soundlift.stream.PcmStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** The outline of a track, as it becomes known: for each short stretch the lowest and the highest sample of any channel. */
final class Wave {
    private static final int MOST_PER_SECOND = 200;
    private static final int FEWEST_PER_SECOND = 10;
    /** More than a screen shows of a long track even when it is looked at closely. */
    private static final int MOST = 400_000;

    /** So often what is known is sent on, in stretches. */
    private static final int BLOCK = 256;

    private final int perSecond;

    /** @param seconds of the track, as far as is known; 0: unknown */
    Wave(double seconds) {
        double affordable = seconds <= 0 ? MOST_PER_SECOND : MOST / seconds;
        perSecond = (int) Math.max(FEWEST_PER_SECOND, Math.min(MOST_PER_SECOND, affordable));
    }

    /** Stretches in a second. */
    int perSecond() {
        return perSecond;
    }

    /**
     * Writes two signed bytes for each stretch, full scale 127.
     *
     * @throws IOException where nobody takes them any more
     */
    void write(PcmStream sound, OutputStream out) throws ExtractionException, IOException {
        int channels = sound.format().channels();
        int rateHz = sound.format().sampleRateHz();
        byte[] block = new byte[2 * BLOCK];
        int filled = 0;
        long done = 0;
        long stretch = 0;
        float low = 0;
        float high = 0;
        for (Optional<PcmBlock> next = sound.next(); next.isPresent(); next = sound.next()) {
            float[] samples = next.get().floats();
            for (int at = 0; at < samples.length; ) {
                for (int last = at + channels; at < last; at++) {
                    if (samples[at] < low) low = samples[at];
                    if (samples[at] > high) high = samples[at];
                }
                if (++done * perSecond / rateHz == stretch) continue;
                stretch++;
                block[filled++] = level(low);
                block[filled++] = level(high);
                low = 0;
                high = 0;
                if (filled < block.length) continue;
                out.write(block);
                out.flush();
                filled = 0;
            }
        }
        out.write(block, 0, filled);
    }

    /** A sample as one byte, full scale 127. */
    static byte level(double value) {
        return (byte) Math.round(127 * Math.max(-1, Math.min(1, value)));
    }
}
