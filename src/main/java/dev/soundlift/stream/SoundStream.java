package dev.soundlift.stream;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import java.util.Optional;

/**
 * Sound that is read when it is asked for: whoever stops asking stops the reading, and memory holds little more than what
 * was asked for.
 *
 * <p>Threads: asked by one at a time, which may be another each time. {@link #cancel} and {@link #close} may be called by
 * any thread, also while another waits in here: that one gets an exception of kind {@link ErrorKind#INTERRUPTED}. Whoever
 * opened it closes it; twice does nothing more.
 *
 * @param <T> what is given out
 */
public abstract sealed class SoundStream<T> implements AutoCloseable permits PcmStream, PacketStream {
    private final Cancellation cancellation;
    private final Runnable release;
    private boolean closed;

    /**
     * A stream.
     *
     * @param cancellation this stream's own
     * @param release is run once, when nothing of it is in use any more
     */
    SoundStream(Cancellation cancellation, Runnable release) {
        this.cancellation = cancellation;
        this.release = release;
    }

    /**
     * What comes next; waits for it.
     *
     * @return nothing after the last
     * @throws ExtractionException of the kinds that a conversion of the same request has; of kind
     *     {@link ErrorKind#INTERRUPTED} where it was cancelled or closed
     */
    public final synchronized Optional<T> next() throws ExtractionException {
        cancellation.throwIfRequested();
        return read();
    }

    abstract Optional<T> read() throws ExtractionException;

    /** Ends the reading, and returns at once. It is still to be closed. */
    public final void cancel() {
        cancellation.request();
    }

    /** Ends the reading, and returns when all is released. */
    @Override
    public final void close() {
        cancel();
        synchronized (this) {
            if (closed) return;
            closed = true;
            release.run();
        }
    }
}
