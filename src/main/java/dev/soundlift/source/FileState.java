package dev.soundlift.source;

import dev.soundlift.media.MediaSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;

/**
 * What a file looked like at a moment, to tell whether somebody writes to it. The same for all that is no file.
 *
 * @param bytes its length; negative where it cannot be told
 */
record FileState(long bytes, FileTime written) {
    private static final FileState UNKNOWN = new FileState(-1, FileTime.fromMillis(0));

    static FileState of(MediaSource source) {
        if (!(source instanceof MediaSource.LocalFile local)) return UNKNOWN;
        try {
            return new FileState(Files.size(local.path()), Files.getLastModifiedTime(local.path()));
        } catch (IOException gone) {
            return UNKNOWN;
        }
    }

    SourceChange changeTo(FileState later) {
        if (bytes < 0 || later.bytes < 0 || equals(later)) return SourceChange.NONE;
        return later.bytes > bytes ? SourceChange.GREW : SourceChange.REWRITTEN;
    }
}
