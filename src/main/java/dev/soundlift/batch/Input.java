package dev.soundlift.batch;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One thing that is to be converted, or what was typed or found that cannot be.
 *
 * @param unusable why not
 */
public record Input(MediaSource source, Optional<ExtractionException> unusable) {

    public static Input of(MediaSource source) {
        return new Input(source, Optional.empty());
    }

    static Input of(Path file) {
        return of(new MediaSource.LocalFile(file));
    }

    static Input unusable(String typed, ExtractionException why) {
        return new Input(new MediaSource.Typed(typed), Optional.of(why));
    }

    /** Nothing for what is no file of this machine. */
    Optional<Path> file() {
        return source instanceof MediaSource.LocalFile local ? Optional.of(local.path()) : Optional.empty();
    }
}
