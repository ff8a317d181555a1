package dev.soundlift.engine;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A wish to stop, given by one thread and obeyed by another. Thread-safe. */
public final class Cancellation {
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean requested;

    public void request() {
        requested = true;
        listeners.forEach(Runnable::run);
    }

    /** For work that waits and cannot look: runs the action when the wish is given, or now if it has been. */
    public Listening onRequest(Runnable action) {
        listeners.add(action);
        if (requested) action.run();
        return () -> listeners.remove(action);
    }

    /** Ends when it is closed. */
    public interface Listening extends AutoCloseable {
        @Override
        void close();
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
