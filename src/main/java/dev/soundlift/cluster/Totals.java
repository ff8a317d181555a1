package dev.soundlift.cluster;

import dev.soundlift.cluster.Row.Gist;
import dev.soundlift.cluster.Waves.Wave;
import dev.soundlift.report.JsonLine;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.spark.util.LongAccumulator;

/** What a job has done so far, as Spark's own page shows it: counted once for each task that ends, however often it began. */
record Totals(
        LongAccumulator delivered,
        LongAccumulator failed,
        LongAccumulator bytesRead,
        LongAccumulator bytesWritten,
        LongAccumulator deliveredBefore,
        LongAccumulator failedBefore)
        implements Serializable {

    static Totals of(Function<String, LongAccumulator> named) {
        return new Totals(
                named.apply("outputs delivered"),
                named.apply("outputs failed"),
                named.apply("bytes read"),
                named.apply("bytes written"),
                named.apply("inputs delivered by earlier runs"),
                named.apply("inputs failed in earlier runs"));
    }

    /** What of a wave needs no work. */
    void add(Wave wave) {
        wave.faults().forEach(row -> add(Gist.of(row)));
        deliveredBefore.add(wave.deliveredBefore());
        failedBefore.add(wave.failedBefore());
    }

    void add(Gist row) {
        (row.delivered() ? delivered : failed).add(1L);
        bytesRead.add(row.bytesRead());
        bytesWritten.add(row.bytes());
    }

    boolean anyFailed() {
        return failed.value() + failedBefore.value() > 0;
    }

    /** For whoever waits for the job. */
    String line(String run, long startNanos, long workNanos) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("schema", "soundlift.job/1");
        line.put("run", run);
        line.put("delivered", delivered.value());
        line.put("failed", failed.value());
        line.put("deliveredBefore", deliveredBefore.value());
        line.put("failedBefore", failedBefore.value());
        line.put("bytesRead", bytesRead.value());
        line.put("bytesWritten", bytesWritten.value());
        line.put("startMillis", TimeUnit.NANOSECONDS.toMillis(startNanos));
        line.put("workMillis", TimeUnit.NANOSECONDS.toMillis(workNanos));
        return JsonLine.write(line);
    }
}
