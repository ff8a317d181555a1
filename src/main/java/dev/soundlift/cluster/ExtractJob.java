package dev.soundlift.cluster;

import dev.soundlift.batch.ManifestLine;
import dev.soundlift.cluster.Row.Gist;
import dev.soundlift.cluster.Waves.Ended;
import dev.soundlift.cluster.Waves.Wave;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A list of inputs as a job of Apache Spark: {@code spark-submit --class dev.soundlift.cluster.ExtractJob
 * soundlift-…-cluster.jar --manifest LIST --output s3://bucket/prefix/ [options of a conversion]}. No other class knows
 * Spark, but for the counters in {@link Totals} and who hears how tasks end in {@link Outage}.
 */
public final class ExtractJob {
    /** So often a task looks whether it is killed. */
    private static final long LOOKS_MILLIS = 500;

    private ExtractJob() {}

    /** Ends with 0 where everything is delivered, 1 where some items failed, 2 and more where nothing was begun. */
    public static void main(String[] arguments) {
        int code;
        try {
            code = run(JobWords.parse(List.of(arguments)));
        } catch (ExtractionException wrong) {
            System.err.println("soundlift: " + wrong.whatHappened());
            System.err.println("  " + wrong.nextStep());
            code = wrong.kind().exitCode();
        } catch (Exception fault) {
            // Spark's, most often, whose checked ones nothing declares: no cluster is there, a task was tried too often
            System.err.println("soundlift: " + Text.of("error.cluster-job", String.valueOf(fault.getMessage())));
            System.err.println("  " + Text.of("next.cluster-job"));
            code = ErrorKind.BUG.exitCode();
        }
        // Spark takes the end of main for success
        if (code != 0) System.exit(code);
    }

    private static int run(JobWords job) throws ExtractionException {
        long started = System.nanoTime();
        Iterator<ManifestLine> lines = Listing.of(job);
        try (Store store = writable(job.output());
                JavaSparkContext spark = new JavaSparkContext(conf(job))) {
            // YARN's second attempt keeps the application's id, and rows must never take the place of others
            String run = spark.sc().applicationId() + "-" + UUID.randomUUID();
            Notes notes = new Notes(store, run, job.retryFailed(), job.table());
            Outage outage = new Outage(spark.sc()::cancelAllJobs);
            spark.sc().addSparkListener(outage);
            Waves waves = new Waves(job, lines, ended(spark, outage, job, notes.written()), Waves.MOST);
            Totals totals = Totals.of(spark.sc()::longAccumulator);
            long begun = System.nanoTime();
            for (int number = 0; waves.hasNext(); number++) {
                Wave wave = waves.next();
                totals.add(wave);
                if (!wave.faults().isEmpty()) notes.rows(number + "-list", wave.faults());
                work(spark, outage, job, new Part(run, number), wave.items(), totals);
            }
            System.out.println(totals.line(run, begun - started, System.nanoTime() - begun));
            return totals.anyFailed() ? 1 : 0;
        } catch (IOException unusable) {
            throw new ExtractionException(
                    ErrorKind.NOT_WRITABLE,
                    Text.of("error.cluster-store", job.output(), String.valueOf(unusable.getMessage())),
                    Text.of("next.cluster-s3"),
                    unusable);
        }
    }

    /** A store that cannot be written is told before a cluster is asked for anything. */
    private static Store writable(String output) throws IOException, ExtractionException {
        Store store = Store.of(output);
        store.tidy();
        String trial = Notes.WORK + UUID.randomUUID();
        store.write(trial, "");
        store.delete(trial);
        return store;
    }

    /** What becomes of it, or why the job ended before. */
    private static <T> T await(JavaFutureAction<T> work, Outage outage, JobWords job) throws ExtractionException {
        try {
            return work.get();
        } catch (ExecutionException ended) {
            Outage.Why why = outage.of(ended);
            throw new ExtractionException(
                    why.ofTheStore() ? ErrorKind.NOT_WRITABLE : ErrorKind.BUG,
                    why.ofTheStore()
                            ? Text.of("error.cluster-store", job.output(), why.what())
                            : Text.of("error.cluster-job", why.what()),
                    Text.of("next.cluster-job"),
                    ended);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ExtractionException(
                    ErrorKind.INTERRUPTED, Text.of("error.interrupted"), Text.of("next.cluster-job"), stopped);
        }
    }

    /** Of a run, the wave. */
    private record Part(String run, int wave) implements Serializable {}

    private static void work(
            JavaSparkContext spark, Outage outage, JobWords job, Part part, List<Item> items, Totals totals)
            throws ExtractionException {
        if (items.isEmpty()) return;
        List<List<Item>> hands = Hands.deal(items, perTask(job, items.size()), spark.defaultParallelism());
        spark.setJobDescription("Soundlift: " + items.size() + " inputs of " + job.inputs() + " to " + job.output());
        var work = spark.parallelize(hands, hands.size()).foreachAsync(hand -> work(job, part, hand, totals));
        await(work, outage, job);
    }

    private static int perTask(JobWords job, int items) {
        return job.itemsPerTask() == 0 ? Hands.itemsPerTask(items) : job.itemsPerTask();
    }

    private static SparkConf conf(JobWords job) {
        SparkConf conf = new SparkConf();
        conf.setIfMissing("spark.app.name", "Soundlift");
        // A second copy of a slow task would fetch everything twice
        conf.setIfMissing("spark.speculation", "false");
        // Each item of a task may end two executors before it is set aside
        conf.setIfMissing("spark.task.maxFailures", Integer.toString(2 * perTask(job, Waves.MOST) + 4));
        String options = conf.get("spark.executor.extraJavaOptions", "")
                // FFmpeg's memory is freed by its owners, and Java is not to look for what they left
                + " -Dorg.bytedeco.javacpp.noPointerGC=true --enable-native-access=ALL-UNNAMED";
        // As many threads for encoding as Spark gives the executor, not as many as the machine has
        if (conf.contains("spark.executor.cores")) {
            options += " -XX:ActiveProcessorCount=" + conf.get("spark.executor.cores");
        }
        conf.set("spark.executor.extraJavaOptions", options.strip());
        return conf;
    }

    /** What earlier runs are through with. Read by the machines, as there may be millions of rows. */
    private static Ended ended(JavaSparkContext spark, Outage outage, JobWords job, List<Notes.Written> files)
            throws ExtractionException {
        Ended ended = new Ended(new Keys(), new Keys());
        if (files.isEmpty()) return ended;
        spark.setJobDescription("Soundlift: what earlier runs have done");
        int parts = Math.min(files.size(), 4 * spark.defaultParallelism());
        var read = spark.parallelize(files, parts).map(file -> ended(job, file)).collectAsync();
        for (long[][] keys : await(read, outage, job)) {
            for (long key : keys[0]) ended.delivered().add(key);
            for (long key : keys[1]) ended.failed().add(key);
        }
        return ended;
    }

    /** The keys in one file of rows: of what was delivered, and of what never will be. */
    private static long[][] ended(JobWords job, Notes.Written file) throws IOException, ExtractionException {
        Map<String, Boolean> through = new HashMap<>();
        Set<String> missing = new HashSet<>();
        TaskContext task = TaskContext.get();
        try (Store store = new Patient(Store.of(job.output()), Patient.PATIENCE, task::isInterrupted)) {
            new Notes(store, "", job.retryFailed(), job.table())
                    .rows(file).stream().map(Gist::of).forEach(row -> {
                        if (row.item().isEmpty()) return; // no row of ours
                        through.merge(row.item(), row.delivered(), Boolean::logicalAnd);
                        if (!row.delivered() && (row.passing() || job.retryFailed())) missing.add(row.item());
                    });
        }
        through.keySet().removeAll(missing);
        return new long[][] {keys(through, true), keys(through, false)};
    }

    private static long[] keys(Map<String, Boolean> through, boolean delivered) {
        return through.entrySet().stream()
                .filter(item -> item.getValue() == delivered)
                .mapToLong(item -> Keys.number(item.getKey()))
                .toArray();
    }

    private static void work(JobWords job, Part part, List<Item> items, Totals totals)
            throws IOException, ExtractionException {
        List<String> rows = new ArrayList<>();
        TaskContext task = TaskContext.get();
        Timer looks = new Timer("looks whether the task is killed", true);
        try (Workbench bench = new Workbench(job, part.run())) {
            looks.schedule(stopping(bench, task), LOOKS_MILLIS, LOOKS_MILLIS);
            for (Item item : items) {
                List<String> made = bench.rows(item);
                made.forEach(row -> totals.add(Gist.of(row)));
                rows.addAll(made);
            }
            bench.close(part.wave() + "-" + task.partitionId(), items, rows);
        } finally {
            looks.cancel();
        }
    }

    /** As Spark tells nobody of a kill who does not ask. */
    private static TimerTask stopping(Workbench bench, TaskContext task) {
        return new TimerTask() {
            @Override
            public void run() {
                if (task.isInterrupted()) bench.cancel();
            }
        };
    }
}
