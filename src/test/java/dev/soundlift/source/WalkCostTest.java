package dev.soundlift.source;

import static dev.soundlift.source.ClusterWalkTest.same;
import static dev.soundlift.source.ClusterWalkTest.seen;
import static dev.soundlift.source.MatroskaBytes.element;
import static dev.soundlift.source.MatroskaBytes.number;
import static dev.soundlift.source.MatroskaBytes.seekHead;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.LocalBytes;
import dev.soundlift.media.MediaSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** What a server has to send so that the sound of a Matroska file is read: never more than the file. */
class WalkCostTest {
    private static final Pattern RANGE = Pattern.compile("(\\d+)-(\\d+)");

    /** A third of it is sound, in the end more than is kept. */
    private static final Mix LOW_RATE = new Mix(9_000, 4_000, 60);

    private static final Mix HIGH_RATE = new Mix(120_000, 600, 40);

    /** What a film is like: pictures of half to one and a half times the size, and after each a piece of sound. */
    private record Mix(int pictureBytes, int soundBytes, int framesInCluster) {
        byte[] cluster(int index, Random random) {
            ByteArrayOutputStream cluster = new ByteArrayOutputStream();
            cluster.writeBytes(element("E7", number(index)));
            for (int i = 0; i < framesInCluster; i++) {
                int picture = pictureBytes / 2 + random.nextInt(pictureBytes);
                cluster.writeBytes(element("A3", block(1, picture, random)));
                cluster.writeBytes(element("A3", block(2, soundBytes, random)));
            }
            return element("1F43B675", cluster.toByteArray());
        }

        private static byte[] block(int track, int length, Random random) {
            byte[] block = new byte[4 + length];
            random.nextBytes(block);
            block[0] = (byte) (0x80 | track);
            return block;
        }
    }

    /** @param again how much of it had been sent before */
    private record Sent(long bytes, int requests, long again) {}

    /** So many bytes of each. */
    private static byte[] film(int bytes, boolean index, Mix... mixes) throws IOException {
        Random random = new Random(3);
        byte[] tracks = element(
                "1654AE6B",
                element("AE", element("D7", number(1)), element("83", number(1))),
                element("AE", element("D7", number(2)), element("83", number(2))));
        int head = seekHead(0).length + tracks.length;
        ByteArrayOutputStream clusters = new ByteArrayOutputStream(mixes.length * (bytes + (bytes >> 3)));
        ByteArrayOutputStream points = new ByteArrayOutputStream();
        for (int i = 0; clusters.size() < mixes.length * bytes; i++) {
            byte[] place = element("F1", number(head + clusters.size()));
            points.writeBytes(element("BB", element("B3", number(i)), element("B7", place)));
            clusters.writeBytes(mixes[clusters.size() / bytes].cluster(i, random));
        }
        byte[] seek = seekHead(head + clusters.size());
        byte[] cues = index ? element("1C53BB6B", points.toByteArray()) : element("EC");
        ByteArrayOutputStream file = new ByteArrayOutputStream(clusters.size() + (clusters.size() >> 3));
        file.writeBytes(element("1A45DFA3"));
        long segment = seek.length + tracks.length + clusters.size() + cues.length;
        file.writeBytes(element("18538067", 1L << 56 | segment, new byte[0]));
        file.writeBytes(seek);
        file.writeBytes(tracks);
        clusters.writeTo(file);
        file.writeBytes(cues);
        return file.toByteArray();
    }

    /** What a server sends of a film whose sound is read from the front to the end, which is as plain reading sees it. */
    private static Sent sent(byte[] film, boolean several) throws Exception {
        Path plain = Files.createTempFile("film", ".mkv");
        BitSet there = new BitSet(film.length);
        AtomicLong again = new AtomicLong();
        try (FaultyServer server = new FaultyServer()) {
            URI uri = server.serve("/x", request -> {
                if (several) request.parts(film);
                else request.part(film, Integer.MAX_VALUE);
                String asked = request.exchange.getRequestHeaders().getFirst("Range");
                if (several || !asked.contains(",")) again.addAndGet(take(asked, there));
            });
            MediaSource.RemoteUrl source = new MediaSource.RemoteUrl(uri);
            Access access = new Access(true, Access.DEFAULT.mostBytes());
            Files.write(plain, film);
            try (RemoteFile file = RemoteFile.open(source, access, new Cancellation())) {
                same(seen(file.reader(), film.length, Long.MAX_VALUE), seen(LocalBytes.open(plain), film.length));
            }
            return new Sent(server.bytes.get(), server.requests.get(), again.get());
        } finally {
            Files.delete(plain);
        }
    }

    /** Returns how much of these ranges was there before. */
    private static long take(String ranges, BitSet there) {
        synchronized (there) {
            int before = there.cardinality();
            long asked = 0;
            for (MatchResult range : RANGE.matcher(ranges).results().toList()) {
                int from = Integer.parseInt(range.group(1));
                int to = Math.min(Integer.parseInt(range.group(2)) + 1, there.size());
                there.set(from, to);
                asked += to - from;
            }
            return asked - (there.cardinality() - before);
        }
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void never_more_than_the_file(
            @ForAll @IntRange(min = 50, max = 200_000) int pictureBytes,
            @ForAll @IntRange(min = 50, max = 400_000) int soundBytes,
            @ForAll @IntRange(min = 1, max = 200) int framesInCluster,
            @ForAll boolean index,
            @ForAll boolean several)
            throws Exception {
        int frames = 1 + Math.min(framesInCluster, 2_000_000 / (pictureBytes + soundBytes));
        byte[] film = film(6_000_000, index, new Mix(pictureBytes, soundBytes, frames));
        Sent sent = sent(film, several);
        assertThat(sent.bytes()).isLessThan((long) (1.02 * film.length));
        assertThat(sent.requests()).isLessThan(1000);
    }

    /** What is fetched long before it is read must not be forgotten. */
    @Example
    void a_film_of_low_bit_rate_costs_no_more_than_itself() throws Exception {
        byte[] film = film(80_000_000, true, LOW_RATE);
        Sent sent = sent(film, true);
        assertThat(sent.bytes()).isLessThan((long) (1.02 * film.length));
        assertThat(sent.again()).isLessThan(film.length / 100);
    }

    /** Nor where more comes of each cluster than of those before. */
    @Example
    void nothing_is_sent_twice_where_the_sound_becomes_more() throws Exception {
        byte[] film = film(60_000_000, true, HIGH_RATE, LOW_RATE);
        assertThat(sent(film, true).again()).isLessThan(film.length / 100);
    }

    /** One trip for each picture that is left out would be six thousand. */
    @Example
    void a_film_of_low_bit_rate_is_read_straight_where_each_part_is_a_question() throws Exception {
        byte[] film = film(80_000_000, true, LOW_RATE);
        Sent sent = sent(film, false);
        assertThat(sent.bytes()).isLessThan((long) (1.02 * film.length));
        assertThat(sent.requests()).isLessThan(600);
    }

    @Example
    void where_leaping_pays_again_it_is_done_again() throws Exception {
        byte[] film = film(40_000_000, true, LOW_RATE, HIGH_RATE);
        assertThat(sent(film, false).bytes()).isBetween(40_000_000L, 70_000_000L);
    }

    @Example
    void of_a_film_of_high_bit_rate_little_more_than_the_sound_is_sent() throws Exception {
        byte[] film = film(60_000_000, true, HIGH_RATE);
        long sound = film.length / 120_600L * 600;
        assertThat(sent(film, true).bytes()).isLessThan(3 * sound + 2_000_000);
        assertThat(sent(film, false).bytes()).isLessThan(3 * sound + 2_000_000);
    }
}
