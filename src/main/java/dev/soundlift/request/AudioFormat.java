package dev.soundlift.request;

import dev.soundlift.media.Codec;
import dev.soundlift.media.Container;
import java.util.Locale;
import java.util.Optional;

/**
 * The formats that can be asked for. {@link #WAV} and {@link #PCM} name the codec of the usual 16 bits; the planner
 * takes its wider sibling where the depth asks for it. {@link #SAME} has neither: both follow from the source.
 */
public enum AudioFormat {
    /** MPEG-1 and MPEG-2 layer III. */
    MP3(Codec.MP3, Container.MP3_FILE),
    /** AAC-LC in an MP4 file. */
    M4A(Codec.AAC, Container.M4A),
    /** AAC-LC as a bare ADTS stream. */
    AAC(Codec.AAC, Container.ADTS),
    /** Apple Lossless in an MP4 file. */
    ALAC(Codec.ALAC, Container.M4A),
    /** FLAC in a file of its own. */
    FLAC(Codec.FLAC, Container.FLAC_FILE),
    /** Samples in a RIFF WAVE file; RF64 above 4 GiB. */
    WAV(Codec.PCM_S16LE, Container.WAV),
    /** Samples without any header, little end first. */
    PCM(Codec.PCM_S16LE, Container.RAW_PCM),
    /** Opus in a file named {@code .opus}. */
    OPUS(Codec.OPUS, Container.OPUS_FILE),
    /** Opus in a file named {@code .ogg}. */
    OGG(Codec.OPUS, Container.OGG),
    /** Opus in a Matroska file, which holds every other codec too when copied. */
    MKA(Codec.OPUS, Container.MKA),
    /** The codec of the source, in the container that fits it best. */
    SAME(null, null);

    private final @org.jspecify.annotations.Nullable Codec codec;
    private final @org.jspecify.annotations.Nullable Container container;

    AudioFormat(
            @org.jspecify.annotations.Nullable Codec codec, @org.jspecify.annotations.Nullable Container container) {
        this.codec = codec;
        this.container = container;
    }

    /** What this format encodes to; nothing for {@link #SAME}. */
    public Optional<Codec> codec() {
        return Optional.ofNullable(codec);
    }

    /** Nothing for {@link #SAME}. */
    public Optional<Container> container() {
        return Optional.ofNullable(container);
    }

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By the name on the command line, in any case. */
    public static Optional<AudioFormat> named(String label) {
        for (AudioFormat format : values()) {
            if (format.label().equalsIgnoreCase(label)) return Optional.of(format);
        }
        return Optional.empty();
    }

    /** What an output's file extension asks for. */
    public static Optional<AudioFormat> ofExtension(String extension) {
        return switch (extension.toLowerCase(Locale.ROOT)) {
            case "mp3" -> Optional.of(MP3);
            case "m4a", "m4b" -> Optional.of(M4A);
            case "aac" -> Optional.of(AAC);
            case "flac" -> Optional.of(FLAC);
            case "wav", "wave" -> Optional.of(WAV);
            case "pcm", "raw" -> Optional.of(PCM);
            case "opus" -> Optional.of(OPUS);
            case "ogg", "oga" -> Optional.of(OGG);
            case "mka" -> Optional.of(MKA);
            default -> Optional.empty();
        };
    }
}
