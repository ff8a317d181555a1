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

    private static final int INFINITE = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    /** Of the shelf's first coefficient, by which the others are divided: one product less for each sample. */
    private final double gain;

    private final Section shelf;
    private final Section highPass;
    /** The size of the largest sample, as the bits of a float: of floats without a sign, larger ones are larger numbers. */
    private int highest;

    KWeighting(int rateHz) {
        // A rate that cannot even hold the shelf has nothing above it
        double k = Math.tan(Math.PI * Math.min(SHELF_HZ / rateHz, 0.45));
        double high = Math.pow(10, SHELF_DB / 20);
        double band = Math.pow(high, BAND_EXPONENT);
        double a0 = 1 + k / SHELF_Q + k * k;
        double b0 = high + band * k / SHELF_Q + k * k;
        this.gain = b0 / a0;
        this.shelf = new Section(
                2 * (k * k - high) / b0,
                (high - band * k / SHELF_Q + k * k) / b0,
                2 * (k * k - 1) / a0,
                (1 - k / SHELF_Q + k * k) / a0);
        double low = Math.tan(Math.PI * HIGH_PASS_HZ / rateHz);
        double c0 = 1 + low / HIGH_PASS_Q + low * low;
        this.highPass = new Section(-2, 1, 2 * (low * low - 1) / c0, (1 - low / HIGH_PASS_Q + low * low) / c0);
    }

    double of(double sample) {
        return highPass.of(shelf.of(gain * sample));
    }

    /** The size of the largest of the samples whose {@linkplain #power power} was taken; full scale is 1. */
    float highest() {
        return Float.intBitsToFloat(highest);
    }

    /** The sum of the squares of what {@link #of} makes of these samples, several times as fast. */
    double power(float[] samples, int from, int count) {
        double sum = 0;
        int most = highest;
        double shelfOne = shelf.one;
        double shelfTwo = shelf.two;
        double passOne = highPass.one;
        double passTwo = highPass.two;
        for (int i = from; i < from + count; i++) {
            float in = samples[i];
            int size = Float.floatToRawIntBits(in) & Integer.MAX_VALUE;
            if (size > most && size <= INFINITE) most = size;
            double head = in + shelfOne;
            shelfOne = (shelf.b1 * in + shelfTwo) - shelf.a1 * head;
            shelfTwo = shelf.b2 * in - shelf.a2 * head;
            double out = head + passOne; // the high-pass filter's numerator is 1, -2, 1
            passOne = (passTwo - (head + head)) - highPass.a1 * out;
            passTwo = head - highPass.a2 * out;
            sum += out * out;
        }
        highest = most;
        shelf.remember(shelfOne, shelfTwo);
        highPass.remember(passOne, passTwo);
        return gain * gain * sum;
    }

    /**
     * {@link #power} of two channels, one weighted as much as the other: what comes out of a filter waits for what came
     * before it, and a second filter fills the wait, as the search for the highest sample does.
     *
     * @param other ears for the same rate
     */
    double power(float[] samples, KWeighting other, float[] others, int from, int count) {
        double b1 = shelf.b1;
        double b2 = shelf.b2;
        double a1 = shelf.a1;
        double a2 = shelf.a2;
        double passA1 = highPass.a1;
        double passA2 = highPass.a2;
        int most = highest;
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
            float in = samples[i];
            float otherIn = others[i];
            int size = Float.floatToRawIntBits(in) & Integer.MAX_VALUE;
            int otherSize = Float.floatToRawIntBits(otherIn) & Integer.MAX_VALUE;
            if (size > most && size <= INFINITE) most = size;
            if (otherSize > most && otherSize <= INFINITE) most = otherSize;
            double head = in + shelfOne;
            double otherHead = otherIn + otherShelfOne;
            shelfOne = (b1 * in + shelfTwo) - a1 * head;
            otherShelfOne = (b1 * otherIn + otherShelfTwo) - a1 * otherHead;
            shelfTwo = b2 * in - a2 * head;
            otherShelfTwo = b2 * otherIn - a2 * otherHead;
            double out = head + passOne;
            double otherOut = otherHead + otherPassOne;
            passOne = (passTwo - (head + head)) - passA1 * out;
            otherPassOne = (otherPassTwo - (otherHead + otherHead)) - passA1 * otherOut;
            passTwo = head - passA2 * out;
            otherPassTwo = otherHead - passA2 * otherOut;
            sum += out * out;
            otherSum += otherOut * otherOut;
        }
        highest = most;
        shelf.remember(shelfOne, shelfTwo);
        highPass.remember(passOne, passTwo);
        other.shelf.remember(otherShelfOne, otherShelfTwo);
        other.highPass.remember(otherPassOne, otherPassTwo);
        return gain * gain * (sum + otherSum);
    }

    /** Two poles and two zeros, with a first coefficient of 1. */
    private static final class Section {
        private final double b1;
        private final double b2;
        private final double a1;
        private final double a2;
        private double one;
        private double two;

        Section(double b1, double b2, double a1, double a2) {
            this.b1 = b1;
            this.b2 = b2;
            this.a1 = a1;
            this.a2 = a2;
        }

        double of(double in) {
            double out = in + one;
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
