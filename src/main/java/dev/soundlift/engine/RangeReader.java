package dev.soundlift.engine;

import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** The bytes of a source, from any place in it. For one thread at a time; whoever opened it closes it. */
public interface RangeReader extends AutoCloseable {
    /** In bytes, where it can be known. */
    OptionalLong size() throws IOException, ExtractionException;

    /**
     * Reads what stands at a position: at least one byte unless the buffer is full, and perhaps fewer than fit.
     *
     * @return how many bytes; -1 at the end or beyond it
     * @throws IOException where the source breaks off here: what lies elsewhere may still be readable
     * @throws ExtractionException where nothing more will come: interrupted, or the network is gone
     */
    int read(long position, ByteBuffer buffer) throws IOException, ExtractionException;

    /** From the source itself: what was asked for twice and remembered counts once, what was read in vain counts too. */
    long bytesRead();

    @Override
    void close();
}
