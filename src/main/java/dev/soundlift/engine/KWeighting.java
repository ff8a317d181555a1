package dev.soundlift.engine;

/** What an ear makes of one channel: the two filters of ITU-R BS.1770-4, Annex 1, for any rate. */
final class KWeighting {
    /** The head, as a shelf. The standard gives coefficients for 48 kHz; these values are what they were made of. */
    private static final double SHELF_HZ = 1681.974450955533;

    private static final double SHELF_DB = 3.999843853973347;
    private static final double SHELF_Q = 0.7071752369554196;
    private static final double HIGH_PASS_HZ = 38.13547087602444;
    private static final double HIGH_PASS_Q = 0.5003270373238773;
    private static final double BAND_EXPONENT = 0.4996667741545416;

    private final Section shelf;
    private final Section highPass;

    KWeighting(int rateHz) {
        // A rate that cannot even hold the shelf has nothing above it
        double k = Math.tan(Math.PI * Math.min(SHELF_HZ / rateHz, 0.45));
        double high = Math.pow(10, SHELF_DB / 20);
        double band = Math.pow(high, BAND_EXPONENT);
        double a0 = 1 + k / SHELF_Q + k * k;
        this.shelf = new Section(
                (high + band * k / SHELF_Q + k * k) / a0,
                2 * (k * k - high) / a0,
                (high - band * k / SHELF_Q + k * k) / a0,
                2 * (k * k - 1) / a0,
                (1 - k / SHELF_Q + k * k) / a0);
        double low = Math.tan(Math.PI * HIGH_PASS_HZ / rateHz);
        double c0 = 1 + low / HIGH_PASS_Q + low * low;
        this.highPass = new Section(1, -2, 1, 2 * (low * low - 1) / c0, (1 - low / HIGH_PASS_Q + low * low) / c0);
    }

    double of(double sample) {
        return highPass.of(shelf.of(sample));
    }

    /** The sum of the squares of what {@link #of} makes of these samples, several times as fast. */
    double power(float[] samples, int from, int count) {
        double sum = 0;
        double shelfOne = shelf.one;
        double shelfTwo = shelf.two;
        double passOne = highPass.one;
        double passTwo = highPass.two;
        for (int i = from; i < from + count; i++) {
            double in = samples[i];
            double head = shelf.b0 * in + shelfOne;
            shelfOne = shelf.b1 * in - shelf.a1 * head + shelfTwo;
            shelfTwo = shelf.b2 * in - shelf.a2 * head;
            double out = head + passOne; // the high-pass filter's numerator is 1, -2, 1
            passOne = -2 * head - highPass.a1 * out + passTwo;
            passTwo = head - highPass.a2 * out;
            sum += out * out;
        }
        shelf.remember(shelfOne, shelfTwo);
        highPass.remember(passOne, passTwo);
        return sum;
    }

    /**
     * {@link #power} of two channels, one weighted as much as the other: what comes out of a filter waits for what came
     * before it, and a second filter fills the wait.
     *
     * @param other ears for the same rate
     */
    double power(float[] samples, KWeighting other, float[] others, int from, int count) {
        Section head = shelf;
        Section pass = highPass;
        double sum = 0;
        double shelfOne = shelf.one;
        double shelfTwo = shelf.two;
        double passOne = highPass.one;
        double passTwo = highPass.two;
        double otherSum = 0;
        double otherShelfOne = other.shelf.one;
        double otherShelfTwo = other.shelf.two;
        double otherPassOne = other.highPass.one;
        double otherPassTwo = other.highPass.two;
        for (int i = from; i < from + count; i++) {
            double in = samples[i];
            double otherIn = others[i];
            double mid = head.b0 * in + shelfOne;
            double otherMid = head.b0 * otherIn + otherShelfOne;
            shelfOne = head.b1 * in - head.a1 * mid + shelfTwo;
            otherShelfOne = head.b1 * otherIn - head.a1 * otherMid + otherShelfTwo;
            shelfTwo = head.b2 * in - head.a2 * mid;
            otherShelfTwo = head.b2 * otherIn - head.a2 * otherMid;
            double out = mid + passOne;
            double otherOut = otherMid + otherPassOne;
            passOne = -2 * mid - pass.a1 * out + passTwo;
            otherPassOne = -2 * otherMid - pass.a1 * otherOut + otherPassTwo;
            passTwo = mid - pass.a2 * out;
            otherPassTwo = otherMid - pass.a2 * otherOut;
            sum += out * out;
            otherSum += otherOut * otherOut;
        }
        shelf.remember(shelfOne, shelfTwo);
        highPass.remember(passOne, passTwo);
        other.shelf.remember(otherShelfOne, otherShelfTwo);
        other.highPass.remember(otherPassOne, otherPassTwo);
        return sum + otherSum;
    }

    /** Two poles and two zeros. */
    private static final class Section {
        private final double b0;
        private final double b1;
        private final double b2;
        private final double a1;
        private final double a2;
        private double one;
        private double two;

        Section(double b0, double b1, double b2, double a1, double a2) {
            this.b0 = b0;
            this.b1 = b1;
            this.b2 = b2;
            this.a1 = a1;
            this.a2 = a2;
        }

        double of(double in) {
            double out = b0 * in + one;
            remember(b1 * in - a1 * out + two, b2 * in - a2 * out);
            return out;
        }

        /** Without numbers that are too small to hear, which are slow to count with, and without those that are none. */
        void remember(double newOne, double newTwo) {
            one = isSound(newOne) ? newOne : 0;
            two = isSound(newTwo) ? newTwo : 0;
        }

        private static boolean isSound(double state) {
            double size = Math.abs(state);
            return size > 1e-30 && size < 1e30;
        }
    }
}
