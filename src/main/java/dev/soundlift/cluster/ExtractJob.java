package dev.soundlift.cluster;

import dev.soundlift.batch.Inputs;
import dev.soundlift.batch.Manifest;
import dev.soundlift.batch.ManifestLine;
import dev.soundlift.batch.Shard;
import dev.soundlift.cluster.Row.Gist;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A list of inputs as a job of Apache Spark: {@code spark-submit --class dev.soundlift.cluster.ExtractJob
 * soundlift-…-cluster.jar --manifest LIST --output s3://bucket/prefix/ [options of a conversion]}. No other class knows
 * Spark, but for the counters in {@link Totals}.
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
        List<Item> items = new ArrayList<>();
        Map<Item, String> faults = new LinkedHashMap<>();
        read(job, items, faults);
        try (Store store = Store.of(job.output());
                JavaSparkContext spark = new JavaSparkContext(conf(job, items.size()))) {
            // YARN's second attempt keeps the application's id, and rows must never take the place of others
            String run = spark.sc().applicationId() + "-" + UUID.randomUUID();
            store.tidy();
            Map<String, Boolean> finished = finished(spark, job, store.list(Notes.ROWS));
            long failedBefore = before(finished, items, false) + before(finished, faults.keySet(), false);
            long deliveredBefore = before(finished, items, true);
            Totals totals = Totals.of(spark.sc()::longAccumulator, deliveredBefore, failedBefore);
            Set<String> known = new HashSet<>(finished.keySet());
            faults.keySet().removeIf(item -> known.contains(item.key()));
            items.removeIf(item -> !known.add(item.key()));
            faults.values().forEach(row -> totals.add(Gist.of(row)));
            if (!faults.isEmpty()) {
                store.write(Notes.ROWS + run + "-list.jsonl", String.join("\n", faults.values()) + "\n");
            }
            long begun = System.nanoTime();
            if (!items.isEmpty()) {
                List<List<Item>> hands = Hands.deal(items, perTask(job, items.size()), spark.defaultParallelism());
                spark.setJobDescription(
                        "Soundlift: " + items.size() + " inputs of " + job.manifest() + " to " + job.output());
                spark.parallelize(hands, hands.size()).foreach(hand -> work(job, run, hand, totals));
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

    /** What a line is wrong with is told in a row like any failure. */
    private static void read(JobWords job, List<Item> items, Map<Item, String> faults) throws ExtractionException {
        Shard shard = Shard.parse(job.shard()).orElseThrow();
        List<String> call = job.canonical();
        Manifest manifest = Manifest.open(Inputs.one(job.manifest()));
        try {
            while (manifest.hasNext()) {
                ManifestLine line = manifest.next();
                if (!shard.has(line.input())) continue;
                Item item = Item.of(line, Workbench.shown(line, job.manifest()), call);
                if (line.fault().isPresent()) {
                    faults.put(
                            item, Row.failed(item, Duration.ZERO, line.fault().get()));
                } else {
                    items.add(item);
                }
            }
        } catch (UncheckedIOException brokenOff) {
            throw Inputs.unreadable(job.manifest(), brokenOff);
        }
    }

    private static int perTask(JobWords job, int items) {
        return job.itemsPerTask() == 0 ? Hands.itemsPerTask(items) : job.itemsPerTask();
    }

    private static SparkConf conf(JobWords job, int items) {
        SparkConf conf = new SparkConf();
        conf.setIfMissing("spark.app.name", "Soundlift");
        // A second copy of a slow task would fetch everything twice
        conf.setIfMissing("spark.speculation", "false");
        // Each item of a task may end two executors before it is set aside
        conf.setIfMissing("spark.task.maxFailures", Integer.toString(2 * perTask(job, items) + 4));
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

    private static long before(Map<String, Boolean> finished, Collection<Item> items, boolean delivered) {
        return items.stream()
                .filter(item -> Boolean.valueOf(delivered).equals(finished.get(item.key())))
                .count();
    }

    /**
     * The keys of the items that earlier runs are through with, and whether they were delivered. Read by the machines, as
     * there may be millions of rows.
     */
    private static Map<String, Boolean> finished(JavaSparkContext spark, JobWords job, List<String> files) {
        Map<String, Boolean> finished = new HashMap<>();
        if (files.isEmpty()) return finished;
        spark.setJobDescription("Soundlift: what earlier runs have done");
        int parts = Math.min(files.size(), 4 * spark.defaultParallelism());
        for (String told : spark.parallelize(files, parts)
                .flatMap(file -> finished(job, file).iterator())
                .collect()) {
            finished.merge(told.substring(1), told.charAt(0) == '+', Boolean::logicalOr);
        }
        return finished;
    }

    /** Those of one file of rows: {@code +} before the key of what was delivered, {@code -} of what never will be. */
    private static List<String> finished(JobWords job, String file) throws IOException, ExtractionException {
        Map<String, Boolean> through = new LinkedHashMap<>();
        Set<String> missing = new HashSet<>();
        try (Store store = Store.of(job.output())) {
            store.read(file).orElse("").lines().map(Gist::of).forEach(row -> {
                through.merge(row.item(), row.delivered(), Boolean::logicalAnd);
                if (!row.delivered() && (row.passing() || job.retryFailed())) missing.add(row.item());
            });
        }
        through.keySet().removeAll(missing);
        List<String> told = new ArrayList<>();
        through.forEach((key, delivered) -> told.add((delivered ? "+" : "-") + key));
        return told;
    }

    private static void work(JobWords job, String run, List<Item> items, Totals totals)
            throws IOException, ExtractionException {
        List<String> rows = new ArrayList<>();
        TaskContext task = TaskContext.get();
        Timer looks = new Timer("looks whether the task is killed", true);
        try (Workbench bench = new Workbench(job, run)) {
            looks.schedule(stopping(bench, task), LOOKS_MILLIS, LOOKS_MILLIS);
            for (Item item : items) {
                List<String> made = bench.rows(item);
                made.forEach(row -> totals.add(Gist.of(row)));
                rows.addAll(made);
            }
            bench.close(task.partitionId(), items, rows);
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
