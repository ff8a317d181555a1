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
        return new MediaInfo(
                new MediaSource.LocalFile(path),
                "matroska,webm",
                Optional.of(LENGTH),
                false,
                List.of(tracks),
                List.of(),
                Map.of(),
                true,
                false);
    }

    public static MediaInfo of(
            Optional<Duration> length, List<AudioTrack> tracks, List<Chapter> chapters, Map<String, String> tags) {
        return new MediaInfo(
                new MediaSource.LocalFile(Path.of("films", "talk.mkv")),
                "matroska,webm",
                length,
                false,
                tracks,
                chapters,
                tags,
                true,
                false);
    }
}
