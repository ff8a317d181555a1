package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.failure.ExtractionException;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/**
 * Keeps floating point samples that are no numbers, or absurdly large, from filters, meters and encoders: they turn whole
 * sums into nothing, LAME ends the whole process on them, others refuse the frame.
 */
final class SampleGuard {
    /** 24 dB over full scale: more than any mix has by intent. */
    private static final float LOUDEST = 16;

    private long replaced;

    /** Samples that were replaced so far. */
    long replaced() {
        return replaced;
    }

    void clean(AVFrame frame) throws ExtractionException {
        if (frame.format() == AV_SAMPLE_FMT_DBLP) {
            cleanDoubles(frame);
            return;
        }
        if (frame.format() == AV_SAMPLE_FMT_DBL) {
            cleanPackedDoubles(frame);
            return;
        }
        if (av_get_packed_sample_fmt(frame.format()) != AV_SAMPLE_FMT_FLT) return;
        boolean planar = av_sample_fmt_is_planar(frame.format()) != 0;
        int channels = frame.ch_layout().nb_channels();
        long planeBytes = 4L * frame.nb_samples() * (planar ? 1 : channels);
        for (int plane = 0; plane < (planar ? channels : 1); plane++) {
            FloatBuffer samples = plane(frame, plane, planeBytes);
            if (isFine(samples)) continue;
            Ffmpeg.require(av_frame_make_writable(frame), "av_frame_make_writable");
            replace(plane(frame, plane, planeBytes));
        }
    }

    private void cleanDoubles(AVFrame frame) throws ExtractionException {
        Ffmpeg.require(av_frame_make_writable(frame), "av_frame_make_writable");
        for (int channel = 0; channel < frame.ch_layout().nb_channels(); channel++) {
            replace(Samples.plane(frame, channel, frame.nb_samples()));
        }
    }

    private void cleanPackedDoubles(AVFrame frame) throws ExtractionException {
        Ffmpeg.require(av_frame_make_writable(frame), "av_frame_make_writable");
        replace(Samples.plane(frame, 0, frame.nb_samples() * frame.ch_layout().nb_channels()));
    }

    private void replace(DoubleBuffer samples) {
        for (int i = 0; i < samples.limit(); i++) {
            double sample = samples.get(i);
            if (Math.abs(sample) <= LOUDEST) continue;
            samples.put(i, Double.isNaN(sample) ? 0 : Math.copySign(LOUDEST, sample));
            replaced++;
        }
    }

    private static FloatBuffer plane(AVFrame frame, int plane, long bytes) {
        return new BytePointer(frame.extended_data(plane))
                .capacity(bytes)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static boolean isFine(FloatBuffer samples) {
        while (samples.hasRemaining()) if (!(Math.abs(samples.get()) <= LOUDEST)) return false;
        return true;
    }

    private void replace(FloatBuffer samples) {
        for (int i = 0; i < samples.limit(); i++) {
            float sample = samples.get(i);
            if (Math.abs(sample) <= LOUDEST) continue;
            samples.put(i, Float.isNaN(sample) ? 0 : Math.copySign(LOUDEST, sample));
            replaced++;
        }
    }
}
