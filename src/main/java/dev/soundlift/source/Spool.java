package dev.soundlift.source;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.RangeReader;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.output.TemporaryFolder;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What comes in one piece from the front to the end, kept in a temporary file so that any place of it can be read. The
 * file has no name from the moment it is made (on Windows the system deletes it), so that nothing is left of it even
 * after a kill. Fills itself in the background. Thread-safe.
 */
final class Spool implements AutoCloseable {
    private static final int PIECE_BYTES = 1 << 16;
    private static final long WAIT_MILLIS = 100;

    /** Where the bytes come from; a failure that is an {@link ExtractionException} is final. */
    interface Supply extends AutoCloseable {
        /** As {@link InputStream#read(byte[])}. */
        int read(byte[] piece) throws IOException, ExtractionException;

        @Override
        void close();
    }

    private final FileChannel file;
    private final Supply supply;
    private final long mostBytes;
    /** Negative where it is not known before the end. */
    private final long announced;

    private long filled;
    private boolean ended;
    private boolean closed;
    private @Nullable Exception failure;

    Spool(Supply supply, long announced, long mostBytes) throws ExtractionException {
        this.supply = supply;
        this.announced = announced;
        this.mostBytes = mostBytes;
        if (announced > mostBytes) {
            supply.close();
            throw tooLarge(mostBytes);
        }
        this.file = temporary();
        Thread filler = new Thread(this::fill, "spool");
        filler.setDaemon(true);
        filler.start();
    }

    static ExtractionException tooLarge(long mostBytes) {
        return new ExtractionException(
                ErrorKind.UNREADABLE, Text.of("error.too-large", Long.toString(mostBytes)), Text.of("next.too-large"));
    }

    private static FileChannel temporary() throws ExtractionException {
        Path folder = TemporaryFolder.place();
        Path path = folder.resolve(".soundlift-" + UUID.randomUUID() + ".spool");
        FileAttribute<?>[] onlyOurs =
                Files.getFileAttributeView(folder, java.nio.file.attribute.PosixFileAttributeView.class) == null
                        ? new FileAttribute<?>[0]
                        : new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        };
        try {
            return FileChannel.open(
                    path,
                    Set.of(
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE),
                    onlyOurs);
        } catch (IOException refused) {
            throw cannotKeep(refused);
        }
    }

    static ExtractionException cannotKeep(IOException cause) {
        boolean full = String.valueOf(cause.getMessage()).contains("No space");
        return new ExtractionException(
                full ? ErrorKind.NO_SPACE : ErrorKind.NOT_WRITABLE,
                Text.of("error.spool", String.valueOf(cause.getMessage())),
                Text.of("next.spool"),
                cause);
    }

    private void fill() {
        byte[] piece = new byte[PIECE_BYTES];
        try (supply) {
            for (int read = supply.read(piece); read >= 0; read = supply.read(piece)) {
                if (!keep(ByteBuffer.wrap(piece, 0, read))) return;
            }
            end(null);
        } catch (IOException | ExtractionException | RuntimeException failed) {
            end(failed);
        }
    }

    private boolean keep(ByteBuffer piece) throws ExtractionException {
        if (filled + piece.remaining() > mostBytes) throw tooLarge(mostBytes);
        long at = filled;
        try {
            while (piece.hasRemaining()) at += file.write(piece, at);
        } catch (IOException failed) {
            throw cannotKeep(failed);
        }
        synchronized (this) {
            filled = at;
            notifyAll();
            return !closed;
        }
    }

    private synchronized void end(@Nullable Exception why) {
        ended = true;
        failure = why;
        notifyAll();
    }

    /** Waits until there is something at the position, or it is known that there is nothing. */
    private synchronized void await(long position, Cancellation cancellation) throws IOException, ExtractionException {
        while (filled <= position && !ended) {
            cancellation.throwIfRequested();
            try {
                wait(WAIT_MILLIS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IOException(stop);
            }
        }
        cancellation.throwIfRequested();
        if (filled > position || failure == null) return;
        if (failure instanceof ExtractionException expected) throw expected;
        if (failure instanceof IOException broken) throw broken;
        throw new IllegalStateException(failure);
    }

    synchronized long filled() {
        return filled;
    }

    /** A view of the whole; the spool outlives it. */
    RangeReader reader(Cancellation cancellation) {
        return new RangeReader() {
            @Override
            public OptionalLong size() throws IOException, ExtractionException {
                if (announced >= 0) return OptionalLong.of(announced);
                await(Long.MAX_VALUE - 1, cancellation);
                return OptionalLong.of(filled());
            }

            @Override
            public int read(long position, ByteBuffer buffer) throws IOException, ExtractionException {
                await(position, cancellation);
                return file.read(buffer, position);
            }

            @Override
            public long bytesRead() {
                return filled();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        supply.close();
        try {
            file.close();
        } catch (IOException gone) {
            return; // it had no name
        }
    }
}
