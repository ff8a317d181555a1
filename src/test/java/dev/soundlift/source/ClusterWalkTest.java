package dev.soundlift.source;

import static dev.soundlift.source.MatroskaBytes.element;
import static dev.soundlift.source.MatroskaBytes.number;
import static dev.soundlift.source.MatroskaBytes.seekHead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.LocalBytes;
import dev.soundlift.engine.RangeReader;
import dev.soundlift.engine.Stretches;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever walks ahead, and however a server answers them: what is read is what plain reading sees. */
class ClusterWalkTest {
    private static final int CLUSTERS = 40;
    private static final int ALL = Integer.MAX_VALUE;

    private final FaultyServer server = new FaultyServer();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    /** Which files, besides the plain one. */
    private enum Shape {
        PLAIN,
        WITHOUT_INDEX,
        WRONG_INDEX,
        DEEP_INDEX,
        UNKNOWN_SIZES
    }

    /** With flags of all kinds, laced ones too: what is in a block nobody looks at. */
    private static byte[] block(int track, int length, Random random) {
        byte[] block = new byte[length];
        random.nextBytes(block);
        block[0] = (byte) (0x80 | track);
        return block;
    }

    private static byte[] cluster(int index, Shape shape, Random random) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        if (index % 2 == 0) content.writeBytes(element("BF", new byte[4]));
        content.writeBytes(element("E7", number(index)));
        for (int i = random.nextInt(6); i >= 0; i--) {
            content.writeBytes(element("A3", block(1, 5_000 + random.nextInt(20_000), random)));
            for (int j = random.nextInt(3); j > 0; j--) {
                content.writeBytes(element("A3", block(2, 4 + random.nextInt(2_000), random)));
            }
            byte[] group = element(
                    "A0", element("A1", block(1 + i % 2, 4_000 + 9_000 * (i % 2), random)), element("9B", number(1)));
            content.writeBytes(group);
        }
        long size = shape == Shape.UNKNOWN_SIZES && index > 30 && index % 7 == 3
                ? (1L << 57) - 1
                : 1L << 56 | content.size();
        return element("1F43B675", size, content.toByteArray());
    }

    private static byte[] film(Shape shape) {
        return film(shape, CLUSTERS);
    }

    private static byte[] film(Shape shape, int clusterCount) {
        Random random = new Random(5);
        byte[] tracks = element(
                "1654AE6B",
                element("AE", element("D7", number(1)), element("83", number(1))),
                element("AE", element("D7", number(2)), element("83", number(2))));
        ByteArrayOutputStream clusters = new ByteArrayOutputStream();
        ByteArrayOutputStream points = new ByteArrayOutputStream();
        byte[] seekEmpty = seekHead(0);
        for (int i = 0; i < clusterCount; i++) {
            long position =
                    seekEmpty.length + tracks.length + clusters.size() + (shape == Shape.WRONG_INDEX ? i % 3 : 0);
            if (i % 3 == 0) points.writeBytes(element("BB", element("B7", element("F1", number(position)))));
            clusters.writeBytes(cluster(i, shape, random));
        }
        byte[] seek = seekHead(seekEmpty.length + tracks.length + clusters.size());
        byte[] cues = shape == Shape.WITHOUT_INDEX
                ? element("EC")
                : element("1C53BB6B", shape == Shape.DEEP_INDEX ? deep() : points.toByteArray());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(element("1A45DFA3"));
        file.writeBytes(element("18538067", seek, tracks, clusters.toByteArray(), cues));
        return file.toByteArray();
    }

    /** Points of an index in points, far deeper than a thread's stack. */
    private static byte[] deep() {
        int header = 9;
        ByteBuffer points = ByteBuffer.allocate(100_000 * header);
        while (points.hasRemaining()) {
            points.put((byte) 0xBB).putLong(0x01L << 56 | (points.remaining() - Long.BYTES));
        }
        return points.array();
    }

    /** Everything from the front to the end as a demuxer sees it, and closes the reader. */
    static byte[] seen(RangeReader reader, int length) throws Exception {
        return seen(reader, length, 0);
    }

    static byte[] seen(RangeReader reader, int length, long untilMicros) throws Exception {
        try (MatroskaView view = new MatroskaView(new Window(reader))) {
            view.readTo(untilMicros);
            if (!view.tracks().isEmpty()) view.leaveOut(Set.of(1L), 0);
            ByteBuffer all = ByteBuffer.allocate(length);
            while (all.hasRemaining()) {
                ByteBuffer piece = ByteBuffer.allocate(Math.min(4096, all.remaining()));
                int read = view.read(all.position(), piece);
                assertThat(read).isPositive();
                all.put(piece.flip());
            }
            return all.array();
        }
    }

    private RangeReader plain(byte[] file) throws IOException, ExtractionException {
        return LocalBytes.open(Files.write(folder.resolve("plain.mkv"), file));
    }

    private RemoteFile remote(URI uri, Cancellation cancellation) throws ExtractionException {
        Access access = new Access(true, Access.DEFAULT.mostBytes());
        return RemoteFile.open(new MediaSource.RemoteUrl(uri), access, cancellation);
    }

    private byte[] overTheNet(URI uri, int length) throws Exception {
        try (RemoteFile file = remote(uri, new Cancellation())) {
            return seen(file.reader(), length);
        }
    }

    static void same(byte[] walked, byte[] plain) {
        assertThat(Arrays.mismatch(walked, plain)).isEqualTo(-1);
    }

    private static List<String> walkers() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("soundlift-walk"))
                .toList();
    }

    private static void several(FaultyServer.Request request, byte[] file, AtomicInteger answers) throws IOException {
        if (request.parts(file) > 1) answers.incrementAndGet();
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void what_is_read_is_what_plain_reading_sees(Shape shape) throws Exception {
        byte[] film = film(shape);
        byte[] plain = seen(plain(film), film.length);
        RangeReader walked = new WalkedFile(LocalBytes.open(folder.resolve("plain.mkv")));
        AtomicInteger answers = new AtomicInteger();
        URI together = server.serve("/several", request -> several(request, film, answers));
        URI apart = server.serve("/single", request -> request.part(film, ALL));
        same(seen(walked, film.length), plain);
        same(overTheNet(together, film.length), plain);
        same(overTheNet(apart, film.length), plain);
        assertThat(answers.get()).isPositive();
        assertThat(walkers()).isEmpty();
        assertThat(walked.bytesRead()).isLessThan(2L * film.length);
    }

    @Test
    void damaged_files_are_read_as_plainly() throws Exception {
        // Short: after damage, from a megabyte on, it depends on the sizes of pieces where blocks are void again
        byte[] film = film(Shape.PLAIN, 9);
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            byte[] mutated = film.clone();
            for (int j = 0; j < 40; j++) mutated[random.nextInt(film.length)] = (byte) random.nextInt(256);
            byte[] plain = seen(plain(mutated), film.length);
            RangeReader walked = new WalkedFile(LocalBytes.open(folder.resolve("plain.mkv")));
            same(seen(walked, film.length), plain);
        }
        assertThat(walkers()).isEmpty();
    }

    /** One trip for each cluster in turn would be more than two hundred. */
    @Test
    void several_clusters_are_asked_for_in_one_trip() throws Exception {
        byte[] film = film(Shape.PLAIN);
        AtomicInteger answers = new AtomicInteger();
        URI uri = server.serve("/several", request -> several(request, film, answers));
        try (RemoteFile file = remote(uri, new Cancellation())) {
            seen(file.reader(), film.length, Long.MAX_VALUE);
        }
        assertThat(server.requests.get()).isLessThan(120);
    }

    @Test
    void dropped_connections_are_taken_up_again() throws Exception {
        byte[] film = film(Shape.PLAIN);
        AtomicInteger times = new AtomicInteger();
        URI uri = server.serve("/x", request -> request.part(film, times.incrementAndGet() % 40 == 0 ? 100 : ALL));
        same(overTheNet(uri, film.length), seen(plain(film), film.length));
    }

    @Test
    void a_server_that_gives_the_whole_to_whoever_asks_for_several_parts_is_asked_for_one() throws Exception {
        byte[] film = film(Shape.PLAIN);
        AtomicInteger wholes = new AtomicInteger();
        URI uri = server.serve("/x", request -> {
            String asked = String.valueOf(request.exchange.getRequestHeaders().getFirst("Range"));
            if (!asked.contains(",")) request.part(film, ALL);
            else {
                wholes.incrementAndGet();
                request.whole(film, ALL);
            }
        });
        same(overTheNet(uri, film.length), seen(plain(film), film.length));
        assertThat(wholes.get()).isEqualTo(1);
    }

    /** As some filters before a server do. What is told beforehand is asked for all the same, and nothing else. */
    @ParameterizedTest
    @ValueSource(ints = {403, 429, 500, 501, 503, 0})
    void a_server_that_refuses_who_asks_for_several_parts_is_asked_for_one(int status) throws Exception {
        byte[] film = film(Shape.PLAIN);
        AtomicInteger refused = new AtomicInteger();
        URI uri = server.serve("/x", request -> {
            boolean several = String.valueOf(
                            request.exchange.getRequestHeaders().getFirst("Range"))
                    .contains(",");
            if (several) {
                refused.incrementAndGet();
                if (status == 0) request.part(film, 0); // drops the connection
                else request.status(status);
            } else request.part(film, ALL);
        });
        List<Stretches.Stretch> stretches = new ArrayList<>();
        for (int at = 100_000; at < 500_000; at += 4_000) stretches.add(new Stretches.Stretch(at, at + 300));
        try (RemoteFile file = remote(uri, new Cancellation());
                RangeReader reader = file.reader()) {
            reader.expect(() -> Stretches.of(stretches, 0));
            long before = reader.bytesRead();
            for (Stretches.Stretch stretch : stretches) {
                ByteBuffer piece = ByteBuffer.allocate(300);
                while (piece.hasRemaining()) reader.read(stretch.from() + piece.position(), piece);
                same(piece.array(), Arrays.copyOfRange(film, (int) stretch.from(), (int) stretch.to()));
            }
            assertThat(reader.bytesRead() - before).isEqualTo(100 * 300);
        }
        assertThat(refused.get()).isEqualTo(1);
    }

    @Test
    void a_file_that_changes_on_the_way_is_an_error() throws Exception {
        byte[] film = film(Shape.PLAIN);
        AtomicInteger times = new AtomicInteger();
        URI uri = server.serve(
                "/x",
                request ->
                        request.part(times.incrementAndGet() < 20 ? film : Arrays.copyOf(film, film.length - 1), ALL));
        assertThatThrownBy(() -> overTheNet(uri, film.length))
                .isInstanceOfSatisfying(
                        ExtractionException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNREADABLE));
        assertThat(walkers()).isEmpty();
    }

    /** The server keeps its answers to itself after a while, until the test is over. */
    @Test
    void who_is_stopped_or_closed_leaves_nobody_on_the_way() throws Exception {
        byte[] film = film(Shape.PLAIN);
        AtomicInteger times = new AtomicInteger();
        List<Cancellation> all = new ArrayList<>();
        URI uri = server.serve("/x", request -> {
            if (times.incrementAndGet() > 15) {
                all.forEach(Cancellation::request);
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException over) {
                    return;
                }
            }
            request.part(film, ALL);
        });
        Cancellation cancellation = new Cancellation();
        all.add(cancellation);
        try (RemoteFile file = remote(uri, cancellation)) {
            assertThatThrownBy(() -> seen(file.reader(), film.length))
                    .isInstanceOfSatisfying(
                            ExtractionException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INTERRUPTED));
        }
        assertThat(walkers()).isEmpty();
    }
}
