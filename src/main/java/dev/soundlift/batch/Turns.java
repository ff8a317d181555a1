package dev.soundlift.batch;

import java.util.HashSet;
import java.util.Set;

/** Lets those who work at once do one thing in the order of their numbers, from 0. */
final class Turns {
    private final Set<Long> early = new HashSet<>();
    private long next;

    /** Returns when all smaller numbers have had their turn. */
    synchronized void await(long number) throws InterruptedException {
        while (next < number) wait();
    }

    /** The number has had its turn, or needs none. */
    synchronized void done(long number) {
        if (number < next) return;
        early.add(number);
        while (early.remove(next)) next++;
        notifyAll();
    }
}
