package dev.soundlift.engine;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Holds the curve of a sound below a ceiling, all channels together. Looks ahead, so that it turns down before the peak
 * comes and not on it; a sound that stays below the ceiling passes unchanged to the last bit, only later.
 */
public final class PeakLimiter {
    /**
     * EBU R 128: the curve may go up to -1 dBTP; four tenths of a decibel below, for what eight times oversampling overlooks
     * and what turning down does between the samples.
     */
    public static final double CEILING = Math.pow(10, -1.4 / 20);

    static final double ATTACK_SECONDS = 0.005;
    static final double RELEASE_SECONDS = 0.2;
    private static final int CURVE_SAMPLES = TruePeak.REACH;

    private final int attack;
    private final int delay;
    private final double release;
    private final TruePeak[] curves;
    /** The samples that are not given out yet, by channel, around and around. */
    private final double[][] waiting;

    /** A gain that a sample needs, and which sample. */
    private record Need(long place, double gain) {}

    /** Of the samples in sight, those that may yet need the lowest gain; the lowest first. */
    private final Deque<Need> needs = new ArrayDeque<>();

    /** The gains of the last samples, whose mean is used. */
    private final double[] gains;

    private double sum;
    private int loweredGains;
    private double gain = 1;
    private long taken;
    private long lowered;
    private double lowest = 1;

    public PeakLimiter(int channels, int rateHz) {
        this.attack = Math.max(1, (int) (ATTACK_SECONDS * rateHz));
        this.delay = attack + CURVE_SAMPLES;
        this.release = 1 - Math.exp(-1 / (RELEASE_SECONDS * rateHz));
        this.curves = new TruePeak[channels];
        for (int channel = 0; channel < channels; channel++) curves[channel] = new TruePeak();
        this.waiting = new double[channels][delay + 1];
        this.gains = new double[attack];
        Arrays.fill(gains, 1);
        this.sum = attack;
    }

    /** How many samples later something comes out. */
    public int delay() {
        return delay;
    }

    /**
     * Takes one sample of each channel and puts back the one that is due.
     *
     * @return false where none is due yet
     */
    public boolean pass(double[] sample) {
        double peak = 0;
        for (int channel = 0; channel < sample.length; channel++) {
            peak = Math.max(peak, curves[channel].after(sample[channel], CEILING));
            waiting[channel][(int) (taken % (delay + 1))] = sample[channel];
        }
        double need = lowestInSight(peak > CEILING ? CEILING / peak : 1);
        gain = Math.min(need, gain + (1 - gain) * release);
        if (gain > 1 - 1e-6) gain = Math.min(need, 1);
        double mean = mean(gain);
        taken++;
        if (taken <= delay) return false;
        int due = (int) ((taken - 1 - delay) % (delay + 1));
        for (int channel = 0; channel < sample.length; channel++) sample[channel] = waiting[channel][due] * mean;
        if (mean < 1) lowered++;
        lowest = Math.min(lowest, mean);
        return true;
    }

    private double lowestInSight(double need) {
        long reach = attack + 2L * CURVE_SAMPLES;
        while (!needs.isEmpty() && needs.getFirst().place() <= taken - reach) needs.removeFirst();
        if (need < 1) {
            while (!needs.isEmpty() && needs.getLast().gain() >= need) needs.removeLast();
            needs.addLast(new Need(taken, need));
        }
        return needs.isEmpty() ? 1 : needs.getFirst().gain();
    }

    private double mean(double newest) {
        int at = (int) (taken % attack);
        if (gains[at] < 1) loweredGains--;
        if (newest < 1) loweredGains++;
        sum += newest - gains[at];
        gains[at] = newest;
        if (loweredGains > 0) return Math.min(1, sum / attack);
        sum = attack; // exactly: no dust of former sums may change a bit
        return 1;
    }

    /** Samples that came out lower than they went in. */
    public long lowered() {
        return lowered;
    }

    /** The lowest gain that was used. */
    public double lowest() {
        return lowest;
    }
}
