package dev.soundlift.source;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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

    /** Returns when all are done; where some fail, all are done too, and it is the first of them that is told. */
    void all(List<Task> tasks) throws ExtractionException {
        List<Callable<Boolean>> calls = tasks.stream()
                .<Callable<Boolean>>map(task -> () -> {
                    task.run();
                    return true;
                })
                .toList();
        try {
            for (Future<Boolean> done : pool.invokeAll(calls)) done.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ExtractionException expected) throw expected;
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new ExtractionException(
                    ErrorKind.INTERRUPTED, Text.of("error.interrupted"), Text.of("next.interrupted"), stop);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
