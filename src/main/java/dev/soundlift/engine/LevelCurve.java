package dev.soundlift.engine;

import java.nio.DoubleBuffer;
import java.util.Arrays;

/**
 * How loud a sound is from one moment to the next, and how high it peaks: enough to tell its loudness (ITU-R BS.1770-4,
 * EBU R 128), and what that becomes when the sound is made louder and its peaks are held. Memory: 6 MB an hour.
 */
public final class LevelCurve {
    /** As long as the limiter looks ahead. */
    private static final int WINDOWS_PER_SECOND = 200;

    private final int rateHz;
    private final double[] weights;
    private final KWeighting[] ears;
    private final TruePeak[] curves;
    private final double[][] before;

    private double truePeak;
    private float[] powers = new float[60 * WINDOWS_PER_SECOND];
    private float[] peaks = new float[60 * WINDOWS_PER_SECOND];
    private int windows;

    private long samples;
    private int inWindow;
    private long windowEnd;
    private double power;
    private double peak;

    /**
     * Of a sound that has not begun.
     *
     * @param weights of the channels: 1 in front, 1.41 for surrounds, 0 for low frequency effects
     */
    public LevelCurve(int rateHz, double[] weights) {
        this.rateHz = rateHz;
        this.weights = weights.clone();
        this.ears = new KWeighting[weights.length];
        this.curves = new TruePeak[weights.length];
        this.before = new double[weights.length][3];
        for (int channel = 0; channel < weights.length; channel++) {
            ears[channel] = new KWeighting(rateHz);
            curves[channel] = new TruePeak();
        }
        this.windowEnd = endOf(0);
    }

    private long endOf(int window) {
        return ((window + 1L) * rateHz + WINDOWS_PER_SECOND - 1) / WINDOWS_PER_SECOND;
    }

    /** The next samples, all channels with as many. */
    public void add(DoubleBuffer[] planes, int count) {
        for (int channel = 0; channel < planes.length; channel++) {
            truePeak = curves[channel].highest(
                    planes[channel].duplicate().position(0).limit(count), truePeak);
        }
        for (int i = 0; i < count; i++) {
            for (int channel = 0; channel < planes.length; channel++) add(channel, planes[channel].get(i));
            inWindow++;
            if (++samples >= windowEnd) finishWindow();
        }
    }

    private void add(int channel, double sample) {
        double heard = ears[channel].of(sample);
        power += weights[channel] * heard * heard;
        double[] last = before[channel];
        // The curve halfway, by the four samples around: near enough to tell where a limiter would have to act
        double halfway = (9 * (last[0] + last[1]) - sample - last[2]) / 16;
        peak = Math.max(peak, Math.max(Math.abs(sample), Math.abs(halfway)));
        last[2] = last[1];
        last[1] = last[0];
        last[0] = sample;
    }

    private void finishWindow() {
        if (windows == powers.length) {
            powers = Arrays.copyOf(powers, windows * 3 / 2);
            peaks = Arrays.copyOf(peaks, windows * 3 / 2);
        }
        powers[windows] = (float) (power / inWindow);
        peaks[windows++] = (float) peak;
        power = 0;
        peak = 0;
        inWindow = 0;
        windowEnd = endOf(windows);
    }

    /** Of the whole curve between the samples too; full scale is 1. */
    public double truePeak() {
        return truePeak;
    }

    /** Integrated; negative infinity for silence and for less than 400 ms. */
    public double lufs() {
        return Gate.lufs(powers, windows, WINDOWS_PER_SECOND);
    }

    /** The same, and of a sound too faint to count at all what it would be if it did; negative infinity for silence. */
    double anyLufs() {
        boolean sound = truePeak > Math.pow(10, Heard.SOUND_DBFS / 20);
        return sound ? Gate.anyLufs(powers, windows, WINDOWS_PER_SECOND) : lufs();
    }

    /** The same after a gain and a {@link PeakLimiter}, within a tenth or two. */
    double lufsAfter(double gain) {
        float[] held = new float[windows];
        double release = 1 - Math.exp(-1 / (PeakLimiter.RELEASE_SECONDS * WINDOWS_PER_SECOND));
        double now = 1;
        double previous = 1;
        double needBefore = 1;
        for (int i = 0; i < windows; i++) {
            double level = peaks[i] * gain;
            double need = level > PeakLimiter.CEILING ? PeakLimiter.CEILING / level : 1;
            // It is turned down before the peak comes and stays so a little longer than a window
            double lowest = Math.min(need, needBefore);
            now = Math.min(lowest, now + (1 - now) * release);
            double used = (now + previous) / 2;
            if (i > 0) held[i - 1] = (float) (powers[i - 1] * gain * gain * used * used);
            previous = now;
            needBefore = need;
        }
        if (windows > 0) held[windows - 1] = (float) (powers[windows - 1] * gain * gain * previous * previous);
        return Gate.anyLufs(held, windows, WINDOWS_PER_SECOND);
    }
}
