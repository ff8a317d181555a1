package dev.soundlift.agent;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Calls of the program: a few at once, a bounded number in line, the last of those that have ended still known.
 * Thread-safe.
 */
final class Jobs implements AutoCloseable {
    /** In line or running. */
    private static final int MOST_OPEN = 100;

    private static final int MOST_KEPT = 200;

    /** Of all results, as JSON; as objects they take some five times as many bytes. */
    private static final int MOST_CHARACTERS = 4_000_000;

    /** Longest wait for what runs to be given up and cleared away. */
    private static final int PATIENCE_SECONDS = 10;

    private final Program program;
    private final Roots roots;
    private final Locale locale;
    private final Consumer<Job.Result> heard;
    /** Of conversions. */
    private final ExecutorService workers;
    /** Of looks, which do not wait for conversions. */
    private final ExecutorService lookers;
    /** Whatever has run moves to the end of the line when it ends. Guarded by itself. */
    private final Map<String, Job> jobs = new LinkedHashMap<>();

    private long numbers;

    /**
     * A queue with nothing in it.
     *
     * @param atOnce calls of each kind that run at the same time
     * @param heard hears of each result, on the thread that works
     */
    Jobs(Program program, Roots roots, Locale locale, int atOnce, Consumer<Job.Result> heard) {
        this.program = program;
        this.roots = roots;
        this.locale = locale;
        this.heard = heard;
        this.workers = Executors.newFixedThreadPool(atOnce);
        this.lookers = Executors.newFixedThreadPool(atOnce);
    }

    /** @param look whether it only looks at files */
    Job add(List<String> words, boolean look) throws ExtractionException {
        Job job;
        synchronized (jobs) {
            long open = jobs.values().stream().filter(Job::isOpen).count();
            if (open >= MOST_OPEN) {
                throw new ExtractionException(
                        ErrorKind.USAGE,
                        Text.of("error.agent-full", Integer.toString(MOST_OPEN)),
                        Text.of("next.agent-full"));
            }
            job = new Job(Long.toString(++numbers), locale);
            jobs.put(job.id, job);
            Optional<Job> oldest =
                    jobs.values().stream().filter(one -> !one.isOpen()).findFirst();
            if (jobs.size() > MOST_KEPT && oldest.isPresent()) jobs.remove(oldest.get().id);
        }
        try {
            (look ? lookers : workers).execute(() -> run(job, words));
        } catch (RejectedExecutionException ending) {
            job.cancel();
        }
        return job;
    }

    private void run(Job job, List<String> words) {
        if (!job.begin()) return;
        int code = ErrorKind.BUG.exitCode();
        try {
            Program.Call call = new Program.Call(
                    job.cancellation(), job::progress, roots, line -> heard.accept(job.took(line)), job::heard);
            code = program.run(words, call);
        } catch (RuntimeException | LinkageError | OutOfMemoryError bug) { // the others go on
            job.heard(Text.of("error.bug", String.valueOf(bug)).in(locale));
        } finally {
            keep(job);
            job.end(code);
        }
    }

    /** As the youngest, since it ends now, and the results of the oldest no longer. */
    private void keep(Job ending) {
        synchronized (jobs) {
            jobs.remove(ending.id);
            jobs.put(ending.id, ending);
            List<Job> all = List.copyOf(jobs.values());
            long kept = 0;
            for (int i = all.size() - 1; i >= 0; i--) {
                kept += all.get(i).characters();
                if (kept > MOST_CHARACTERS && !all.get(i).isOpen()) all.get(i).forgetResults();
            }
        }
    }

    Job get(String id) throws ExtractionException {
        synchronized (jobs) {
            Job job = jobs.get(id);
            if (job != null) return job;
        }
        throw new ExtractionException(ErrorKind.USAGE, Text.of("error.agent-no-job", id), Text.of("next.agent-no-job"));
    }

    /** Stops what runs, and waits for it, so that nothing half-written is left. */
    @Override
    public void close() {
        synchronized (jobs) {
            jobs.values().forEach(Job::cancel);
        }
        workers.shutdown();
        lookers.shutdown();
        try {
            boolean unused = workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    && lookers.awaitTermination(1, TimeUnit.SECONDS); // what is left is cleared away by the next run
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
