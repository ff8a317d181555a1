package dev.soundlift.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.soundlift.sound.PeerFfmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests in words, as a person and as a script make them of the packaged program. */
class AskIT {
    @TempDir
    private Path folder;

    @BeforeEach
    void a_talk_with_two_tracks() {
        PeerFfmpeg.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "sine=440:d=12",
                "-f",
                "lavfi",
                "-i",
                "sine=880:d=12",
                "-map",
                "0",
                "-map",
                "1",
                "-c:a",
                "aac",
                "-metadata:s:a:0",
                "language=eng",
                "-metadata:s:a:1",
                "language=jpn",
                folder.resolve("my talk.mkv").toString());
    }

    /** Somebody sits at the terminal and answers so. */
    private Launched answering(String answers, String... arguments) throws IOException {
        Files.writeString(folder.resolve("answers"), answers);
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$0\" \"$@\" < answers"));
        command.add(Launched.LAUNCHER.toString());
        command.add("ask");
        command.addAll(List.of(arguments));
        Map<String, String> atTerminal =
                Map.of("SOUNDLIFT_JAVA_OPTS", "-Dsoundlift.terminal=true -Dsoundlift.answers=true");
        return Launched.command(folder, atTerminal, command);
    }

    @Test
    void a_sentence_is_shown_and_done() {
        Launched run = Launched.in(
                folder,
                "ask",
                "the second audio track of \"my talk.mkv\" from 0:02 to 0:05 as wav (frobnicated)",
                "--yes");
        run.succeeded();
        assertThat(run.err())
                .contains("understood: ", "not understood, and not counted: frobnicated")
                .contains("soundlift 'my talk.mkv' --format wav --track 2 --range 0:02-0:05");
        assertThat(folder.resolve("my talk.wav")).isRegularFile();
    }

    @Test
    void a_script_gets_json_and_the_words_that_were_not_counted() {
        JsonNode plan = Launched.in(folder, "ask", "320k mp3 (frobnicated)", "my talk.mkv", "--dry-run", "--json")
                .succeeded()
                .json()
                .get(0);
        assertThat(plan.get("schema").asText()).isEqualTo("soundlift.plan/1");
        assertThat(plan.get("commandLine"))
                .map(JsonNode::asText)
                .containsExactly("my talk.mkv", "--format", "mp3", "--bitrate", "320k");
        assertThat(plan.get("notUnderstood")).map(JsonNode::asText).containsExactly("frobnicated");
        assertThat(folder.resolve("my talk.mp3")).doesNotExist();
    }

    @Test
    void chinese_is_answered_in_chinese() {
        Launched run =
                Launched.with(folder, Map.of("LANG", "zh_CN.UTF-8"), "ask", "把“my talk.mkv”的日语音轨转成flac，前五秒", "--yes");
        run.succeeded();
        assertThat(run.err())
                .contains("--format flac --track lang:jpn --to 0:05")
                .containsPattern("\\p{IsHan}");
        assertThat(folder.resolve("my talk.flac")).isRegularFile();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "how many credits do I have left?|[\"cloud\",\"credits\"]",
                "我还有多少积分|[\"cloud\",\"credits\"]",
                "导出|[\"cloud\",\"export\"]",
                "what's the status|[\"cloud\",\"status\"]",
                "上传 a.mp4|[\"cloud\",\"upload\",\"a.mp4\"]",
            })
    void words_of_the_cloud_go_to_its_commands_when_no_extraction_is_meant(String sentence, String expected) {
        Launched run =
                Launched.in(folder, "ask", sentence, "--dry-run", "--json").succeeded();
        assertThat(run.json().get(0).get("commandLine").toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "remove the background noise of 'my talk.mkv'|noise",
                "my talk.mkv without re-encoding at 320k|--copy",
                "extract the audio as mp3|no input is named",
                "hello there|nothing in this sentence is understood",
                "把声音变成3D环绕加字幕|字幕",
            })
    void a_script_that_asks_for_nonsense_ends_with_code_2_and_writes_nothing(String sentence, String said)
            throws IOException {
        Launched run = Launched.in(folder, "ask", sentence, "--yes").calm();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(said);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_person_is_asked_once_for_the_file_and_once_whether_to_run() throws IOException {
        Launched run = answering("my talk.mkv\ny\n", "the first three seconds as ogg");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(folder.resolve("my talk.ogg")).isRegularFile();
        assertThat(answering("n\n", "as wav", "my talk.mkv").exitCode()).isZero();
        assertThat(folder.resolve("my talk.wav")).doesNotExist();
    }

    @Test
    void a_person_who_contradicts_may_say_it_again_once() throws IOException {
        Launched run = answering("flac please\ny\n", "as mp3 and wav", "my talk.mkv");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(folder.resolve("my talk.flac")).isRegularFile();
        assertThat(answering("as mp3 and wav\n", "as mp3 and wav", "my talk.mkv")
                        .exitCode())
                .isEqualTo(2);
        assertThat(answering("", "as mp3 and wav", "my talk.mkv").exitCode()).isEqualTo(2);
    }
}
