package dev.soundlift.source;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does some things at the same time, in threads of its own. Thread-safe. */
final class AtOnce implements AutoCloseable {
    private final ExecutorService pool;

    /** What is done. */
    @FunctionalInterface
    interface Task {
        void run() throws ExtractionException;
    }

    /** @param most how many at a time */
    AtOnce(int most) {
        pool = Executors.newFixedThreadPool(most, work -> {
            Thread thread = new Thread(work, "soundlift-fetch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Returns when all are done; once one has failed no other is begun, and the first in order that failed is told. */
    void all(List<Task> tasks) throws ExtractionException {
        AtomicBoolean failed = new AtomicBoolean();
        List<Callable<Boolean>> calls = tasks.stream()
                .<Callable<Boolean>>map(task -> () -> {
                    if (failed.get()) return false;
                    boolean done = false;
                    try {
                        task.run();
                        done = true;
                    } finally {
                        if (!done) failed.set(true);
                    }
                    return done;
                })
                .toList();
        try {
            for (Future<Boolean> done : pool.invokeAll(calls)) done.get();
        } catch (ExecutionException broken) {
            if (broken.getCause() instanceof ExtractionException expected) throw expected;
            throw new IllegalStateException(broken.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw interrupted(stop);
        } catch (RejectedExecutionException | CancellationException closed) {
            throw interrupted(closed);
        }
    }

    private static ExtractionException interrupted(Exception cause) {
        return new ExtractionException(
                ErrorKind.INTERRUPTED, Text.of("error.interrupted"), Text.of("next.interrupted"), cause);
    }

    /** Whoever waits for what was not begun is told. */
    @Override
    public void close() {
        for (Runnable dropped : pool.shutdownNow()) if (dropped instanceof Future<?> waiting) waiting.cancel(false);
    }
}
