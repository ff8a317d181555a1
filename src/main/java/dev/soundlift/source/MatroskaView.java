package dev.soundlift.source;

import dev.soundlift.engine.RangeReader;
import dev.soundlift.engine.Stretches;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A Matroska file in which blocks of unwanted tracks are void. FFmpeg reads every block of a file, whoever wants it; a Void
 * element it skips. So the one byte of a block's ID is shown as that of a Void (both have one byte), and what is in it is
 * never read: the demuxer does not look, and where it reads over a short one it gets zeros. All else is shown as it is,
 * and from the first thing that is unusual on, everything is (unknown sizes, lengths that do not add up, foreign elements).
 */
public final class MatroskaView implements RangeReader {
    private static final byte VOID = (byte) 0xEC;
    private static final int ZEROS_BYTES = 4096;
    private static final byte[] ZEROS = new byte[ZEROS_BYTES];
    /** FFmpeg reads over a shorter gap rather than seek (aviobuf.c, SHORT_SEEK_THRESHOLD). */
    private static final long WORTH_A_SEEK = 32 << 10;
    /** A jump further ahead is a seek by the index, which leads to a cluster. */
    private static final long SEEK = 1 << 20;
    /** What FFmpeg takes for a broken block. */
    private static final long LARGEST_BLOCK = 1 << 28;
    /** Hours of pictures are millions of blocks; so many are kept before those of earlier clusters are forgotten. */
    private static final int MOST_BLOCKS = 1 << 16;
    /** A day of one-second clusters is not looked for in a file without an index. */
    private static final int MOST_CLUSTERS = 20_000;
    /** What else may stand in a cluster: time stamp, position, previous size, silent tracks, void, check sum. */
    private static final Set<Long> OF_CLUSTER = Set.of(0xE7L, 0xA7L, 0xABL, 0x5854L, 0xECL, 0xBFL);
    /** In a block group: duration, reference, priority, discard padding, codec state, additions. */
    private static final Set<Long> OF_GROUP = Set.of(0x9BL, 0xFBL, 0xFAL, 0x75A2L, 0xA4L, 0x75A1L);

    private static final Set<Long> OF_SEGMENT =
            Set.of(0x114D9B74L, 0x1549A966L, 0x1C53BB6BL, 0x1941A469L, 0x1043A770L, 0x1254C367L, 0xECL, 0xBFL);

    private final RangeReader file;
    private final Ebml ebml;

    private Set<Long> unwanted = Set.of();
    private long untilMicros;
    private long segmentEnd;
    private long firstCluster = Long.MAX_VALUE;
    /** Where the walk began, how far it has come, and the end of the cluster it is in: 0 between clusters. */
    private long from = Long.MAX_VALUE;

    private long walked;
    private long clusterEnd;
    private boolean lost;

    /** The void blocks since {@link #from}: three numbers each, where it starts, its content starts, and it ends. */
    private long[] blocks = new long[3 * 256];

    private int count;

    public MatroskaView(RangeReader file) {
        this.file = file;
        this.ebml = new Ebml(file);
    }

    /** A track as the file numbers it, and of which type: 1 video, 2 audio, 17 subtitles. */
    public record Track(long number, int type) {}

    /**
     * The file's tracks in the order in which they are declared, where it is plain enough for blocks to be left out;
     * otherwise none. The tracks must come before the first cluster.
     */
    public List<Track> tracks() throws IOException, ExtractionException {
        long size = file.size().orElse(0);
        Optional<Ebml.Element> head = ebml.at(0, size);
        if (head.isEmpty() || head.get().id() != Ebml.HEADER) return List.of();
        Optional<Ebml.Element> segment = ebml.at(head.get().end(), size);
        if (segment.isEmpty() || segment.get().id() != Ebml.SEGMENT) return List.of();
        segmentEnd = segment.get().end();
        List<Track> tracks = List.of();
        long position = segment.get().payload();
        while (true) {
            Optional<Ebml.Element> element = ebml.at(position, segmentEnd);
            if (element.isEmpty()) return List.of();
            if (element.get().id() == Ebml.CLUSTER) break;
            boolean again = element.get().id() == Ebml.TRACKS && !tracks.isEmpty();
            if (again) return List.of();
            if (element.get().id() == Ebml.TRACKS) tracks = tracks(element.get());
            else if (!OF_SEGMENT.contains(element.get().id())) return List.of();
            position = element.get().end();
        }
        from = position;
        firstCluster = position;
        boolean numbersDiffer = tracks.stream().map(Track::number).distinct().count() == tracks.size();
        return numbersDiffer ? tracks : List.of();
    }

    private List<Track> tracks(Ebml.Element all) throws IOException, ExtractionException {
        List<Track> tracks = new ArrayList<>();
        for (long position = all.payload(); position < all.end(); ) {
            Optional<Ebml.Element> entry = ebml.at(position, all.end());
            if (entry.isEmpty()) return List.of();
            if (entry.get().id() == Ebml.TRACK_ENTRY) {
                Track track = track(entry.get());
                if (track.number() <= 0 || track.type() <= 0) return List.of();
                tracks.add(track);
            }
            position = entry.get().end();
        }
        return tracks;
    }

    private Track track(Ebml.Element entry) throws IOException, ExtractionException {
        long number = -1;
        long type = -1;
        for (long position = entry.payload(); position < entry.end(); ) {
            Optional<Ebml.Element> element = ebml.at(position, entry.end());
            if (element.isEmpty()) return new Track(-1, -1);
            if (element.get().id() == Ebml.TRACK_NUMBER) number = ebml.unsigned(element.get());
            if (element.get().id() == Ebml.TRACK_TYPE) type = ebml.unsigned(element.get());
            position = element.get().end();
        }
        return new Track(number, (int) Math.max(-1, Math.min(255, type)));
    }

    /** Where a cluster begins, and its time stamp in ticks of the file. */
    public record Cluster(long position, long timestamp) {}

    /**
     * All clusters, found by leaping from each to the next; none where some element between them is unusual, or where they
     * are too many.
     */
    public List<Cluster> clusters() throws IOException, ExtractionException {
        if (firstCluster == Long.MAX_VALUE && tracks().isEmpty()) return List.of();
        List<Cluster> clusters = new ArrayList<>();
        for (long position = firstCluster; position < segmentEnd; ) {
            file.ahead(new Walk(position, false, Set.of(), 0));
            Optional<Ebml.Element> element = ebml.at(position, segmentEnd);
            if (element.isEmpty() || clusters.size() == MOST_CLUSTERS) return List.of();
            long id = element.get().id();
            if (id == Ebml.CLUSTER) {
                long timestamp = timestamp(element.get());
                if (timestamp < 0) return List.of();
                clusters.add(new Cluster(position, timestamp));
            } else if (!OF_SEGMENT.contains(id)) {
                return List.of();
            }
            position = element.get().end();
        }
        return clusters;
    }

    /** Before a cluster's time stamp only a check sum may stand (RFC 9559, section 5.1.3.1: it should come first). */
    private long timestamp(Ebml.Element cluster) throws IOException, ExtractionException {
        Optional<Ebml.Element> first = ebml.at(cluster.payload(), cluster.end());
        if (first.isPresent() && first.get().id() == Ebml.CHECK_SUM)
            first = ebml.at(first.get().end(), cluster.end());
        return first.isPresent() && first.get().id() == Ebml.TIMESTAMP ? ebml.unsigned(first.get()) : -1;
    }

    /**
     * From here on the blocks of these tracks are void. After {@link #tracks} has found some.
     *
     * @param position from where the demuxer is going to read on
     */
    public void leaveOut(Set<Long> trackNumbers, long position) throws IOException, ExtractionException {
        unwanted = Set.copyOf(trackNumbers);
        walked = from;
        while (!lost && walked < position) stepWhereItWasRead();
    }

    /** From here on all is read to a time on the file's clock. */
    public void readTo(long micros) {
        untilMicros = micros;
    }

    @Override
    public int read(long position, ByteBuffer buffer) throws IOException, ExtractionException {
        if (unwanted.isEmpty()) return file.read(position, buffer);
        if (!follow(position)) return limited(position, position < from ? from : Long.MAX_VALUE, buffer);
        int before = buffer.position();
        long at = position;
        while (buffer.hasRemaining()) {
            if (at >= walked && !lost) step();
            int block = blockAt(at);
            int read =
                    block < 0 || at >= blocks[block + 2] ? show(at, nextBlock(block), buffer) : hide(at, block, buffer);
            if (read < 0) break;
            at += read;
            boolean atLongContent = block >= 0 && at == blocks[block + 1] && blocks[block + 2] - at > WORTH_A_SEEK;
            if (read == 0 || atLongContent) break;
        }
        int all = buffer.position() - before;
        return all > 0 ? all : buffer.hasRemaining() ? -1 : 0;
    }

    /** Whether the walk has come, or can come, to a position. */
    private boolean follow(long position) throws IOException, ExtractionException {
        if (position < from) return begin(position);
        while (!lost && walked < position && position - walked <= SEEK) step();
        if (position <= walked || (lost && position < walked + SEEK)) return true;
        return begin(position);
    }

    /** Starts the walk anew where a cluster does; elsewhere there is nothing to go by. */
    private boolean begin(long position) throws IOException, ExtractionException {
        Optional<Ebml.Element> element = ebml.at(position, segmentEnd);
        if (element.isEmpty() || element.get().id() != Ebml.CLUSTER) return false;
        startAnew(position);
        walked = position;
        clusterEnd = 0;
        lost = false;
        return true;
    }

    /** Forgets what lies before a cluster: nobody reads on there but after a seek. */
    private void startAnew(long cluster) {
        from = cluster;
        count = 0;
    }

    /** Goes on by one element. */
    private void step() throws IOException, ExtractionException {
        file.ahead(new Walk(walked, true, unwanted, untilMicros));
        stepWhereItWasRead();
    }

    private void stepWhereItWasRead() throws IOException, ExtractionException {
        if (clusterEnd == walked) clusterEnd = 0;
        long limit = clusterEnd == 0 ? segmentEnd : clusterEnd;
        Optional<Ebml.Element> found = walked >= limit ? Optional.empty() : ebml.at(walked, limit);
        if (found.isEmpty()) {
            lost = true;
            return;
        }
        Ebml.Element element = found.get();
        if (clusterEnd == 0) {
            boolean cluster = element.id() == Ebml.CLUSTER;
            lost = !cluster && !OF_SEGMENT.contains(element.id());
            if (lost) return;
            clusterEnd = cluster ? element.end() : 0;
            walked = cluster ? element.payload() : element.end();
            if (cluster && count > MOST_BLOCKS) startAnew(element.start());
            return;
        }
        boolean block = element.id() == Ebml.SIMPLE_BLOCK || element.id() == Ebml.BLOCK_GROUP;
        lost = (!block && !OF_CLUSTER.contains(element.id())) || element.end() - element.payload() > LARGEST_BLOCK;
        if (lost) return;
        boolean isUnwanted =
                element.id() == Ebml.SIMPLE_BLOCK ? isUnwanted(element) : block && isUnwantedGroup(element);
        if (isUnwanted) add(element);
        walked = element.end();
    }

    private boolean isUnwanted(Ebml.Element block) throws IOException, ExtractionException {
        return unwanted.contains(ebml.vint(block.payload(), block.end()));
    }

    private boolean isUnwantedGroup(Ebml.Element group) throws IOException, ExtractionException {
        int blocksInside = 0;
        for (long position = group.payload(); position < group.end(); ) {
            Optional<Ebml.Element> element = ebml.at(position, group.end());
            if (element.isEmpty()) return false;
            boolean block = element.get().id() == Ebml.BLOCK;
            if (block && (blocksInside++ > 0 || !isUnwanted(element.get()))) return false;
            if (!block && !OF_GROUP.contains(element.get().id())) return false;
            position = element.get().end();
        }
        return blocksInside == 1;
    }

    private void add(Ebml.Element block) {
        if (3 * count == blocks.length) blocks = Arrays.copyOf(blocks, 2 * blocks.length);
        blocks[3 * count] = block.start();
        blocks[3 * count + 1] = block.payload();
        blocks[3 * count + 2] = block.end();
        count++;
    }

    /** The place in {@link #blocks} of the last one that starts at or before a position; negative for none. */
    private int blockAt(long position) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (blocks[3 * middle] <= position) low = middle + 1;
            else high = middle;
        }
        return 3 * (low - 1);
    }

    private long nextBlock(int block) {
        int next = block + 3;
        return next < 3 * count ? blocks[next] : Long.MAX_VALUE;
    }

    /** As it is, up to a limit and not beyond what has been walked. */
    private int show(long position, long next, ByteBuffer buffer) throws IOException, ExtractionException {
        long end = lost ? next : Math.min(next, walked);
        return limited(position, end, buffer);
    }

    private int hide(long position, int block, ByteBuffer buffer) throws IOException, ExtractionException {
        if (position < blocks[block + 1]) {
            int at = buffer.position();
            int read = limited(position, blocks[block + 1], buffer);
            if (read > 0 && position == blocks[block]) buffer.put(at, VOID);
            return read;
        }
        int length = (int) Math.min(Math.min(buffer.remaining(), ZEROS_BYTES), blocks[block + 2] - position);
        buffer.put(ZEROS, 0, length);
        return length;
    }

    private int limited(long position, long end, ByteBuffer buffer) throws IOException, ExtractionException {
        int limit = buffer.limit();
        buffer.limit((int) Math.min(limit, buffer.position() + Math.max(0, end - position)));
        try {
            return buffer.hasRemaining() ? file.read(position, buffer) : 0;
        } finally {
            buffer.limit(limit);
        }
    }

    @Override
    public OptionalLong size() throws IOException, ExtractionException {
        return file.size();
    }

    @Override
    public void expect(Supplier<Stretches> stretches) {
        file.expect(stretches);
    }

    @Override
    public long bytesRead() {
        return file.bytesRead();
    }

    @Override
    public void close() {
        file.close();
    }
}
