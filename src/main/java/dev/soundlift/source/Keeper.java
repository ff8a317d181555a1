package dev.soundlift.source;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;

/** Somebody else who keeps files and gives parts of them when asked. Thread-safe. */
public interface Keeper {
    /** Of a file, in bytes. */
    long size(MediaSource.Handed file) throws ExtractionException;

    /**
     * Gives what stands at a position.
     *
     * @param length at least one, and not beyond the file's end
     * @return so many bytes and no fewer
     * @throws ExtractionException where nothing more will come: the keeper is gone, the file is another now, or the
     *     cancellation is requested
     */
    byte[] slice(MediaSource.Handed file, long position, int length, Cancellation cancellation)
            throws ExtractionException;
}
