package dev.soundlift.source;

import dev.soundlift.engine.RangeReader;
import dev.soundlift.engine.Stretches;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Reads little after a jump, and more the longer it goes straight on: a demuxer that skips costs what it uses, and one
 * that reads everything pays few calls.
 */
public final class Window implements RangeReader {
    private static final int FEWEST_BYTES = 1 << 9;
    private static final int MOST_BYTES = 128 << 10;

    private final RangeReader source;
    private final ByteBuffer window = ByteBuffer.allocateDirect(MOST_BYTES);
    private long start;
    private long expected = -1;
    private int ahead = FEWEST_BYTES;

    public Window(RangeReader source) {
        this.source = source;
        window.limit(0);
    }

    @Override
    public int read(long position, ByteBuffer buffer) throws IOException, ExtractionException {
        if (!buffer.hasRemaining()) return 0;
        boolean here = position >= start && position < start + window.limit();
        if (!here) {
            ahead = position == expected ? Math.min(MOST_BYTES, 2 * ahead) : FEWEST_BYTES;
            if (buffer.remaining() >= MOST_BYTES) return straight(position, buffer);
            fill(position);
            if (window.limit() == 0) return -1;
        }
        int length = (int) Math.min(buffer.remaining(), start + window.limit() - position);
        buffer.put(buffer.position(), window, (int) (position - start), length);
        buffer.position(buffer.position() + length);
        return length;
    }

    private int straight(long position, ByteBuffer buffer) throws IOException, ExtractionException {
        int read = source.read(position, buffer);
        expected = position + Math.max(0, read);
        return read;
    }

    private void fill(long position) throws IOException, ExtractionException {
        window.clear().limit(ahead);
        start = position;
        int read = 0;
        try {
            read = Math.max(0, source.read(position, window));
        } finally {
            window.position(0).limit(read);
            expected = position + read;
        }
    }

    @Override
    public void ahead(Walk walk) throws ExtractionException {
        source.ahead(walk);
    }

    @Override
    public OptionalLong size() throws IOException, ExtractionException {
        return source.size();
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
