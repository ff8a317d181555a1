package dev.soundlift.cli;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.output.TemporaryFolder;
import dev.soundlift.request.Destination;
import dev.soundlift.request.OnExists;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Standard output as a destination: the result is written to a private temporary folder and verified there, and only then
 * sent on. Formats that patch their header at the end are whole this way, and no byte of a bad result gets out.
 */
final class StandardOutput implements AutoCloseable {
    private final TemporaryFolder folder;
    private Optional<Path> delivered = Optional.empty();

    private StandardOutput(TemporaryFolder folder) {
        this.folder = folder;
    }

    static boolean isMeant(Destination destination) {
        return destination.output().equals(Optional.of("-"));
    }

    static StandardOutput open() throws ExtractionException {
        try {
            return new StandardOutput(TemporaryFolder.open());
        } catch (IOException refused) {
            throw unwritable(refused);
        }
    }

    private static ExtractionException unwritable(IOException cause) {
        return new ExtractionException(
                ErrorKind.NOT_WRITABLE,
                Text.of("error.spool", String.valueOf(cause.getMessage())),
                Text.of("next.spool"),
                cause);
    }

    Destination destination() {
        return new Destination(Optional.of(folder.path() + "/"), OnExists.FAIL);
    }

    /** Remembers the one file; false for a second one. */
    boolean take(Path file) {
        if (delivered.isPresent()) return false;
        delivered = Optional.of(file);
        return true;
    }

    /** Nothing, where nothing was delivered. A reader that has gone away ends it quietly: the stream remembers that. */
    void send(PrintStream out) throws ExtractionException {
        if (delivered.isEmpty()) return;
        try (InputStream file = Files.newInputStream(delivered.get())) {
            close(); // an open file needs no name, and so nothing is left behind should we be killed
            byte[] piece = new byte[1 << 16];
            for (int read; (read = file.read(piece)) >= 0 && !out.checkError(); ) out.write(piece, 0, read);
            out.flush();
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
