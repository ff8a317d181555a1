package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Produced;
import dev.soundlift.engine.Sources;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Plan;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads what a plan takes, of one track or of several that are joined, for those who only want to listen.
 *
 * @param apart whether joined tracks are read one by one, because in the file they lie too far apart
 */
record PlannedSound(Plan plan, Sources sources, boolean apart, Cancellation cancellation) {
    /** Takes the samples of one plan after another. */
    @FunctionalInterface
    interface Listening<T> {
        /** Nothing where one reading of the file is not enough: then what was heard so far is of no use. */
        Optional<T> to(PlannedSound sound) throws ExtractionException;
    }

    /** Listens, and where the tracks lie too far apart in the file once more. */
    static <T> T hear(Plan plan, Sources sources, Cancellation cancellation, Listening<T> listening)
            throws ExtractionException {
        Optional<T> heard = listening.to(new PlannedSound(plan, sources, false, cancellation));
        if (heard.isPresent()) return heard.get();
        return listening.to(new PlannedSound(plan, sources, true, cancellation)).orElseThrow();
    }

    /** The same for another plan for the same file. */
    PlannedSound with(Plan other) {
        return new PlannedSound(other, sources, apart, cancellation);
    }

    /**
     * Reads it all.
     *
     * @return the stretch that was given; nothing where one reading is not enough
     */
    Optional<Produced.Taken> into(PlacedSamples samples, Consumer<Duration> position) throws ExtractionException {
        return plan.pick().isJoined() ? joined(samples, position) : Optional.of(alone(samples, position));
    }

    private Optional<Produced.Taken> joined(PlacedSamples samples, Consumer<Duration> position)
            throws ExtractionException {
        try (Joiner joiner = new Joiner(plan.pick().joined(), 1);
                JointReading reading = new JointReading(plan, sources, apart, joiner)) {
            return reading.readAll(samples::sound, cancellation, position)
                    ? Optional.of(reading.taken())
                    : Optional.empty();
        }
    }

    private Produced.Taken alone(PlacedSamples samples, Consumer<Duration> position) throws ExtractionException {
        try (SoleReading reading = new SoleReading(plan, sources)) {
            boolean more;
            do {
                cancellation.throwIfRequested();
                more = reading.advance(samples);
                position.accept(reading.position());
            } while (more);
            return reading.taken();
        }
    }
}
