package dev.soundlift.source;

import dev.soundlift.engine.RangeReader;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    /** So many show how long the others should be. */
    private static final int LEGS_TO_LEARN = 16;

    /** One trip for few rather than several trips. */
    private static final int FEWEST_TOGETHER = 8;

    private final RangeReader file;
    private final Fetch fetch;
    private final long size;
    private final Effort effort;
    private final List<Thread> walkers = new ArrayList<>();

    /** Those that the reader has not passed, in order; and of them those that nobody has set out on. */
    private final Deque<Leg> legs = new ArrayDeque<>();

    private final Queue<Leg> ready = new ArrayDeque<>();

    private boolean begun;
    private @Nullable Cues cues;
    private boolean over;
    private Set<Long> without = Set.of();
    private long untilMicros;
    /** Where reading is certain to go on to; 0 where nobody knows. */
    private long certain;

    private long[] entries = new long[0];
    /** Where the reader is on its way, and where the next leg starts: negative until the one before knows. */
    private long passedUntil = Long.MAX_VALUE;

    private long frontier = -1;
    private int passed;
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
        Cues found = Cues.of(file, fetch, size);
        synchronized (this) {
            cues = found;
            entries = found.clusters();
        }
    }

    private synchronized void follow(RangeReader.Walk walk) {
        if (over) return;
        boolean elsewhere = walk.from() < passedUntil || (frontier >= 0 && walk.from() > frontier);
        if (elsewhere || !walk.without().equals(without)) begin(walk);
        if (walk.untilMicros() != untilMicros && cues != null) {
            untilMicros = walk.untilMicros();
            certain = cues.end(untilMicros);
        }
        while (!legs.isEmpty() && legs.element().isPassed(walk.from())) {
            Leg leg = legs.remove();
            leg.drop();
            ready.remove(leg);
            passedUntil = leg.end();
            if (passedUntil >= certain) passed++;
        }
        send();
        Leg here = legs.peek();
        try {
            while (here != null && here.start() <= walk.from() && !here.isOver() && !over) wait();
        } catch (InterruptedException stop) {
            giveUp();
            Thread.currentThread().interrupt(); // heard by whoever reads
        }
    }

    private void begin(RangeReader.Walk walk) {
        forget();
        passed = 0;
        without = walk.without();
        passedUntil = walk.from();
        int next = Arrays.binarySearch(entries, walk.from());
        boolean isEntry = next >= 0 || -next - 1 == entries.length;
        frontier = isEntry ? walk.from() : entries[-next - 1];
    }

    private void forget() {
        legs.forEach(Leg::drop);
        legs.clear();
        ready.clear();
    }

    /** How far ahead: where reading is certain to go on, at once; elsewhere further the longer it does. */
    private int most() {
        if (frontier < certain) return pace.isKnown() ? effort.legs() : LEGS_TO_LEARN;
        return passedUntil < certain ? 0 : Math.min(effort.legs(), FIRST_LEGS << Math.min(passed, 8));
    }

    private void send() {
        if (!legs.isEmpty() && frontier < 0) frontier = legs.getLast().end();
        boolean sent = false;
        while (legs.size() < most() && (long) legs.size() * dearest < effort.bytes()) {
            if (frontier < 0 || frontier >= size) break;
            int next = Arrays.binarySearch(entries, frontier + Math.max(1, pace.legBytes()));
            int after = next >= 0 ? next : -next - 1;
            Leg leg = new Leg(frontier, after < entries.length ? entries[after] : -1, size, without, pace);
            frontier = leg.end();
            legs.add(leg);
            ready.add(leg);
            sent = true;
        }
        if (!sent) return;
        while (walkers.size() < Math.min(effort.threads(), legs.size())) hire();
        notifyAll();
    }

    private void hire() {
        Thread walker = new Thread(this::walk, "soundlift-walk-" + walkers.size());
        walker.setDaemon(true);
        walkers.add(walker);
        walker.start();
    }

    private void walk() {
        List<Leg> mine = new ArrayList<>();
        try {
            while (setOut(mine)) goOn(mine);
        } catch (IOException | ExtractionException failed) {
            giveUp(); // the reader asks for the same, and hears why it does not come
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            giveUp();
        }
    }

    /** Tells what a trip has brought, and takes up other legs in the place of those that are over. */
    private synchronized boolean setOut(List<Leg> mine) throws InterruptedException {
        for (Leg leg : mine) {
            // Of late: the first ones may be unlike the others
            if (leg.isOver()) dearest = Math.max(dearest - dearest / 16, leg.kept());
        }
        boolean changed = mine.removeIf(Leg::isOver);
        if (!pace.pays()) giveUp();
        send();
        if (changed) notifyAll();
        while (mine.isEmpty() && ready.isEmpty() && !over) wait();
        int share = Math.min(fetch.together(), Math.max(FEWEST_TOGETHER, legs.size() / effort.threads()));
        while (mine.size() < share && !ready.isEmpty()) mine.add(ready.remove());
        return !over;
    }

    /** Trips, until there is something to tell. */
    private void goOn(List<Leg> mine) throws IOException, ExtractionException {
        boolean news = !pace.isKnown() || mine.stream().anyMatch(leg -> leg.end() < 0);
        do trip(mine);
        while (!news && mine.stream().noneMatch(Leg::isOver));
    }

    private void trip(List<Leg> mine) throws IOException, ExtractionException {
        long[] edges = new long[2 * mine.size()];
        int count = 0;
        for (Leg leg : mine) {
            boolean touches = count > 0 && edges[count - 1] == leg.wantedFrom();
            if (!touches) edges[count++] = leg.wantedFrom();
            else count--;
            edges[count++] = leg.wantedTo();
        }
        byte[] bytes = fetch.fetch(count == edges.length ? edges : Arrays.copyOf(edges, count));
        if (mine.size() == 1) {
            mine.get(0).goOn(bytes);
            return;
        }
        int at = 0;
        for (Leg leg : mine) {
            int length = (int) (leg.wantedTo() - leg.wantedFrom());
            leg.goOn(Arrays.copyOfRange(bytes, at, at + length));
            at += length;
        }
    }

    private synchronized void giveUp() {
        over = true;
        forget();
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
