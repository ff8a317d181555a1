package dev.soundlift.engine;

/** A fault of FFmpeg's libopus encoder that both engines must go around. */
public final class OpusChannels {
    private OpusChannels() {}

    /**
     * Whether an encoder must be told to use mapping family 1 (RFC 7845, section 5.1.1.2). It does so anyway, but where it
     * has not been told, FFmpeg (5.1 and 8.0, at least) puts the channels of 5.0 and 6.1 in wrong places: what belongs in
     * front comes out at the back.
     */
    public static boolean needFamilyOne(String codecName, int channels) {
        return codecName.equals("opus") && (channels == 5 || channels == 7);
    }
}
