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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    private CloudCalls calls;
    private Emulator emulator;

    @BeforeEach
    void start() throws IOException {
        calls = new CloudCalls(folder);
        emulator = calls.emulator;
    }

    @AfterEach
    void stop() throws IOException {
        calls.close();
    }

    private Launched run(String... arguments) {
        return calls.run(arguments);
    }

    private void talk() {
        calls.talk();
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
                        "encoder", // there, or none: what comes as samples is copied
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
    void where_the_cloud_gives_samples_the_reports_differ_in_nothing_but_the_way() {
        talk();
        emulator.agent().makesSound().trims();
        JsonNode local = delivered(run("talk.mp4", "--json", "-o", "local.wav", "--range", "0:02-0:07"));
        JsonNode cloud =
                delivered(run("talk.mp4", "--json", "-o", "cloud.wav", "--range", "0:02-0:07", "--engine", "cloud"));
        assertThat(differing(local, cloud))
                .containsExactlyInAnyOrder(
                        "output",
                        "engine",
                        "encoder",
                        "route",
                        "reasons",
                        "bytesRead",
                        "elapsedSeconds",
                        "checks",
                        "loudness");
        // Two decoders round the last bit differently, and a copy is checked by its packets
        assertThat(loudness(cloud)).isCloseTo(loudness(local), within(0.1));
        assertThat(cloud.path("checks").findValuesAsText("verdict")).containsOnly("pass");
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
    void silence_is_believed_only_where_the_source_is_silent_in_a_range_too() {
        talk();
        emulator.agent().mutes();
        for (String[] range : new String[][] {{}, {"--range", "0:02-0:07"}}) {
            List<String> words = new ArrayList<>(List.of("talk.mp4", "--engine", "cloud", "--quiet"));
            words.addAll(List.of(range));
            Launched launched = run(words.toArray(new String[0])).failedWith(5);
            assertThat(launched.err()).contains("silent, though the source is not");
        }
        assertThat(folder.resolve("talk.mp3")).doesNotExist();
        emulator.credits(100);
        PeerFfmpeg.ffmpeg(
                "-i",
                folder.resolve("talk.mp4").toString(),
                "-af",
                "volume=0:enable='between(t,1,8)'",
                folder.resolve("pause.mp4").toString());
        JsonNode report = run("pause.mp4", "--engine", "cloud", "--range", "0:02-0:07", "--json")
                .succeeded()
                .json()
                .get(0);
        assertThat(report.path("status").asText()).isEqualTo("warning");
    }

    @Test
    void a_session_that_has_gone_is_begun_anew_as_long_as_nothing_was_taken_on() {
        talk();
        emulator.fault(Endpoint.UPLOAD, Fault.CODE_1002);
        run("talk.mp4", "--engine", "cloud").succeeded();
        emulator.fault(Endpoint.SAY, Fault.CODE_1002);
        run("talk.mp4", "--engine", "cloud", "--on-exists", "overwrite").succeeded();
        assertThat(emulator.charges()).isEqualTo(2);
        assertThat(emulator.count(Endpoint.UPLOAD)).isEqualTo(4);
        // Once it was taken on, its fate is told and nothing is sent again
        emulator.credits(100).fault(Endpoint.SUBMIT, Fault.CODE_1002);
        run("talk.mp4", "--engine", "cloud", "--on-exists", "overwrite", "--quiet")
                .failedWith(7);
        assertThat(emulator.charges()).isEqualTo(3);
    }

    @Test
    void two_first_runs_at_once_make_one_account() throws Exception {
        talk();
        emulator.strictTokens();
        Launched.Running one = calls.start("talk.mp4", "--engine", "cloud", "-o", "one.mp3");
        Launched.Running two = calls.start("talk.mp4", "--engine", "cloud", "-o", "two.mp3");
        one.await().succeeded();
        two.await().succeeded();
        assertThat(emulator.count(Endpoint.TOKEN)).isEqualTo(1);
    }

    @Test
    void a_sentence_that_names_a_file_hands_it_over() {
        talk();
        assertThat(run("cloud", "say", "talk.mp4").succeeded().out()).contains("Uploaded: talk.mp4");
        assertThat(emulator.charges()).isZero();
        Launched said =
                run("cloud", "say", "Extract the audio of talk.mp4 as MP3").succeeded();
        assertThat(said.out()).contains("Uploaded: talk.mp4", "Your audio is ready.", "talk.nemovideo.mp4");
        assertThat(emulator.charges()).isEqualTo(1);
        emulator.agent().says("Open the media panel.");
        assertThat(run("cloud", "say", "What is there?", "--json")
                        .json()
                        .get(0)
                        .path("text")
                        .asText())
                .isEmpty();
    }

    @Test
    void the_link_that_opens_the_whole_account_is_shown_only_when_it_is_asked_for() {
        talk();
        run("cloud", "upload", "talk.mp4").succeeded();
        run("cloud", "say", "Extract the audio").succeeded();
        assertThat(calls.launched("cloud", "export", "--show-claim-token", "-o", "c.mp4")
                        .succeeded()
                        .err())
                .contains("claim?token=nmv_usr_SECRET", "skill_version=1.0.0");
        assertThat(run("cloud", "export", "-o", "d.mp4").succeeded().err()).contains("claim?ct=clm_");
    }

    @Test
    void the_commands_of_the_service_one_by_one() {
        talk();
        assertThat(run("cloud", "status").succeeded().out()).contains("Not signed in");
        run("cloud", "tracks").failedWith(7);
        run("cloud", "upload", "http://10.0.0.1/talk.mp4").failedWith(2);
        run("cloud", "upload", "nothing.mp4").failedWith(3);
        run("cloud", "upload", "talk.flac").failedWith(7);
        assertThat(emulator.requests()).isEmpty();
        Launched upload = run("cloud", "upload", "talk.mp4").succeeded();
        assertThat(upload.out()).contains("Uploaded: talk.mp4").containsPattern("Session: \\d{19}");
        assertThat(upload.err()).contains("/workspace/claim?ct=");
        assertThat(run("cloud", "say", "how", "many", "credits?").succeeded().out())
                .contains("100 available");
        assertThat(emulator.charges()).isZero();
        Launched said = run("cloud", "say", "Extract the audio as MP3").succeeded();
        assertThat(said.out())
                .contains("Your audio is ready.", "Timeline (2 tracks)")
                .doesNotContain("Click");
        assertThat(emulator.charges()).isEqualTo(1);
        assertThat(run("cloud", "tracks", "--json").json().get(0).path("ready").asBoolean())
                .isTrue();
        assertThat(said.out()).contains("talk.nemovideo.mp4");
        assertThat(run("cloud", "export", "-o", "b.mp4").succeeded().out()).isEqualTo("b.mp4\n");
        run("cloud", "export", "-o", "b.mp4").failedWith(9);
        run("cloud", "export", "-o", "b.mp4", "--on-exists", "skip").succeeded();
        assertThat(run("cloud", "export", "-o", "b.mp4", "--on-exists", "rename")
                        .out())
                .isEqualTo("b (2).mp4\n");
        run("cloud", "export", "--on-exists", "perhaps").failedWith(2);
        run("cloud", "status", "--session", "no id").failedWith(2);
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
