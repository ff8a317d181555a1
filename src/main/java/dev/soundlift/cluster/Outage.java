package dev.soundlift.cluster;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * Ends a job whose store does not answer. Spark itself counts tasks that gave up together with those whose executor died,
 * and of the latter it has to bear many.
 */
final class Outage extends SparkListener {
    /** So many times may a task give up, as Spark usually counts. */
    private static final int MOST = 4;

    private final Runnable ending;
    private final Map<List<Integer>, Integer> givenUp = new HashMap<>();
    private volatile @Nullable Why why;

    /**
     * Why a job has ended.
     *
     * @param ofTheStore whether its store does not answer
     */
    record Why(String what, boolean ofTheStore) {}

    /** @param ending ends the job */
    Outage(Runnable ending) {
        this.ending = ending;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        if (!(task.reason() instanceof ExceptionFailure failure)) return;
        List<Integer> same = List.of(task.stageId(), task.taskInfo().index());
        if (givenUp.merge(same, 1, Integer::sum) < MOST) return;
        Option<Throwable> thrown = failure.exception();
        if (why == null) {
            why = new Why(failure.description(), thrown.isDefined() && thrown.get() instanceof IOException);
        }
        ending.run();
    }

    /** What has ended the job that ended so: what a task said at last, if that was it. */
    Why of(Throwable ended) {
        Why heard = why;
        if (heard != null) return heard;
        // In local mode a task is tried once
        for (Throwable cause = ended; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) return new Why(String.valueOf(cause.getMessage()), true);
        }
        return new Why(String.valueOf(ended.getMessage()), false);
    }
}
