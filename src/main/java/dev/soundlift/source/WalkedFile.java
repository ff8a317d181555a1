package dev.soundlift.source;

import dev.soundlift.engine.LocalBytes;
import dev.soundlift.engine.RangeReader;
import dev.soundlift.engine.Stretches;
import dev.soundlift.failure.ExtractionException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A file of this machine, in which several walk ahead of the reader: a disk answers some questions as soon as one. */
final class WalkedFile implements RangeReader, ClusterWalk.Fetch {
    private static final ClusterWalk.Effort EFFORT = new ClusterWalk.Effort(4, 16, 2 << 20);
    private static final int TOGETHER = 4;

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

    @Override
    public byte[] fetch(long[] edges) throws IOException {
        int length = 0;
        for (int i = 0; i < edges.length; i += 2) length += (int) (edges[i + 1] - edges[i]);
        ByteBuffer all = ByteBuffer.allocate(length);
        for (int i = 0; i < edges.length; i += 2) {
            int start = all.position();
            all.limit((int) (start + edges[i + 1] - edges[i]));
            while (all.hasRemaining()) {
                if (file.read(edges[i] + all.position() - start, all) <= 0) throw new EOFException();
            }
            chunks.put(edges[i], Arrays.copyOfRange(all.array(), start, all.limit()));
        }
        return all.array();
    }

    @Override
    public int together() {
        return TOGETHER;
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
