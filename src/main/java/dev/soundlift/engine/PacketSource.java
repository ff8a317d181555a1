package dev.soundlift.engine;

import dev.soundlift.failure.ExtractionException;
import java.util.Optional;

/**
 * A track's packets as they lie in the file, read when they are asked for. For one thread at a time; whoever opened it
 * closes it.
 */
public interface PacketSource extends AutoCloseable {
    /**
     * A packet with its place.
     *
     * @param data its own
     * @param position of its first sample on the plan's clock, whose 0 is the first sample that is wanted
     * @param samples of one channel that its decoder gives
     * @param padding how many of them, the last ones, are to be dropped
     * @param marked whether the container says that it is damaged
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Placed(byte[] data, long position, long samples, long padding, boolean marked) {}

    /** FFmpeg's name. */
    String codecName();

    int sampleRateHz();

    int channels();

    /** What the decoder needs before the first packet, such as MP4's AudioSpecificConfig; empty where there is none. */
    byte[] setUp();

    /** The next one; nothing after the last. */
    Optional<Placed> next() throws ExtractionException;

    /** What went wrong in reading so far. */
    Damage damage();

    @Override
    void close();
}
