package dev.soundlift.media;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facts about one file, found by probing.
 *
 * @param container FFmpeg's name of the demuxer, such as {@code matroska,webm}
 * @param duration of the whole, from the media clock's zero on, where the container says or it can be estimated
 * @param durationEstimated whether the duration is a guess from the bit rate, as for raw streams without an index
 * @param tags of the whole file, keys as in the file, in the file's order
 */
public record MediaInfo(
        MediaSource source,
        String container,
        Optional<Duration> duration,
        boolean durationEstimated,
        List<AudioTrack> tracks,
        List<Chapter> chapters,
        Map<String, String> tags,
        boolean hasVideo,
        boolean hasCover) {

    /** Keeps copies of the lists. */
    public MediaInfo {
        tracks = List.copyOf(tracks);
        chapters = List.copyOf(chapters);
    }
}
