package dev.soundlift.engine;

import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

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

    /**
     * Elements of a Matroska file that are going to be read one after the other.
     *
     * @param from where the first one begins
     * @param intoClusters whether what is in clusters is going to be read too, or only where they begin
     * @param without tracks of whose blocks nothing but the beginning is
     * @param untilMicros how far on the file's clock it is certain that reading goes on; 0 where nobody knows
     */
    record Walk(long from, boolean intoClusters, Set<Long> without, long untilMicros) {}

    /** Hears what comes next: a reader for whom every question is a trip may fetch it together. */
    default void ahead(Walk walk) throws ExtractionException {}

    /**
     * Hears which stretches are going to be read, perhaps not all: a reader for whom every question is a trip may fetch
     * many together.
     *
     * @param stretches are found out only for a reader that makes use of them
     */
    default void expect(Supplier<Stretches> stretches) {}

    /** From the source itself: what was asked for twice and remembered counts once, what was read in vain counts too. */
    long bytesRead();

    @Override
    void close();
}
