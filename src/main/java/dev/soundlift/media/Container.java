package dev.soundlift.media;

import static dev.soundlift.media.Codec.*;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The containers that we write, and which codecs fit into each. */
public enum Container {
    /** MP3 with ID3 tags and a LAME header. */
    MP3_FILE("mp3", "mp3", EnumSet.of(MP3)),
    /** MP4 (ISO/IEC 14496-14) with sound alone. */
    M4A("ipod", "m4a", EnumSet.of(AAC, ALAC)),
    /** A bare AAC stream (ISO/IEC 13818-7, ADTS). */
    ADTS("adts", "aac", EnumSet.of(AAC)),
    /** FLAC's own file. */
    FLAC_FILE("flac", "flac", EnumSet.of(FLAC)),
    /** RIFF WAVE. */
    WAV("wav", "wav", EnumSet.of(PCM_U8, PCM_S16LE, PCM_S24LE, PCM_S32LE, PCM_F32LE, PCM_F64LE, PCM_ALAW, PCM_MULAW)),
    /** Samples and nothing else. */
    RAW_PCM("", "pcm", EnumSet.of(PCM_S16LE, PCM_S24LE, PCM_S32LE, PCM_F32LE)),
    /** Ogg with Opus (RFC 7845). */
    OPUS_FILE("opus", "opus", EnumSet.of(OPUS)),
    /** Ogg (RFC 3533). */
    OGG("ogg", "ogg", EnumSet.of(OPUS, VORBIS, FLAC)),
    /** WavPack's own file. */
    WAVPACK_FILE("wv", "wv", EnumSet.of(WAVPACK)),
    /** True Audio's own file. */
    TTA_FILE("tta", "tta", EnumSet.of(TTA)),
    /** Matroska (RFC 9559) with sound alone. */
    MKA("matroska", "mka", EnumSet.allOf(Codec.class));

    private final String muxerName;
    private final String extension;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.copyOf, which cannot change
    private final Set<Codec> codecs;

    Container(String muxerName, String extension, Set<Codec> codecs) {
        this.muxerName = muxerName;
        this.extension = extension;
        this.codecs = Set.copyOf(codecs);
    }

    /** FFmpeg's name of the muxer; raw PCM has a muxer for every sample format, so it depends on the codec. */
    public String muxerName(Codec codec) {
        return this == RAW_PCM ? codec.ffmpegName().substring("pcm_".length()) : muxerName;
    }

    /** Without a dot. */
    public String extension() {
        return extension;
    }

    /** Whether its time stamps can say that the sound begins later than the clock, so that a copy stays in sync. */
    public boolean holdsOffset() {
        return this == M4A || this == MKA;
    }

    /** Whether it can hide what comes before the clock's start: an MP4 edit list can, Matroska has no negative times. */
    public boolean holdsEarlyStart() {
        return this == M4A;
    }

    /**
     * Whether it can say to the sample that players are to drop what is decoded before and after the wanted sound: MP4 by
     * edit list, Ogg by pre-skip and last position (RFC 7845), MP3 by the LAME tag. Plain samples need no hiding.
     */
    public boolean hidesEdges(Codec codec) {
        if (codec.linearPcm()) return true;
        return switch (this) {
            case M4A -> true;
            case MP3_FILE -> codec == MP3;
            case OPUS_FILE, OGG -> codec == OPUS;
            default -> false;
        };
    }

    /** Whether its tags are ID3. */
    public boolean holdsId3() {
        return this == MP3_FILE || this == WAV;
    }

    /** Whether we can put a picture into it. */
    public boolean holdsCover() {
        return switch (this) {
            case MP3_FILE, M4A, FLAC_FILE, OPUS_FILE, OGG, MKA, WAV -> true;
            case ADTS, RAW_PCM, WAVPACK_FILE, TTA_FILE -> false;
        };
    }

    /** Whether the codec may be in it. */
    public boolean holds(Codec codec) {
        return codecs.contains(codec);
    }

    /** The narrowest container made for this codec; Matroska audio as the last resort. */
    public static Container of(Codec codec) {
        for (Container container : values()) {
            if (container != RAW_PCM && container != ADTS && container.holds(codec)) return container;
        }
        return MKA;
    }

    /** The container that FFmpeg's muxer of this name writes, to recognise a file that was reopened. */
    public static Optional<Container> demuxedAs(String demuxerName) {
        return switch (demuxerName) {
            case "mp3" -> Optional.of(MP3_FILE);
            case "mov,mp4,m4a,3gp,3g2,mj2" -> Optional.of(M4A);
            case "aac" -> Optional.of(ADTS);
            case "flac" -> Optional.of(FLAC_FILE);
            case "wav" -> Optional.of(WAV);
            case "wv" -> Optional.of(WAVPACK_FILE);
            case "tta" -> Optional.of(TTA_FILE);
            case "ogg" -> Optional.of(OGG);
            case "matroska,webm" -> Optional.of(MKA);
            default -> Optional.empty();
        };
    }
}
