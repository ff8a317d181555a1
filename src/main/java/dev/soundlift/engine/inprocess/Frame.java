package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.*;

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

    /** Drops samples from the front of a frame and all that come after those to keep. */
    static void trim(AVFrame frame, int skip, int keep) throws ExtractionException {
        if (skip > 0) {
            Ffmpeg.require(av_frame_make_writable(frame), "av_frame_make_writable");
            int channels = frame.ch_layout().nb_channels();
            av_samples_copy(frame.extended_data(), frame.extended_data(), 0, skip, keep, channels, frame.format());
        }
        frame.nb_samples(keep);
    }

    /** Silence of the shape of another frame. */
    static Frame silent(AVFrame like, int samples) throws ExtractionException {
        Frame silence = new Frame();
        AVFrame raw = silence.raw();
        raw.format(like.format()).sample_rate(like.sample_rate()).nb_samples(samples);
        av_channel_layout_copy(raw.ch_layout(), like.ch_layout());
        Ffmpeg.require(av_frame_get_buffer(raw, 0), "av_frame_get_buffer");
        av_samples_set_silence(raw.extended_data(), 0, samples, like.ch_layout().nb_channels(), like.format());
        return silence;
    }

    /** How many bytes of memory are kept for a frame's samples, which may be far more than they are. */
    static long memory(AVFrame frame) {
        long bytes = 0;
        for (int i = 0; i < AVFrame.AV_NUM_DATA_POINTERS && frame.buf(i) != null; i++)
            bytes += frame.buf(i).size();
        for (int i = 0; i < frame.nb_extended_buf(); i++)
            bytes += frame.extended_buf(i).size();
        return bytes;
    }

    /** Keeps a frame's samples, without copying them, for longer than the giver does. */
    static Frame reference(AVFrame other) throws ExtractionException {
        Frame mine = new Frame();
        Ffmpeg.require(av_frame_ref(mine.raw(), other), "av_frame_ref");
        return mine;
    }

    /** Takes samples as they come. The frame is the giver's: it is valid only during the call. */
    @FunctionalInterface
    interface Sink {
        void accept(AVFrame frame) throws ExtractionException;
    }
}
