package dev.soundlift.media;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a track sounds and where it is silent: its level in windows of 10 ms, on the media clock. What counts as silence
 * follows from the material: a pause in a loud studio is noisier than a whisper in a forest.
 */
public final class SoundMap {
    /** How many windows a second has. */
    public static final int WINDOWS_PER_SECOND = 100;

    /** Below this nothing is heard; above it is what the material's own level is taken from (EBU R 128's gate). */
    private static final double ABSOLUTE_GATE_DB = -70;

    private static final double RELATIVE_GATE_DB = -10;

    /** Silence is so much quieter than the material. */
    private static final double BELOW_THE_SOUND_DB = 30;

    /** What is not above this is silence too, where the material is at least so much louder. */
    private static final double USUAL_SILENCE_DB = -50;

    private static final double CLEARLY_BELOW_DB = 20;

    /** About a syllable: the quietest place is looked for in stretches of this many windows. */
    private static final int BREATH_WINDOWS = 20;

    private final Duration start;
    private final Duration end;
    private final float[] decibels;

    /**
     * A map of what was measured.
     *
     * @param start where the first window begins
     * @param end where the sound ends, which may be inside the last window
     * @param decibels of each window, RMS of its loudest channel, full scale is 0; negative infinity for none
     */
    public SoundMap(Duration start, Duration end, float[] decibels) {
        if (end.compareTo(start) < 0) throw new IllegalArgumentException(end + " is before " + start);
        this.start = start;
        this.end = end;
        this.decibels = decibels.clone();
    }

    /** Start included, end excluded. */
    public record Stretch(Duration start, Duration end) {}

    /** Where the first window begins. */
    public Duration start() {
        return start;
    }

    /** Where the last window ends. */
    public Duration end() {
        return end;
    }

    /** The level, in dBFS, up to which a window is silent. */
    public double threshold() {
        double level = level();
        return Math.max(level - BELOW_THE_SOUND_DB, Math.min(USUAL_SILENCE_DB, level - CLEARLY_BELOW_DB));
    }

    /** The mean of what sounds: silence does not make a lecture quieter. */
    private double level() {
        double mean = mean(ABSOLUTE_GATE_DB);
        // All of it is below the gate: then everything that is there counts
        return Double.isInfinite(mean) ? mean(Double.NEGATIVE_INFINITY) : mean(mean + RELATIVE_GATE_DB);
    }

    private double mean(double gateDb) {
        double power = 0;
        long windows = 0;
        for (float level : decibels) {
            if (level <= gateDb || level == Float.NEGATIVE_INFINITY) continue;
            power += Math.pow(10, level / 10.0);
            windows++;
        }
        return windows == 0 ? Double.NEGATIVE_INFINITY : 10 * Math.log10(power / windows);
    }

    /** The stretches of sound that lie at least so far apart, in their order; none where all is silent. */
    public List<Stretch> sounds(Duration shortestSilence) {
        double threshold = threshold();
        long shortest = Math.max(1, shortestSilence.toMillis() * WINDOWS_PER_SECOND / 1000);
        List<Stretch> sounds = new ArrayList<>();
        int begin = -1;
        int last = -1; // window that sounded
        for (int i = 0; i < decibels.length; i++) {
            if (decibels[i] == Float.NEGATIVE_INFINITY || decibels[i] <= threshold) continue;
            if (begin >= 0 && i - last - 1 >= shortest) {
                sounds.add(new Stretch(time(begin), time(last + 1)));
                begin = i;
            }
            if (begin < 0) begin = i;
            last = i;
        }
        if (begin >= 0) sounds.add(new Stretch(time(begin), time(last + 1)));
        return sounds;
    }

    /** The middle of the quietest fifth of a second between two places; of several, the last. */
    public Duration quietest(Duration from, Duration to) {
        int first = Math.max(0, window(from));
        int end = Math.min(decibels.length, window(to));
        double power = 0;
        double least = Double.POSITIVE_INFINITY;
        int best = Math.max(first, end - 1);
        for (int i = first; i < end; i++) {
            power += power(i);
            if (i - BREATH_WINDOWS >= first) power -= power(i - BREATH_WINDOWS);
            if (i - first + 1 < BREATH_WINDOWS) continue;
            // Sums that came about in another order differ in their last digits
            if (power <= least * (1 + 1e-9) + 1e-15) {
                least = Math.min(least, power);
                best = i - BREATH_WINDOWS / 2 + 1;
            }
        }
        return time(best);
    }

    private double power(int window) {
        return Math.pow(10, decibels[window] / 10.0);
    }

    private int window(Duration time) {
        return Math.toIntExact(Math.floorDiv(time.minus(start).toMillis() * WINDOWS_PER_SECOND, 1000L));
    }

    /** Where a window begins; the last one may be shorter than the others. */
    private Duration time(int window) {
        Duration time = start.plusMillis(window * 1000L / WINDOWS_PER_SECOND);
        return time.compareTo(end) < 0 ? time : end;
    }
}
