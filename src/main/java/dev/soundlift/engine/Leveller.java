package dev.soundlift.engine;

import dev.soundlift.text.Text;
import java.nio.DoubleBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Multiplies all samples by one gain and holds only peaks that would pass -1 dBTP; then measures what that came to. Never
 * follows the sound's own ups and downs.
 */
public final class Leveller {
    /** EBU R 128: a programme may be this far off. */
    private static final double TOLERANCE_LU = 0.5;

    private final Level level;
    private final int together;
    private final int rateHz;
    private final double gain;
    private final double[] sample;
    private final Optional<PeakLimiter> limiter;
    private final LevelCurve after;

    /**
     * For samples of this rate.
     *
     * @param together how many outputs get this gain, each with a leveller of its own
     * @param weights of the channels, as {@link LevelCurve} wants them
     */
    public Leveller(Level level, int together, int rateHz, double[] weights) {
        this.level = level;
        this.together = together;
        this.rateHz = rateHz;
        this.gain = level.gain();
        this.sample = new double[weights.length];
        this.limiter = level.passesCeiling() ? Optional.of(new PeakLimiter(weights.length, rateHz)) : Optional.empty();
        this.after = new LevelCurve(rateHz, weights);
    }

    /** How many samples are held back until {@link #drain}. */
    public int delay() {
        return limiter.map(PeakLimiter::delay).orElse(0);
    }

    /**
     * Takes so many samples of each channel.
     *
     * @param outputs filled from their start, with room for as many
     * @return how many samples came out
     */
    public int level(DoubleBuffer[] inputs, int count, DoubleBuffer[] outputs) {
        int given = 0;
        for (int i = 0; i < count; i++) {
            for (int channel = 0; channel < sample.length; channel++) sample[channel] = inputs[channel].get(i) * gain;
            if (pass()) put(outputs, given++);
        }
        after.add(outputs, given);
        return given;
    }

    /** Gives out the {@link #delay} samples that were held back; nothing may come after that. */
    public int drain(DoubleBuffer[] outputs) {
        int given = 0;
        for (int i = 0; i < delay(); i++) {
            java.util.Arrays.fill(sample, 0); // silence pushes them out
            if (pass()) put(outputs, given++);
        }
        after.add(outputs, given);
        return given;
    }

    private boolean pass() {
        return limiter.isEmpty() || limiter.get().pass(sample);
    }

    private void put(DoubleBuffer[] outputs, int at) {
        for (int channel = 0; channel < sample.length; channel++) outputs[channel].put(at, sample[channel]);
    }

    /** Before and after, and what was done to the peaks. */
    public List<Text> repairs() {
        if (level.silent()) return List.of();
        String truePeak = number("%.1f", 20 * Math.log10(after.truePeak()));
        Text gained = together == 1
                ? Text.of(
                        "repair.levelled",
                        number("%.1f", level.lufs()),
                        number("%.1f", after.anyLufs()),
                        number("%+.1f", level.gainDb()),
                        truePeak)
                : Text.of(
                        "repair.levelled-together",
                        number("%.1f", level.lufs()),
                        number("%.1f", level.expectedLufs()),
                        number("%+.1f", level.gainDb()),
                        Integer.toString(together),
                        number("%.1f", after.anyLufs()),
                        truePeak);
        return limiter.filter(held -> held.lowered() > 0)
                .map(held -> List.of(
                        gained,
                        Text.of(
                                "repair.levelled-held",
                                number("%.1f", -20 * Math.log10(held.lowest())),
                                number("%.2f", held.lowered() / (double) rateHz))))
                .orElse(List.of(gained));
    }

    /** What keeps the wish from being met. */
    public Optional<Text> warning() {
        if (level.silent()) return Optional.of(Text.of("warning.level-silent"));
        // A piece has a loudness of its own
        double came = together == 1 ? after.anyLufs() : level.expectedLufs();
        double missed = level.targetLufs() - came;
        if (level.faint()) {
            return Optional.of(
                    Text.of("warning.level-faint", number("%.1f", level.lufs()), number("%.1f", level.gainDb())));
        }
        return missed > TOLERANCE_LU
                ? Optional.of(
                        Text.of("warning.level-missed", number("%.1f", level.targetLufs()), number("%.1f", missed)))
                : Optional.empty();
    }

    private static String number(String format, double value) {
        return Double.isInfinite(value) ? "-∞" : String.format(Locale.ROOT, format, value);
    }
}
