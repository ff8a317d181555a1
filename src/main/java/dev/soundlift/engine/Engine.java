package dev.soundlift.engine;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Capabilities;
import dev.soundlift.plan.Plan;
import java.nio.file.Path;

/** Carries out a plan. Thread-safe: every run has its own state. */
public interface Engine {
    Capabilities capabilities();

    /**
     * Writes the planned output into an existing, empty file, whole or not at all: when this throws, the file is worth
     * nothing and the caller deletes it.
     */
    Produced run(Plan plan, Path pending, Progress progress, Cancellation cancellation) throws ExtractionException;
}
