package dev.soundlift.engine;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Capabilities;
import dev.soundlift.plan.Plan;
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
}
