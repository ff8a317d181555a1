package dev.soundlift.source;

import java.util.function.IntSupplier;

/**
 * What the legs of one walk learn of a file, of late more than before: how much of it is wanted, how much of that together,
 * and whether leaping over the rest is worth it. Thread-safe.
 */
final class Pace {
    /** Until more is known, as if so much of the file were wanted throughout, and leaps so long. */
    private static final int UNKNOWN_BYTES = 2 << 20;

    private static final int UNKNOWN_LEAP_BYTES = 1 << 15;

    private static final long REMEMBERED_BYTES = 256 << 20;
    private static final int REMEMBERED_LEAPS = 128;
    private static final int FEWEST_BYTES = 24;
    private static final int MOST_BYTES = 1 << 14;
    private static final int STRAIGHT_BYTES = 1 << 20;
    /** Two trips meet where two legs do, so that a leg should bring something. */
    private static final int LEG_BYTES = 1 << 14;

    private final IntSupplier worthBytes;
    private long fetchedBytes;
    private long coveredBytes;
    private double leapBytes = UNKNOWN_LEAP_BYTES;
    private int firstBytes = 512;

    /** @param worthBytes how long a leap must be to be worth a question */
    Pace(IntSupplier worthBytes) {
        this.worthBytes = worthBytes;
    }

    /** Whether no leap is worth it. */
    synchronized boolean isStraight() {
        return leapBytes < worthBytes.getAsInt();
    }

    /** How much to ask for after a leap: enough sixteen times of seventeen, since a second trip costs more than some bytes. */
    synchronized int firstBytes() {
        return atLeast(firstBytes);
    }

    /** How much to ask for where so much is needed. */
    synchronized int atLeast(int bytes) {
        return isStraight() ? Math.max(bytes, STRAIGHT_BYTES) : bytes;
    }

    /** Hears of a question that was not for all that comes next, and how much was left out before it. */
    synchronized void asked(long leapt) {
        if (!isStraight()) hear(leapt);
    }

    /** Hears of a block that is not wanted; a short one would come with what is asked for anyway. */
    synchronized void left(long bytes) {
        if (isStraight() && bytes > firstBytes) hear(bytes - firstBytes);
    }

    private void hear(long leapt) {
        leapBytes += (leapt - leapBytes) / REMEMBERED_LEAPS;
    }

    /** Hears how much was wanted between two leaps. */
    synchronized void used(long bytes) {
        if (isStraight()) return;
        boolean enough = bytes <= firstBytes;
        firstBytes += enough ? -firstBytes / 128 : firstBytes / 8;
        firstBytes = Math.max(FEWEST_BYTES, Math.min(MOST_BYTES, firstBytes));
    }

    /** Hears how far in the file a trip has led, and what it has brought. */
    synchronized void went(long covered, long fetched) {
        coveredBytes += covered;
        fetchedBytes += fetched;
        if (coveredBytes < REMEMBERED_BYTES) return;
        coveredBytes /= 2;
        fetchedBytes /= 2;
    }

    /** How much of a stretch is going to be fetched. */
    synchronized long expected(long bytes) {
        return (long) (bytes * share());
    }

    /** How long a leg should be at least. */
    synchronized long legBytes() {
        return (long) (atLeast(LEG_BYTES) / share());
    }

    private double share() {
        return (fetchedBytes + UNKNOWN_BYTES) / (double) (coveredBytes + UNKNOWN_BYTES);
    }
}
