package dev.soundlift.engine.inprocess;

import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** The samples inside a frame of FFmpeg's. */
final class Samples {
    private Samples() {}

    /** One channel of a frame whose samples are planar doubles; valid as long as the frame. */
    static DoubleBuffer plane(AVFrame frame, int channel, int samples) {
        return new BytePointer(frame.extended_data(channel))
                .capacity(8L * samples)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asDoubleBuffer();
    }
}
