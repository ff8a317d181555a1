package dev.soundlift.source;

import dev.soundlift.engine.Stretches;

/** What is going to be read, and how much of it to ask for together: more the longer reading goes on as foreseen. */
final class Foreseen {
    private static final int FEWEST_BYTES = 16 << 10;
    private static final int MOST_BYTES = 512 << 10;

    private final int mostStretches;
    private Stretches expected = Stretches.NONE;
    /** Where reading goes on after what was asked for. */
    private long goesOnAt = -1;

    private int bytes;

    /** @param mostStretches that may be asked for together */
    Foreseen(int mostStretches) {
        this.mostStretches = mostStretches;
    }

    void expect(Stretches stretches) {
        expected = stretches;
    }

    /** The edges of what to ask for from a position on: none if nobody has told of it. */
    long[] from(long position, long size) {
        bytes = goesOn(position) ? Math.min(MOST_BYTES, 2 * bytes) : FEWEST_BYTES;
        long[] edges = expected.from(position, bytes, mostStretches);
        if (edges.length == 0 || edges[edges.length - 1] > size)
            return new long[0]; // a table that says more than there is
        goesOnAt = expected.atOrAfter(edges[edges.length - 1]);
        return edges;
    }

    /** Whether it is where the last answer ended, or the stretch after that, since the rest of one may not be wanted. */
    private boolean goesOn(long position) {
        if (position == goesOnAt) return true;
        long[] next = expected.from(goesOnAt, Long.MAX_VALUE, 2);
        return next.length == 4 && next[2] == position;
    }
}
