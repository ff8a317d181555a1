package dev.soundlift.request;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the output is to be written.
 *
 * @param format nothing: as the output's name says, else MP3
 * @param copyOnly no re-encoding: an error where it cannot be done
 * @param sampleRateHz nothing: as the source
 * @param depth nothing: as the source
 */
public record Encoding(
        Optional<AudioFormat> format,
        boolean copyOnly,
        Quality quality,
        OptionalInt sampleRateHz,
        ChannelChoice channels,
        Optional<SampleDepth> depth) {

    public static final Encoding DEFAULT = new Encoding(
            Optional.empty(),
            false,
            Quality.LIKE_THE_SOURCE,
            OptionalInt.empty(),
            ChannelChoice.AS_SOURCE,
            Optional.empty());

    /** Whether any wish needs the sound to be decoded: then a copy cannot serve. */
    public boolean changesTheSound() {
        return !quality.equals(Quality.LIKE_THE_SOURCE)
                || sampleRateHz.isPresent()
                || !channels.equals(ChannelChoice.AS_SOURCE)
                || depth.isPresent();
    }

    public Encoding withFormat(AudioFormat wanted) {
        return new Encoding(Optional.of(wanted), copyOnly, quality, sampleRateHz, channels, depth);
    }

    public Encoding withCopyOnly(boolean wanted) {
        return new Encoding(format, wanted, quality, sampleRateHz, channels, depth);
    }

    public Encoding withQuality(Quality wanted) {
        return new Encoding(format, copyOnly, wanted, sampleRateHz, channels, depth);
    }

    public Encoding withSampleRateHz(int wanted) {
        return new Encoding(format, copyOnly, quality, OptionalInt.of(wanted), channels, depth);
    }

    public Encoding withChannels(ChannelChoice wanted) {
        return new Encoding(format, copyOnly, quality, sampleRateHz, wanted, depth);
    }

    public Encoding withDepth(SampleDepth wanted) {
        return new Encoding(format, copyOnly, quality, sampleRateHz, channels, Optional.of(wanted));
    }
}
