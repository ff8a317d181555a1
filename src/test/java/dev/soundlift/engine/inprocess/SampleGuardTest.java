package dev.soundlift.engine.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import dev.soundlift.failure.ExtractionException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two samples are looked at in a step: each of them counts, at every place, and what is beside it does not matter. */
class SampleGuardTest {
    private static final int SAMPLES = 7;

    @ParameterizedTest
    @ValueSource(
            floats = {
                16.000002f,
                -16.000002f,
                1e20f,
                -1e20f,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                Float.NaN,
                -Float.NaN
            })
    void what_is_too_large_is_found_wherever_it_is(float hostile) throws ExtractionException {
        for (int format : new int[] {AV_SAMPLE_FMT_FLT, AV_SAMPLE_FMT_FLTP}) {
            for (int place = 0; place < 2 * SAMPLES; place++) {
                for (float rest : new float[] {0, 16, -16, -0.1f}) {
                    try (Frame frame = frame(format, rest)) {
                        set(frame.raw(), place, hostile);
                        SampleGuard guard = new SampleGuard();
                        guard.clean(frame.raw());
                        assertThat(guard.replaced()).isOne();
                        for (int i = 0; i < 2 * SAMPLES; i++) {
                            float wanted = i != place ? rest : Float.isNaN(hostile) ? 0 : Math.copySign(16, hostile);
                            assertThat(get(frame.raw(), i)).isEqualTo(wanted);
                        }
                    }
                }
            }
        }
    }

    @Test
    void what_is_not_too_large_stays() throws ExtractionException {
        for (float value : new float[] {0, -0f, 1, -1, 15.999999f, 16, -16, Float.MIN_VALUE, -Float.MIN_VALUE}) {
            for (int format : new int[] {AV_SAMPLE_FMT_FLT, AV_SAMPLE_FMT_FLTP}) {
                try (Frame frame = frame(format, value);
                        Frame shared = Frame.reference(frame.raw())) {
                    SampleGuard guard = new SampleGuard();
                    guard.clean(frame.raw());
                    assertThat(guard.replaced()).isZero();
                    assertThat(frame.raw().extended_data(0))
                            .isEqualTo(shared.raw().extended_data(0));
                }
            }
        }
    }

    /** Stereo, all of one value. */
    private static Frame frame(int format, float value) {
        Frame frame = new Frame();
        AVFrame raw = frame.raw();
        raw.format(format).sample_rate(48_000).nb_samples(SAMPLES);
        av_channel_layout_default(raw.ch_layout(), 2);
        assertThat(av_frame_get_buffer(raw, 0)).isZero();
        for (int i = 0; i < 2 * SAMPLES; i++) set(raw, i, value);
        return frame;
    }

    private static void set(AVFrame frame, int place, float value) {
        plane(frame, place).put(inPlane(frame, place), value);
    }

    private static float get(AVFrame frame, int place) {
        return plane(frame, place).get(inPlane(frame, place));
    }

    private static int inPlane(AVFrame frame, int place) {
        return frame.format() == AV_SAMPLE_FMT_FLTP ? place % SAMPLES : place;
    }

    private static FloatBuffer plane(AVFrame frame, int place) {
        int plane = frame.format() == AV_SAMPLE_FMT_FLTP ? place / SAMPLES : 0;
        return frame.extended_data(plane)
                .capacity(2L * SAMPLES * Float.BYTES)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
