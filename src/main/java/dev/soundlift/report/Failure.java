package dev.soundlift.report;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;

/** Why there is no output. */
public record Failure(ErrorKind kind, Text whatHappened, Text nextStep) {
    public static Failure of(ExtractionException exception) {
        return new Failure(exception.kind(), exception.whatHappened(), exception.nextStep());
    }

    public ExtractionException toException() {
        return new ExtractionException(kind, whatHappened, nextStep);
    }
}
