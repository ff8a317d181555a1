package dev.soundlift.failure;

import dev.soundlift.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of the house: what kind of failure, what happened, and what the user can do next. Whoever catches
 * it needs no more; a subtype only carries evidence for the report.
 */
public class ExtractionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final transient Text whatHappened;
    private final transient Text nextStep;

    /** Both sentences are for people; the kind is for programs. */
    public ExtractionException(ErrorKind kind, Text whatHappened, Text nextStep) {
        this(kind, whatHappened, nextStep, null);
    }

    /** The same with what led to it, for stack traces. */
    public ExtractionException(ErrorKind kind, Text whatHappened, Text nextStep, @Nullable Throwable cause) {
        super(whatHappened.toString(), cause);
        this.kind = kind;
        this.whatHappened = whatHappened;
        this.nextStep = nextStep;
    }

    /** Decides exit code and HTTP status; nothing has to read the sentences. */
    public ErrorKind kind() {
        return kind;
    }

    /** One sentence; {@link #getMessage} has it in English. */
    public Text whatHappened() {
        return whatHappened;
    }

    /** What the user can do about it. */
    public Text nextStep() {
        return nextStep;
    }
}
