package dev.soundlift.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.soundlift.emulator.Emulator;
import dev.soundlift.emulator.Endpoint;
import dev.soundlift.emulator.Fault;
import dev.soundlift.sound.PeerFfmpeg;
import dev.soundlift.sound.TestMedia;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program and an emulator of the service that really converts. */
class CloudIT {
    @TempDir
    private Path folder;

    private Emulator emulator;
    private Path home;

    @BeforeEach
    void start() throws IOException {
        emulator = new Emulator(folder.resolve("service"));
        home = Files.createDirectories(folder.resolve("home"));
        PeerFfmpeg.ffmpeg("-version"); // skips the test where there is none
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
    }

    private Launched run(String... arguments) {
        Launched launched = launched(arguments);
        assertThat(launched.out() + launched.err()).doesNotContain("nmv_usr", "Bearer", "clm_", "SECRET");
        return launched;
    }

    private Launched launched(String... arguments) {
        Map<String, String> environment = new HashMap<>();
        environment.put("NEMO_API_URL", emulator.url());
        environment.put("HOME", home.toString());
        environment.put("SOUNDLIFT_CLOUD_TIME_SCALE", "0.01");
        return Launched.with(folder, environment, arguments);
    }

    private Path talk() {
        Path talk = folder.resolve("talk.mp4");
        PeerFfmpeg.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=44100:duration=12",
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=160x120:rate=5:duration=12",
                "-c:a",
                "aac",
                "-b:a",
                "128k",
                "-c:v",
                "mpeg4",
                talk.toString());
        return talk;
    }

    private static JsonNode delivered(Launched launched) {
        JsonNode report = launched.succeeded().json().get(0);
        assertThat(report.path("error").isNull()).as(report.toString()).isTrue();
        assertThat(report.path("checks")).isNotEmpty();
        return report;
    }

    private static Set<String> differing(JsonNode a, JsonNode b) {
        Set<String> names = new TreeSet<>();
        a.fieldNames().forEachRemaining(name -> {
            if (!a.path(name).equals(b.path(name))) names.add(name);
        });
        assertThat(b.size()).isEqualTo(a.size());
        return names;
    }

    private double loudness(JsonNode report) {
        Launched check = run("check", report.path("output").asText(), "--json").succeeded();
        return check.json().get(0).at("/loudness/integratedLufs").asDouble();
    }

    private void compare(String... options) {
        talk();
        List<String> words = new ArrayList<>(List.of("talk.mp4", "--json", "--on-exists", "overwrite"));
        words.addAll(Arrays.asList(options));
        JsonNode local = delivered(run(words.toArray(new String[0])));
        double loudness = loudness(local);
        words.addAll(List.of("--engine", "cloud"));
        JsonNode cloud = delivered(run(words.toArray(new String[0])));
        assertThat(cloud.path("engine").asText()).isEqualTo("cloud");
        assertThat(cloud.path("route").asText()).isEqualTo("cloud");
        assertThat(differing(local, cloud))
                .isSubsetOf(
                        "engine",
                        "route",
                        "reasons",
                        "elapsedSeconds",
                        "bytes",
                        "bytesRead",
                        "durationSeconds",
                        "loudness",
                        "range",
                        "checks",
                        "format");
        assertThat(cloud.path("durationSeconds").asDouble())
                .isCloseTo(local.path("durationSeconds").asDouble(), within(0.1));
        assertThat(cloud.at("/range/startSeconds").asDouble())
                .isCloseTo(local.at("/range/startSeconds").asDouble(), within(0.1));
        assertThat(loudness(cloud)).isLessThan(-10).isCloseTo(loudness, within(0.5));
        for (String part : List.of("codec", "container", "sampleRateHz", "channels")) {
            assertThat(cloud.at("/format/" + part)).as(part).isEqualTo(local.at("/format/" + part));
        }
        assertThat(emulator.charges()).isEqualTo(1);
        assertThat(emulator.requests())
                .filteredOn(request -> request.endpoint() == Endpoint.SAY)
                .allMatch(request -> request.body().contains("No music, titles or effects."));
    }

    @Test
    void the_same_request_here_and_through_the_cloud_gives_the_same_sound() {
        compare("--format", "mp3", "--bitrate", "192k");
    }

    @Test
    void a_range_that_the_cloud_did_not_cut_is_cut_here() {
        compare("--format", "flac", "--range", "0:02-0:07");
    }

    @Test
    void a_range_that_the_cloud_did_cut_is_not_cut_again() {
        emulator.agent().makesSound().trims();
        compare("--format", "mp3", "--bitrate", "192k", "--range", "0:02-0:07");
    }

    @Test
    void several_pieces_of_a_track_are_one_job() {
        talk();
        Launched launched =
                run("talk.mp4", "--engine", "cloud", "--split", "4s", "--json").succeeded();
        assertThat(launched.json()).hasSize(3);
        assertThat(emulator.charges()).isEqualTo(1);
        assertThat(emulator.count(Endpoint.UPLOAD)).isEqualTo(1);
    }

    @Test
    void people_see_what_is_sent_where_and_what_it_may_cost() {
        talk();
        Launched launched = run("talk.mp4", "--engine", "cloud").succeeded();
        assertThat(launched.err())
                .contains("Setting things up...", "The cloud account is ready.", "Uploading talk.mp4 to 127.0.0.1.")
                .contains("about 50 credits");
        Launched again = run("talk.mp4", "--engine", "cloud", "--dry-run", "--on-exists", "overwrite")
                .succeeded();
        assertThat(again.err()).contains("talk.mp4", "127.0.0.1", "about 50 credits");
        assertThat(emulator.charges()).isEqualTo(1);
    }

    @Test
    void nothing_is_uploaded_without_consent() {
        talk();
        run("talk.mp4").succeeded();
        run("talk.mp4", "--allow-upload", "--on-exists", "overwrite").succeeded();
        assertThat(emulator.requests()).isEmpty();
    }

    @Test
    void music_that_nobody_asked_for_stops_the_job_before_the_export() {
        talk();
        emulator.agent().addsMusic();
        Launched launched = run("talk.mp4", "--engine", "cloud", "--quiet").failedWith(5);
        assertThat(launched.err()).contains("Lo-fi");
        assertThat(emulator.count(Endpoint.SUBMIT)).isZero();
        assertThat(folder.resolve("talk.mp3")).doesNotExist();
    }

    @Test
    void a_type_that_the_service_does_not_take_is_refused_before_anything_is_sent() {
        PeerFfmpeg.ffmpeg(
                "-f", "lavfi", "-i", "sine=duration=2", folder.resolve("a.flac").toString());
        run("a.flac", "--engine", "cloud").failedWith(7);
        assertThat(emulator.requests()).isEmpty();
    }

    @Test
    void a_refusal_is_told_in_two_lines_and_leaves_nothing() {
        talk();
        emulator.fault(Endpoint.SUBMIT, Fault.HTTP_402);
        Launched launched = run("talk.mp4", "--engine", "cloud", "--quiet").failedWith(7);
        assertThat(launched.err()).contains("register").doesNotContain("no credits");
        assertThat(TestMedia.namesIn(folder)).containsExactly("home", "service", "talk.mp4");
        emulator.fault(Endpoint.UPLOAD, Fault.DROP, Fault.DROP, Fault.DROP);
        run("talk.mp4", "--engine", "cloud", "--quiet").failedWith(8);
        assertThat(TestMedia.namesIn(folder)).containsExactly("home", "service", "talk.mp4");
    }

    @Test
    void the_commands_of_the_service_one_by_one() {
        talk();
        assertThat(run("cloud", "status").succeeded().out()).contains("Not signed in");
        run("cloud", "tracks").failedWith(7);
        assertThat(emulator.requests()).isEmpty();
        // Without the link for the browser, which holds a claim token on purpose
        Launched upload = launched("cloud", "upload", "talk.mp4").succeeded();
        assertThat(upload.out()).contains("Uploaded: talk.mp4").containsPattern("Session: \\d{19}");
        assertThat(upload.err()).contains("/workspace/claim?ct=");
        assertThat(run("cloud", "say", "how", "many", "credits?").succeeded().out())
                .contains("100 available");
        assertThat(emulator.charges()).isZero();
        Launched said = run("cloud", "say", "Extract the audio as MP3").succeeded();
        assertThat(said.out())
                .contains("Your audio is ready.", "Timeline (2 tracks)")
                .doesNotContain("Click");
        assertThat(said.err()).contains("soundlift cloud export");
        assertThat(emulator.charges()).isEqualTo(1);
        assertThat(run("cloud", "tracks", "--json").json().get(0).path("ready").asBoolean())
                .isTrue();
        assertThat(launched("cloud", "export").succeeded().out()).isEqualTo("talk.nemovideo.mp4\n");
        run("cloud", "export").failedWith(9);
        assertThat(run("cloud", "status", "--json")
                        .json()
                        .get(0)
                        .path("creditsAvailable")
                        .asInt())
                .isEqualTo(50);
        assertThat(run("doctor", "--json").out()).contains("cloud-credits");
        assertThat(emulator.count(Endpoint.TOKEN)).isEqualTo(1);
    }
}
