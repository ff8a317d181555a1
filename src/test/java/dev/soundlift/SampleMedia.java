package dev.soundlift;

import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A video of one minute with the tracks that a test gives it. */
public final class SampleMedia {
    public static final Duration LENGTH = Duration.ofSeconds(60);

    private SampleMedia() {}

    public static MediaInfo with(AudioTrack... tracks) {
        return at(Path.of("films", "talk.mkv"), tracks);
    }

    public static MediaInfo at(Path path, AudioTrack... tracks) {
        return reopened(path, "matroska,webm", List.of(tracks));
    }

    /** A file as a prober finds it. */
    public static MediaInfo reopened(Path path, String container, List<AudioTrack> tracks) {
        return of(path, container, Optional.of(LENGTH), false, tracks, List.of(), Map.of());
    }

    public static MediaInfo of(
            Optional<Duration> length, List<AudioTrack> tracks, List<Chapter> chapters, Map<String, String> tags) {
        return of(Path.of("films", "talk.mkv"), "matroska,webm", length, false, tracks, chapters, tags);
    }

    /** One whose length is only guessed, as that of a raw stream. */
    public static MediaInfo guessed(AudioTrack... tracks) {
        return of(Path.of("talk.aac"), "aac", Optional.of(LENGTH), true, List.of(tracks), List.of(), Map.of());
    }

    private static MediaInfo of(
            Path path,
            String container,
            Optional<Duration> length,
            boolean estimated,
            List<AudioTrack> tracks,
            List<Chapter> chapters,
            Map<String, String> tags) {
        return new MediaInfo(
                new MediaSource.LocalFile(path), container, length, estimated, tracks, chapters, tags, true, false);
    }
}
