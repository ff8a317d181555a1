package dev.soundlift.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.DoubleBuffer;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The loudness meter against EBU Tech 3341's signals, and what it foretells against what a limiter really does. */
class LevelCurveTest {
    private static final double[] STEREO = {1, 1};

    private static double[] tone(int rate, double seconds, double hertz, double dbfs) {
        double[] samples = new double[(int) Math.round(rate * seconds)];
        double peak = Math.pow(10, dbfs / 20);
        for (int i = 0; i < samples.length; i++) samples[i] = peak * Math.sin(2 * Math.PI * hertz * i / rate);
        return samples;
    }

    private static LevelCurve of(int rate, double[] weights, double[]... parts) {
        LevelCurve curve = new LevelCurve(rate, weights);
        for (double[] part : parts) {
            // In uneven blocks, as they come from decoders
            for (int at = 0; at < part.length; at += 1000) {
                int count = Math.min(1000, part.length - at);
                DoubleBuffer[] planes = new DoubleBuffer[weights.length];
                java.util.Arrays.setAll(planes, channel -> DoubleBuffer.allocate(1000));
                for (DoubleBuffer plane : planes) plane.put(part, at, count);
                curve.add(planes, count);
            }
        }
        return curve;
    }

    @ParameterizedTest
    @CsvSource({"48000, -23", "48000, -33", "44100, -23", "22050, -23", "96000, -23", "11025, -23"})
    void a_stereo_tone_near_1_khz_is_as_loud_as_it_peaks(int rate, double level) { // cases 1 and 2
        assertThat(of(rate, STEREO, tone(rate, 20, 997, level)).lufs()).isCloseTo(level, Offset.offset(0.1));
    }

    @Test
    void what_is_quieter_than_the_gates_does_not_count() { // cases 3 and 4
        double[] quiet = tone(48_000, 10, 1000, -36);
        double[] veryQuiet = tone(48_000, 10, 1000, -72);
        double[] loud = tone(48_000, 60, 1000, -23);
        assertThat(of(48_000, STEREO, quiet, loud, quiet).lufs()).isCloseTo(-23, Offset.offset(0.1));
        assertThat(of(48_000, STEREO, veryQuiet, quiet, loud, quiet, veryQuiet).lufs())
                .isCloseTo(-23, Offset.offset(0.1));
    }

    @Test
    void what_is_not_much_quieter_counts() { // case 5
        double[] outer = tone(48_000, 20, 1000, -26);
        double[] inner = tone(48_000, 20.1, 1000, -20);
        assertThat(of(48_000, STEREO, outer, inner, outer).lufs()).isCloseTo(-23, Offset.offset(0.1));
    }

    @Test
    void silence_and_less_than_a_block_have_no_loudness() {
        assertThat(of(48_000, STEREO, new double[96_000]).lufs()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(of(48_000, STEREO, tone(48_000, 0.39, 1000, -10)).lufs()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(new LevelCurve(48_000, STEREO).lufs()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void the_channel_of_low_frequency_effects_does_not_count() {
        double[] tone = tone(48_000, 5, 1000, -23);
        assertThat(of(48_000, new double[] {1, 1, 0}, tone).lufs())
                .isEqualTo(of(48_000, STEREO, tone).lufs());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.125, 0.2, 0.25, 1 / 3.0, 0.4, 0.44})
    void the_crest_between_samples_is_seen_within_a_fifth_of_a_decibel(double cyclesPerSample) {
        for (double phase = 0; phase < 1; phase += 0.1) {
            double[] samples = new double[4800];
            for (int i = 0; i < samples.length; i++) {
                double fade = Math.min(1, Math.min(i, samples.length - i) / 500.0);
                samples[i] = 0.5 * fade * Math.sin(2 * Math.PI * (cyclesPerSample * i + phase));
            }
            double peak = 20 * Math.log10(of(48_000, new double[] {1}, samples).truePeak() / 0.5);
            assertThat(peak).as("phase %s", phase).isBetween(-0.2, 0.05);
        }
    }

    /** Words, pauses and a cough: crests of 20 dB, as speech has them. */
    private static double[] speech(long seed, int rate) {
        Random random = new Random(seed);
        double[] samples = new double[20 * rate];
        double loud = 0;
        double level = 0;
        double smooth = 0;
        for (int i = 0; i < samples.length; i++) {
            if (i % (rate / 4) == 0) loud = random.nextInt(4) == 0 ? 0 : 0.02 + 0.2 * Math.pow(random.nextDouble(), 3);
            level += (loud - level) * 0.001;
            smooth += (random.nextGaussian() - smooth) * 0.4;
            samples[i] = level * smooth;
        }
        return samples;
    }

    @ParameterizedTest
    @CsvSource({"1, -16", "2, -16", "3, -14", "4, -12", "5, -18"})
    void the_gain_makes_up_for_what_holding_the_peaks_takes(long seed, double target) {
        int rate = 48_000;
        double[] sound = speech(seed, rate);
        LevelCurve before = of(rate, STEREO, sound);
        Level level = Level.towards(target, before);
        Leveller leveller = new Leveller(level, 1, rate, STEREO);
        LevelCurve after = new LevelCurve(rate, STEREO);
        DoubleBuffer[] in = {DoubleBuffer.wrap(sound), DoubleBuffer.wrap(sound)};
        DoubleBuffer[] out = {DoubleBuffer.allocate(sound.length), DoubleBuffer.allocate(sound.length)};
        int given = leveller.level(in, sound.length, out);
        after.add(out, given);
        after.add(out, leveller.drain(out));
        assertThat(given).isEqualTo(sound.length - leveller.delay());
        assertThat(after.lufs()).isCloseTo(target, Offset.offset(0.3));
        assertThat(level.expectedLufs()).isCloseTo(after.lufs(), Offset.offset(0.2));
        assertThat(20 * Math.log10(after.truePeak())).isLessThanOrEqualTo(-1.0);
        assertThat(leveller.warning()).isEmpty();
    }

    @Test
    void a_gain_that_holding_the_peaks_would_take_back_is_not_used() {
        double[] clicks = new double[20 * 48_000];
        for (int i = 0; i < clicks.length; i += 4800)
            for (int k = 0; k < 30; k++) clicks[i + k] = 0.9 * (k % 2 * 2 - 1);
        LevelCurve sound = of(48_000, STEREO, clicks);
        Level level = Level.towards(-6, sound);
        assertThat(level.lufs() + level.gainDb() - level.expectedLufs())
                .as("taken by the limiter")
                .isLessThanOrEqualTo(6.05);
        assertThat(level.expectedLufs()).isLessThan(-7);
    }
}
