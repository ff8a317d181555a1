package dev.soundlift.engine.inprocess;

import dev.soundlift.failure.ExtractionException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Has another thread take samples while the giver makes the next ones: all of them, in order, and never many ahead. */
final class Beside implements PlacedSamples, AutoCloseable {
    /** So many wait at most. */
    private static final int MOST = 64;
    /** For fewer no thread is woken, which costs more than the work on many a frame. */
    static final int FEWEST = 32;

    /** Sound, or so much silence of its shape. */
    private record Piece(Frame frame, long silence) {
        void into(PlacedSamples taker) throws ExtractionException {
            if (silence > 0) taker.silence(frame.raw(), silence);
            else taker.sound(frame.raw());
        }
    }

    private final Workers workers;
    private final PlacedSamples work;
    /** Guarded by this, as is whether somebody takes them. */
    private final Deque<Piece> waiting = new ArrayDeque<>();

    private boolean working;
    private @Nullable Future<Boolean> running;

    /** @param work is never done by two threads at once, and sees what it did before, whichever thread that was */
    Beside(Workers workers, PlacedSamples work) {
        this.workers = workers;
        this.work = work;
    }

    /** For work on frames as they come, of which none stands for silence. */
    static Beside of(Workers workers, Frame.Sink work) {
        return new Beside(workers, new PlacedSamples() {
            @Override
            public void silence(AVFrame like, long samples) {
                throw new IllegalStateException("silence between frames that are taken as they come");
            }

            @Override
            public void sound(AVFrame frame) throws ExtractionException {
                work.accept(frame);
            }
        });
    }

    /** Throws what went wrong with samples that were given earlier, too. */
    @Override
    public void sound(AVFrame frame) throws ExtractionException {
        give(frame, 0);
    }

    @Override
    public void silence(AVFrame like, long samples) throws ExtractionException {
        if (samples > 0) give(like, samples);
    }

    private void give(AVFrame frame, long silence) throws ExtractionException {
        if (queue(new Piece(Frame.reference(frame), silence))) start();
    }

    /** Returns whether somebody should begin to take them. */
    private synchronized boolean queue(Piece piece) {
        waiting.add(piece);
        boolean interrupted = false;
        while (working && waiting.size() > MOST) {
            try {
                wait();
            } catch (InterruptedException asked) {
                interrupted = true; // the wait is a short one, and what is native is let go in order
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        return !working && waiting.size() >= FEWEST;
    }

    private void start() throws ExtractionException {
        await();
        synchronized (this) {
            working = true;
        }
        running = workers.start(this::takeAll);
    }

    private boolean takeAll() throws ExtractionException {
        boolean done = false;
        try {
            for (Piece piece = next(); piece != null; piece = next()) {
                try {
                    piece.into(work);
                } finally {
                    piece.frame().close();
                }
            }
            done = true;
        } finally {
            if (!done) stop();
        }
        return true;
    }

    private synchronized @Nullable Piece next() {
        if (waiting.isEmpty()) stop();
        if (waiting.size() == MOST / 2) notifyAll();
        return waiting.poll();
    }

    private synchronized void stop() {
        working = false;
        notifyAll();
    }

    private void await() throws ExtractionException {
        Future<Boolean> earlier = running;
        running = null;
        if (earlier != null) workers.result(earlier);
    }

    private synchronized boolean isIdle() {
        return waiting.isEmpty();
    }

    /** Waits until all is done; from here on the work's results are the caller's. */
    void finish() throws ExtractionException {
        await();
        if (isIdle()) return;
        start();
        await();
    }

    @Override
    public void close() {
        synchronized (this) {
            waiting.forEach(piece -> piece.frame().close());
            waiting.clear();
        }
        try {
            await();
        } catch (ExtractionException | RuntimeException failed) {
            // Whoever closes before the end has an error of his own on the way
        }
    }
}
