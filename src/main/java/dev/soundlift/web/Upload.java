package dev.soundlift.web;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that its page sends from beginning to end, where it has no line over which it could be asked for parts. What has
 * come can be read while the rest is on its way. Thread-safe.
 */
final class Upload implements AutoCloseable {
    private static final int PIECE_BYTES = 1 << 16;
    private static final long LOOK_MILLIS = 100;

    private final Path file;
    private final long size;
    private long filled;
    private boolean taken;
    private boolean closed;
    private @Nullable ExtractionException failure;

    /**
     * Nothing has come.
     *
     * @param file to be written
     * @param size in bytes that will come
     */
    Upload(Path file, long size) {
        this.file = file;
        this.size = size;
    }

    /** What is still to come of it. */
    synchronized long missing() {
        return closed || failure != null ? 0 : size - filled;
    }

    /**
     * Refuses what does not fit on the disk, before any of it has come.
     *
     * @param promised bytes that others are still going to send there
     */
    void requireRoom(long promised) throws ExtractionException {
        try {
            long free = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
            if (free - Jobs.SPARED_BYTES - promised >= size) return;
        } catch (IOException unknown) {
            return; // then it is told when it is full
        }
        throw new ExtractionException(ErrorKind.NO_SPACE, Text.of("error.web-no-room"), Text.of("next.web-no-room"));
    }

    /**
     * Takes all of it.
     *
     * @throws ExtractionException where less came than was said, or it cannot be written: readers are told the same
     */
    void take(InputStream in) throws ExtractionException {
        synchronized (this) {
            if (taken)
                throw new ExtractionException(ErrorKind.USAGE, Text.of("error.web-body"), Text.of("next.web-body"));
            taken = true;
        }
        boolean whole = false;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] piece = new byte[PIECE_BYTES];
            for (long at = 0; at < size; ) {
                int read = read(in, piece, (int) Math.min(piece.length, size - at));
                write(channel, ByteBuffer.wrap(piece, 0, read));
                at += read;
                came(at);
            }
            whole = true;
        } catch (IOException full) {
            throw failed(new ExtractionException(
                    ErrorKind.NO_SPACE, Text.of("error.web-no-room"), Text.of("next.web-no-room"), full));
        } finally {
            if (!whole) delete(); // nobody can ever read it
        }
    }

    private int read(InputStream in, byte[] piece, int most) throws ExtractionException {
        IOException why;
        try {
            int read = in.read(piece, 0, most);
            if (read > 0) return read;
            why = new IOException("less than was said");
        } catch (IOException broken) {
            why = broken;
        }
        throw failed(new ExtractionException(
                ErrorKind.NETWORK, Text.of("error.web-upload-broke"), Text.of("next.page-unreadable"), why));
    }

    private void write(FileChannel channel, ByteBuffer piece) throws IOException, ExtractionException {
        synchronized (this) {
            if (closed) throw failed(gone());
        }
        while (piece.hasRemaining()) {
            int unused = channel.write(piece);
        }
    }

    private synchronized void came(long all) {
        filled = all;
        notifyAll();
    }

    private synchronized ExtractionException failed(ExtractionException why) {
        failure = why;
        notifyAll();
        return why;
    }

    private static ExtractionException gone() {
        return new ExtractionException(ErrorKind.NETWORK, Text.of("error.page-gone"), Text.of("next.page-gone"));
    }

    /** Waits until it has come. */
    byte[] slice(long position, int length, Cancellation cancellation) throws ExtractionException {
        await(position + length, cancellation);
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(file)) {
            while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {}
        } catch (IOException deleted) {
            throw new ExtractionException(
                    ErrorKind.NETWORK, Text.of("error.page-gone"), Text.of("next.page-gone"), deleted);
        }
        return bytes.array();
    }

    private synchronized void await(long end, Cancellation cancellation) throws ExtractionException {
        while (true) {
            cancellation.throwIfRequested();
            ExtractionException why = failure;
            if (why != null) throw new ExtractionException(why.kind(), why.whatHappened(), why.nextStep(), why);
            if (closed) throw gone();
            if (filled >= end) return;
            try {
                wait(LOOK_MILLIS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new ExtractionException(
                        ErrorKind.INTERRUPTED, Text.of("error.interrupted"), Text.of("next.interrupted"), stopped);
            }
        }
    }

    /** Deletes what has come. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        delete();
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stillRead) {
            // it goes with the folder
        }
    }
}
