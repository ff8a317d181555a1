package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Codec;
import dev.soundlift.media.Container;
import dev.soundlift.plan.TargetSound;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.SampleDepth;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** How fast an encoder is on this machine. */
public final class EncoderSpeed {
    private static final int RATE = 44_100;
    private static final int SECONDS = 10;
    private static final int FRAME = 4410;

    private EncoderSpeed() {}

    /** Encodes ten seconds of stereo noise; nothing where there is no such encoder. */
    public static OptionalDouble timesRealTime(Codec codec) throws ExtractionException {
        if (Encoder.find(codec.ffmpegName()) == null) return OptionalDouble.empty();
        TargetSound target = new TargetSound(
                codec.ffmpegName(),
                Container.of(codec),
                codec.lossless() ? OptionalInt.empty() : OptionalInt.of(192_000),
                OptionalInt.empty(),
                codec.nearestSampleRate(RATE),
                ChannelChoice.AS_SOURCE,
                2,
                SampleDepth.BITS_16,
                false);
        long[] state = {1};
        try (Frame noise = new Frame()) {
            AVFrame frame = noise.raw();
            frame.format(AV_SAMPLE_FMT_S16).sample_rate(RATE).nb_samples(FRAME);
            av_channel_layout_default(frame.ch_layout(), 2);
            Ffmpeg.require(av_frame_get_buffer(frame, 0), "av_frame_get_buffer");
            short[] samples = new short[FRAME * 2];
            for (int i = 0; i < samples.length; i++) {
                state[0] = state[0] * 6364136223846793005L + 1442695040888963407L;
                samples[i] = (short) ((state[0] >> 33) / 65_536 / 4);
            }
            new org.bytedeco.javacpp.ShortPointer(frame.data(0)).put(samples, 0, samples.length);
            try (Encoder pattern = Encoder.open(target, frame, false);
                    SampleEncoder encoder = pattern.another(0);
                    FilterGraph filters = FilterGraph.of(frame, pattern.formatFilter())) {
                if (pattern.frameSize() > 0) filters.setFrameSize(pattern.frameSize());
                long started = System.nanoTime();
                for (int i = 0; i < SECONDS * RATE / FRAME; i++) {
                    filters.push(frame, part -> encoder.encode(part, packet -> {}));
                }
                filters.finish(part -> encoder.encode(part, packet -> {}));
                encoder.drain(packet -> {});
                return OptionalDouble.of(SECONDS / ((System.nanoTime() - started) / 1e9));
            }
        }
    }
}
