package dev.soundlift.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.batch.ManifestLine;
import dev.soundlift.cluster.S3Access.Place;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.it.S3OnLoopback;
import dev.soundlift.report.JsonLine;
import dev.soundlift.sound.PeerFfmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A real object store, and what is done with it without the cluster. */
@Tag("cluster")
class S3StoreIT {
    /** The smallest that S3 takes. */
    private static final int PART = 5 << 20;

    private static final Map<String, String> ACCOUNT =
            Map.of("aws.accessKeyId", "local-user", "aws.secretAccessKey", "local-secret");

    @TempDir
    private static Path folder;

    private static S3OnLoopback s3;
    private static Meter meter;

    private S3Client client;
    private Path sound;

    @BeforeAll
    static void there_is_a_store() throws IOException {
        S3OnLoopback.assumeIsThere();
        s3 = S3OnLoopback.start(folder);
        meter = Meter.before(s3.address());
        System.setProperty("aws.endpointUrlS3", meter.address().toString());
        ACCOUNT.forEach(System::setProperty);
    }

    @AfterAll
    static void it_is_gone() throws IOException {
        ACCOUNT.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.endpointUrlS3");
        if (meter != null) meter.close();
        if (s3 != null) s3.close();
    }

    @BeforeEach
    void there_is_a_bucket() throws Exception {
        client = S3Access.shared().client();
        sound = s3.bucket("sound");
    }

    private S3Store store() throws Exception {
        return new S3Store(client, Place.of("s3://sound/made"), PART);
    }

    private static Path file(String name, int bytes, int seed) throws IOException {
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        return Files.write(folder.resolve(name), content);
    }

    private boolean nothingIsOnItsWay() {
        return client.listMultipartUploads(list -> list.bucket("sound"))
                .uploads()
                .isEmpty();
    }

    @Test
    void a_large_result_goes_in_parts_and_its_name_stands_for_one_of_them() throws Exception {
        Path first = file("first.wav", 2 * PART + 12_345, 1);
        Path other = file("other.wav", 2 * PART + 1, 2);
        S3Store store = store();
        Path there = sound.resolve("made/a/夏 +50%.wav");
        assertThat(store.give(first, "a/夏 +50%.wav", "key", false)).isEqualTo(Store.Given.NEW);
        assertThat(there).hasSameBinaryContentAs(first);
        assertThat(client.headObject(head -> head.bucket("sound").key("made/a/夏 +50%.wav"))
                        .eTag())
                .endsWith("-3\"");
        assertThat(store.give(first, "a/夏 +50%.wav", "key", false)).isEqualTo(Store.Given.SAME);
        assertThat(store.give(other, "a/夏 +50%.wav", "another", false)).isEqualTo(Store.Given.OTHER);
        assertThat(there).hasSameBinaryContentAs(first);
        assertThat(store.give(other, "a/夏 +50%.wav", "another", true)).isEqualTo(Store.Given.NEW);
        assertThat(there).hasSameBinaryContentAs(other);
        assertThat(nothingIsOnItsWay()).isTrue();
    }

    @Test
    void of_two_that_were_on_their_way_at_once_one_gets_the_name() throws Exception {
        Path file = file("slow.wav", PART + 1, 3);
        S3Parts slow = S3Parts.begin(client, "sound", "made/race.wav", Map.of());
        List<CompletedPart> parts = slow.upload(file, PART);
        assertThat(store().give(file("quick.wav", 10, 4), "race.wav", "quick", false))
                .isEqualTo(Store.Given.NEW);
        assertThatThrownBy(() -> slow.complete(parts, false))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        taken -> assertThat(taken.statusCode()).isEqualTo(412));
        assertThat(Files.size(sound.resolve("made/race.wav"))).isEqualTo(10);
        slow.abort(new AssertionError());
    }

    @Test
    void of_what_cannot_be_completed_nothing_stays() throws Exception {
        Path file = file("refused.wav", 30_000, 5);
        S3Store store = new S3Store(client, Place.of("s3://sound/made"), 10_000); // parts that S3 refuses
        assertThatThrownBy(() -> store.give(file, "refused.wav", "key", false)).isInstanceOf(IOException.class);
        assertThat(sound.resolve("made/refused.wav")).doesNotExist();
        assertThat(nothingIsOnItsWay()).isTrue();
    }

    /** What the server sent, all answers and their heads included, and not what we think that we have read. */
    @ParameterizedTest
    @ValueSource(strings = {"film.mkv", "film.mp4"})
    void little_more_than_the_sound_leaves_the_store(String name) throws Exception {
        Path film = s3.bucket("videos").resolve(name);
        PeerFfmpeg.ffmpeg(("-f lavfi -i testsrc2=s=1280x720:r=25,noise=alls=90:allf=t -f lavfi -i sine=440:r=48000"
                        + " -t 2 -c:v mjpeg -q:v 2 -c:a aac " + film)
                .split(" "));
        ManifestLine line =
                new ManifestLine(1, "s3://videos/" + name, Map.of(), OptionalLong.empty(), Optional.empty());
        JobWords job = JobWords.parse(List.of("--manifest", "list", "--output", "s3://sound/lifted/" + name, "--copy"));
        long sentBefore = meter.sent();
        long takenBefore = meter.taken();
        Map<String, String> row;
        try (Workbench bench = new Workbench(job, "run")) {
            List<String> rows = bench.rows(Item.of(line, line.input(), job.canonical()));
            row = JsonLine.read(rows.get(0)).orElseThrow();
        }
        assertThat(row).containsEntry("status", "ok");
        long sent = meter.sent() - sentBefore;
        long taken = meter.taken() - takenBefore;
        long result = Long.parseLong(row.get("bytes"));
        assertThat(Files.size(film)).isGreaterThan(25_000_000);
        long read = Long.parseLong(row.get("bytesRead"));
        assertThat(read).isBetween(result / 2, 3 * result + 2_000_000);
        assertThat(sent).isLessThan(read + 200_000);
        assertThat(taken).isBetween(result, result + 100_000);
    }

    @Test
    void a_prefix_is_listed_page_by_page() throws Exception {
        Path bucket = s3.bucket("pages");
        Files.createDirectories(bucket.resolve("in/.trash"));
        Files.createDirectories(bucket.resolve("in/sound"));
        Files.createDirectories(bucket.resolve("in 2"));
        for (int i = 0; i < 1100; i++)
            Files.createFile(bucket.resolve("in/夏 +50% " + i + ".mp4")); // S3 tells 1000 at once
        Files.write(bucket.resolve("in/large.MKV"), new byte[1234]);
        for (String other :
                List.of("in/notes.txt", "in/.hidden.mp4", "in/.trash/b.mp4", "in/sound/a.mp3", "in 2/c.mp4")) {
            Files.createFile(bucket.resolve(other));
        }
        List<ManifestLine> found = listed("s3://pages/in", "s3://pages/in/sound");
        assertThat(found)
                .extracting(ManifestLine::input)
                .hasSize(1101)
                .doesNotHaveDuplicates()
                .contains("s3://pages/in/夏 +50% 7.mp4")
                .allMatch(name -> name.startsWith("s3://pages/in/"))
                .noneMatch(name -> name.matches(".*(notes|hidden|trash|/sound/).*"));
        assertThat(found)
                .filteredOn(line -> line.input().endsWith("large.MKV"))
                .singleElement()
                .satisfies(line -> assertThat(line.bytes()).hasValue(1234));
        assertThatThrownBy(() -> listed("s3://pages/in/sound", "s3://pages/in"))
                .hasMessageContaining("s3://pages/in/sound/");
        assertThatThrownBy(() -> listed("s3://pages/none", "s3://pages/out")).hasMessageContaining("s3://pages/none");
        assertThatThrownBy(() -> listed("s3://no-such-bucket/in", "s3://pages/out"))
                .isInstanceOf(ExtractionException.class);
    }

    private static List<ManifestLine> listed(String prefix, String output) throws Exception {
        List<ManifestLine> found = new ArrayList<>();
        Listing.of(JobWords.parse(List.of("--prefix", prefix, "--output", output)))
                .forEachRemaining(found::add);
        return found;
    }
}
