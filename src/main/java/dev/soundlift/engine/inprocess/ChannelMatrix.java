package dev.soundlift.engine.inprocess;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** How the channels of one layout become those of another. */
final class ChannelMatrix {
    private ChannelMatrix() {}

    /**
     * The filter, with a comma behind it, for one channel that goes to two or more: FFmpeg takes it for the centre and
     * turns it down by 3 dB, but who makes stereo of mono expects the same samples on both sides. Empty where nothing
     * needs to be said.
     */
    static String widening(AVFrame from, String speakers) {
        return from.ch_layout().nb_channels() == 1 && speakers.equals("stereo") ? "pan=stereo|c0=c0|c1=c0," : "";
    }
}
