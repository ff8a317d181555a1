package dev.soundlift.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.soundlift.FilesNow;
import dev.soundlift.sound.TestMedia;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Spark and a real object store, and machines that die. */
@Tag("cluster")
class ClusterIT {
    private static final int CLIPS = 295;
    /** Matroska and Ogg have a random number in each file. */
    private static final List<String> MEDIA =
            List.of("song.mp4", "phone.mov", "late.mp4", "interview.mkv", "radio.avi", "speech.flac", "vbr.mp3");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @BeforeAll
    static void there_is_a_spark() {
        S3OnLoopback.assumeIsThere();
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(TestMedia.testdata().resolveSibling("target"))) {
            return files.filter(file -> file.toString().endsWith("-cluster.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String medium(int clip) {
        return MEDIA.get(clip % MEDIA.size());
    }

    private static boolean own(int clip) {
        return clip % 10 == 0;
    }

    /** Under names that addresses have to escape. */
    private static String key(int clip) {
        return "2026 夏 +50%/clip " + clip + medium(clip).substring(medium(clip).lastIndexOf('.'));
    }

    /** Whoever reads from it, dies. */
    private HttpServer killer(SparkOnLoopback spark, Map<String, AtomicInteger> killed) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            ProcessHandle victim = spark.executorAt(exchange.getRemoteAddress().getPort());
            killed.computeIfAbsent(exchange.getRequestURI().getPath(), none -> new AtomicInteger())
                    .incrementAndGet();
            victim.destroyForcibly();
            exchange.close();
        });
        server.start();
        return server;
    }

    private Path list(Path bucket, int killerPort) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int clip = 0; clip < CLIPS; clip++) {
            Path object = bucket.resolve(key(clip));
            Files.createDirectories(object.getParent());
            Files.copy(TestMedia.media(medium(clip)), object);
            Map<String, Object> line = new HashMap<>(Map.of("input", "s3://videos/" + key(clip)));
            if (own(clip)) line.putAll(Map.of("copy", false, "format", "flac", "to", "0:01"));
            else line.put("bytes", Files.size(object));
            lines.add(JSON.writeValueAsString(line));
        }
        Files.createFile(bucket.resolve("empty.mp4"));
        Files.writeString(bucket.resolve("text.mkv"), "no media at all");
        lines.add(40, "{\"input\": \"s3://videos/empty.mp4\"}");
        lines.add(80, "{\"input\": \"http://127.0.0.1:" + killerPort + "/killer-1.mp4\"}");
        lines.add(120, "{\"input\": \"s3://videos/text.mkv\"}");
        lines.add(160, "{\"input\": \"s3://videos/missing.mkv\"}");
        lines.add(200, "{\"input\": \"http://127.0.0.1:" + killerPort + "/killer-2.mp4\"}");
        return Files.write(folder.resolve("list.jsonl"), lines);
    }

    private static void awaitClips(SparkOnLoopback.Job job, Path sound, int count) throws IOException {
        while (job.process().isAlive() && clips(sound).size() < count) S3OnLoopback.pause();
        assertThat(job.process().isAlive()).as(Files.readString(job.err())).isTrue();
    }

    private static Set<Path> clips(Path sound) throws IOException {
        return FilesNow.under(sound.resolve("videos"));
    }

    private static List<JsonNode> rows(Path sound) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(sound.resolve("_soundlift/rows"))) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) rows.add(JSON.readTree(line));
            }
        }
        return rows;
    }

    private static JsonNode told(Launched job) throws IOException {
        return JSON.readTree(job.outLines().get(job.outLines().size() - 1));
    }

    @Test
    void every_clip_once_whatever_dies_and_a_second_run_does_nothing() throws Exception {
        Map<String, AtomicInteger> killed = new ConcurrentHashMap<>();
        try (SparkOnLoopback spark = SparkOnLoopback.start(folder)) {
            Path videos = spark.store().bucket("videos");
            Path sound = spark.store().bucket("sound");
            HttpServer killer = killer(spark, killed);
            String[] words = {
                "--manifest",
                list(videos, killer.getAddress().getPort()).toString(),
                "--output",
                "s3://sound",
                "--copy",
                "--allow-private"
            };
            SparkOnLoopback.Job job = spark.submit("first", jar(), words);
            awaitClips(job, sound, 60);
            spark.executors().get(0).destroyForcibly();
            Launched first = job.await();
            killer.stop(0);

            assertThat(first.exitCode()).as(first.err()).isEqualTo(1);
            assertThat(told(first).path("delivered").asInt()).isEqualTo(CLIPS);
            assertThat(told(first).path("failed").asInt()).isEqualTo(5);
            // Once where the executor that we killed had it at that moment
            assertThat(killed.values())
                    .hasSize(2)
                    .allSatisfy(times -> assertThat(times.get()).isBetween(1, 2));
            assertThat(killed.values().stream().mapToInt(AtomicInteger::get).sum())
                    .isGreaterThan(2);
            assertRows(rows(sound));
            assertSameAsHere(sound);
            assertThat(sound.resolve("_soundlift/items")).satisfies(ClusterIT::assertNoFiles);

            Set<Path> before = clips(sound);
            List<String> again = new ArrayList<>(List.of(words));
            again.addAll(List.of("--rows", "parquet"));
            Launched second =
                    spark.submit("second", jar(), again.toArray(String[]::new)).await();
            assertThat(second.exitCode()).isEqualTo(1); // five will never be there
            assertThat(told(second).path("delivered").asInt()).isZero();
            assertThat(told(second).path("failed").asInt()).isZero();
            assertThat(told(second).path("deliveredBefore").asInt()).isEqualTo(CLIPS);
            assertThat(told(second).path("failedBefore").asInt()).isEqualTo(5);
            assertThat(clips(sound)).isEqualTo(before);
            assertThat(rows(sound)).hasSize(300);
            assertTable(spark, sound);
            aPrefixIsAListAndRowsAreATable(spark);
        }
    }

    /** In the same cluster, as its start is the dearest part. */
    private void aPrefixIsAListAndRowsAreATable(SparkOnLoopback spark) throws Exception {
        Path more = Files.createDirectories(spark.store().bucket("more").resolve("in/deep"));
        Files.copy(TestMedia.media("song.mp4"), more.resolve("a b.mp4"));
        Files.copy(TestMedia.media("speech.flac"), more.resolveSibling("c.flac"));
        Files.writeString(more.resolve("text.mkv"), "no media at all");
        Files.writeString(more.resolve("notes.txt"), "not even called so");
        String[] words = {
            "--prefix", "s3://more/in", "--output", "s3://more/in/sound", "--rows", "parquet", "--format", "wav"
        };
        Launched job = spark.submit("third", jar(), words).await();

        Path sound = spark.store().bucket("more").resolve("in/sound");
        assertThat(job.exitCode()).as(job.err()).isEqualTo(1);
        assertThat(told(job).path("delivered").asInt()).isEqualTo(2);
        assertThat(told(job).path("failed").asInt()).isEqualTo(1);
        assertThat(sound.resolve("more/in/deep/a b.wav")).exists();
        assertThat(sound.resolve("more/in/c.wav")).exists();
        assertThat(answers(spark, sound, "SELECT count(*) AS n, count(line) AS l FROM rows WHERE bytesRead > 0"))
                .endsWith("{\"n\":2,\"l\":0}", "");
    }

    /** Answers of Spark's SQL to queries of the table of rows, after its columns. */
    private static List<String> answers(SparkOnLoopback spark, Path sound, String... queries) throws Exception {
        List<String> words =
                new ArrayList<>(List.of(sound.resolve("_soundlift/rows-parquet").toString()));
        words.addAll(List.of(queries));
        Launched asked = spark.run(Path.of("src/test/cluster/TableQuery.java"), words);
        assertThat(asked.exitCode()).as(asked.err()).isZero();
        return asked.outLines();
    }

    /** The first run wrote no table, so the second one made it of all there is. */
    private static void assertTable(SparkOnLoopback spark, Path sound) throws Exception {
        String longest = "SELECT codec, count(*) AS n FROM rows WHERE durationSeconds ="
                + " (SELECT max(durationSeconds) FROM rows WHERE status <> 'failed') GROUP BY codec";
        String latest = "SELECT count(*) AS n FROM (SELECT item, rank() OVER (PARTITION BY item ORDER BY written DESC)"
                + " AS age FROM rows) WHERE age = 1";
        String inside = "SELECT get_json_object(report, '$.track.codec') AS track, codec, count(*) AS n FROM rows"
                + " WHERE errorKind IS NULL AND input LIKE '%clip 10.%' GROUP BY 1, 2";
        List<String> told = answers(
                spark,
                sound,
                "SELECT errorKind, count(*) AS n FROM rows GROUP BY errorKind ORDER BY errorKind NULLS FIRST",
                longest,
                latest,
                inside,
                "SELECT * FROM rows");
        assertThat(told.get(0))
                .isEqualTo("item STRING,line BIGINT,written TIMESTAMP,input STRING,output STRING,status STRING,"
                        + "route STRING,language STRING,codec STRING,durationSeconds DOUBLE,bytes BIGINT,"
                        + "bytesRead BIGINT,elapsedSeconds DOUBLE,errorKind STRING,errorMessage STRING,"
                        + "report STRING");
        assertThat(told.subList(1, 12))
                .containsExactly(
                        "{\"n\":295}",
                        "{\"errorKind\":\"crashed\",\"n\":2}",
                        "{\"errorKind\":\"not-media\",\"n\":1}",
                        "{\"errorKind\":\"unreadable\",\"n\":2}",
                        "",
                        "{\"codec\":\"aac\",\"n\":37}",
                        "",
                        "{\"n\":300}",
                        "",
                        "{\"track\":\"aac\",\"codec\":\"flac\",\"n\":1}",
                        "");
        List<JsonNode> reports = new ArrayList<>();
        for (String line : told.subList(12, told.size() - 1)) {
            JsonNode row = JSON.readTree(line);
            JsonNode report = JSON.readTree(row.path("report").asText());
            reports.add(report);
            for (String same : List.of("item", "input", "output", "status", "route", "bytes", "durationSeconds")) {
                assertThat(row.path(same).asText(""))
                        .as(same)
                        .isEqualTo(report.path(same).asText(""));
            }
            assertThat(Instant.parse(row.path("written").asText()))
                    .isEqualTo(Instant.parse(report.path("written").asText()));
        }
        assertThat(reports).containsExactlyInAnyOrderElementsOf(rows(sound));
    }

    private static void assertRows(List<JsonNode> rows) {
        assertThat(rows).hasSize(300);
        assertThat(rows.stream().map(row -> row.path("input").asText()).distinct())
                .hasSize(300);
        Map<String, List<String>> failures = new HashMap<>();
        for (JsonNode row : rows) {
            if (row.path("status").asText().equals("failed")) {
                failures.computeIfAbsent(row.path("error").path("kind").asText(), none -> new ArrayList<>())
                        .add(row.path("input").asText().replaceFirst(".*/", ""));
            } else {
                assertThat(row.path("bytesRead").asLong()).isPositive();
                assertThat(row.path("output").asText()).startsWith("s3://sound/videos/2026 夏 +50%/clip ");
            }
        }
        assertThat(failures.get("crashed")).containsExactlyInAnyOrder("killer-1.mp4", "killer-2.mp4");
        assertThat(failures.get("unreadable")).containsExactlyInAnyOrder("empty.mp4", "missing.mkv");
        assertThat(failures.get("not-media")).containsExactly("text.mkv");
    }

    /** Byte for byte what the program makes of the same clip on this machine alone. */
    private void assertSameAsHere(Path sound) throws IOException {
        Path copies = Files.createDirectories(folder.resolve("copies"));
        Path others = Files.createDirectories(folder.resolve("others"));
        List<String> inputs =
                MEDIA.stream().map(name -> TestMedia.media(name).toString()).toList();
        List<String> copying = new ArrayList<>(inputs);
        copying.addAll(List.of("--copy", "-o", copies + "/"));
        Launched.in(folder, copying.toArray(String[]::new)).succeeded();
        List<String> cutting = new ArrayList<>(inputs);
        cutting.addAll(List.of("-f", "flac", "--to", "0:01", "-o", others + "/"));
        Launched.in(folder, cutting.toArray(String[]::new)).succeeded();

        Map<String, Path> here = new HashMap<>();
        for (Path alone : List.of(copies, others)) {
            try (Stream<Path> files = Files.list(alone)) {
                files.forEach(file -> here.put(alone.getFileName() + stem(file), file));
            }
        }
        assertThat(clips(sound)).hasSize(CLIPS);
        for (Path clip : clips(sound)) {
            int number = Integer.parseInt(stem(clip).replace("clip ", ""));
            String medium = stem(Path.of(medium(number)));
            Path same = here.get((own(number) ? "others" : "copies") + medium);
            assertThat(clip).hasSameBinaryContentAs(same);
        }
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static void assertNoFiles(Path there) throws IOException {
        assertThat(FilesNow.under(there)).isEmpty();
    }
}
