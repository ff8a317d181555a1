package dev.soundlift.engine.executable;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;

/** A source that can be handed to another program: a file that is there and can be read. */
final class InputFile {
    private InputFile() {}

    static Path of(MediaSource source) throws ExtractionException {
        if (!(source instanceof MediaSource.LocalFile local)) {
            throw new ExtractionException(
                    ErrorKind.NO_ENGINE, Text.of("error.files-only", source.displayName()), Text.of("next.files-only"));
        }
        Path path = local.path();
        String fault = !Files.exists(path)
                ? "missing"
                : Files.isDirectory(path)
                        ? "folder"
                        : !Files.isRegularFile(path)
                                ? "special"
                                : !Files.isReadable(path)
                                        ? "permission"
                                        : path.toFile().length() == 0 ? "empty" : "";
        if (fault.isEmpty()) return path;
        throw new ExtractionException(
                ErrorKind.UNREADABLE, Text.of("error.input-" + fault, path.toString()), Text.of("next.input-" + fault));
    }
}
