package dev.soundlift.it;

import static dev.soundlift.sound.TestMedia.copyTo;
import static dev.soundlift.sound.TestMedia.namesIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.soundlift.sound.PeerFfmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One input: what is printed where, and what is in the folder afterwards. */
class MainCallIT {
    @TempDir
    Path folder;

    @Test
    void the_main_call_leaves_an_mp3_beside_the_film_and_prints_its_path() {
        copyTo(folder, "interview.mkv");
        Launched run = Launched.in(folder, "interview.mkv").succeeded();
        assertThat(run.out()).isEqualTo("interview.mp3\n");
        assertThat(run.err()).isNotBlank();
        assertThat(namesIn(folder)).containsExactly("interview.mkv", "interview.mp3");
        assertThat(PeerFfmpeg.audio(folder.resolve("interview.mp3"))
                        .path("codec_name")
                        .asText())
                .isEqualTo("mp3");
    }

    @Test
    void convert_is_the_same_command() {
        copyTo(folder, "song.mp4");
        assertThat(Launched.in(folder, "convert", "song.mp4", "-f", "flac")
                        .succeeded()
                        .out())
                .isEqualTo("song.flac\n");
    }

    @Test
    void the_output_lies_beside_the_input_wherever_that_is() throws IOException {
        Path other = Files.createDirectory(folder.resolve("films"));
        copyTo(other, "song.mp4");
        Launched run = Launched.in(folder, "films/song.mp4").succeeded();
        assertThat(run.out()).isEqualTo("films/song.mp3\n");
        assertThat(namesIn(other)).containsExactly("song.mp3", "song.mp4");
        assertThat(namesIn(folder)).containsExactly("films");
    }

    @Test
    void quiet_says_nothing_but_the_path() {
        copyTo(folder, "song.mp4");
        Launched run = Launched.in(folder, "song.mp4", "--quiet").succeeded();
        assertThat(run.out()).isEqualTo("song.mp3\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void json_is_one_line_with_the_keys_that_are_promised_and_nothing_else() {
        copyTo(folder, "interview.mkv");
        Launched run =
                Launched.in(folder, "interview.mkv", "--json", "-f", "flac").succeeded();
        assertThat(run.err()).isEmpty();
        assertThat(run.json()).hasSize(1);
        JsonNode report = run.json().get(0);
        List<String> keys = StreamSupport.stream(((Iterable<String>) report::fieldNames).spliterator(), false)
                .toList();
        assertThat(keys)
                .contains("schema", "input", "output", "status", "route", "engine", "reasons", "track", "range")
                .contains("format", "durationSeconds", "bytes", "bytesRead", "loudness", "checks", "repairs")
                .contains("warnings", "elapsedSeconds", "error");
        assertThat(report.path("schema").asText()).isEqualTo("soundlift.report/1");
        assertThat(report.path("status").asText()).isEqualTo("ok");
        assertThat(report.path("route").asText()).isEqualTo("transcode");
        assertThat(report.path("bytes").asLong())
                .isEqualTo(folder.resolve("interview.flac").toFile().length());
        assertThat(report.path("track").path("number").asInt()).isEqualTo(1);
        assertThat(report.path("track").path("runnerUp").path("number").asInt()).isEqualTo(2);
        assertThat(report.path("checks"))
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.path("verdict").asText()).isEqualTo("pass"));
    }

    @Test
    void a_failure_in_json_is_one_line_too() {
        copyTo(folder, "nosound.mp4");
        Launched run = Launched.in(folder, "nosound.mp4", "--json").calm();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.json()).hasSize(1);
        JsonNode report = run.json().get(0);
        assertThat(report.path("status").asText()).isEqualTo("failed");
        assertThat(report.path("error").path("kind").asText()).isEqualTo("no-audio");
        assertThat(report.path("error").path("message").asText()).isNotBlank();
        assertThat(report.path("error").path("nextStep").asText()).isNotBlank();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void a_dry_run_writes_nothing_and_shows_the_equal_call() {
        copyTo(folder, "interview.mkv");
        String[] call = {
            "interview.mkv",
            "-t",
            "2",
            "-b",
            "192",
            "-f",
            "mp3",
            "--from",
            "10s",
            "--duration",
            "0:10",
            "--rate",
            "44100",
            "--channels",
            "2",
            "--on-exists",
            "rename",
            "--strict",
            "--dry-run",
            "--json"
        };
        Launched run = Launched.in(folder, call).succeeded();
        assertThat(run.json()).hasSize(1);
        JsonNode plan = run.json().get(0);
        assertThat(plan.path("schema").asText()).isEqualTo("soundlift.plan/1");
        assertThat(plan.path("output").asText()).isEqualTo("interview.mp3");
        assertThat(words(plan.path("commandLine")))
                .containsExactly(
                        "interview.mkv",
                        "--format",
                        "mp3",
                        "--bitrate",
                        "192k",
                        "--rate",
                        "44100",
                        "--channels",
                        "stereo",
                        "--track",
                        "2",
                        "--range",
                        "0:10-0:20",
                        "--on-exists",
                        "rename",
                        "--strict");
        assertThat(namesIn(folder)).containsExactly("interview.mkv");
    }

    @Test
    void the_equal_call_of_an_equal_call_is_itself() {
        copyTo(folder, "interview.mkv");
        List<String> first = commandLine("interview.mkv", "--to", "1m", "-f", "same", "-t", "title:Deutsch");
        assertThat(first)
                .containsExactly("interview.mkv", "--format", "same", "--track", "title:Deutsch", "--to", "1:00");
        assertThat(commandLine(first.toArray(String[]::new))).isEqualTo(first);
        assertThat(commandLine("interview.mkv")).containsExactly("interview.mkv", "--format", "mp3");
    }

    private List<String> commandLine(String... call) {
        String[] dry = java.util.Arrays.copyOf(call, call.length + 2);
        dry[call.length] = "--dry-run";
        dry[call.length + 1] = "--json";
        return words(Launched.in(folder, dry).succeeded().json().get(0).path("commandLine"));
    }

    private static List<String> words(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void a_dry_run_for_people_names_the_file_on_standard_output() {
        copyTo(folder, "song.mp4");
        Launched run = Launched.in(folder, "song.mp4", "-f", "m4a", "--dry-run").succeeded();
        assertThat(run.out()).isEqualTo("song.m4a\n");
        assertThat(run.err()).contains("soundlift song.mp4 --format m4a");
        assertThat(namesIn(folder)).containsExactly("song.mp4");
    }

    @Test
    void all_tracks_have_names_that_tell_them_apart() {
        copyTo(folder, "interview.mkv");
        Launched run = Launched.in(folder, "interview.mkv", "--track", "all", "--to", "0:02")
                .succeeded();
        assertThat(run.outLines())
                .containsExactly(
                        "interview.1.eng.Interview.mp3",
                        "interview.2.ger.Deutsch.mp3",
                        "interview.3.eng.Director's commentary.mp3");
        assertThat(namesIn(folder)).hasSize(4).containsAll(run.outLines());
    }

    @Test
    void twelve_tracks_with_equal_and_strange_names_are_twelve_files() {
        copyTo(folder, "many.mkv");
        Launched run = Launched.in(folder, "many.mkv", "-t", "all", "-f", "wav", "--json")
                .succeeded();
        assertThat(run.json()).hasSize(12);
        assertThat(namesIn(folder)).hasSize(13).contains("many.3.jpn.日本語.wav", "many.7.ger.Ton_Regie_ 2.wav");
    }

    @Test
    void a_template_names_the_file() {
        copyTo(folder, "interview.mkv");
        Launched run = Launched.in(
                        folder,
                        "interview.mkv",
                        "-t",
                        "all",
                        "--to",
                        "1",
                        "-f",
                        "opus",
                        "-o",
                        "{dir}/{track}-{name}-{lang}-{title}.{ext}")
                .succeeded();
        assertThat(namesIn(folder))
                .contains("1-interview-eng-Interview.opus", "2-interview-ger-Deutsch.opus")
                .contains("3-interview-eng-Director's commentary.opus");
        assertThat(run.outLines()).hasSize(3);
    }

    @Test
    void a_folder_as_output_takes_the_inputs_name() throws IOException {
        copyTo(folder, "song.mp4");
        Files.createDirectory(folder.resolve("sounds"));
        assertThat(Launched.in(folder, "song.mp4", "-o", "sounds/").succeeded().out())
                .isEqualTo("sounds/song.mp3\n");
        assertThat(Launched.in(folder, "song.mp4", "-f", "wav", "-o", "sounds")
                        .succeeded()
                        .out())
                .isEqualTo("sounds/song.wav\n");
    }

    @Test
    void the_outputs_ending_chooses_the_format() {
        copyTo(folder, "song.mp4");
        Launched.in(folder, "song.mp4", "-o", "OUT.FLAC").succeeded();
        assertThat(PeerFfmpeg.audio(folder.resolve("OUT.FLAC"))
                        .path("codec_name")
                        .asText())
                .isEqualTo("flac");
    }
}
