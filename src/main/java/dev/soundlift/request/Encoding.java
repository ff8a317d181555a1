package dev.soundlift.request;

import dev.soundlift.media.Codec;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the output is to be written.
 *
 * @param format nothing: as the output's name says, else MP3
 * @param copyOnly no re-encoding: an error where it cannot be done
 * @param sampleRateHz nothing: as the source
 * @param depth nothing: as the source
 * @param loudness nothing: as the source
 * @param preset wishes under a name; they count where nothing else is asked for, see {@link #filled}
 */
public record Encoding(
        Optional<AudioFormat> format,
        boolean copyOnly,
        Quality quality,
        OptionalInt sampleRateHz,
        ChannelChoice channels,
        Optional<SampleDepth> depth,
        Optional<LoudnessTarget> loudness,
        Optional<Preset> preset) {

    /** MP3 near the quality of the source, everything else as in the source. */
    public static final Encoding DEFAULT = new Encoding(
            Optional.empty(),
            false,
            Quality.LIKE_THE_SOURCE,
            OptionalInt.empty(),
            ChannelChoice.AS_SOURCE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Reads a sample rate in Hz. */
    public static Optional<Integer> parseSampleRate(String text) {
        if (!text.matches("[1-9]\\d{3,5}")) return Optional.empty();
        return Optional.of(Integer.parseInt(text)).filter(hertz -> hertz <= 768_000);
    }

    /** Whether any wish needs the sound to be decoded: then a copy cannot serve. */
    public boolean changesTheSound() {
        // Not by equals: every conversion comes here, and linking a record's costs a start some 10 ms
        return !(quality instanceof Quality.LikeTheSource)
                || sampleRateHz.isPresent()
                || !channels.equals(ChannelChoice.AS_SOURCE)
                || depth.isPresent()
                || loudness.isPresent();
    }

    /**
     * These wishes, and where there is none that of the preset, as far as it means anything in the format: a lossless
     * one has no bit rate, and a lossy one no depth.
     */
    public Encoding filled(AudioFormat written) {
        if (preset.isEmpty()) return this;
        Encoding usual = preset.get().wishes();
        Optional<Boolean> lossless = written.codec().map(Codec::lossless);
        Quality usualQuality = lossless.orElse(false) ? Quality.LIKE_THE_SOURCE : usual.quality();
        Optional<SampleDepth> usualDepth = lossless.orElse(true) ? usual.depth() : Optional.empty();
        return new Encoding(
                format.or(usual::format),
                copyOnly,
                quality.equals(Quality.LIKE_THE_SOURCE) ? usualQuality : quality,
                sampleRateHz.isPresent() ? sampleRateHz : usual.sampleRateHz(),
                channels.equals(ChannelChoice.AS_SOURCE) ? usual.channels() : channels,
                depth.or(() -> usualDepth),
                loudness.or(usual::loudness),
                preset);
    }

    /** The same in another format. */
    public Encoding withFormat(AudioFormat wanted) {
        return new Encoding(Optional.of(wanted), copyOnly, quality, sampleRateHz, channels, depth, loudness, preset);
    }

    /** The same with or without leave to encode again. */
    public Encoding withCopyOnly(boolean wanted) {
        return new Encoding(format, wanted, quality, sampleRateHz, channels, depth, loudness, preset);
    }

    /** The same with another quality. */
    public Encoding withQuality(Quality wanted) {
        return new Encoding(format, copyOnly, wanted, sampleRateHz, channels, depth, loudness, preset);
    }

    /** The same at another sample rate, in hertz. */
    public Encoding withSampleRateHz(int wanted) {
        return new Encoding(format, copyOnly, quality, OptionalInt.of(wanted), channels, depth, loudness, preset);
    }

    /** The same with other channels. */
    public Encoding withChannels(ChannelChoice wanted) {
        return new Encoding(format, copyOnly, quality, sampleRateHz, wanted, depth, loudness, preset);
    }

    /** The same with samples of another size. */
    public Encoding withDepth(SampleDepth wanted) {
        return new Encoding(format, copyOnly, quality, sampleRateHz, channels, Optional.of(wanted), loudness, preset);
    }

    /** The same at another loudness. */
    public Encoding withLoudness(LoudnessTarget wanted) {
        return new Encoding(format, copyOnly, quality, sampleRateHz, channels, depth, Optional.of(wanted), preset);
    }

    /** The same with the wishes of a preset where nothing else is asked for. */
    public Encoding withPreset(Preset wanted) {
        return new Encoding(format, copyOnly, quality, sampleRateHz, channels, depth, loudness, Optional.of(wanted));
    }
}
