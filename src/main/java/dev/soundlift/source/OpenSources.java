package dev.soundlift.source;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.LocalBytes;
import dev.soundlift.engine.RangeReader;
import dev.soundlift.engine.Sources;
import dev.soundlift.engine.Stretches;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.output.TemporaryFolder;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Files, web addresses, standard input, and what a keeper has. While a source is held, it is fetched once however often it is opened, and
 * reading it obeys a cancellation.
 */
public final class OpenSources implements Sources {
    /** Of what was fetched; it tells FFmpeg nothing, so that what is in it decides. */
    private static final String NAME = "source";

    private final Access access;
    private final Optional<Keeper> keeper;
    private final Map<Job, Hold> held = new ConcurrentHashMap<>();

    /** Whose source it is: a thread has one job at a time, and a source of two jobs is fetched for each of them. */
    private record Job(Thread thread, MediaSource source) {}

    /** Of files, web addresses and standard input. */
    public OpenSources(Access access) {
        this(access, Optional.empty());
    }

    /** @param keeper of the files that are handed to us, if anybody hands us any */
    public OpenSources(Access access, Optional<Keeper> keeper) {
        this.access = access;
        this.keeper = keeper;
    }

    /** Until it is closed, opening the source again in this thread costs nothing. */
    public Hold hold(MediaSource source, Cancellation cancellation) {
        Hold hold = new Hold(new Job(Thread.currentThread(), source), cancellation);
        held.put(hold.job, hold);
        return hold;
    }

    private @Nullable Hold holdOf(MediaSource source) {
        return held.get(new Job(Thread.currentThread(), source));
    }

    @Override
    public RangeReader open(MediaSource source) throws ExtractionException {
        Hold hold = holdOf(source);
        if (hold != null) return hold.open();
        Hold alone = new Hold(new Job(Thread.currentThread(), source), new Cancellation());
        try {
            return new Obedient(alone.open(), alone.cancellation, alone, bytes -> {});
        } catch (ExtractionException failed) {
            alone.close();
            throw failed;
        }
    }

    /** What is no file is fetched whole; without a hold, the file is there until the process ends. */
    @Override
    public Path file(MediaSource source) throws ExtractionException {
        if (source instanceof MediaSource.LocalFile) return Sources.super.file(source);
        Hold hold = holdOf(source);
        if (hold != null) return hold.file();
        Hold untilTheEnd = hold(source, new Cancellation());
        Runtime.getRuntime().addShutdownHook(new Thread(untilTheEnd::close));
        return untilTheEnd.file();
    }

    @Override
    public void alsoRead(MediaSource source, long bytes) {
        Hold hold = holdOf(source);
        // What was fetched for the other program is read by it from our copy
        if (hold != null && source instanceof MediaSource.LocalFile) hold.bytesRead.addAndGet(bytes);
    }

    /** A source that is kept at hand. */
    public final class Hold implements AutoCloseable {
        private final Job job;
        private final Cancellation cancellation;
        private final FileState begun;
        /** By readers that have been closed, and by other programs. */
        private final AtomicLong bytesRead = new AtomicLong();

        private @Nullable TemporaryFolder folder;
        private @Nullable Spool spool;
        private @Nullable RemoteFile remote;
        private @Nullable HandedFile handed;

        private Hold(Job job, Cancellation cancellation) {
            this.job = job;
            this.cancellation = cancellation;
            this.begun = FileState.of(job.source());
        }

        /** What became of the source, if it is a file, since it is held. */
        public SourceChange change() {
            return begun.changeTo(FileState.of(job.source()));
        }

        /** All that was read of the source since it is held, by whoever opened it. */
        public synchronized long bytesRead() {
            return bytesRead.get()
                    + (spool == null ? 0 : spool.filled())
                    + (remote == null ? 0 : remote.bytesRead())
                    + (handed == null ? 0 : handed.reader().bytesRead());
        }

        private synchronized Path file() throws ExtractionException {
            try {
                if (folder != null) return folder.path().resolve(NAME);
                folder = TemporaryFolder.open();
                Path file = folder.path().resolve(NAME);
                try (RangeReader reader = open();
                        FileChannel copy =
                                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    copyAll(reader, copy);
                }
                return file;
            } catch (IOException failed) {
                throw Spool.cannotKeep(failed);
            }
        }

        private void copyAll(RangeReader reader, FileChannel copy) throws IOException, ExtractionException {
            ByteBuffer piece = ByteBuffer.allocate(1 << 16);
            long at = 0;
            while (reader.read(at, piece) > 0) {
                cancellation.throwIfRequested();
                piece.flip();
                while (piece.hasRemaining()) at += copy.write(piece, at);
                piece.clear();
            }
        }

        public MediaSource source() {
            return job.source();
        }

        /** What reading it obeys. */
        public Cancellation cancellation() {
            return cancellation;
        }

        private synchronized RangeReader open() throws ExtractionException {
            MediaSource source = job.source();
            if (source instanceof MediaSource.LocalFile local) {
                RangeReader file = new WalkedFile(LocalBytes.open(local.path()));
                return new Obedient(file, cancellation, null, bytesRead::addAndGet);
            }
            if (source instanceof MediaSource.RemoteUrl url) {
                if (remote == null) remote = RemoteFile.open(url, access, cancellation);
                return remote.reader();
            }
            if (source instanceof MediaSource.Handed file && keeper.isPresent()) {
                if (handed == null) handed = new HandedFile(keeper.get(), file, cancellation);
                RangeReader reader = handed.reader();
                requireContent(reader, source.displayName());
                return reader;
            }
            if (source instanceof MediaSource.StandardInput) {
                if (spool == null) spool = new Spool(new StandardInputSupply(), -1, access.mostBytes());
                RangeReader reader = spool.reader(cancellation);
                requireContent(reader, source.displayName());
                return reader;
            }
            throw new ExtractionException(
                    ErrorKind.UNREADABLE,
                    Text.of("error.input-kind", source.displayName()),
                    Text.of("next.unreadable"));
        }

        private void requireContent(RangeReader reader, String name) throws ExtractionException {
            try {
                if (reader.read(0, ByteBuffer.allocate(1)) >= 0) return;
            } catch (IOException broken) {
                throw new ExtractionException(
                        ErrorKind.UNREADABLE,
                        Text.of("error.unreadable", name, String.valueOf(broken.getMessage())),
                        Text.of("next.unreadable"),
                        broken);
            }
            throw new ExtractionException(
                    ErrorKind.UNREADABLE, Text.of("error.input-empty", name), Text.of("next.input-empty"));
        }

        @Override
        public synchronized void close() {
            held.remove(job, this);
            if (folder != null) folder.close();
            if (spool != null) spool.close();
            if (remote != null) remote.close();
        }
    }

    /** Hears the wish to stop with every read; closes what it stands on, and what that belongs to. */
    private record Obedient(
            RangeReader reader,
            Cancellation cancellation,
            @Nullable Hold owner,
            LongConsumer read) implements RangeReader {
        @Override
        public OptionalLong size() throws IOException, ExtractionException {
            return reader.size();
        }

        @Override
        public int read(long position, ByteBuffer buffer) throws IOException, ExtractionException {
            cancellation.throwIfRequested();
            return reader.read(position, buffer);
        }

        @Override
        public void ahead(Walk walk) throws ExtractionException {
            reader.ahead(walk);
        }

        @Override
        public void expect(Supplier<Stretches> stretches) {
            reader.expect(stretches);
        }

        @Override
        public long bytesRead() {
            return reader.bytesRead();
        }

        @Override
        public void close() {
            read.accept(reader.bytesRead());
            reader.close();
            if (owner != null) owner.close();
        }
    }
}
