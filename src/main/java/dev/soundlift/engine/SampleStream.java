package dev.soundlift.engine;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.SampleDepth;
import java.nio.ByteBuffer;

/**
 * The sound that a plan takes, as samples that are decoded when they are asked for: whoever stops asking stops the
 * decoding. For one thread at a time; whoever opened it closes it.
 */
public interface SampleStream extends AutoCloseable {
    int sampleRateHz();

    int channels();

    /** What a sample is; 24 bits are the upper ones of 32. */
    SampleDepth depth();

    /** Of one sample of one channel. */
    default int sampleBytes() {
        return depth() == SampleDepth.BITS_16 ? Short.BYTES : Integer.BYTES;
    }

    /**
     * Reads what comes next, interleaved, each sample in the machine's byte order; floating point has full scale ±1.
     *
     * @param into with room for at least one sample of every channel; its position advances
     * @return samples of each channel that were read, at least one; -1 after the last
     */
    int read(ByteBuffer into) throws ExtractionException;

    /** What went wrong in reading so far. */
    Damage damage();

    @Override
    void close();
}
