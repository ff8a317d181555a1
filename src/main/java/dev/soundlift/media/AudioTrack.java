package dev.soundlift.media;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One audio track of a file, as the container and the first packets describe it.
 *
 * @param number counted from 1 among the audio tracks: what users type
 * @param streamIndex FFmpeg's index among all streams, counted from 0
 * @param codecName FFmpeg's name of the codec, such as {@code aac}
 * @param profile the codec's profile, such as {@code LC}; empty where there is none
 * @param bitsPerSecond of the compressed track, where known or to be computed
 * @param language as written in the file, usually ISO 639-2; empty where there is none
 * @param title the track's own title; empty where there is none
 * @param start of the first sample on the media clock
 * @param decodable whether the engine that probed has a decoder for it
 * @param encrypted whether the container says that the samples need a key
 * @param tags the track's own tags, keys as in the file
 */
public record AudioTrack(
        int number,
        int streamIndex,
        String codecName,
        String profile,
        AudioShape shape,
        OptionalLong bitsPerSecond,
        String language,
        String title,
        Set<TrackFlag> flags,
        Duration start,
        Optional<Duration> duration,
        boolean decodable,
        boolean encrypted,
        Map<String, String> tags) {

    /** Keeps copies of the collections. */
    public AudioTrack {
        flags = Set.copyOf(flags);
        tags = Map.copyOf(tags);
    }

    /** The codec, where it is one of those that we know how to hand on. */
    public Optional<Codec> codec() {
        return Codec.named(codecName);
    }

    /** Whether its packets mean something alone: those of an unknown codec, or of a part of a sound, do not. */
    public boolean copyable() {
        return !codecName.equals("none") && !codecName.equals("iamf");
    }

    /**
     * Whether it carries sound objects beside its channels (Dolby Atmos in E-AC-3 or TrueHD, DTS:X), which no free decoder
     * renders: only the channels are decoded.
     */
    public boolean carriesObjects() {
        return profile.contains("Atmos") || profile.contains("DTS:X");
    }

    /** Whether the container says so of it. */
    public boolean has(TrackFlag flag) {
        return flags.contains(flag);
    }
}
