package dev.soundlift.source;

import dev.soundlift.engine.RangeReader;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A walk along a Matroska file up to a cluster that the index names, or, where none is named, along one element and those
 * that came with it. It goes as far as the bytes that it is given reach, and says which ones it wants then.
 */
final class Leg {
    /** An element's header, and what stands before a block's time stamp. */
    private static final int HEAD_BYTES = 24;

    /** What is larger is left to the reader. */
    private static final int MOST_BLOCK_BYTES = 1 << 20;

    private static final int MOST_OTHER_BYTES = 4096;
    /** What keeping a piece costs besides. */
    private static final int PIECE_BYTES = 128;

    private final long start;
    private final boolean named;
    private final boolean open;
    private final long size;
    private final Set<Long> without;
    private final Pace pace;
    private final Piece piece = new Piece();
    private final Ebml ebml = new Ebml(piece);

    // What others look at meanwhile is volatile: whoever is on the way goes on without the walk's lock
    private volatile long end;
    /** Everything before is at hand that a reader looks at, who takes a group of blocks as one. */
    private volatile long reached;

    private volatile long wantedFrom;
    private volatile long wantedTo;
    private volatile long kept;
    private volatile boolean over;
    private boolean onTheWay;

    /** Where it ends, as far as whoever is on the way knows; others hear of it when he is back. */
    private long ownEnd;

    private long at;
    /** The end of what is wanted of what has been seen, and where the last leap led to. */
    private long due;

    private long landed;
    private long groupEnd;

    /**
     * @param end negative where nobody knows of one
     * @param named whether a cluster is said to begin here
     */
    Leg(long start, long end, boolean named, long size, Set<Long> without, Pace pace) {
        this.start = start;
        this.end = end;
        this.ownEnd = end;
        this.named = named;
        this.open = end < 0;
        this.size = size;
        this.without = without;
        this.pace = pace;
        this.at = start;
        this.landed = start;
        this.due = start;
        this.reached = start;
        want(start, pace.firstBytes());
    }

    /** Negative where it is not known yet. */
    long end() {
        return end;
    }

    boolean isPassed(long position) {
        return end >= 0 && end <= position;
    }

    /** Whether a reader may go on there; also where nobody is going to see to it. */
    boolean has(long position) {
        return over || position < reached;
    }

    boolean isReady() {
        return !over && !onTheWay;
    }

    boolean isOnTheWay() {
        return onTheWay;
    }

    boolean isOver() {
        return over;
    }

    /** To fetch what it wants. */
    void setOut() {
        onTheWay = true;
    }

    void comeBack() {
        onTheWay = false;
    }

    long wantedFrom() {
        return wantedFrom;
    }

    long wantedTo() {
        return wantedTo;
    }

    long wanted() {
        return wantedTo - wantedFrom;
    }

    /** How much memory what it was given takes. */
    long kept() {
        return kept;
    }

    /** The same with what is on the way. */
    long lying() {
        return kept + (onTheWay ? wanted() : 0);
    }

    /** The same with all that is still to come. */
    long expected() {
        return kept + (over ? 0 : pace.expected((end < 0 ? size : end) - reached));
    }

    /** Goes on with the bytes it wanted; by whoever set out. */
    void goOn(byte[] bytes) throws IOException, ExtractionException {
        piece.start = wantedFrom;
        piece.bytes = bytes;
        long before = kept; // written by one thread at a time
        kept = before + bytes.length + PIECE_BYTES;
        long from = at;
        while (!over && !wantsMore()) step();
        end = ownEnd;
        pace.went(at - from, bytes.length + PIECE_BYTES);
    }

    private long limit() {
        return ownEnd < 0 ? size : ownEnd;
    }

    private void want(long from, long bytes) {
        wantedFrom = from;
        wantedTo = Math.min(limit(), from + bytes);
    }

    private boolean wantsMore() {
        if (due > piece.end()) {
            pace.asked(0);
            want(piece.end(), pace.atLeast((int) (due - piece.end()) + HEAD_BYTES));
            return true;
        }
        if (at >= groupEnd) reached = at;
        boolean here = at + HEAD_BYTES <= piece.end();
        over = at >= limit() && !(open && here);
        if (over) return true;
        if (here || limit() <= piece.end()) return false;
        pace.asked(Math.max(0, at - piece.end()));
        if (at > piece.end()) {
            pace.used(due - landed);
            landed = at;
        }
        want(at, pace.firstBytes());
        return true;
    }

    private void step() throws IOException, ExtractionException {
        Optional<Ebml.Element> found = ebml.at(at, size);
        boolean cluster = found.isPresent() && found.get().id() == Ebml.CLUSTER;
        if (at >= ownEnd && found.isPresent()) ownEnd = found.get().end();
        over = found.isEmpty() || (at == start && named && !cluster);
        if (!over) step(found.get());
    }

    private void step(Ebml.Element element) throws IOException, ExtractionException {
        boolean block = element.id() == Ebml.SIMPLE_BLOCK || element.id() == Ebml.BLOCK;
        boolean wanted = !block || !without.contains(ebml.vint(element.payload(), element.end()));
        boolean into = element.id() == Ebml.CLUSTER || element.id() == Ebml.BLOCK_GROUP;
        long length = element.end() - element.payload();
        boolean large = length > (block ? MOST_BLOCK_BYTES : MOST_OTHER_BYTES);
        if (!wanted) pace.left(length);
        if (element.id() == Ebml.BLOCK_GROUP) groupEnd = element.end();
        due = into || !wanted || large ? at + HEAD_BYTES : element.end();
        due = Math.min(due, limit());
        at = into ? element.payload() : element.end();
    }

    /** What is at hand of the file. */
    private static final class Piece implements RangeReader {
        private long start;
        private byte[] bytes = new byte[0];

        long end() {
            return start + bytes.length;
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.empty();
        }

        @Override
        public int read(long position, ByteBuffer buffer) {
            if (position < start || position >= end()) return -1;
            int length = (int) Math.min(buffer.remaining(), end() - position);
            buffer.put(bytes, (int) (position - start), length);
            return length;
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
