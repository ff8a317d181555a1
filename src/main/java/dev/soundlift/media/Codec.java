package dev.soundlift.media;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The codecs that we name, with what a decision needs to know of each. Other codecs can still be decoded. */
public enum Codec {
    /** MPEG audio layer III (ISO/IEC 11172-3, 13818-3). */
    // ISO 11172-3 and 13818-3 have lower bit rates too; this is the range that the command line promises
    MP3("mp3", 128_000, 320_000, 2, List.of(8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)),
    /** Advanced Audio Coding (ISO/IEC 14496-3). */
    AAC(
            "aac",
            32_000,
            512_000,
            8,
            List.of(7350, 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000)),
    /** Opus (RFC 6716). */
    // RFC 6716, section 2.1.1: 6 to 510 kbit/s; it always plays at 48 kHz (RFC 7845, section 5.1)
    OPUS("opus", 6_000, 510_000, 8, List.of(48000)),
    /** Vorbis I. */
    VORBIS("vorbis", 45_000, 500_000),
    /** MPEG audio layer II (ISO/IEC 11172-3). */
    MP2("mp2", 32_000, 384_000),
    /** Dolby Digital (ETSI TS 102 366). */
    AC3("ac3", 32_000, 640_000),
    /** Dolby Digital Plus (ETSI TS 102 366, annex E). */
    EAC3("eac3", 32_000, 6_144_000),
    /** DTS Coherent Acoustics (ETSI TS 102 114), with its lossless extension too. */
    DTS("dts", 32_000, 1_509_000),
    /** Free Lossless Audio Codec (RFC 9639). */
    FLAC("flac", 0, 0, 8, List.of()),
    /** Apple Lossless. */
    ALAC("alac", 0, 0, 8, List.of()),
    /** Dolby TrueHD. */
    TRUEHD("truehd"),
    /** WavPack. */
    WAVPACK("wavpack"),
    /** True Audio. */
    TTA("tta"),
    /** Samples of 8 bits without sign. */
    PCM_U8("pcm_u8"),
    /** Samples of 16 bits, little end first. */
    PCM_S16LE("pcm_s16le"),
    /** Samples of 24 bits, little end first. */
    PCM_S24LE("pcm_s24le"),
    /** Samples of 32 bits, little end first. */
    PCM_S32LE("pcm_s32le"),
    /** Floating point of 32 bits, little end first. */
    PCM_F32LE("pcm_f32le"),
    /** Floating point of 64 bits, little end first. */
    PCM_F64LE("pcm_f64le"),
    /** Samples of 16 bits, big end first. */
    PCM_S16BE("pcm_s16be"),
    /** Samples of 24 bits, big end first. */
    PCM_S24BE("pcm_s24be"),
    /** Samples of 32 bits, big end first. */
    PCM_S32BE("pcm_s32be"),
    /** Floating point of 32 bits, big end first. */
    PCM_F32BE("pcm_f32be"),
    /** Companded to 8 bits by the A-law (ITU-T G.711). */
    // ITU-T G.711: 8 bits a sample, so the bit rate follows from rate and channels
    PCM_ALAW("pcm_alaw", 8_000, 1_536_000),
    /** Companded to 8 bits by the μ-law (ITU-T G.711). */
    PCM_MULAW("pcm_mulaw", 8_000, 1_536_000);

    private static final int ANY_CHANNELS = 64;
    private static final Map<String, Codec> BY_NAME = byName();

    private final String ffmpegName;
    private final int lowestBitsPerSecond;
    private final int highestBitsPerSecond;
    private final int mostChannels;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of, which cannot change
    private final List<Integer> sampleRatesHz;

    Codec(String ffmpegName) {
        this(ffmpegName, 0, 0);
    }

    Codec(String ffmpegName, int lowestBitsPerSecond, int highestBitsPerSecond) {
        this(ffmpegName, lowestBitsPerSecond, highestBitsPerSecond, ANY_CHANNELS, List.of());
    }

    Codec(
            String ffmpegName,
            int lowestBitsPerSecond,
            int highestBitsPerSecond,
            int mostChannels,
            List<Integer> sampleRatesHz) {
        this.ffmpegName = ffmpegName;
        this.lowestBitsPerSecond = lowestBitsPerSecond;
        this.highestBitsPerSecond = highestBitsPerSecond;
        this.mostChannels = mostChannels;
        this.sampleRatesHz = sampleRatesHz;
    }

    private static Map<String, Codec> byName() {
        Map<String, Codec> codecs = new HashMap<>();
        for (Codec codec : values()) codecs.put(codec.ffmpegName, codec);
        return Map.copyOf(codecs);
    }

    /** By FFmpeg's name; nothing for a codec that is not named here. */
    public static Optional<Codec> named(String ffmpegName) {
        return Optional.ofNullable(BY_NAME.get(ffmpegName));
    }

    /** FFmpeg's name of it. */
    public String ffmpegName() {
        return ffmpegName;
    }

    /** Whether decoding gives back the very samples that were encoded; such codecs take no bit rate. */
    public boolean lossless() {
        return highestBitsPerSecond == 0;
    }

    /** Whether it is samples as they are, without any coding that can fail. */
    public boolean linearPcm() {
        return lossless() && ffmpegName.startsWith("pcm_");
    }

    /** As many as it can hold. */
    public int mostChannels() {
        return mostChannels;
    }

    /** The lowest rate that the codec has and that loses nothing of the wanted one, else its highest. In hertz. */
    public int nearestSampleRate(int wantedHz) {
        if (sampleRatesHz.isEmpty()) return wantedHz;
        return sampleRatesHz.stream()
                .filter(rate -> rate >= wantedHz)
                .findFirst()
                .orElse(sampleRatesHz.get(sampleRatesHz.size() - 1));
    }

    /** The nearest bit rate that a lossy codec is used with at this sample rate; in bits per second. */
    public int nearestBitRate(long wanted, int sampleRateHz) {
        return this == MP3
                ? Mp3BitRates.nearest(wanted, sampleRateHz)
                : (int) Math.max(lowestBitsPerSecond, Math.min(highestBitsPerSecond, wanted));
    }
}
