package dev.soundlift.engine;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;

/** A wish to stop, given by one thread and obeyed by another. Thread-safe. */
public final class Cancellation {
    private volatile boolean requested;

    public void request() {
        requested = true;
    }

    public boolean isRequested() {
        return requested;
    }

    public void throwIfRequested() throws ExtractionException {
        if (requested) {
            throw new ExtractionException(
                    ErrorKind.INTERRUPTED, Text.of("error.interrupted"), Text.of("next.interrupted"));
        }
    }
}
