package dev.soundlift.engine;

/** Which stretches of a sound count for its loudness (ITU-R BS.1770-4, Annex 1; EBU R 128). */
final class Gate {
    private static final double ABSOLUTE_LUFS = -70;
    private static final double RELATIVE_LU = -10;
    private static final double FLOOR = Math.pow(10, (ABSOLUTE_LUFS + 0.691) / 10);

    private Gate() {}

    /**
     * Integrated; negative infinity for silence and for less than 400 ms.
     *
     * @param powers in windows, of all channels as an ear has them
     * @param perSecond windows; a multiple of ten
     */
    static double lufs(float[] powers, int windows, int perSecond) {
        // Blocks of 400 ms, one beginning every 100 ms
        int block = 2 * perSecond / 5;
        int step = perSecond / 10;
        double[] power = new double[windows < block ? 0 : (windows - block) / step + 1];
        for (int at = 0; at < power.length; at++) {
            double sum = 0;
            for (int i = 0; i < block; i++) sum += powers[at * step + i];
            power[at] = sum / block;
        }
        double loud = mean(power, FLOOR);
        double mean = mean(power, Math.max(loud * Math.pow(10, RELATIVE_LU / 10), FLOOR));
        return mean == 0 ? Double.NEGATIVE_INFINITY : 10 * Math.log10(mean) - 0.691;
    }

    private static double mean(double[] powers, double gate) {
        double sum = 0;
        int count = 0;
        for (double power : powers) {
            if (power <= gate) continue;
            sum += power;
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }
}
