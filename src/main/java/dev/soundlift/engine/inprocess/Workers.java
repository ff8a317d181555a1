package dev.soundlift.engine.inprocess;

import dev.soundlift.failure.ExtractionException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for all files of this process together. Thread-safe. */
final class Workers {
    /** For work that never waits for other work: encoding. */
    static final Workers ALL_CORES = new Workers(Runtime.getRuntime().availableProcessors());
    /** For a stage of a file's way, which may wait for work on {@link #ALL_CORES}: always another thread. */
    static final Workers STAGES = new Workers(0, Integer.MAX_VALUE, new SynchronousQueue<>());

    /** Unused threads end after this time, in seconds. */
    private static final int IDLE = 5;

    private final int threads;
    private final ThreadPoolExecutor pool;
    private final AtomicInteger started = new AtomicInteger();

    Workers(int threads) {
        this(threads, threads, new LinkedBlockingQueue<>());
        pool.allowCoreThreadTimeOut(true);
    }

    private Workers(int kept, int most, BlockingQueue<Runnable> waiting) {
        this.threads = most;
        this.pool = new ThreadPoolExecutor(kept, most, IDLE, TimeUnit.SECONDS, waiting, Workers::thread);
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
        Future<T> handedOn = pool.submit(() -> {
            try {
                return work.call();
            } finally {
                Complaints.forget();
            }
        });
        started.incrementAndGet();
        return handedOn;
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
