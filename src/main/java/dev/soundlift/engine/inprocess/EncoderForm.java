package dev.soundlift.engine.inprocess;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/**
 * How an opened encoder of FFmpeg's is set up, and what it tells of itself: an encoder that takes its place must be the
 * same in all of this.
 *
 * @param context the opened encoder; what it tells is valid as long as it is open
 * @param scale what it multiplies all samples with
 */
record EncoderForm(AVCodecContext context, double scale) {
    int rate() {
        return context.sample_rate();
    }

    int channels() {
        return context.ch_layout().nb_channels();
    }

    int frameSize() {
        return context.frame_size();
    }

    int priming() {
        return context.initial_padding();
    }
}
