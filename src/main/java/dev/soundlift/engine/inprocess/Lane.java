package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.failure.ExtractionException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.ffmpeg.avutil.AVAudioFifo;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * One of several tracks that are joined: keeps its samples until the others have theirs, as they came; only what is used
 * next is brought to the common form. Silence costs no memory, however long.
 */
final class Lane implements PlacedSamples, AutoCloseable {
    /** Samples, or so much silence of their shape. */
    private record Waiting(Frame frame, long silence, long bytes) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean ended;
    private final SoundDetector detector = new SoundDetector();

    private @Nullable CommonForm common;
    private @Nullable AVAudioFifo ready;
    private @Nullable FilterGraph filters;
    private @Nullable FrameShape shape;

    @Override
    public void silence(AVFrame like, long samples) throws ExtractionException {
        waiting.add(new Waiting(Frame.reference(like), samples, 0));
    }

    @Override
    public void sound(AVFrame frame) throws ExtractionException {
        detector.listen(frame);
        long bytes = Frame.memory(frame);
        waitingBytes += bytes;
        waiting.add(new Waiting(Frame.reference(frame), 0, bytes));
    }

    /** No more will come. */
    void end() {
        ended = true;
    }

    boolean heardSound() {
        return detector.heard();
    }

    /** Of memory, for what has come and is not used. */
    long waitingBytes() {
        return waitingBytes;
    }

    boolean hasEnded() {
        return ended;
    }

    /** The first samples, which show what they are like; nothing where none have come. */
    @Nullable
    AVFrame first() {
        Waiting first = waiting.peek();
        return first == null ? null : first.frame().raw();
    }

    void begin(CommonForm form) {
        common = form;
        ready = av_audio_fifo_alloc(form.format(), form.channels(), 8192);
    }

    /** How many samples are ready, after making so many ready if they are there. */
    int ready(int wanted) throws ExtractionException {
        AVAudioFifo fifo = ready;
        if (fifo == null) return 0;
        while (av_audio_fifo_size(fifo) < wanted && !waiting.isEmpty()) convertNext();
        if (ended && waiting.isEmpty()) finishFilters();
        return av_audio_fifo_size(fifo);
    }

    /** Whether all that will ever be ready is. */
    boolean isExhausted() {
        return ended && waiting.isEmpty();
    }

    /** Takes so many samples of each channel into the planes of a frame; where there are fewer, those. */
    void take(AVFrame into, int samples) throws ExtractionException {
        AVAudioFifo fifo = ready;
        if (fifo == null || samples == 0) return;
        Ffmpeg.require(av_audio_fifo_read(fifo, into.extended_data(), samples), "av_audio_fifo_read");
    }

    private void convertNext() throws ExtractionException {
        Waiting next = waiting.remove();
        waitingBytes -= next.bytes();
        AVFrame frame = next.frame().raw();
        if (next.silence() == 0) {
            try (Frame mine = next.frame()) {
                convert(mine.raw());
            }
            return;
        }
        int some = (int) Math.min(next.silence(), frame.sample_rate()); // a second at a time
        try (Frame silence = Frame.silent(frame, some)) {
            convert(silence.raw());
        }
        long rest = next.silence() - some;
        if (rest > 0) waiting.addFirst(new Waiting(next.frame(), rest, 0));
        else next.frame().close();
    }

    private void convert(AVFrame frame) throws ExtractionException {
        CommonForm form = java.util.Objects.requireNonNull(common);
        FilterGraph current = filters;
        if (current == null || shape == null || !shape.isOf(frame)) {
            finishFilters();
            current = FilterGraph.of(frame, form.filtersFor(frame));
            filters = current;
            shape = new FrameShape(frame);
        }
        current.push(frame, this::keep);
    }

    private void finishFilters() throws ExtractionException {
        if (filters != null) {
            filters.finish(this::keep);
            filters.close();
            filters = null;
        }
        if (shape != null) {
            shape.close();
            shape = null;
        }
    }

    private void keep(AVFrame frame) throws ExtractionException {
        Ffmpeg.require(av_audio_fifo_write(ready, frame.extended_data(), frame.nb_samples()), "av_audio_fifo_write");
    }

    @Override
    public void close() {
        for (Waiting left : waiting) left.frame().close();
        waiting.clear();
        if (filters != null) filters.close();
        if (shape != null) shape.close();
        if (ready != null) av_audio_fifo_free(ready);
    }
}
