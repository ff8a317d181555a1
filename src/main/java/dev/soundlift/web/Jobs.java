package dev.soundlift.web;

import dev.soundlift.Soundlift;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.output.TemporaryFolder;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.Destination;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Conversions for pages: a few at once, the others in the order in which they were asked for. Results live in a folder of
 * ours, until a while after they were made or until the end of the process. Thread-safe.
 */
final class Jobs implements AutoCloseable {
    private static final int MOST = 20_000;
    private static final Duration BETWEEN_WORDS = Duration.ofMillis(200);
    /** What others on this machine may need while we fill its disk. */
    static final long SPARED_BYTES = 100_000_000;
    /** So many jobs that wait for their page others may go before. */
    private static final int MOST_WAITING = 8;

    private final int atOnce;
    private final Predicate<String> silent;
    private final Predicate<String> gone;
    private final Room room;
    private final Consumer<Job> told;
    private final Clock clock;
    private final Duration keep;
    private final TemporaryFolder folder;
    private final ThreadPoolExecutor workers;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    /** Of jobs that are no more; somebody may still read there or write. */
    private final Set<Path> unwanted = ConcurrentHashMap.newKeySet();

    /** What is left on a disk. */
    interface Room {
        /** In bytes. */
        long free(Path folder) throws IOException;
    }

    /**
     * A queue with nothing in it.
     *
     * @param atOnce jobs that run at the same time
     * @param keep how long results stay
     * @param silent whether a page gives no answers now: its jobs stand still
     * @param gone whether a page has long been away: its results make room where there is little
     * @param told hears when something has changed with a job
     */
    Jobs(
            int atOnce,
            Duration keep,
            Clock clock,
            Room room,
            Predicate<String> silent,
            Predicate<String> gone,
            Consumer<Job> told)
            throws IOException {
        this.atOnce = atOnce;
        this.silent = silent;
        this.gone = gone;
        this.room = room;
        this.told = told;
        this.clock = clock;
        this.keep = keep;
        this.folder = TemporaryFolder.open();
        this.workers = new ThreadPoolExecutor(atOnce, atOnce, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }

    Path folder() {
        return folder.path();
    }

    /** @param doing who does it */
    Job add(String page, Locale locale, ExtractionRequest wish, Soundlift doing) throws ExtractionException {
        if (jobs.size() >= MOST) {
            throw new ExtractionException(ErrorKind.USAGE, Text.of("error.web-full"), Text.of("next.web-full"));
        }
        String id = Gate.random();
        Path own = folder.path().resolve(id);
        try {
            Files.createDirectory(own);
        } catch (IOException failed) {
            throw new ExtractionException(
                    ErrorKind.NOT_WRITABLE,
                    Text.of("error.not-writable", own.toString(), String.valueOf(failed.getMessage())),
                    Text.of("next.not-writable"),
                    failed);
        }
        Destination here = new Destination(Optional.of(own + java.io.File.separator), OnExists.RENAME);
        Job job = new Job(id, page, locale, wish.withDestination(here), own);
        jobs.put(id, job);
        workers.execute(() -> run(job, doing));
        return job;
    }

    private void run(Job job, Soundlift soundlift) {
        if (job.cancellation.isRequested()) stop(job);
        if (!job.start()) return;
        told.accept(job);
        Progress progress = new Progress() {
            @Override
            public void advanced(Duration done, Optional<Duration> total) {
                if (job.advanced(done, total, BETWEEN_WORDS)) told.accept(job);
            }

            @Override
            public void stage(Text words) {
                if (job.says(words, BETWEEN_WORDS)) told.accept(job);
            }

            @Override
            public void says(Text words) {
                if (job.says(words, Duration.ZERO)) told.accept(job);
            }
        };
        List<ExtractionReport> reports;
        try {
            requireRoom();
            reports = soundlift.extract(job.request, progress, job.cancellation);
        } catch (ExtractionException full) {
            reports = failed(job, full);
        } catch (RuntimeException
                | LinkageError
                | OutOfMemoryError bug) { // the page must hear of it, and the others go on
            Text words = Text.of("error.bug", String.valueOf(bug));
            reports = failed(job, new ExtractionException(ErrorKind.BUG, words, Text.of("next.bug"), bug));
        }
        job.end(reports, clock.instant());
        told.accept(job);
        if (!jobs.containsKey(job.id)) sweep();
    }

    private static List<ExtractionReport> failed(Job job, ExtractionException why) {
        return List.of(
                ExtractionReport.failed(job.request.source(), Optional.empty(), Optional.empty(), Duration.ZERO, why));
    }

    private long spare() {
        try {
            return room.free(folder.path()) - SPARED_BYTES;
        } catch (IOException unknown) {
            return Long.MAX_VALUE; // then it is told when it is full
        }
    }

    private void requireRoom() throws ExtractionException {
        makeRoom();
        if (spare() >= 0) return;
        throw new ExtractionException(ErrorKind.NO_SPACE, Text.of("error.web-no-room"), Text.of("next.web-no-room"));
    }

    /**
     * Results whose pages are gone go before their time where the disk is nearly full, the oldest first. Where all of them
     * together would not be enough, something else fills the disk, and they stay.
     */
    private void makeRoom() {
        long spare = spare();
        if (spare >= 0) return;
        List<Job> left = jobs.values().stream()
                .filter(job -> job.isEndedBefore(Instant.MAX) && gone.test(job.page))
                .sorted(Comparator.comparing(Job::ended))
                .toList();
        if (spare + left.stream().mapToLong(Job::bytes).sum() < 0) return;
        left.stream().takeWhile(job -> spare() < 0).forEach(this::remove);
    }

    Job get(String id) throws ExtractionException {
        Job job = jobs.get(id);
        if (job != null) return job;
        throw new ExtractionException(ErrorKind.UNREADABLE, Text.of("error.web-no-job"), Text.of("next.web-no-job"));
    }

    /** All of one page, the oldest first. */
    List<Job> of(String page) {
        return jobs.values().stream()
                .filter(job -> job.page.equals(page))
                .sorted(Comparator.comparingLong(job -> job.number))
                .toList();
    }

    /** One that waits has ended at once: the jobs before it may take hours. */
    void stop(Job job) {
        if (job.stop(clock.instant())) told.accept(job);
    }

    /** Stops it if it runs, and forgets it with all that it made. */
    void remove(Job job) {
        job.cancellation.request();
        forget(job);
        sweep();
    }

    private void forget(Job job) {
        if (jobs.remove(job.id) == null) return;
        unwanted.add(job.folder);
        if (job.remove()) told.accept(job);
    }

    /** Lets others go before jobs that stand still, and forgets what is too old or in the way. */
    void tidy() {
        long still =
                jobs.values().stream().filter(job -> job.isWaitingFor(silent)).count();
        int threads = atOnce + (int) Math.min(still, MOST_WAITING);
        workers.setMaximumPoolSize(Math.max(threads, workers.getCorePoolSize())); // it may never be the smaller one
        workers.setCorePoolSize(threads);
        workers.setMaximumPoolSize(threads);
        makeRoom();
        sweep();
    }

    /** Forgets what ended long ago, and deletes what nobody wants, as far as nobody holds it any more. */
    private void sweep() {
        var before = clock.instant().minus(keep);
        jobs.values().stream().filter(job -> job.isEndedBefore(before)).forEach(this::forget);
        unwanted.removeIf(folder::isDeleted);
    }

    /** Stops what runs, and waits for it, so that nothing is written into a folder that is gone. */
    @Override
    public void close() {
        jobs.values().forEach(job -> job.cancellation.request());
        workers.shutdownNow();
        try {
            boolean unused = workers.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        folder.close();
    }
}
