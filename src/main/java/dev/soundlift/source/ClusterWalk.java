package dev.soundlift.source;

import dev.soundlift.engine.RangeReader;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;

/**
 * Walks along several stretches of a Matroska file at once, ahead of whoever reads it: each block tells only where the next
 * one is, so that one walk waits for every answer, but every cluster that the index names is a place to begin another. What
 * they fetch is kept by whoever fetches it; what they do not, the reader asks for itself. So nothing depends on them, and at
 * the first thing that is unusual, or fails, they end. Thread-safe.
 */
final class ClusterWalk implements AutoCloseable {
    /** Fetches and keeps, for several threads at a time. */
    interface Fetch {
        /**
         * Stretches of the file, one after the other.
         *
         * @param edges where each begins and ends, in order
         */
        byte[] fetch(long[] edges) throws IOException, ExtractionException;

        /** How many may be asked for together. */
        int together();
    }

    /**
     * How much at once.
     *
     * @param threads how many questions are on their way
     * @param legs how many clusters are walked along
     * @param bytes how much that has not been read yet may lie about
     */
    record Effort(int threads, int legs, int bytes) {}

    private static final int FIRST_LEGS = 4;
    private final RangeReader file;
    private final Fetch fetch;
    private final long size;
    private final Effort effort;
    private final List<Thread> walkers = new ArrayList<>();

    /** Those that the reader has not passed, in order; and of them those that want something. */
    private final Deque<Leg> legs = new ArrayDeque<>();

    private final Queue<Leg> ready = new PriorityQueue<>(Comparator.comparingLong(Leg::start));

    private boolean begun;
    private boolean over;
    private Set<Long> without = Set.of();
    private long[] entries = new long[0];
    /** Where the reader is on its way, and where the next leg starts: negative until the one before knows. */
    private long passedUntil = Long.MAX_VALUE;

    private long frontier = -1;
    private int passed;
    /** How many questions are on their way. */
    private int asking;

    private int dearest;
    private final Leg.Pace pace = new Leg.Pace();

    /** @param file for the thread that calls {@link #ahead} */
    ClusterWalk(RangeReader file, Fetch fetch, long size, Effort effort) {
        this.file = file;
        this.fetch = fetch;
        this.size = size;
        this.effort = effort;
    }

    /** Returns when what is there is fetched, if anybody is on the way to it. */
    void ahead(RangeReader.Walk walk) {
        if (!walk.intoClusters()) return;
        try {
            if (!begun) begin();
            follow(walk);
        } catch (IOException | ExtractionException broken) {
            giveUp(); // if the reader needs what is broken, or is told to stop, it meets that again
        }
    }

    /** What comes before the first cluster is at hand already; it tells where the index is. */
    private void begin() throws IOException, ExtractionException {
        begun = true;
        long[] found = Cues.clusters(file, fetch, size);
        synchronized (this) {
            entries = found;
        }
    }

    private synchronized void follow(RangeReader.Walk walk) throws IOException, ExtractionException {
        if (over) return;
        boolean elsewhere = walk.from() < passedUntil || (frontier >= 0 && walk.from() > frontier);
        if (elsewhere || !walk.without().equals(without)) begin(walk);
        while (!legs.isEmpty() && legs.element().isPassed(walk.from())) {
            Leg leg = legs.remove();
            ready.remove(leg);
            passedUntil = leg.end();
            passed++;
        }
        send();
        Leg here = legs.peek();
        try {
            while (here != null && here.start() <= walk.from() && !here.isDone() && !over) wait();
        } catch (InterruptedException stop) {
            giveUp();
            Thread.currentThread().interrupt(); // heard by whoever reads
        }
    }

    private void begin(RangeReader.Walk walk) {
        legs.clear();
        ready.clear();
        passed = 0;
        without = walk.without();
        passedUntil = walk.from();
        int next = Arrays.binarySearch(entries, walk.from());
        boolean isEntry = next >= 0 || -next - 1 == entries.length;
        frontier = isEntry ? walk.from() : entries[-next - 1];
    }

    /** So many more ahead the longer the reader goes on. */
    private void send() throws IOException, ExtractionException {
        int most = Math.min(effort.legs(), FIRST_LEGS << Math.min(passed, 8));
        while (legs.size() < most && (long) legs.size() * dearest < effort.bytes()) {
            if (frontier < 0 || frontier >= size) return;
            int next = Arrays.binarySearch(entries, frontier + 1);
            int after = next >= 0 ? next : -next - 1;
            Leg leg = new Leg(frontier, after < entries.length ? entries[after] : -1, size, without, pace);
            frontier = leg.end();
            legs.add(leg);
            ready.add(leg);
            while (walkers.size() < effort.threads()) hire();
            notifyAll();
        }
    }

    private void hire() {
        Thread walker = new Thread(this::walk, "soundlift-walk-" + walkers.size());
        walker.setDaemon(true);
        walkers.add(walker);
        walker.start();
    }

    private void walk() {
        try {
            for (List<Leg> some = take(); !some.isEmpty(); some = take()) give(some);
        } catch (IOException | ExtractionException failed) {
            giveUp(); // the reader asks for the same, and hears why it does not come
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            giveUp();
        }
    }

    private synchronized List<Leg> take() throws InterruptedException {
        while (ready.size() < enough() && !over) wait();
        List<Leg> some = new ArrayList<>();
        while (!over && !ready.isEmpty() && some.size() < fetch.together()) some.add(ready.remove());
        if (!some.isEmpty()) asking++;
        return some;
    }

    /** Whoever went with a few would come back too late to go with more. */
    private int enough() {
        return asking == 0 ? 1 : Math.max(1, Math.min(fetch.together(), legs.size() / effort.threads()));
    }

    private void give(List<Leg> some) throws IOException, ExtractionException {
        long[] edges = new long[2 * some.size()];
        int count = 0;
        for (Leg leg : some) {
            boolean touches = count > 0 && edges[count - 1] == leg.wantedFrom();
            if (!touches) edges[count++] = leg.wantedFrom();
            else count--;
            edges[count++] = leg.wantedTo();
        }
        byte[] bytes = fetch.fetch(Arrays.copyOf(edges, count));
        synchronized (this) {
            asking--;
            int at = 0;
            for (Leg leg : some) {
                int length = (int) (leg.wantedTo() - leg.wantedFrom());
                leg.goOn(Arrays.copyOfRange(bytes, at, at + length));
                at += length;
                if (leg.isDone()) dearest = Math.max(dearest, leg.kept());
                else if (legs.contains(leg)) ready.add(leg);
                if (frontier < 0 && leg.end() >= 0 && leg == legs.peekLast()) frontier = leg.end();
            }
            if (pace.pays()) send();
            else giveUp();
            notifyAll();
        }
    }

    private synchronized void giveUp() {
        over = true;
        legs.clear();
        ready.clear();
        notifyAll();
    }

    /** Nobody is on the way when this returns, but one whom a silent server keeps: he goes when it answers. */
    @Override
    public void close() {
        giveUp();
        List<Thread> leaving;
        synchronized (this) {
            leaving = List.copyOf(walkers);
        }
        try {
            for (Thread walker : leaving) walker.join(1000);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
