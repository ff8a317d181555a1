package dev.soundlift.engine.inprocess;

import dev.soundlift.failure.ExtractionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Has another thread take samples while the giver makes the next ones: all of them, in order, and never many ahead. */
final class Beside implements PlacedSamples, AutoCloseable {
    private static final int AT_ONCE = 32;

    /** Sound, or so much silence of its shape. */
    private record Piece(Frame frame, long silence) {
        void into(PlacedSamples taker) throws ExtractionException {
            if (silence > 0) taker.silence(frame.raw(), silence);
            else taker.sound(frame.raw());
        }
    }

    private final Workers workers;
    private final PlacedSamples work;
    private final List<Piece> collected = new ArrayList<>();
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
        collected.add(new Piece(Frame.reference(frame), silence));
        if (collected.size() == AT_ONCE) pass();
    }

    private void pass() throws ExtractionException {
        await();
        List<Piece> mine = List.copyOf(collected);
        running = workers.start(() -> {
            try {
                for (Piece piece : mine) piece.into(work);
            } finally {
                mine.forEach(piece -> piece.frame().close());
            }
            return true;
        });
        collected.clear(); // now they are the worker's
    }

    private void await() throws ExtractionException {
        Future<Boolean> earlier = running;
        running = null;
        if (earlier != null) workers.result(earlier);
    }

    /** Waits until all is done; from here on the work's results are the caller's. */
    void finish() throws ExtractionException {
        pass();
        await();
    }

    @Override
    public void close() {
        try {
            await();
        } catch (ExtractionException | RuntimeException failed) {
            // Whoever closes before the end has an error of his own on the way
        }
        collected.forEach(piece -> piece.frame().close());
        collected.clear();
    }
}
