package dev.soundlift.engine;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** A file of this machine. Thread-safe. */
public final class LocalBytes implements RangeReader {
    private final FileChannel channel;
    private final AtomicLong bytesRead = new AtomicLong();

    private LocalBytes(FileChannel channel) {
        this.channel = channel;
    }

    public static LocalBytes open(Path path) throws ExtractionException {
        requireReadable(path);
        try {
            return new LocalBytes(FileChannel.open(path, StandardOpenOption.READ));
        } catch (IOException refused) {
            throw new ExtractionException(
                    ErrorKind.UNREADABLE,
                    Text.of("error.unreadable", path.toString(), String.valueOf(refused.getMessage())),
                    Text.of("next.unreadable"),
                    refused);
        }
    }

    private static void requireReadable(Path path) throws ExtractionException {
        // In a folder that may not be searched, it is neither there nor not there
        boolean hidden = !Files.exists(path) && !Files.notExists(path) && !Files.isSymbolicLink(path);
        if (hidden) throw unreadable(path, "permission");
        String key = !Files.exists(path)
                ? "missing"
                : Files.isDirectory(path) ? "folder" : !Files.isRegularFile(path) ? "special" : "";
        if (!key.isEmpty()) throw unreadable(path, key);
        if (!Files.isReadable(path)) throw unreadable(path, "permission");
        if (path.toFile().length() == 0) throw unreadable(path, "empty");
    }

    private static ExtractionException unreadable(Path path, String key) {
        return new ExtractionException(
                ErrorKind.UNREADABLE, Text.of("error.input-" + key, path.toString()), Text.of("next.input-" + key));
    }

    /** As it is now: a file may grow while it is read. */
    @Override
    public OptionalLong size() throws IOException {
        return OptionalLong.of(channel.size());
    }

    @Override
    public int read(long position, ByteBuffer buffer) throws IOException {
        int read = channel.read(buffer, position);
        if (read > 0) bytesRead.addAndGet(read);
        return read;
    }

    @Override
    public long bytesRead() {
        return bytesRead.get();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException readOnly) {
            return; // nothing was written that could be lost
        }
    }
}
