package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_copy_props;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_is_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_samples_copy;

import dev.soundlift.failure.ExtractionException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Puts the samples of small frames together in large ones, because what comes after costs more for a frame than for its
 * samples.
 */
final class LargeFrames implements AutoCloseable {
    /** Of one channel. All channels together stay in a core's own cache. */
    static final int SAMPLES = 8192;

    private final Frame large = new Frame();
    /** Of the samples that were collected last; nothing before the first. */
    private @Nullable FrameShape shape;

    private int collected;

    /** @param results may get what was collected before */
    void add(AVFrame frame, Frame.Sink results) throws ExtractionException {
        int count = frame.nb_samples();
        boolean largeItself = count > SAMPLES / 2;
        boolean fits = shape != null && shape.isOf(frame) && collected + count <= SAMPLES;
        if (largeItself || !fits) flush(results);
        if (largeItself) {
            results.accept(frame);
            return;
        }
        if (collected == 0) begin(frame);
        AVFrame raw = large.raw();
        int channels = raw.ch_layout().nb_channels();
        av_samples_copy(raw.extended_data(), frame.extended_data(), collected, 0, count, channels, raw.format());
        collected += count;
    }

    private void begin(AVFrame like) throws ExtractionException {
        AVFrame raw = large.raw();
        raw.nb_samples(SAMPLES);
        boolean alike = shape != null && shape.isOf(like);
        if (alike && av_frame_is_writable(raw) > 0) return;
        large.clear();
        raw.format(like.format()).nb_samples(SAMPLES);
        av_channel_layout_copy(raw.ch_layout(), like.ch_layout());
        // What the file says of how to mix its channels, too
        Ffmpeg.require(av_frame_copy_props(raw, like), "av_frame_copy_props");
        Ffmpeg.require(av_frame_get_buffer(raw, 0), "av_frame_get_buffer");
        if (alike) return;
        if (shape != null) shape.close();
        shape = new FrameShape(like);
    }

    /** Gives out what is collected; more may come after that. */
    void flush(Frame.Sink results) throws ExtractionException {
        if (collected == 0) return;
        large.raw().nb_samples(collected);
        collected = 0;
        results.accept(large.raw());
    }

    @Override
    public void close() {
        large.close();
        if (shape != null) shape.close();
    }
}
