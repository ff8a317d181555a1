package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.engine.PeakLimiter;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Brings a sound to fewer or other channels, keeps it from clipping, and knows what that did to it. */
final class Downmix {
    /** Of the power that channels with nothing in common would have together: 7 dB less means that they cancel. */
    private static final double CANCELLING = 0.2;
    /** 30 dB less: what is left is not the sound. */
    private static final double CANCELLED = 0.001;
    /** -80 dB: below that there is nothing to cancel. */
    private static final double SILENT_POWER = 1e-8;

    private final ChannelMatrix matrix;
    private final AVChannelLayout to;
    private final String from;
    private final int rateHz;
    private final Optional<PeakLimiter> limiter;
    private final double[] powers;
    private double powerOut;
    private long samples;

    /**
     * For frames like this one.
     *
     * @param to the layout of the output; stays the caller's
     */
    Downmix(AVFrame first, AVChannelLayout to) throws ExtractionException {
        this.matrix = ChannelMatrix.of(first, to);
        this.to = to;
        this.from = FilterGraph.describe(first.ch_layout());
        this.rateHz = first.sample_rate();
        this.limiter = matrix.mayClip()
                ? Optional.of(new PeakLimiter(to.nb_channels(), first.sample_rate()))
                : Optional.empty();
        this.powers = new double[first.ch_layout().nb_channels()];
    }

    /** Takes a frame of planar doubles. */
    void push(AVFrame frame, Frame.Sink results) throws ExtractionException {
        int count = frame.nb_samples();
        DoubleBuffer[] inputs = new DoubleBuffer[powers.length];
        for (int channel = 0; channel < inputs.length; channel++) {
            inputs[channel] = Samples.plane(frame, channel, count);
        }
        samples += count;
        give(inputs, count, results);
    }

    /** Gives out what is held back; nothing may come after that. */
    void finish(Frame.Sink results) throws ExtractionException {
        // Silence pushes it out: as many samples come out as went in
        if (limiter.isPresent()) give(new DoubleBuffer[0], limiter.get().delay(), results);
    }

    private void give(DoubleBuffer[] inputs, int count, Frame.Sink results) throws ExtractionException {
        try (Frame out = new Frame()) {
            AVFrame raw = out.raw();
            raw.format(AV_SAMPLE_FMT_DBLP).sample_rate(rateHz).nb_samples(count);
            av_channel_layout_copy(raw.ch_layout(), to);
            Ffmpeg.require(av_frame_get_buffer(raw, 0), "av_frame_get_buffer");
            DoubleBuffer[] outputs = new DoubleBuffer[matrix.outputs()];
            for (int channel = 0; channel < outputs.length; channel++) {
                outputs[channel] = Samples.plane(raw, channel, count);
            }
            double[] sample = new double[outputs.length];
            for (int i = 0; i < count; i++) {
                mix(inputs, i, sample);
                if (limiter.isPresent() && !limiter.get().pass(sample)) continue;
                for (int channel = 0; channel < sample.length; channel++) outputs[channel].put(sample[channel]);
            }
            raw.nb_samples(outputs[0].position());
            if (raw.nb_samples() > 0) results.accept(raw);
        }
    }

    private void mix(DoubleBuffer[] inputs, int at, double[] sums) {
        Arrays.fill(sums, 0);
        for (int in = 0; in < inputs.length; in++) {
            double sample = inputs[in].get(at);
            if (sample == 0) continue;
            powers[in] += sample * sample;
            for (int out = 0; out < sums.length; out++) sums[out] += matrix.gain(out, in) * sample;
        }
        for (double sum : sums) powerOut += sum * sum;
    }

    /** What was done beyond the usual, one sentence each. */
    List<Text> repairs() {
        List<Text> repairs = new ArrayList<>();
        if (powers.length <= matrix.outputs()) {
            repairs.add(Text.of("repair.layout", from, FilterGraph.describe(to)));
        }
        if (!matrix.levels().isUsual()) {
            repairs.add(Text.of(
                    "repair.downmix-levels",
                    decibels(matrix.levels().centre()),
                    decibels(matrix.levels().surround())));
        }
        limiter.filter(held -> held.lowered() > 0)
                .ifPresent(held -> repairs.add(Text.of(
                        "repair.downmix-held",
                        decibels(1 / held.lowest()),
                        String.format(Locale.ROOT, "%.2f", held.lowered() / (double) rateHz))));
        return repairs;
    }

    private static String decibels(double factor) {
        return factor == 0 ? "-∞" : String.format(Locale.ROOT, "%.1f", 20 * Math.log10(factor));
    }

    /**
     * Whether the channels cancel each other, as those of a stereo track do whose one side is inverted.
     *
     * @throws ExtractionException where next to nothing is left
     */
    Optional<Text> warning() throws ExtractionException {
        if (matrix.outputs() > 1 || samples == 0) return Optional.empty();
        double apart = 0;
        for (int in = 0; in < powers.length; in++) {
            apart += powers[in] * matrix.gain(0, in) * matrix.gain(0, in);
        }
        if (apart / samples < SILENT_POWER || powerOut > apart * CANCELLING) return Optional.empty();
        if (powerOut < apart * CANCELLED) {
            throw new ExtractionException(
                    ErrorKind.VERIFICATION, Text.of("error.mono-cancels"), Text.of("next.mono-cancels"));
        }
        return Optional.of(Text.of(
                "warning.mono-cancels", String.format(Locale.ROOT, "%.0f", -10 * Math.log10(powerOut / apart))));
    }
}
