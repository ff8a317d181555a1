package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.failure.ExtractionException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Keeps floating point samples that are no numbers, or absurdly large, from filters, meters and encoders: they turn whole
 * sums into nothing, LAME ends the whole process on them, others refuse the frame.
 */
final class SampleGuard {
    /** 24 dB over full scale: more than any mix has by intent. */
    private static final float LOUDEST = 16;

    private static final long WITHOUT_SIGNS = 0x7fff_ffff_7fff_ffffL;
    private static final long UP_TO_LOUDEST = (0x7fff_ffffL - Float.floatToRawIntBits(LOUDEST)) * 0x1_0000_0001L;

    /** Samples as they lie in memory. */
    private long[] two = new long[0];

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
        boolean planar = frame.format() == AV_SAMPLE_FMT_FLTP;
        if (!planar && frame.format() != AV_SAMPLE_FMT_FLT) return;
        int channels = frame.ch_layout().nb_channels();
        int values = frame.nb_samples() * (planar ? 1 : channels);
        for (int plane = 0; plane < (planar ? channels : 1); plane++) {
            if (isFine(bytes(frame, plane, values), values)) continue;
            Ffmpeg.require(av_frame_make_writable(frame), "av_frame_make_writable");
            replace(bytes(frame, plane, values).asFloatBuffer());
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

    private static ByteBuffer bytes(AVFrame frame, int plane, int values) {
        return frame.extended_data(plane)
                .capacity((long) values * Float.BYTES)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
    }

    /**
     * Looks at two samples in a step, as numbers without their signs: of such, larger floats are larger whole numbers, and
     * what is no number is larger than all. What is too large carries into the place of its sign.
     */
    private boolean isFine(ByteBuffer samples, int values) {
        int pairs = (values + 1) / 2;
        if (two.length < pairs) two = new long[pairs];
        long[] looked = two;
        LongBuffer longs = samples.asLongBuffer();
        int whole = longs.remaining();
        longs.get(looked, 0, whole);
        if (pairs > whole) looked[whole] = samples.getInt(Long.BYTES * whole) & 0xffff_ffffL;
        long tooLarge = 0;
        for (int i = 0; i < pairs; i++) tooLarge |= (looked[i] & WITHOUT_SIGNS) + UP_TO_LOUDEST;
        return (tooLarge & ~WITHOUT_SIGNS) == 0;
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
