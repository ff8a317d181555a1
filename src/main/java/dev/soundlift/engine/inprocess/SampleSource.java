package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.Damage;
import dev.soundlift.failure.ExtractionException;

/** What a plan takes of a file, a packet at a time. */
interface SampleSource extends AutoCloseable {
    /**
     * Goes one packet on.
     *
     * @param samples gets what comes of it; after the last packet, all that the decoders held back
     * @return false when that was all
     */
    boolean advance(PlacedSamples samples) throws ExtractionException;

    /** What went wrong so far. */
    Damage damage();

    @Override
    void close();
}
