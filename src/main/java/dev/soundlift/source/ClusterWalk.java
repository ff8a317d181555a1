package dev.soundlift.source;

import dev.soundlift.engine.RangeReader;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Walks along several stretches of a Matroska file at once, ahead of whoever reads it: each block tells only where the next
 * one is, so that one walk waits for every answer, but every cluster that the index names is a place to begin another.
 * Legs are begun in the file's order, as many as are expected to bring no more than may lie about unread. What they fetch is
 * kept by whoever fetches it; what they do not, the reader asks for itself. So nothing depends on them, and at the first
 * thing that fails, they end. Thread-safe.
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

        /** How many bytes must be left out for one more stretch to be worth its while. */
        int worthBytes();
    }

    /**
     * How much at once.
     *
     * @param threads how many questions are on their way
     * @param bytes how much that has not been read yet may lie about
     * @param trips how often a leg that goes alone asks, at most, before anybody hears of it
     * @param straight whether what is not worth leaping in is fetched as a whole; or else left to the reader
     */
    record Effort(int threads, int bytes, int trips, boolean straight) {}

    /** One trip for few rather than several trips. */
    private static final int FEWEST_TOGETHER = 8;

    private static final int MOST_BYTES_OF_TRIP = 1 << 20;
    /** So much is fetched for somebody who may not want it. */
    private static final int UNASKED_BYTES = 1 << 18;

    private final RangeReader file;
    private final Fetch fetch;
    private final long size;
    private final Effort effort;
    private final Pace pace;
    private final List<Thread> walkers = new ArrayList<>();
    /** Guards all that follows, and the legs. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition work = lock.newCondition();
    private final Condition arrived = lock.newCondition();

    /** Those that the reader has not passed, in order, each beginning where the one before ends. */
    private final Deque<Leg> legs = new ArrayDeque<>();

    private boolean begun;
    private @Nullable Cues cues;
    private long[] entries = new long[0];
    private volatile boolean over;
    private Set<Long> without = Set.of();
    private long untilMicros;
    /** Where reading is certain to go on to; 0 where nobody knows. */
    private long certain;

    /** Where the reader is, and where the next leg starts: negative until the one before knows. */
    private volatile long position = Long.MAX_VALUE;

    private volatile long frontier = -1;
    /** What legs that were passed have brought. */
    private long read;
    /** The one that the reader waits for. */
    private @Nullable Leg awaited;

    /** @param file for the thread that calls {@link #ahead} */
    ClusterWalk(RangeReader file, Fetch fetch, long size, Effort effort) {
        this.file = file;
        this.fetch = fetch;
        this.size = size;
        this.effort = effort;
        this.pace = new Pace(fetch::worthBytes);
    }

    /** Returns when what is there is fetched, if anybody is on the way to it. */
    void ahead(RangeReader.Walk walk) {
        if (!walk.intoClusters()) return;
        lock.lock();
        try {
            if (!begun) begin();
            follow(walk);
        } catch (IOException | ExtractionException broken) {
            giveUp(); // if the reader needs what is broken, or is told to stop, it meets that again
        } catch (InterruptedException stop) {
            giveUp();
            Thread.currentThread().interrupt(); // heard by whoever reads
        } finally {
            lock.unlock();
        }
    }

    /** Whether what lies at a position has been fetched for a reader who is still to come there. */
    boolean awaits(long there) {
        return there >= position && (frontier < 0 || there < frontier);
    }

    /** What comes before the first cluster is at hand already; it tells where the index is. */
    private void begin() throws IOException, ExtractionException {
        begun = true;
        cues = Cues.of(file, fetch, size);
        entries = cues.clusters();
    }

    private void follow(RangeReader.Walk walk) throws InterruptedException {
        if (over) return;
        boolean elsewhere = walk.from() < position || (frontier >= 0 && walk.from() > frontier);
        if (elsewhere || !walk.without().equals(without)) begin(walk);
        position = walk.from();
        if (walk.untilMicros() != untilMicros && cues != null) {
            untilMicros = walk.untilMicros();
            certain = cues.end(untilMicros);
        }
        boolean passed = legs.isEmpty();
        while (!legs.isEmpty() && legs.element().isPassed(position)) {
            read += legs.remove().kept();
            passed = true;
        }
        if (passed) {
            send();
            work.signal(); // whoever finds more than he takes calls the next
        }
        awaited = legs.peek();
        while (awaited != null && !awaited.has(position) && !over) {
            if (awaited.isReady()) work.signal(); // it may go on now, however much lies about
            arrived.await();
        }
        awaited = null;
    }

    private void begin(RangeReader.Walk walk) {
        legs.clear();
        read = 0;
        without = walk.without();
        frontier = walk.from();
    }

    /** How much may lie about: where reading is certain to go on, all; elsewhere more the longer it does. */
    private long mostBytes() {
        if (frontier < certain) return effort.bytes();
        return position < certain ? 0 : Math.min(effort.bytes(), UNASKED_BYTES + 2 * read);
    }

    private void send() {
        if (frontier < 0 && !legs.isEmpty()) frontier = legs.getLast().end();
        long expected = 0;
        for (Leg leg : legs) expected += leg.expected();
        while (frontier >= 0 && frontier < size && (legs.isEmpty() || expected < mostBytes())) {
            int after = entryFrom(frontier + Math.max(1, pace.legBytes()));
            boolean named = Arrays.binarySearch(entries, frontier) >= 0;
            long end = after < entries.length ? entries[after] : -1;
            Leg leg = new Leg(frontier, end, named, size, without, pace);
            expected += leg.expected();
            if (!legs.isEmpty() && expected > mostBytes()) return;
            frontier = leg.end();
            legs.add(leg);
            if (walkers.size() < Math.min(effort.threads(), legs.size())) hire();
        }
    }

    /** The place of the first entry at or after a position. */
    private int entryFrom(long there) {
        int found = Arrays.binarySearch(entries, there);
        return found >= 0 ? found : -found - 1;
    }

    private void hire() {
        Thread walker = new Thread(this::walk, "soundlift-walk-" + walkers.size());
        walker.setDaemon(true);
        walkers.add(walker);
        walker.start();
    }

    private void walk() {
        lock.lock();
        try {
            for (List<Leg> mine = pick(); !mine.isEmpty(); mine = pick()) trip(mine);
        } catch (IOException | ExtractionException failed) {
            return; // the reader asks for the same, and hears why it does not come
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            giveUp();
            lock.unlock();
        }
    }

    /** Legs to go on with, the first ones first; none when it is over. */
    private List<Leg> pick() throws InterruptedException {
        List<Leg> mine = ready();
        while (mine.isEmpty() && !over) {
            work.await();
            mine = ready();
        }
        mine.forEach(Leg::setOut);
        return mine;
    }

    /** As many as should go together, or what there is where nobody else is on the way and comes for them too. */
    private List<Leg> ready() {
        List<Leg> mine = new ArrayList<>();
        int share = Math.min(fetch.together(), Math.max(FEWEST_TOGETHER, legs.size() / effort.threads()));
        boolean othersAway = false;
        long lying = 0;
        for (Leg leg : legs) {
            othersAway |= leg.isOnTheWay();
            lying += leg.lying();
        }
        long trip = 0;
        for (Leg leg : legs) {
            if (!leg.isReady()) continue;
            lying += leg.wanted();
            trip += leg.wanted();
            boolean fits = leg == awaited || lying <= effort.bytes();
            boolean full = mine.size() == share || (trip > MOST_BYTES_OF_TRIP && !mine.isEmpty());
            if (full) work.signal(); // for another
            if (full || !fits) return mine;
            mine.add(leg);
        }
        return othersAway && mine.size() < share ? List.of() : mine;
    }

    private void trip(List<Leg> mine) throws IOException, ExtractionException {
        lock.unlock();
        try {
            fetch(mine);
            if (mine.size() == 1) goOn(mine);
        } finally {
            lock.lock();
        }
        for (Leg leg : mine) {
            leg.comeBack();
            if (leg == awaited && leg.has(position)) arrived.signal();
        }
        if (pace.isStraight() && !effort.straight()) giveUp();
        if (!over) send();
    }

    private void goOn(List<Leg> alone) throws IOException, ExtractionException {
        Leg leg = alone.get(0);
        long most = leg.kept() + MOST_BYTES_OF_TRIP;
        for (int trips = effort.trips() - 1; trips > 0 && !over && !leg.isOver() && leg.kept() < most; trips--) {
            fetch(alone);
        }
    }

    private void fetch(List<Leg> mine) throws IOException, ExtractionException {
        long[] edges = new long[2 * mine.size()];
        int count = 0;
        for (Leg leg : mine) {
            boolean touches = count > 0 && edges[count - 1] == leg.wantedFrom();
            if (!touches) edges[count++] = leg.wantedFrom();
            else count--;
            edges[count++] = leg.wantedTo();
        }
        byte[] bytes = fetch.fetch(count == edges.length ? edges : Arrays.copyOf(edges, count));
        int at = 0;
        for (Leg leg : mine) {
            int length = (int) leg.wanted();
            leg.goOn(mine.size() == 1 ? bytes : Arrays.copyOfRange(bytes, at, at + length));
            at += length;
        }
    }

    private void giveUp() {
        over = true;
        position = Long.MAX_VALUE;
        legs.clear();
        work.signalAll();
        arrived.signal();
    }

    /** Nobody is on the way when this returns, but one whom a silent server keeps: he goes when it answers. */
    @Override
    public void close() {
        List<Thread> leaving;
        lock.lock();
        try {
            giveUp();
            leaving = List.copyOf(walkers);
        } finally {
            lock.unlock();
        }
        try {
            for (Thread walker : leaving) walker.join(1000);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
