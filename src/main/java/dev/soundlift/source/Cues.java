package dev.soundlift.source;

import dev.soundlift.engine.RangeReader;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The index of a Matroska file (RFC 9559, section 5.1.5). */
final class Cues {
    private static final long SEEK_HEAD = 0x114D9B74L;
    private static final long SEEK = 0x4DBB;
    private static final long SEEK_ID = 0x53AB;
    private static final long SEEK_POSITION = 0x53AC;
    private static final long CUES = 0x1C53BB6BL;
    private static final long CUE_POINT = 0xBB;
    private static final long CUE_TRACK_POSITIONS = 0xB7;
    private static final long CUE_CLUSTER_POSITION = 0xF1;

    private static final long MOST_BYTES = 1 << 21;

    private static final long CUE_TIME = 0xB3;
    private static final long INFO = 0x1549A966L;
    private static final long TIMESTAMP_SCALE = 0x2AD7B1L;

    /** What is interleaved is seldom further apart. */
    private static final long APART_MICROS = 1_000_000;

    private final Ebml ebml;
    private final long size;
    private final long segment;
    private long nanosPerTick = 1_000_000;
    /** When each cluster begins, in ticks, by where it does. */
    private final TreeMap<Long, Long> clusters = new TreeMap<>();

    private Cues(Ebml ebml, long size, long segment) {
        this.ebml = ebml;
        this.size = size;
        this.segment = segment;
    }

    /** Of a file: empty where it has none. */
    static Cues of(RangeReader file, ClusterWalk.Fetch fetch, long size) throws IOException, ExtractionException {
        Ebml ebml = new Ebml(new Window(file));
        Optional<Ebml.Element> head = ebml.at(0, size);
        Optional<Ebml.Element> segment =
                head.isEmpty() ? head : ebml.at(head.get().end(), size);
        boolean found = segment.isPresent() && segment.get().id() == Ebml.SEGMENT;
        Cues cues = new Cues(ebml, size, found ? segment.get().payload() : size);
        Optional<Ebml.Element> all = ebml.at(cues.position(), size);
        boolean plain = all.isPresent()
                && all.get().id() == CUES
                && all.get().end() - all.get().payload() <= MOST_BYTES;
        if (!plain) return cues;
        fetch.fetch(new long[] {all.get().payload(), all.get().end()});
        cues.collect(all.get());
        return cues;
    }

    /** Where the clusters begin that the index names, in order. */
    long[] clusters() {
        return clusters.keySet().stream().mapToLong(Long::longValue).toArray();
    }

    /** Where in the file all that is played before this has been read; 0 where the index does not tell. */
    long end(long micros) {
        if (micros == Long.MAX_VALUE) return size;
        if (micros <= 0 || clusters.isEmpty()) return 0;
        double ticks = (micros + APART_MICROS) * 1000.0 / nanosPerTick;
        return clusters.entrySet().stream()
                .filter(cluster -> cluster.getValue() > ticks)
                .mapToLong(Map.Entry::getKey)
                .findFirst()
                .orElse(size);
    }

    /** Where the index begins, if it does before the first cluster or is named there; else the end. */
    private long position() throws IOException, ExtractionException {
        long named = size;
        for (long at = segment; at < size; ) {
            Optional<Ebml.Element> element = ebml.at(at, size);
            if (element.isEmpty() || element.get().id() == Ebml.CLUSTER) break;
            if (element.get().id() == CUES) return at;
            if (element.get().id() == INFO) nanosPerTick = Math.max(nanosPerTick(element.get()), 1);
            if (element.get().id() == SEEK_HEAD) named = Math.min(named, named(element.get()));
            at = element.get().end();
        }
        return named;
    }

    private long nanosPerTick(Ebml.Element info) throws IOException, ExtractionException {
        long stated = value(info, TIMESTAMP_SCALE);
        return stated < 0 ? nanosPerTick : stated;
    }

    private long named(Ebml.Element head) throws IOException, ExtractionException {
        long position = size;
        for (long at = head.payload(); at < head.end(); ) {
            Optional<Ebml.Element> element = ebml.at(at, head.end());
            if (element.isEmpty()) break;
            boolean seek = element.get().id() == SEEK;
            if (seek && value(element.get(), SEEK_ID) == CUES) {
                long after = value(element.get(), SEEK_POSITION);
                if (after >= 0 && after < size - segment) position = segment + after;
            }
            at = element.get().end();
        }
        return position;
    }

    /** Of the first child of this kind; negative where there is none. */
    private long value(Ebml.Element parent, long id) throws IOException, ExtractionException {
        for (long at = parent.payload(); at < parent.end(); ) {
            Optional<Ebml.Element> element = ebml.at(at, parent.end());
            if (element.isEmpty()) break;
            if (element.get().id() == id) return ebml.unsigned(element.get());
            at = element.get().end();
        }
        return -1;
    }

    /** Points in the index, positions in a point, and of each the cluster: no deeper, whatever a file nests. */
    private void collect(Ebml.Element all) throws IOException, ExtractionException {
        for (Ebml.Element point : children(all, CUE_POINT)) {
            long ticks = value(point, CUE_TIME);
            for (Ebml.Element positions : children(point, CUE_TRACK_POSITIONS)) {
                for (Ebml.Element cluster : children(positions, CUE_CLUSTER_POSITION))
                    add(ebml.unsigned(cluster), ticks);
            }
        }
    }

    private List<Ebml.Element> children(Ebml.Element parent, long id) throws IOException, ExtractionException {
        List<Ebml.Element> found = new ArrayList<>();
        for (long at = parent.payload(); at < parent.end(); ) {
            Optional<Ebml.Element> element = ebml.at(at, parent.end());
            if (element.isEmpty()) break;
            if (element.get().id() == id) found.add(element.get());
            at = element.get().end();
        }
        return found;
    }

    private void add(long afterSegment, long ticks) {
        if (afterSegment >= 0 && afterSegment < size - segment)
            clusters.merge(segment + afterSegment, ticks, Math::min);
    }
}
