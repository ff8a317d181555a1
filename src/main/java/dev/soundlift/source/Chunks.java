package dev.soundlift.source;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** Pieces of a file that were fetched; the oldest are forgotten. */
final class Chunks {
    private static final long MOST_BYTES = 16 << 20;
    /** What a piece costs besides its bytes. */
    private static final int OVERHEAD_BYTES = 128;

    private final TreeMap<Long, byte[]> byPosition = new TreeMap<>();
    private final Deque<Long> byAge = new ArrayDeque<>();
    private long bytes;

    void put(long position, byte[] chunk) {
        byte[] earlier = byPosition.put(position, chunk);
        if (earlier == null) byAge.add(position);
        bytes += cost(chunk) - (earlier == null ? 0 : cost(earlier));
        while (bytes > MOST_BYTES && byAge.size() > 1) {
            byte[] oldest = byPosition.remove(byAge.remove());
            bytes -= oldest == null ? 0 : cost(oldest);
        }
    }

    private static int cost(byte[] chunk) {
        return chunk.length + OVERHEAD_BYTES;
    }

    boolean has(long position) {
        Map.Entry<Long, byte[]> chunk = byPosition.floorEntry(position);
        return chunk != null && position < chunk.getKey() + chunk.getValue().length;
    }

    /** How many bytes from a position on are not here. */
    long freeAfter(long position) {
        Long next = byPosition.higherKey(position);
        return next == null ? Long.MAX_VALUE : next - position;
    }

    /** From a position that is here, as many bytes as fit and are here; returns how many. */
    int copy(long position, ByteBuffer buffer) {
        Map.Entry<Long, byte[]> chunk = byPosition.floorEntry(position);
        int from = (int) (position - chunk.getKey());
        int length = Math.min(buffer.remaining(), chunk.getValue().length - from);
        buffer.put(chunk.getValue(), from, length);
        return length;
    }
}
