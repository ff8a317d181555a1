package dev.soundlift.engine;

/** Which stretches of a sound count for its loudness (ITU-R BS.1770-4, Annex 1; EBU R 128). */
final class Gate {
    static final double ABSOLUTE_LUFS = -70;
    private static final double RELATIVE_LU = -10;
    private static final double FLOOR = Math.pow(10, (ABSOLUTE_LUFS + 0.691) / 10);

    /** By how much the absolute gate is lowered for a sound of which nothing passes it. */
    private static final double FAINT_DB = 60;

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

    /**
     * The same, and of a sound that lies below the absolute gate altogether what it would be if it were louder, which is
     * to say by the relative gate alone.
     */
    static double anyLufs(float[] powers, int windows, int perSecond) {
        double lufs = lufs(powers, windows, perSecond);
        if (!Double.isInfinite(lufs)) return lufs;
        float[] louder = new float[windows];
        float gain = (float) Math.pow(10, FAINT_DB / 10);
        for (int i = 0; i < windows; i++) louder[i] = powers[i] * gain;
        return lufs(louder, windows, perSecond) - FAINT_DB;
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
