package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_compare;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_uninit;

import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** What frames that follow each other have in common: sample format, rate and speakers. */
final class FrameShape implements AutoCloseable {
    private final int format;
    private final int rateHz;
    private final AVChannelLayout layout = new AVChannelLayout();

    FrameShape(AVFrame frame) {
        this.format = frame.format();
        this.rateHz = frame.sample_rate();
        av_channel_layout_copy(layout, frame.ch_layout());
    }

    boolean isOf(AVFrame frame) {
        return frame.format() == format
                && frame.sample_rate() == rateHz
                && av_channel_layout_compare(frame.ch_layout(), layout) == 0;
    }

    @Override
    public void close() {
        av_channel_layout_uninit(layout);
        layout.close();
    }
}
