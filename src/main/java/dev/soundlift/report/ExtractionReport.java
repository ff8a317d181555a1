package dev.soundlift.report;

import dev.soundlift.engine.Loss;
import dev.soundlift.engine.Produced;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.plan.Plan;
import dev.soundlift.text.Text;
import dev.soundlift.verify.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What became of one output, or of an input that gave none.
 *
 * @param plan nothing where it failed before one was made
 * @param output the delivered file, or the existing one that made it be skipped or refused
 * @param delivered what the file is; nothing where none was delivered
 * @param damaged whether the source was damaged, so that something is missing
 */
public record ExtractionReport(
        MediaSource input,
        Status status,
        Optional<Plan> plan,
        Optional<Path> output,
        Optional<Delivered> delivered,
        boolean damaged,
        List<Text> warnings,
        Duration elapsed,
        Optional<Failure> failure) {

    /**
     * A delivered file: what the engine saw of the source, and what the file on disk is.
     *
     * @param alsoWritten lists that stand beside it
     */
    public record Delivered(Produced source, Verification file, List<Path> alsoWritten) {
        public Delivered {
            alsoWritten = List.copyOf(alsoWritten);
        }

        public Delivered(Produced source, Verification file) {
            this(source, file, List.of());
        }

        /** Where on the source's clock sound is missing or damaged, as far as that is known. */
        public List<Loss> lost() {
            return Stream.concat(source.damage().lost().stream(), file.lost().stream())
                    .distinct()
                    .sorted(Comparator.comparing(Loss::why).thenComparing(Loss::start))
                    .toList();
        }
    }

    public ExtractionReport {
        warnings = List.copyOf(warnings);
    }

    /** For an input or output that gave nothing. */
    public static ExtractionReport failed(
            MediaSource input, Optional<Plan> plan, Optional<Path> output, Duration elapsed, ExtractionException why) {
        List<Text> warnings = plan.map(Plan::warnings).orElse(List.of());
        return new ExtractionReport(
                input,
                Status.FAILED,
                plan,
                output,
                Optional.empty(),
                false,
                warnings,
                elapsed,
                Optional.of(Failure.of(why)));
    }

    /** For an output that is there already. */
    public static ExtractionReport skipped(MediaSource input, Optional<Plan> plan, Path output, Duration elapsed) {
        return new ExtractionReport(
                input,
                Status.SKIPPED,
                plan,
                Optional.of(output),
                Optional.empty(),
                false,
                plan.map(Plan::warnings).orElse(List.of()),
                elapsed,
                Optional.empty());
    }

    /** For an output that a dry run has found nothing against. */
    public static ExtractionReport planned(MediaSource input, Plan plan, Path output, Duration elapsed) {
        return new ExtractionReport(
                input,
                Status.PLANNED,
                Optional.of(plan),
                Optional.of(output),
                Optional.empty(),
                false,
                plan.warnings(),
                elapsed,
                Optional.empty());
    }

    /** With something more that the user should know, which makes the output none the worse. */
    public ExtractionReport withRemark(Text remark) {
        List<Text> more = new ArrayList<>(warnings);
        more.add(remark);
        return new ExtractionReport(input, status, plan, output, delivered, damaged, more, elapsed, failure);
    }

    /** The same with a file more that was written beside the delivered one. */
    public ExtractionReport alsoWriting(Path file) {
        Optional<Delivered> more = delivered.map(one -> {
            List<Path> files = new ArrayList<>(one.alsoWritten());
            files.add(file);
            return new Delivered(one.source(), one.file(), files);
        });
        return new ExtractionReport(input, status, plan, output, more, damaged, warnings, elapsed, failure);
    }

    /** The code with which a program that made only this output ends (CONTRACT: "Exit codes"). */
    public int exitCode() {
        return failure.map(Failure::kind).map(ErrorKind::exitCode).orElse(damaged ? 6 : 0);
    }

    /**
     * The delivered file, for callers that have no use for a report of failure.
     *
     * @throws ExtractionException where it was not delivered
     */
    public Path requireDelivered() throws ExtractionException {
        if (failure.isPresent()) throw failure.get().toException();
        return output.orElseThrow();
    }
}
