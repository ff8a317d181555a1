package dev.soundlift.engine.inprocess;

/**
 * How loud a sound is, and what it is to be brought to.
 *
 * @param lufs measured, integrated (EBU R 128); negative infinity for silence
 * @param targetLufs wished for
 * @param truePeak of the curve between the samples too (ITU-R BS.1770-4, Annex 2); full scale is 1
 */
record Level(double lufs, double targetLufs, double truePeak) {
    /** Nothing can make silence louder. */
    boolean silent() {
        return Double.isInfinite(lufs);
    }

    /** By which every sample is multiplied. */
    double gain() {
        return silent() ? 1 : Math.pow(10, gainDb() / 20);
    }

    double gainDb() {
        return silent() ? 0 : targetLufs - lufs;
    }

    /** Whether the curve would go above -1 dBTP. */
    boolean passesCeiling() {
        return !silent() && truePeak * gain() > PeakLimiter.CEILING;
    }
}
