package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import dev.soundlift.failure.ExtractionException;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Some decoded samples of every channel. Used again and again; {@link #clear} lets go of its data. */
final class Frame implements AutoCloseable {
    private final AVFrame frame = av_frame_alloc();

    AVFrame raw() {
        return frame;
    }

    void clear() {
        av_frame_unref(frame);
    }

    @Override
    public void close() {
        av_frame_free(frame);
    }

    /** Takes samples as they come. The frame is the giver's: it is valid only during the call. */
    @FunctionalInterface
    interface Sink {
        void accept(AVFrame frame) throws ExtractionException;
    }
}
