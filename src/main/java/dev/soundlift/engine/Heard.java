package dev.soundlift.engine;

import dev.soundlift.media.AudioShape;
import java.util.Optional;

/**
 * What decoding a track gave.
 *
 * @param sampleFrames samples of one channel
 * @param shape of what was decoded
 * @param peakDbfs loudest sample, full scale is 0; negative infinity for digital silence
 * @param integratedLufs EBU R 128 programme loudness; negative infinity for silence or less than 400 ms
 * @param samples which they were, in order; nothing where the codec does not keep every bit, or the prober cannot tell
 */
public record Heard(
        long sampleFrames,
        AudioShape shape,
        double peakDbfs,
        double integratedLufs,
        Optional<SampleDigest> samples,
        Damage damage) {

    /** A file whose loudest sample is not above this is silent: one step of 16 bits is -90.3 dBFS. */
    public static final double SILENCE_DBFS = -90;

    /** A source with a sample above this is surely not silent, even after rounding to 16 bits. */
    public static final double SOUND_DBFS = -80;

    /** Programme peaks below this are hard to hear even with the volume up. */
    public static final double QUIET_DBFS = -40;

    public boolean silent() {
        return peakDbfs <= SILENCE_DBFS;
    }
}
