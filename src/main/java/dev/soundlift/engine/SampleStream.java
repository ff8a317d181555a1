package dev.soundlift.engine;

import dev.soundlift.failure.ExtractionException;
import java.nio.FloatBuffer;

/**
 * The sound that a plan takes, as samples that are decoded when they are asked for: whoever stops asking stops the
 * decoding. For one thread at a time; whoever opened it closes it.
 */
public interface SampleStream extends AutoCloseable {
    int sampleRateHz();

    int channels();

    /**
     * Reads what comes next, interleaved, full scale ±1.
     *
     * @param into with room for at least one sample of every channel; its position advances
     * @return samples of each channel that were read, at least one; -1 after the last
     */
    int read(FloatBuffer into) throws ExtractionException;

    @Override
    void close();
}
