package dev.soundlift.report;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import dev.soundlift.verify.Check;
import dev.soundlift.verify.Rejected;
import java.util.List;
import java.util.Optional;

/**
 * Why there is no output.
 *
 * @param checks of a file that was made and rejected; empty where it did not come to that
 * @param cause where it happened, for those who look for a fault in the program; nothing for what another process told
 */
public record Failure(ErrorKind kind, Text whatHappened, Text nextStep, List<Check> checks, Optional<Throwable> cause) {
    public Failure {
        checks = List.copyOf(checks);
    }

    /** What an exception says, without its stack. */
    public static Failure of(ExtractionException exception) {
        return new Failure(
                exception.kind(),
                exception.whatHappened(),
                exception.nextStep(),
                exception instanceof Rejected rejected ? rejected.checks() : List.of(),
                Optional.of(exception));
    }

    /** For callers who would rather catch than ask. */
    public ExtractionException toException() {
        return cause.map(thrown -> new ExtractionException(kind, whatHappened, nextStep, thrown))
                .orElseGet(() -> new ExtractionException(kind, whatHappened, nextStep));
    }
}
