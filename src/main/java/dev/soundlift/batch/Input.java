package dev.soundlift.batch;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.request.ExtractionRequest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One thing that is to be converted, or what was typed or found that cannot be.
 *
 * @param wishes where they differ from those for all inputs
 * @param unusable why not
 */
public record Input(MediaSource source, Optional<ExtractionRequest> wishes, Optional<ExtractionException> unusable) {

    public static Input of(MediaSource source) {
        return new Input(source, Optional.empty(), Optional.empty());
    }

    /** With wishes of its own. */
    public static Input of(MediaSource source, ExtractionRequest wishes) {
        return new Input(source, Optional.of(wishes), Optional.empty());
    }

    static Input of(Path file) {
        return of(new MediaSource.LocalFile(file));
    }

    /** What was typed and cannot be converted. */
    public static Input unusable(String typed, ExtractionException why) {
        return new Input(new MediaSource.Typed(typed), Optional.empty(), Optional.of(why));
    }

    /** Nothing for what is no file of this machine. */
    Optional<Path> file() {
        return source instanceof MediaSource.LocalFile local ? Optional.of(local.path()) : Optional.empty();
    }
}
