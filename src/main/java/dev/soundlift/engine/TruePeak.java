package dev.soundlift.engine;

import java.nio.DoubleBuffer;

/**
 * How far one channel's curve goes between its samples: eight times oversampled, twice as finely as ITU-R BS.1770-4, Annex
 * 2, asks for, so that at most 0.2 dB of a peak are overlooked and only near half the rate. Full scale is 1.
 */
public final class TruePeak {
    private static final int TAPS = 48;
    private static final int PHASES = 8;
    /** Of a Kaiser window: ripples of half a per cent. */
    private static final double BETA = 5;

    /** For each place between two samples, what the samples around it give to the curve there. */
    private static final double[][] BETWEEN = filters();
    /** No curve goes higher than this times its largest sample with these filters. */
    private static final double MOST_OVERSHOOT = mostOvershoot();

    /**
     * Of a peak, what is seen at the nearest sample or halfway between two: a quarter of a sample away, cos(π/4) of
     * what has the highest frequency.
     */
    private static final double NO_PEAK_NEAR = 0.7;

    /** How far before the latest sample a peak of the curve may lie that is only seen with it. */
    static final int REACH = TAPS / 2;

    /** The last samples twice over, so that the latest ones always lie in a row. */
    private final double[] recent = new double[2 * TAPS];

    private int at;
    /** Samples since one was large enough to matter. */
    private int quietFor = TAPS;

    private static double[][] filters() {
        double[][] filters = new double[PHASES - 1][TAPS];
        for (int phase = 1; phase < PHASES; phase++) {
            double[] filter = filters[phase - 1];
            double sum = 0;
            for (int i = 0; i < TAPS; i++) {
                double distance = i - (TAPS / 2 - 1) - phase / (double) PHASES;
                double sinc = Math.sin(Math.PI * distance) / (Math.PI * distance);
                double edge = 2 * distance / TAPS;
                filter[i] = sinc * bessel(BETA * Math.sqrt(Math.max(0, 1 - edge * edge)));
                sum += filter[i];
            }
            for (int i = 0; i < TAPS; i++) filter[i] /= sum;
        }
        return filters;
    }

    /** The modified Bessel function of order 0, of which the Kaiser window is made. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-12 * sum; k++) {
            term *= x * x / 4 / k / k;
            sum += term;
        }
        return sum;
    }

    private static double mostOvershoot() {
        double most = 1;
        for (double[] filter : BETWEEN) {
            double sum = 0;
            for (double tap : filter) sum += Math.abs(tap);
            most = Math.max(most, sum);
        }
        return most;
    }

    /** Of the curve around the samples before this one, up to {@link #REACH} back; below {@code floor} only roughly. */
    double after(double sample, double floor) {
        recent[at] = sample;
        recent[at + TAPS] = sample;
        at = (at + 1) % TAPS;
        double size = Math.abs(sample);
        quietFor = size * MOST_OVERSHOOT > floor ? 0 : quietFor + 1;
        if (quietFor >= TAPS) return size;
        double[] middle = BETWEEN[PHASES / 2 - 1];
        double halfway = 0;
        for (int i = 0; i < TAPS / 2; i++) halfway += (recent[at + i] + recent[at + TAPS - 1 - i]) * middle[i];
        double beside = Math.max(Math.abs(recent[at + TAPS / 2 - 1]), Math.abs(recent[at + TAPS / 2]));
        double highest = Math.max(size, Math.abs(halfway));
        if (Math.max(highest, beside) < floor * NO_PEAK_NEAR) return highest;
        for (double[] filter : BETWEEN) {
            double value = 0;
            for (int i = 0; i < TAPS; i++) value += recent[at + i] * filter[i];
            highest = Math.max(highest, Math.abs(value));
        }
        return highest;
    }

    /** The highest of all these and of what was known. */
    public double highest(DoubleBuffer samples, double known) {
        double highest = known;
        for (int i = 0; i < samples.limit(); i++) highest = Math.max(highest, after(samples.get(i), highest));
        return highest;
    }
}
