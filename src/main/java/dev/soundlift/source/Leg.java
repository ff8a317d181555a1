package dev.soundlift.source;

import dev.soundlift.engine.RangeReader;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A walk along a Matroska file from one cluster that the index names up to the next, or along one element of the segment
 * where none is named. It goes as far as the bytes that it is given reach, and says which ones it wants then.
 */
final class Leg {
    /** An element's header, and what stands before a block's time stamp. */
    private static final int HEAD_BYTES = 24;

    private static final int MOST_BLOCK_BYTES = 1 << 18;
    private static final int MOST_OTHER_BYTES = 4096;
    private static final int MOST_BYTES = 1 << 20;
    /** What keeping a piece costs besides. */
    private static final int PIECE_BYTES = 128;

    private final long start;
    private final long size;
    private final Set<Long> without;
    private final Pace pace;
    private final Piece piece = new Piece();
    private final Ebml ebml = new Ebml(piece);

    private volatile long end;
    private long at;
    /** The end of what is wanted of what has been seen, and where the last leap led to. */
    private long due;

    private long landed;
    private long wantedFrom;
    private long wantedTo;
    private int kept;
    private volatile boolean done;
    private volatile boolean dropped;

    /** @param end negative where it is that of the first element */
    Leg(long start, long end, long size, Set<Long> without, Pace pace) {
        this.start = start;
        this.end = end;
        this.size = size;
        this.without = without;
        this.pace = pace;
        this.at = start;
        this.landed = start;
        this.due = start;
        want(start, pace.firstBytes());
    }

    /** Negative where it is not known yet. */
    long end() {
        return end;
    }

    boolean isPassed(long position) {
        return end >= 0 && end <= position;
    }

    long start() {
        return start;
    }

    /** Nobody waits for it any more. */
    void drop() {
        dropped = true;
    }

    boolean isOver() {
        return done || dropped;
    }

    long wantedFrom() {
        return wantedFrom;
    }

    long wantedTo() {
        return wantedTo;
    }

    /** How much memory what it was given takes. */
    int kept() {
        return kept;
    }

    /** Goes on with the bytes it wanted. */
    void goOn(byte[] bytes) throws IOException, ExtractionException {
        piece.start = wantedFrom;
        piece.bytes = bytes;
        kept += bytes.length + PIECE_BYTES;
        while (!done && !wantsMore()) step();
    }

    private long limit() {
        return end < 0 ? size : end;
    }

    private void want(long from, long bytes) {
        wantedFrom = from;
        wantedTo = Math.min(limit(), from + bytes);
    }

    private boolean wantsMore() {
        if (due > piece.end()) {
            done = kept > MOST_BYTES;
            want(piece.end(), due - piece.end() + HEAD_BYTES);
            return true;
        }
        if (at >= limit() || kept > MOST_BYTES) {
            done = true;
            return true;
        }
        if (Math.min(at + HEAD_BYTES, limit()) <= piece.end()) return false;
        if (at > piece.end()) {
            pace.leapt(due - landed, at - piece.end());
            landed = at;
        }
        want(at, pace.firstBytes());
        return true;
    }

    private void step() throws IOException, ExtractionException {
        Optional<Ebml.Element> found = ebml.at(at, size);
        boolean cluster = found.isPresent() && found.get().id() == Ebml.CLUSTER;
        boolean first = at == start;
        if (first && end < 0 && found.isPresent()) end = found.get().end();
        done = found.isEmpty() || (first && !cluster);
        if (!done) step(found.get());
    }

    private void step(Ebml.Element element) throws IOException, ExtractionException {
        boolean block = element.id() == Ebml.SIMPLE_BLOCK || element.id() == Ebml.BLOCK;
        boolean wanted = !block || !without.contains(ebml.vint(element.payload(), element.end()));
        boolean into = element.id() == Ebml.CLUSTER || element.id() == Ebml.BLOCK_GROUP;
        boolean large = element.end() - element.payload() > (block ? MOST_BLOCK_BYTES : MOST_OTHER_BYTES);
        done = block && wanted && large;
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

    /** What the legs of one walk learn of a file: how much is wanted between two leaps, and whether leaping pays. */
    static final class Pace {
        /** Where hardly anything is left out, all is read as soon. */
        private static final int LEAST_LEAP_BYTES = 4096;

        private static final int LEAPS_TO_LEARN = 8;
        private static final int LEAPS_TO_JUDGE_BY = 64;
        private static final int MOST_FIRST_BYTES = 1 << 14;
        /** Two trips meet where two legs do. */
        private static final int LEAPS_OF_A_LEG = 16;

        private static final int USED_BY_A_LEG = 1 << 18;

        private long leaps;
        private long leaptBytes;
        private long usedBytes;
        private int firstBytes = 512;

        /** How much to ask for after a leap: enough sixteen times of seventeen, since a second trip costs more than some bytes. */
        synchronized int firstBytes() {
            return firstBytes;
        }

        synchronized void leapt(long used, long over) {
            leaps++;
            leaptBytes += over;
            usedBytes += used;
            boolean enough = used <= firstBytes;
            firstBytes += enough ? -firstBytes / 128 : firstBytes / 8;
            firstBytes = Math.max(HEAD_BYTES, Math.min(MOST_FIRST_BYTES, firstBytes));
        }

        /** Whether it is more than a guess. */
        synchronized boolean isKnown() {
            return leaps >= LEAPS_TO_LEARN;
        }

        synchronized boolean pays() {
            return leaps < LEAPS_TO_JUDGE_BY || leaptBytes / leaps >= LEAST_LEAP_BYTES;
        }

        /** How long a leg should be at least: 0 while nothing is known. */
        synchronized long legBytes() {
            if (leaps == 0) return 0;
            long most = Math.max(1, USED_BY_A_LEG * leaps / Math.max(1, usedBytes));
            return Math.min(LEAPS_OF_A_LEG, most) * (leaptBytes + usedBytes) / leaps;
        }
    }
}
