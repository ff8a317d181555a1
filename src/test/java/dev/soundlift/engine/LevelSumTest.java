package dev.soundlift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.DoubleBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The quick meter of finished files against the thorough one, which is tested against EBU Tech 3341's signals. */
class LevelSumTest {
    private static LevelSum sum(int rate, double[] weights, float[][] sound) {
        LevelSum sum = new LevelSum(rate, weights);
        int length = sound[0].length;
        int at = 0;
        for (int size = 1; at < length; size = size * 3 % 5000 + 1) { // in uneven parts, as they come from decoders
            int count = Math.min(size, length - at);
            float[][] part = new float[sound.length][count + 7];
            for (int c = 0; c < sound.length; c++) System.arraycopy(sound[c], at, part[c], 0, count);
            sum.add(part, count);
            at += count;
        }
        return sum;
    }

    private static LevelCurve curve(int rate, double[] weights, float[][] sound) {
        LevelCurve curve = new LevelCurve(rate, weights);
        DoubleBuffer[] planes = new DoubleBuffer[sound.length];
        for (int c = 0; c < sound.length; c++) {
            planes[c] = DoubleBuffer.allocate(sound[c].length);
            for (int i = 0; i < sound[c].length; i++) planes[c].put(i, sound[c][i]);
        }
        curve.add(planes, sound[0].length);
        return curve;
    }

    /** Noise that rises and falls, and a low hum. */
    private static float[][] sound(int rate, int channels, double seconds) {
        Random random = new Random(5);
        float[][] sound = new float[channels][(int) (rate * seconds)];
        for (float[] channel : sound) {
            for (int i = 0; i < channel.length; i++) {
                double t = i / (double) rate;
                double noise = random.nextGaussian() * 0.1 * (1 + Math.sin(t + channels));
                channel[i] = (float) (noise + 0.2 * Math.sin(2 * Math.PI * 40 * t));
            }
        }
        return sound;
    }

    @ParameterizedTest
    @CsvSource({"44100, 2", "48000, 6", "8000, 1", "192000, 2", "22050, 1"})
    void it_says_what_the_thorough_meter_says(int rate, int channels) {
        double[] weights = channels == 6 ? new double[] {1, 1, 1, 0, 1.41, 1.41} : new double[channels];
        if (channels < 6) java.util.Arrays.fill(weights, 1);
        float[][] sound = sound(rate, channels, 7.13);
        LevelSum sum = sum(rate, weights, sound);
        assertThat(sum.lufs()).isCloseTo(curve(rate, weights, sound).lufs(), within(0.005));
        float peak = 0;
        for (float[] channel : sound) for (float sample : channel) peak = Math.max(peak, Math.abs(sample));
        assertThat(sum.peakDbfs()).isEqualTo(20 * Math.log10(peak));
    }

    @Test
    void the_highest_sample_may_be_a_negative_one_and_stand_in_a_channel_that_does_not_count() {
        float[][] sound = new float[2][5000];
        sound[0][3000] = 0.25f;
        sound[1][4999] = -0.5f;
        assertThat(sum(48_000, new double[] {1, 0}, sound).peakDbfs()).isCloseTo(-6.0206, within(1e-4));
    }

    @Test
    void silence_and_less_than_a_block_have_no_loudness() {
        LevelSum silence = sum(48_000, new double[] {1}, new float[1][48_000]);
        assertThat(silence.lufs()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(silence.peakDbfs()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(sum(48_000, new double[] {1}, sound(48_000, 1, 0.39)).lufs()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void a_sample_that_is_no_number_spoils_only_its_tenth_of_a_second() {
        float[][] sound = sound(48_000, 1, 10);
        double before = sum(48_000, new double[] {1}, sound).lufs();
        sound[0][100_000] = Float.NaN;
        sound[0][200_000] = Float.POSITIVE_INFINITY;
        LevelSum spoiled = sum(48_000, new double[] {1}, sound);
        assertThat(spoiled.lufs()).isCloseTo(before, within(0.3));
        assertThat(spoiled.peakDbfs()).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
