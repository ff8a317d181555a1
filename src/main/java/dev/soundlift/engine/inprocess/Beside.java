package dev.soundlift.engine.inprocess;

import dev.soundlift.failure.ExtractionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Has another thread work on frames while the giver makes the next ones: all of them, in order, and never many ahead. */
final class Beside implements AutoCloseable {
    private static final int AT_ONCE = 32;

    private final Workers workers;
    private final Frame.Sink work;
    private final List<Frame> collected = new ArrayList<>();
    private @Nullable Future<Boolean> running;

    /** @param work is never done by two threads at once, and sees what it did before, whichever thread that was */
    Beside(Workers workers, Frame.Sink work) {
        this.workers = workers;
        this.work = work;
    }

    /** Throws what went wrong with frames that were given earlier, too. */
    void give(AVFrame frame) throws ExtractionException {
        collected.add(Frame.reference(frame));
        if (collected.size() == AT_ONCE) pass();
    }

    private void pass() throws ExtractionException {
        await();
        List<Frame> mine = List.copyOf(collected);
        collected.clear();
        running = workers.start(() -> {
            try {
                for (Frame frame : mine) work.accept(frame.raw());
            } finally {
                mine.forEach(Frame::close);
            }
            return true;
        });
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
        } catch (ExtractionException failed) {
            // Whoever closes before the end has an error of his own on the way
        }
        collected.forEach(Frame::close);
        collected.clear();
    }
}
