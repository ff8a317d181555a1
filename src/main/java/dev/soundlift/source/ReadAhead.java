package dev.soundlift.source;

/**
 * How much to ask for at once where every question costs a trip: little after a leap, and more the longer reading goes
 * straight on.
 */
final class ReadAhead {
    static final int FIRST_BYTES = 64 << 10;
    private static final int FEWEST_BYTES = 8 << 10;
    /** After a leap: whoever leaps over what would have come at once with the rest is after little pieces. */
    private static final int LEAP_BYTES = 1 << 9;

    private static final int MOST_BYTES = 2 << 20;
    private static final int MOST_FEWEST_BYTES = 256 << 10;
    /**
     * A slow line's speed: what comes in the time of one more round trip is cheaper to take than to ask for. On a faster
     * line more would be, but whoever asks for the sound of a film does not want to pay for its pictures.
     */
    private static final double BYTES_PER_NANO = 5e6 / 1e9;

    private final boolean hurrying;
    private long shortestTripNanos = Long.MAX_VALUE;
    private long expected;
    private int ahead = FIRST_BYTES;

    private ReadAhead(boolean hurrying) {
        this.hurrying = hurrying;
    }

    /** Where bytes cost: over a line that somebody pays for. */
    static ReadAhead sparing() {
        return new ReadAhead(false);
    }

    /** Where only time counts: short gaps are read over, since a fast line brings them sooner than another answer. */
    static ReadAhead hurrying() {
        return new ReadAhead(true);
    }

    /** How many bytes to ask for at a position. */
    int from(long position) {
        int fewest = (int) Math.max(FEWEST_BYTES, Math.min(MOST_FEWEST_BYTES, shortestTripNanos * BYTES_PER_NANO));
        boolean near = position >= expected && position - expected <= MOST_FEWEST_BYTES;
        if (position == expected || (hurrying && near))
            ahead = Math.min(MOST_BYTES, ahead < fewest ? Math.min(fewest, 4 * ahead) : 2 * ahead);
        else ahead = position > expected && position - expected > fewest ? LEAP_BYTES : fewest;
        return ahead;
    }

    /** Hears how long an answer took to begin. */
    void answered(long nanos) {
        shortestTripNanos = Math.min(shortestTripNanos, nanos);
    }

    /** Hears what came. */
    void got(long position, int bytes) {
        expected = position + bytes;
    }
}
