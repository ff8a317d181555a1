package dev.soundlift.engine;

import java.util.Arrays;

/**
 * How loud a sound is on the whole, and its highest sample: what is told of a finished file. A {@link LevelCurve} knows
 * more, and needs several times the time.
 */
public final class LevelSum {
    private static final int WINDOWS_PER_SECOND = 10;

    private final int rateHz;
    private final double[] weights;
    private final KWeighting[] ears;
    private float[] powers = new float[60 * WINDOWS_PER_SECOND];
    private int windows;
    private double power;
    private int inWindow;
    private long samples;
    /** The size of the largest sample of channels that nobody weighs. */
    private float highest;

    /**
     * Of a sound that has not begun.
     *
     * @param weights of the channels: 1 in front, 1.41 for surrounds, 0 for low frequency effects
     */
    public LevelSum(int rateHz, double[] weights) {
        this.rateHz = rateHz;
        this.weights = weights.clone();
        this.ears = new KWeighting[weights.length];
        Arrays.setAll(ears, channel -> new KWeighting(rateHz));
    }

    /** The next samples of all channels. */
    public void add(float[][] planes, int count) {
        for (int at = 0; at < count; ) {
            long windowEnd = ((windows + 1L) * rateHz + WINDOWS_PER_SECOND - 1) / WINDOWS_PER_SECOND;
            int part = (int) Math.min(count - at, windowEnd - samples);
            for (int channel = 0; channel < ears.length; channel++) {
                int next = channel + 1;
                if (next < ears.length && weights[next] == weights[channel]) {
                    if (weights[next] != 0) power += weights[next] * both(planes, channel, at, part);
                    channel = next;
                } else if (weights[channel] != 0) {
                    power += weights[channel] * ears[channel].power(planes[channel], at, part);
                }
            }
            at += part;
            inWindow += part;
            samples += part;
            if (samples == windowEnd) finishWindow();
        }
        for (int channel = 0; channel < weights.length; channel++) {
            if (weights[channel] == 0) peaks(planes[channel], count);
        }
    }

    private double both(float[][] planes, int channel, int from, int count) {
        return ears[channel].power(planes[channel], ears[channel + 1], planes[channel + 1], from, count);
    }

    private void peaks(float[] plane, int count) {
        for (int i = 0; i < count; i++) {
            if (Math.abs(plane[i]) > highest) highest = Math.abs(plane[i]);
        }
    }

    private void finishWindow() {
        if (windows == powers.length) powers = Arrays.copyOf(powers, windows * 3 / 2);
        // What is no number in a damaged file is no sound
        powers[windows++] = Double.isFinite(power) ? (float) (power / inWindow) : 0;
        power = 0;
        inWindow = 0;
    }

    /** Full scale is 0; negative infinity for silence. */
    public double peakDbfs() {
        float most = highest;
        for (KWeighting ear : ears) most = Math.max(most, ear.highest());
        return 20 * Math.log10(most);
    }

    /** Integrated; negative infinity for silence and for less than 400 ms. */
    public double lufs() {
        return Gate.lufs(powers, windows, WINDOWS_PER_SECOND);
    }
}
