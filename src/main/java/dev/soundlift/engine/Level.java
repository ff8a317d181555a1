package dev.soundlift.engine;

/**
 * What a sound is multiplied by, and why.
 *
 * @param lufs measured, integrated (EBU R 128), by the relative gate alone where all lies below the absolute one of -70;
 *     negative infinity for silence
 * @param targetLufs wished for
 * @param gainDb for every sample
 * @param passesCeiling whether the curve between the samples would then go above -1 dBTP, so that peaks must be held
 * @param expectedLufs what comes of it; less than wished where more gain would mostly be taken back by holding peaks
 */
public record Level(double lufs, double targetLufs, double gainDb, boolean passesCeiling, double expectedLufs) {
    /**
     * Of the loudness, that holding peaks may take and more gain give back. Beyond that there is little left of the
     * sound's own ups and downs.
     */
    static final double MOST_HELD_LU = 6;

    /** What is so faint that the measure does not count it is mostly noise: by more it is not raised. */
    static final double MOST_FOR_FAINT_DB = 60;

    /** That brings a sound to a loudness, what holding its peaks takes away counted in. */
    public static Level towards(double targetLufs, LevelCurve sound) {
        double lufs = sound.anyLufs();
        if (Double.isInfinite(lufs)) return new Level(lufs, targetLufs, 0, false, lufs);
        double wished = targetLufs - lufs;
        double plain = lufs < Gate.ABSOLUTE_LUFS ? Math.min(wished, MOST_FOR_FAINT_DB) : wished;
        double free = 20 * Math.log10(PeakLimiter.CEILING / sound.truePeak());
        if (plain <= free) return new Level(lufs, targetLufs, plain, false, lufs + plain);
        // Neither what comes out nor what is lost on the way ever falls when the gain rises
        double low = Math.min(plain, free);
        double high = plain + MOST_HELD_LU;
        while (high - low > 0.005) {
            double middle = (low + high) / 2;
            double after = sound.lufsAfter(Math.pow(10, middle / 20));
            boolean tooMuchHeld = lufs + middle - after > MOST_HELD_LU;
            if (tooMuchHeld || after > lufs + plain) high = middle;
            else low = middle;
        }
        return new Level(lufs, targetLufs, low, true, sound.lufsAfter(Math.pow(10, low / 20)));
    }

    /** Nothing can make silence louder. */
    public boolean silent() {
        return Double.isInfinite(lufs);
    }

    /** Whether it was too faint to be measured as the standard wants it. */
    public boolean faint() {
        return lufs < Gate.ABSOLUTE_LUFS && !silent();
    }

    /** By which every sample is multiplied. */
    public double gain() {
        return Math.pow(10, gainDb / 20);
    }
}
