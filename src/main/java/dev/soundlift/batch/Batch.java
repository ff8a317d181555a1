package dev.soundlift.batch;

import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** The same wishes for many files, a bounded number of them at once. */
public final class Batch {
    private final Soundlift soundlift;
    private final int jobs;
    private final Set<Path> claimed = ConcurrentHashMap.newKeySet();

    /** With so many files at once, at least 1. */
    public Batch(Soundlift soundlift, int jobs) {
        this.soundlift = soundlift;
        this.jobs = jobs;
    }

    /**
     * Returns when every file is done or the cancellation was obeyed.
     *
     * @param progress makes the listener for one file; called from the threads that work
     * @param finished hears of each report in the order finished; never called by two threads at once
     */
    public void run(
            List<Path> files,
            ExtractionRequest wishes,
            Function<Path, Progress> progress,
            Cancellation cancellation,
            Consumer<ExtractionReport> finished) {
        Iterator<Path> queue = files.iterator();
        Runnable worker = () -> {
            for (Path file = next(queue); file != null && !cancellation.isRequested(); file = next(queue)) {
                List<ExtractionReport> reports = extract(file, wishes, progress.apply(file), cancellation);
                synchronized (finished) {
                    reports.forEach(finished);
                }
            }
        };
        if (jobs == 1 || files.size() == 1) {
            worker.run();
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        try {
            List<Future<?>> workers = java.util.stream.IntStream.range(0, Math.min(jobs, files.size()))
                    .<Future<?>>mapToObj(i -> pool.submit(worker))
                    .toList();
            for (Future<?> started : workers) started.get();
        } catch (InterruptedException stopped) {
            cancellation.request();
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        } finally {
            pool.shutdown();
        }
    }

    private static @org.jspecify.annotations.Nullable Path next(Iterator<Path> queue) {
        synchronized (queue) {
            return queue.hasNext() ? queue.next() : null;
        }
    }

    /** A fault of ours with one file must not take the others down. */
    private List<ExtractionReport> extract(
            Path file, ExtractionRequest wishes, Progress progress, Cancellation cancellation) {
        MediaSource source = new MediaSource.LocalFile(file);
        try {
            return soundlift.extract(wishes.withSource(source), progress, cancellation, claimed);
        } catch (RuntimeException | Error bug) {
            ExtractionException reported = new ExtractionException(
                    ErrorKind.BUG, Text.of("error.bug", String.valueOf(bug)), Text.of("next.bug"), bug);
            return List.of(
                    ExtractionReport.failed(source, Optional.empty(), Optional.empty(), Duration.ZERO, reported));
        }
    }
}
