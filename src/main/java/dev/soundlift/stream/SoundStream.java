package dev.soundlift.stream;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Damage;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import java.time.Duration;
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
    private final AudioTrack track;
    private final Optional<Duration> promised;
    private final Cancellation cancellation;
    private final Runnable release;
    private boolean closed;
    private Damage damage = Damage.NONE;

    /**
     * A stream.
     *
     * @param cancellation this stream's own
     * @param release is run once, when nothing of it is in use any more
     */
    SoundStream(AudioTrack track, Optional<Duration> promised, Cancellation cancellation, Runnable release) {
        this.track = track;
        this.promised = promised;
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

    /** The track that is read: the one that was asked for, or the best by the rules. Whether it is silent nobody has heard. */
    public final AudioTrack track() {
        return track;
    }

    /** How long the file itself says that this is; nothing where it does not. Where less comes, the file is cut off. */
    public final Optional<Duration> promised() {
        return promised;
    }

    /**
     * What went wrong in reading so far, and after the last of it altogether: a damaged file gives what can be read of it,
     * and this tells what was met. A file that is only cut off may be met as one that ends: see {@link #promised}.
     */
    public final synchronized Damage damage() {
        if (!closed) damage = met();
        return damage;
    }

    abstract Damage met();

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
            damage = met();
            closed = true;
            release.run();
        }
    }
}
