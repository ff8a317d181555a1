package dev.soundlift.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** Pieces of a file that were fetched; the oldest are forgotten. Thread-safe. */
final class Chunks {
    private static final long MOST_BYTES = 16 << 20;

    /** What a piece costs besides its bytes. */
    private static final int OVERHEAD_BYTES = 128;

    private final TreeMap<Long, byte[]> byPosition = new TreeMap<>();
    private final Deque<Long> byAge = new ArrayDeque<>();
    private final long mostBytes;
    private long bytes;

    Chunks() {
        this(MOST_BYTES);
    }

    Chunks(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized void put(long position, byte[] chunk) {
        byte[] earlier = byPosition.put(position, chunk);
        if (earlier == null) byAge.add(position);
        bytes += cost(chunk) - (earlier == null ? 0 : cost(earlier));
        while (bytes > mostBytes && byAge.size() > 1) {
            byte[] oldest = byPosition.remove(byAge.remove());
            bytes -= oldest == null ? 0 : cost(oldest);
        }
    }

    private static int cost(byte[] chunk) {
        return chunk.length + OVERHEAD_BYTES;
    }

    synchronized boolean has(long position) {
        Map.Entry<Long, byte[]> chunk = byPosition.floorEntry(position);
        return chunk != null && position < chunk.getKey() + chunk.getValue().length;
    }

    /** How many bytes from a position on are not here. */
    synchronized long freeAfter(long position) {
        Long next = byPosition.higherKey(position);
        return next == null ? Long.MAX_VALUE : next - position;
    }

    /** As many bytes as fit and are here; returns how many, which is 0 where there are none. */
    synchronized int copy(long position, ByteBuffer buffer) {
        Map.Entry<Long, byte[]> chunk = byPosition.floorEntry(position);
        if (chunk == null) return 0;
        long from = position - chunk.getKey();
        int length = (int) Math.min(buffer.remaining(), Math.max(0, chunk.getValue().length - from));
        if (length > 0) buffer.put(chunk.getValue(), (int) from, length);
        return length;
    }

    /** The first position from this one on that is not here. */
    synchronized long missingFrom(long position) {
        long at = position;
        while (true) {
            Map.Entry<Long, byte[]> chunk = byPosition.floorEntry(at);
            long end = chunk == null ? 0 : chunk.getKey() + chunk.getValue().length;
            if (end <= at) return at;
            at = end;
        }
    }

    /** The bytes of these stretches, one after the other. */
    byte[] all(long[] edges) throws IOException {
        int length = 0;
        for (int i = 0; i < edges.length; i += 2) length += (int) (edges[i + 1] - edges[i]);
        ByteBuffer all = ByteBuffer.allocate(length);
        for (int i = 0; i < edges.length; i += 2) {
            all.limit((int) (all.position() + edges[i + 1] - edges[i]));
            for (long at = edges[i]; all.hasRemaining(); ) {
                int copied = copy(at, all);
                if (copied == 0) throw new IOException("forgotten already");
                at += copied;
            }
        }
        return all.array();
    }
}
