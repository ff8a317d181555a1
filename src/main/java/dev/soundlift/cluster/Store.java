package dev.soundlift.cluster;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where results, rows and notes are kept: all machines see the same. Names have slashes between their parts. Thread-safe. */
interface Store extends AutoCloseable {
    /** What became of a file that was to get a name. */
    enum Given {
        NEW,
        /** The name has what was made for the same item, say by an attempt whose machine was lost right after. */
        SAME,
        /** The name has something else, which was left as it is. */
        OTHER
    }

    /** The store of an output's words: {@code s3://bucket/prefix/}, or a folder that all machines share. */
    static Store of(String output) throws ExtractionException {
        if (output.startsWith("s3://")) return S3Store.of(output);
        if (output.contains("://")) {
            throw new ExtractionException(
                    ErrorKind.USAGE, Text.of("error.cluster-output", output), Text.of("next.cluster-output"));
        }
        return new FolderStore(Path.of(output).toAbsolutePath().normalize());
    }

    /** As reports and people call what has this name. */
    String called(String name);

    /**
     * Gives a name to a whole file, at once.
     *
     * @param key of the item that it was made for
     * @param replace whether what has the name goes
     */
    Given give(Path file, String name, String key, boolean replace) throws IOException;

    /** Writes a note, in the place of one of that name. */
    void write(String name, String text) throws IOException;

    Optional<String> read(String name) throws IOException;

    /** Nothing happens where there is none. */
    void delete(String name) throws IOException;

    /** The names that begin so. */
    List<String> list(String folder) throws IOException;

    /** Takes away what machines left that were killed some time ago. */
    void tidy() throws IOException;

    @Override
    void close();
}
