package dev.soundlift.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Stretches of a file, in order and apart from each other. Immutable. */
public final class Stretches {
    public static final Stretches NONE = new Stretches(new long[0]);

    /** A stretch's first byte and the one after its last. */
    public record Stretch(long from, long to) {
        public Stretch {
            if (from < 0 || to <= from) throw new IllegalArgumentException("from " + from + " to " + to);
        }
    }

    /** The edges of each in turn. */
    private final long[] edges;

    private Stretches(long[] edges) {
        this.edges = edges;
    }

    /**
     * Puts together what is not far apart.
     *
     * @param gapBytes a gap that is no longer is read over
     */
    public static Stretches of(List<Stretch> stretches, long gapBytes) {
        long[] edges = new long[2 * stretches.size()];
        int count = 0;
        for (Stretch next : stretches.stream()
                .sorted(Comparator.comparingLong(Stretch::from))
                .toList()) {
            if (count > 0 && next.from() - edges[count - 1] <= gapBytes) {
                edges[count - 1] = Math.max(edges[count - 1], next.to());
            } else {
                edges[count++] = next.from();
                edges[count++] = next.to();
            }
        }
        return new Stretches(Arrays.copyOf(edges, count));
    }

    /**
     * What comes from a position on.
     *
     * @param mostBytes in all; the last one is cut off there
     * @param most how many
     * @return edges of each in turn; none where the position is in none of them
     */
    public long[] from(long position, long mostBytes, int most) {
        int first = firstEndingAfter(position);
        if (first == edges.length || edges[first] > position) return new long[0];
        long[] found = Arrays.copyOfRange(edges, first, Math.min(edges.length, first + 2 * most));
        found[0] = position;
        long left = mostBytes;
        for (int i = 0; i < found.length; i += 2) {
            left -= found[i + 1] - found[i];
            if (left > 0) continue;
            found[i + 1] += left;
            return Arrays.copyOf(found, i + 2);
        }
        return found;
    }

    /** The first position of a stretch that is not before this one; -1 where none is. */
    public long atOrAfter(long position) {
        int first = firstEndingAfter(position);
        return first == edges.length ? -1 : Math.max(position, edges[first]);
    }

    private int firstEndingAfter(long position) {
        int low = 0;
        int high = edges.length / 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (edges[2 * middle + 1] <= position) low = middle + 1;
            else high = middle;
        }
        return 2 * low;
    }
}
