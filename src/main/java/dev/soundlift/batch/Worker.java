package dev.soundlift.batch;

import dev.soundlift.Bookkeeping;
import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Who converts one file of a batch: this process, or one of the file's own. */
@FunctionalInterface
public interface Worker {
    List<Outcome> convert(Job job);

    /**
     * One file.
     *
     * @param remark something to be said in each report
     */
    record Job(
            ExtractionRequest request,
            Progress progress,
            Cancellation cancellation,
            Bookkeeping books,
            Optional<Text> remark) {}

    /**
     * What became of one output.
     *
     * @param json the report as {@code soundlift.report/1} in a language: more than the report where another process
     *     made it
     */
    record Outcome(ExtractionReport report, Function<Locale, String> json) {}

    /** Nobody: says what would become of each output, and writes nothing. */
    static Worker looking(Soundlift soundlift) {
        return job -> soundlift.preview(job.request(), job.cancellation(), job.books()).stream()
                .map(Batch::outcome)
                .toList();
    }

    /** In this process. */
    static Worker here(Soundlift soundlift) {
        return job -> soundlift.extract(job.request(), job.progress(), job.cancellation(), job.books()).stream()
                .map(report -> job.remark().map(report::withRemark).orElse(report))
                .map(Batch::outcome)
                .toList();
    }
}
