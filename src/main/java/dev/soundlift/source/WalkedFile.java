package dev.soundlift.source;

import dev.soundlift.engine.LocalBytes;
import dev.soundlift.engine.RangeReader;
import dev.soundlift.engine.Stretches;
import dev.soundlift.failure.ExtractionException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A file of this machine, in which several walk ahead of the reader: a disk answers some questions as soon as one. */
final class WalkedFile implements RangeReader, ClusterWalk.Fetch {
    private static final ClusterWalk.Effort EFFORT = new ClusterWalk.Effort(16, 2 << 20, 32, false);

    private final LocalBytes file;
    private final Chunks chunks = new Chunks(4 << 20);
    private @Nullable ClusterWalk walk;

    WalkedFile(LocalBytes file) {
        this.file = file;
    }

    @Override
    public OptionalLong size() throws IOException {
        return file.size();
    }

    @Override
    public int read(long position, ByteBuffer buffer) throws IOException {
        int copied = walk == null ? 0 : chunks.copy(position, buffer);
        return copied > 0 ? copied : file.read(position, buffer);
    }

    @Override
    public void ahead(Walk next) throws ExtractionException {
        try {
            ClusterWalk walking = walk;
            if (walking == null) {
                walking = new ClusterWalk(file, this, file.size().orElse(0), EFFORT);
                chunks.keep(walking::awaits);
                walk = walking;
            }
            walking.ahead(next);
        } catch (IOException broken) {
            return; // the next reading meets it again
        }
    }

    @Override
    public void expect(Supplier<Stretches> stretches) {
        file.expect(stretches);
    }

    /** One stretch, since nobody waits less for several. */
    @Override
    public byte[] fetch(long[] edges) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (edges[1] - edges[0]));
        while (bytes.hasRemaining()) {
            if (file.read(edges[0] + bytes.position(), bytes) <= 0) throw new EOFException();
        }
        chunks.put(edges[0], bytes.array());
        return bytes.array();
    }

    @Override
    public int together() {
        return 1;
    }

    @Override
    public int worthBytes() {
        return 2048;
    }

    @Override
    public long bytesRead() {
        return file.bytesRead();
    }

    @Override
    public void close() {
        if (walk != null) walk.close();
        file.close();
    }
}
