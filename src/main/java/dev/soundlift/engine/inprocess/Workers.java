package dev.soundlift.engine.inprocess;

import dev.soundlift.failure.ExtractionException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that encode, for all files of this process together: as many as there are cores. Thread-safe. */
final class Workers {
    static final Workers ALL_CORES = new Workers(Runtime.getRuntime().availableProcessors());

    /** Unused threads end after this time, in seconds. */
    private static final int IDLE = 5;

    private final int threads;
    private final ThreadPoolExecutor pool;
    private final AtomicInteger started = new AtomicInteger();

    Workers(int threads) {
        this.threads = threads;
        this.pool = new ThreadPoolExecutor(
                threads, threads, IDLE, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Workers::thread);
        pool.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "encoding");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Whether a file that has so many blocks that are not used yet may start another: one always, more as long as all
     * files together keep no more blocks in memory than the threads need not to wait.
     */
    boolean mayStart(int own) {
        return own == 0 || (own <= threads && started.get() <= 2 * threads);
    }

    /** What the work gives is the caller's, who asks for it with {@link #result} exactly once. */
    <T> Future<T> start(Callable<T> work) {
        started.incrementAndGet();
        return pool.submit(() -> {
            try {
                return work.call();
            } finally {
                Complaints.forget();
            }
        });
    }

    /** Waits for it; the wait is not interrupted, because native memory is in use as long as the work goes on. */
    <T> T result(Future<T> work) throws ExtractionException {
        started.decrementAndGet();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException asked) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ExtractionException known) throw known;
            if (failed.getCause() instanceof RuntimeException bug) throw bug;
            throw new IllegalStateException(failed.getCause());
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
