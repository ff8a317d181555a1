package dev.soundlift.engine.inprocess;

import java.nio.DoubleBuffer;

/**
 * How far one channel's curve goes between its samples: four times oversampled, as ITU-R BS.1770-4, Annex 2, says.
 * Full scale is 1.
 */
final class TruePeak {
    private static final int TAPS = 12;
    /** No curve goes higher than this times its largest sample with these filters. */
    private static final double MOST_OVERSHOOT = 2.4;

    private static final double[] EDGE = {
        0.0017089843750,
        0.0109863281250,
        -0.0196533203125,
        0.0332031250000,
        -0.0594482421875,
        0.1373291015625,
        0.9721679687500,
        -0.1022949218750,
        0.0476074218750,
        -0.0266113281250,
        0.0148925781250,
        -0.0083007812500
    };
    private static final double[] MIDDLE = {
        -0.0291748046875,
        0.0292968750000,
        -0.0517578125000,
        0.0891113281250,
        -0.1665039062500,
        0.4650878906250,
        0.7797851562500,
        -0.2003173828125,
        0.1015625000000,
        -0.0582275390625,
        0.0330810546875,
        -0.0189208984375
    };

    /** The last samples twice over, so that the latest twelve always lie in a row. */
    private final double[] recent = new double[2 * TAPS];

    private int at;
    /** Samples since one was large enough to matter. */
    private int quietFor = TAPS;

    /** Of the curve around the samples before this one, up to six back; below {@code floor} only roughly. */
    double after(double sample, double floor) {
        recent[at] = sample;
        recent[at + TAPS] = sample;
        at = (at + 1) % TAPS;
        double size = Math.abs(sample);
        quietFor = size * MOST_OVERSHOOT > floor ? 0 : quietFor + 1;
        if (quietFor >= TAPS) return size;
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (int i = 0; i < TAPS; i++) {
            double newest = recent[at + TAPS - 1 - i];
            a += newest * EDGE[i];
            b += newest * MIDDLE[i];
            c += newest * MIDDLE[TAPS - 1 - i];
            d += newest * EDGE[TAPS - 1 - i];
        }
        double between = Math.max(Math.max(Math.abs(a), Math.abs(b)), Math.max(Math.abs(c), Math.abs(d)));
        return Math.max(size, between);
    }

    /** The highest of all these and of what was known. */
    double highest(DoubleBuffer samples, double known) {
        double highest = known;
        for (int i = 0; i < samples.limit(); i++) highest = Math.max(highest, after(samples.get(i), highest));
        return highest;
    }
}
