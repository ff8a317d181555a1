package dev.soundlift.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongPredicate;

/** Pieces of a file that were fetched; the oldest are forgotten, but none whose beginning somebody still waits for. Thread-safe. */
final class Chunks {
    private static final long MOST_BYTES = 16 << 20;

    /** What a piece costs besides its bytes. */
    private static final int OVERHEAD_BYTES = 128;

    private final TreeMap<Long, byte[]> byPosition = new TreeMap<>();
    private final Deque<Long> byAge = new ArrayDeque<>();
    private final List<LongPredicate> waiting = new CopyOnWriteArrayList<>();
    private final long mostBytes;
    private long bytes;

    Chunks() {
        this(MOST_BYTES);
    }

    Chunks(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Keeps what of it is not here: one piece over another would hide where the longer one ends. */
    synchronized void put(long position, byte[] chunk) {
        long end = position + chunk.length;
        long at = missingFrom(position);
        while (at < end) {
            int from = (int) (at - position);
            int to = (int) Math.min(chunk.length - from, freeAfter(at)) + from;
            byte[] missing = to - from == chunk.length ? chunk : Arrays.copyOfRange(chunk, from, to);
            byPosition.put(at, missing);
            byAge.add(at);
            bytes += cost(missing);
            at += missing.length;
            if (at < end) at = missingFrom(at);
        }
        for (int left = byAge.size(); bytes > mostBytes && left > 1; left--) {
            long oldest = byAge.remove();
            if (isAwaited(oldest)) {
                byAge.add(oldest);
                continue;
            }
            byte[] forgotten = byPosition.remove(oldest);
            bytes -= forgotten == null ? 0 : cost(forgotten);
        }
    }

    private boolean isAwaited(long position) {
        for (LongPredicate awaited : waiting) if (awaited.test(position)) return true;
        return false;
    }

    /** From now on a piece is not forgotten while this holds for its position. */
    void keep(LongPredicate awaited) {
        waiting.add(awaited);
    }

    /** What was to be kept so is as any other again. */
    void letGo(LongPredicate awaited) {
        waiting.remove(awaited);
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

    /** The last position up to this one before which something is not here. */
    synchronized long missingUntil(long position) {
        long at = position;
        while (true) {
            Map.Entry<Long, byte[]> chunk = byPosition.lowerEntry(at);
            if (chunk == null || chunk.getKey() + chunk.getValue().length < at) return at;
            at = chunk.getKey();
        }
    }

    /** What of these stretches is not here. */
    synchronized long[] missing(long[] edges) {
        long[] missing = new long[edges.length];
        int count = 0;
        for (int i = 0; i < edges.length; i += 2) {
            long from = missingFrom(edges[i]);
            if (from >= edges[i + 1]) continue;
            missing[count++] = from;
            missing[count++] = missingUntil(edges[i + 1]);
        }
        return Arrays.copyOf(missing, count);
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
