package dev.soundlift.source;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.RangeReader;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import java.io.ByteArrayOutputStream;
import java.util.List;

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

    /**
     * Gives what stands in several places, in one go where that is quicker.
     *
     * @param edges where each stretch begins and ends in turn, none of them empty or beyond the file's end
     * @return all of their bytes, one after the other
     * @throws ExtractionException as for one
     */
    default byte[] slices(MediaSource.Handed file, long[] edges, Cancellation cancellation) throws ExtractionException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < edges.length; i += 2) {
            all.writeBytes(slice(file, edges[i], (int) (edges[i + 1] - edges[i]), cancellation));
        }
        return all.toByteArray();
    }

    /** Some bytes and where they stand. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Piece(long position, byte[] bytes) {}

    /**
     * What was found on a walk.
     *
     * @param pieces in any order
     * @param until where the walk would go on
     */
    record Walked(List<Piece> pieces, long until) {}

    /**
     * Walks along the elements of a Matroska file and takes what is going to be read. A keeper that cannot has come no
     * further than the beginning; whoever reads then asks for slices.
     *
     * @param mostBytes after so many it may stop
     */
    default Walked walk(MediaSource.Handed file, RangeReader.Walk walk, int mostBytes, Cancellation cancellation)
            throws ExtractionException {
        return new Walked(List.of(), walk.from());
    }
}
