package dev.soundlift.engine;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Capabilities;
import dev.soundlift.plan.Plan;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.util.Optional;

/** Carries out a plan. Thread-safe: every run has its own state. */
public interface Engine {
    Capabilities capabilities();

    /**
     * Measures the sound of all the stretches that the plan's levelling names, and says what brings it to its loudness.
     */
    Level level(Plan plan, Progress progress, Cancellation cancellation) throws ExtractionException;

    /**
     * Writes the planned output into an existing, empty file, whole or not at all: when this throws, the file is worth
     * nothing and the caller deletes it.
     *
     * @param level what {@link #level} said, where the plan has a levelling
     */
    Produced run(Plan plan, Optional<Level> level, Path pending, Progress progress, Cancellation cancellation)
            throws ExtractionException;

    /**
     * Opens the sound of a plan for PCM, in the plan's rate, channels and sample size.
     *
     * @param level what {@link #level} said, where the plan has a levelling
     * @throws ExtractionException of kind {@link ErrorKind#NO_ENGINE} where this engine writes files only
     */
    default SampleStream open(Plan plan, Optional<Level> level, Cancellation cancellation) throws ExtractionException {
        throw new ExtractionException(ErrorKind.NO_ENGINE, Text.of("error.no-stream"), Text.of("next.no-stream"));
    }

    /**
     * Opens the packets of a plan for a copy: those that lie, even in part, in what is taken, and before them those that
     * a decoder needs to get going.
     *
     * @throws ExtractionException of kind {@link ErrorKind#NO_ENGINE} where this engine writes files only
     */
    default PacketSource packets(Plan plan, Cancellation cancellation) throws ExtractionException {
        throw new ExtractionException(ErrorKind.NO_ENGINE, Text.of("error.no-stream"), Text.of("next.no-stream"));
    }
}
