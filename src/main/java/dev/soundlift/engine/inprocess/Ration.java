package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.RangeReader;
import dev.soundlift.engine.Stretches;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A source that seems to end when so much of it has been read: FFmpeg reads on by itself through whatever lies before the
 * next packet that is wanted, and that may be all the rest of a film.
 */
final class Ration implements RangeReader {
    private final RangeReader source;
    private long until = Long.MAX_VALUE;

    Ration(RangeReader source) {
        this.source = source;
    }

    /** From here on so many more bytes may be read. */
    void allow(long bytes) {
        until = source.bytesRead() + bytes;
    }

    @Override
    public OptionalLong size() throws IOException, ExtractionException {
        return source.size();
    }

    @Override
    public int read(long position, ByteBuffer buffer) throws IOException, ExtractionException {
        return source.bytesRead() < until ? source.read(position, buffer) : -1;
    }

    @Override
    public void ahead(Walk walk) throws ExtractionException {
        source.ahead(walk);
    }

    @Override
    public void expect(Supplier<Stretches> stretches) {
        source.expect(stretches);
    }

    @Override
    public long bytesRead() {
        return source.bytesRead();
    }

    @Override
    public void close() {
        source.close();
    }
}
