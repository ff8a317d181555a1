package dev.soundlift.source;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.LocalBytes;
import dev.soundlift.engine.RangeReader;
import dev.soundlift.engine.Sources;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Files, web addresses and standard input. While a source is held, it is fetched once however often it is opened, and
 * reading it obeys a cancellation.
 */
public final class OpenSources implements Sources {
    private final Access access;
    private final Map<MediaSource, Hold> held = new ConcurrentHashMap<>();

    public OpenSources(Access access) {
        this.access = access;
    }

    /** Until it is closed, opening the source again costs nothing. */
    public Hold hold(MediaSource source, Cancellation cancellation) {
        Hold hold = new Hold(source, cancellation);
        Hold earlier = held.putIfAbsent(source, hold);
        // The same file twice at once: each has what it needs, but only the first is remembered
        return earlier == null ? hold : new Hold(source, cancellation);
    }

    @Override
    public RangeReader open(MediaSource source) throws ExtractionException {
        Hold hold = held.get(source);
        if (hold != null) return hold.open();
        Hold alone = new Hold(source, new Cancellation());
        try {
            return new Obedient(alone.open(), alone.cancellation, alone);
        } catch (ExtractionException failed) {
            alone.close();
            throw failed;
        }
    }

    /** A source that is kept at hand. */
    public final class Hold implements AutoCloseable {
        private final MediaSource source;
        private final Cancellation cancellation;
        private @Nullable Spool spool;
        private @Nullable RemoteFile remote;

        private Hold(MediaSource source, Cancellation cancellation) {
            this.source = source;
            this.cancellation = cancellation;
        }

        private synchronized RangeReader open() throws ExtractionException {
            if (source instanceof MediaSource.LocalFile local) {
                return new Obedient(LocalBytes.open(local.path()), cancellation, null);
            }
            if (source instanceof MediaSource.RemoteUrl url) {
                if (remote == null) remote = RemoteFile.open(url, access, cancellation);
                return remote.reader();
            }
            if (source instanceof MediaSource.StandardInput) {
                if (spool == null) spool = new Spool(new StandardInputSupply(), -1, access.mostBytes());
                RangeReader reader = spool.reader(cancellation);
                requireContent(reader);
                return reader;
            }
            throw new ExtractionException(
                    ErrorKind.UNREADABLE,
                    Text.of("error.input-kind", source.displayName()),
                    Text.of("next.unreadable"));
        }

        private void requireContent(RangeReader reader) throws ExtractionException {
            try {
                if (reader.read(0, ByteBuffer.allocate(1)) >= 0) return;
            } catch (IOException broken) {
                throw new ExtractionException(
                        ErrorKind.UNREADABLE,
                        Text.of("error.unreadable", source.displayName(), String.valueOf(broken.getMessage())),
                        Text.of("next.unreadable"),
                        broken);
            }
            throw new ExtractionException(
                    ErrorKind.UNREADABLE,
                    Text.of("error.input-empty", source.displayName()),
                    Text.of("next.input-empty"));
        }

        @Override
        public synchronized void close() {
            held.remove(source, this);
            if (spool != null) spool.close();
            if (remote != null) remote.close();
        }
    }

    /** Hears the wish to stop with every read; closes what it stands on, and what that belongs to. */
    private record Obedient(
            RangeReader reader,
            Cancellation cancellation,
            @Nullable Hold owner) implements RangeReader {
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
        public long bytesRead() {
            return reader.bytesRead();
        }

        @Override
        public void close() {
            reader.close();
            if (owner != null) owner.close();
        }
    }
}
