package dev.soundlift.engine.executable;

import dev.soundlift.engine.Produced;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Cut;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.Align;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Moves a track's packets untouched into the output: those that lie, even in part, in the wanted stretch. */
final class CopyRun {
    private final ExecutableEngine.Job job;
    private final Plan plan;
    private final Stream track;
    private final double origin;

    CopyRun(ExecutableEngine.Job job) throws ExtractionException {
        this.job = job;
        this.plan = job.plan();
        this.track = job.probed().stream(plan.pick().track());
        this.origin = job.probed().clock(track).originSeconds();
    }

    Produced run() throws ExtractionException {
        Cut cut = plan.cut();
        OptionalDouble until = cut.end().isPresent()
                ? OptionalDouble.of(onContainersClock(cut.end().get()))
                : OptionalDouble.empty();
        if (cut.isWhole()) return copy(OptionalDouble.empty(), until, -zero());
        Packets found = firstFrom(onContainersClock(cut.start()), until);
        if (found.wantedStart().isEmpty()) throw nothing();
        // Half a packet early: then no rounding can lose the first one
        double margin = found.wantedLength() / 2;
        return copy(OptionalDouble.of(found.wantedStart().getAsDouble() - margin), until, -margin);
    }

    private double onContainersClock(Duration time) {
        return origin + time.toNanos() / 1e9;
    }

    /** What becomes 0 in the output of a whole track, on the container's clock. */
    private double zero() {
        boolean keepsOffset =
                plan.align() == Align.VIDEO && plan.target().container().holdsOffset();
        return keepsOffset || track.startTicks().isEmpty()
                ? origin
                : track.seconds(track.startTicks().getAsLong());
    }

    private Packets firstFrom(double start, OptionalDouble until) throws ExtractionException {
        Packets packets = new Packets(end -> end > start);
        try (Child child = Child.start(
                Arguments.packets(job.program(), job.source(), track, until), job.cancellation(), packets::hear)) {
            child.readLines(packets::hear);
            child.finish();
        }
        return packets;
    }

    private Produced copy(OptionalDouble from, OptionalDouble until, double shift) throws ExtractionException {
        List<String> words = Arguments.copy(
                job.program(), job.source(), track, from, until, shift, plan.target(), job.attire(), job.pending());
        // The list of packets begins at 0 where a first one was named
        double listedFrom = from.orElse(0);
        Packets packets = new Packets();
        try (Child child = Child.start(words, job.cancellation(), packets::hear)) {
            child.readLines(line -> {
                packets.hear(line);
                job.advancedTo(onMediaClock(listedFrom + packets.endSeconds()));
            });
            if (child.finish() != 0) throw Writing.failed(plan.target(), child.complaints());
            if (packets.count() == 0) throw nothing();
            return new Produced(
                    packets.bytesRead(),
                    new Produced.Taken(
                            onMediaClock(listedFrom + packets.startSeconds()),
                            onMediaClock(listedFrom + packets.endSeconds())),
                    0,
                    Optional.of(packets.digest()),
                    true,
                    List.of(),
                    child.complaints().damage());
        }
    }

    private Duration onMediaClock(double containerSeconds) {
        return Duration.ofNanos(Math.max(0, Math.round((containerSeconds - origin) * 1e9)));
    }

    private ExtractionException nothing() {
        boolean whole = plan.cut().isWhole();
        return whole
                ? ExecutableProber.nothingDecoded(plan.pick().track())
                : new ExtractionException(
                        ErrorKind.RANGE_OUTSIDE, Text.of("error.range-empty"), Text.of("next.range-outside"));
    }
}
