package dev.soundlift.cli;

import dev.soundlift.batch.Input;
import java.util.concurrent.atomic.AtomicLong;

/** How many inputs there are, counted beside the work: the first does not wait until the last is found. */
final class FileCount {
    private final AtomicLong count = new AtomicLong();
    private volatile boolean complete;

    static FileCount one() {
        FileCount one = new FileCount();
        one.count.set(1);
        one.complete = true;
        return one;
    }

    /** Of inputs that can be looked for but once. */
    static FileCount unknown() {
        return new FileCount();
    }

    /** Looks for them again, on a thread of its own that nobody waits for. */
    static FileCount counting(Iterable<Input> files, int more) {
        FileCount counted = new FileCount();
        counted.count.set(more);
        Thread counter = new Thread(() -> {
            files.forEach(file -> counted.count.incrementAndGet());
            counted.complete = true;
        });
        counter.setDaemon(true);
        counter.start();
        return counted;
    }

    /** As far as it is known, and never less than so many. */
    long atLeast(long least) {
        return Math.max(least, count.get());
    }

    boolean isComplete() {
        return complete;
    }
}
