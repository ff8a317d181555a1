package dev.soundlift.engine;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.text.Text;

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
}
