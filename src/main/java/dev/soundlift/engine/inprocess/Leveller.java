package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.nio.DoubleBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Multiplies all samples by one gain and holds only peaks that would pass -1 dBTP; then measures what that came to. Never
 * follows the sound's own ups and downs.
 */
final class Leveller implements AutoCloseable {
    /** EBU R 128: a programme may be this far off. */
    private static final double TOLERANCE_LU = 0.5;

    private final Level level;
    private final int rateHz;
    private final int channels;
    private final Optional<PeakLimiter> limiter;
    private final FilterGraph toEncoder;
    private final FilterGraph meter;
    private final Frame like = new Frame();
    private double after = Double.NEGATIVE_INFINITY;

    /**
     * For planar doubles like these.
     *
     * @param form the filter that brings them into the encoder's form
     */
    Leveller(Level level, AVFrame first, String form) throws ExtractionException {
        this.level = level;
        this.rateHz = first.sample_rate();
        this.channels = first.ch_layout().nb_channels();
        this.limiter = level.passesCeiling() ? Optional.of(new PeakLimiter(channels, rateHz)) : Optional.empty();
        av_channel_layout_copy(like.raw().ch_layout(), first.ch_layout());
        this.toEncoder = FilterGraph.of(first, form);
        try {
            this.meter = FilterGraph.of(first, "ebur128@meter=framelog=quiet");
        } catch (ExtractionException failed) {
            toEncoder.close();
            like.close();
            throw failed;
        }
    }

    void push(AVFrame frame, Frame.Sink results) throws ExtractionException {
        int count = frame.nb_samples();
        DoubleBuffer[] inputs = new DoubleBuffer[channels];
        for (int channel = 0; channel < channels; channel++) inputs[channel] = Samples.plane(frame, channel, count);
        give(inputs, count, results);
    }

    /** Gives out what is held back, and measures; nothing may come after that. */
    void finish(Frame.Sink results) throws ExtractionException {
        // Silence pushes it out: as many samples come out as went in
        if (limiter.isPresent()) give(new DoubleBuffer[0], limiter.get().delay(), results);
        toEncoder.finish(results);
        meter.finish(ignored -> {});
        after = Loudness.integratedLufs(meter.filter("ebur128@meter"));
    }

    private void give(DoubleBuffer[] inputs, int count, Frame.Sink results) throws ExtractionException {
        try (Frame out = new Frame()) {
            AVFrame raw = out.raw();
            raw.format(AV_SAMPLE_FMT_DBLP).sample_rate(rateHz).nb_samples(count);
            av_channel_layout_copy(raw.ch_layout(), like.raw().ch_layout());
            Ffmpeg.require(av_frame_get_buffer(raw, 0), "av_frame_get_buffer");
            DoubleBuffer[] outputs = new DoubleBuffer[channels];
            for (int channel = 0; channel < channels; channel++) outputs[channel] = Samples.plane(raw, channel, count);
            double[] sample = new double[channels];
            double gain = level.gain();
            for (int i = 0; i < count; i++) {
                for (int channel = 0; channel < channels; channel++) {
                    sample[channel] = inputs.length == 0 ? 0 : inputs[channel].get(i) * gain;
                }
                if (limiter.isPresent() && !limiter.get().pass(sample)) continue;
                for (int channel = 0; channel < channels; channel++) outputs[channel].put(sample[channel]);
            }
            raw.nb_samples(outputs[0].position());
            if (raw.nb_samples() == 0) return;
            meter.push(raw, ignored -> {});
            toEncoder.push(raw, results);
        }
    }

    /** Before and after, and what was done to the peaks. */
    List<Text> repairs() {
        if (level.silent()) return List.of();
        Text gain = Text.of(
                "repair.levelled",
                number("%.1f", level.lufs()),
                number("%.1f", after),
                number("%+.1f", level.gainDb()));
        return limiter.filter(held -> held.lowered() > 0)
                .map(held -> List.of(
                        gain,
                        Text.of(
                                "repair.levelled-held",
                                number("%.1f", -20 * Math.log10(held.lowest())),
                                number("%.2f", held.lowered() / (double) rateHz))))
                .orElse(List.of(gain));
    }

    /** What keeps the wish from being met. */
    Optional<Text> warning() {
        if (level.silent()) return Optional.of(Text.of("warning.level-silent"));
        double missed = level.targetLufs() - after;
        return missed > TOLERANCE_LU
                ? Optional.of(
                        Text.of("warning.level-missed", number("%.1f", level.targetLufs()), number("%.1f", missed)))
                : Optional.empty();
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    @Override
    public void close() {
        like.close();
        toEncoder.close();
        meter.close();
    }
}
