package dev.soundlift.engine;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.text.Text;
import java.nio.file.Path;

/** Where engines get the bytes of a source from. Thread-safe. */
@FunctionalInterface
public interface Sources {
    /** Files of this machine and nothing else. */
    Sources FILES = source -> {
        if (source instanceof MediaSource.LocalFile file) return LocalBytes.open(file.path());
        throw new ExtractionException(
                ErrorKind.UNREADABLE, Text.of("error.input-kind", source.displayName()), Text.of("next.unreadable"));
    };

    RangeReader open(MediaSource source) throws ExtractionException;

    /** The same as a file that another program can open, for as long as it is needed. */
    default Path file(MediaSource source) throws ExtractionException {
        open(source).close(); // says why, where it cannot be read
        if (source instanceof MediaSource.LocalFile local) return local.path();
        throw new ExtractionException(
                ErrorKind.UNREADABLE, Text.of("error.input-kind", source.displayName()), Text.of("next.unreadable"));
    }

    /** Hears that another program has read so much of a source. */
    default void alsoRead(MediaSource source, long bytes) {}
}
