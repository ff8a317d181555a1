package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.EncodedSound;
import dev.soundlift.failure.ExtractionException;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Adds up samples on their way to an encoder, and measures them on another thread. */
final class EncodedSamples implements AutoCloseable {
    private final SampleSum sum;
    private final LevelsOf levels = new LevelsOf();
    /** On a thread of its own: behind blocks that wait to be encoded, it would hold up those that come after them. */
    private final Beside measuring = Beside.of(Workers.STAGES, levels::measure);

    /** @param bits that the encoder keeps of samples that have 32 */
    EncodedSamples(int bits) {
        this.sum = new SampleSum(bits);
    }

    void add(AVFrame frame) throws ExtractionException {
        sum.add(frame);
        measuring.sound(frame);
    }

    /** After the last samples. */
    void finish() throws ExtractionException {
        measuring.finish();
        levels.finish();
    }

    /** After the end; nothing where the samples' form changed midway. */
    Optional<EncodedSound> sound() {
        return sum.digest().map(samples -> new EncodedSound(samples, levels.peakDbfs(), levels.integratedLufs()));
    }

    @Override
    public void close() {
        measuring.close();
        levels.close();
    }
}
