package dev.soundlift.it;

import static dev.soundlift.sound.TestMedia.copyTo;
import static dev.soundlift.sound.TestMedia.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.soundlift.sound.Wav;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands beside the conversion, and the language they speak. */
class CommandsIT {
    @TempDir
    Path folder;

    @Test
    void tracks_tells_people_what_is_inside() {
        copyTo(folder, "interview.mkv");
        Launched run = Launched.in(folder, "tracks", "interview.mkv").succeeded();
        assertThat(run.out())
                .contains("interview.mkv", "aac", "opus", "mp3", "eng", "ger", "Deutsch", "Director's commentary")
                .contains("The question", "Closing – 结束", "The Lighthouse Keeper");
        assertThat(run.err()).isEmpty();
        assertThat(namesIn(folder)).containsExactly("interview.mkv");
    }

    /** From where it was typed: a name in another folder, or one that would pass for an option. */
    @ParameterizedTest
    @ValueSource(strings = {"takes/left.wav", "-left.wav"})
    void what_tracks_advises_is_a_call_that_does_it(String typed) throws IOException {
        Path file = folder.resolve(typed).normalize();
        Files.createDirectories(file.getParent());
        int[] left =
                IntStream.range(0, 3 * 44_100).map(i -> i % 100 * 200 - 10_000).toArray();
        Wav.of(44_100, 16, left, new int[left.length]).write(file);
        String advised = Launched.in(folder, "tracks", "--", typed)
                .succeeded()
                .out()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("soundlift "))
                .findFirst()
                .orElseThrow();
        String[] call = advised.substring("soundlift ".length()).split(" ");
        assertThat(call).contains("--channels", "left");
        Launched.in(folder, call).succeeded();
    }

    @Test
    void tracks_tells_programs_what_is_inside() {
        copyTo(folder, "interview.mkv");
        List<JsonNode> lines = Launched.in(folder, "tracks", "interview.mkv", "--json")
                .succeeded()
                .json();
        assertThat(lines).hasSize(1);
        JsonNode media = lines.get(0);
        assertThat(media.path("schema").asText()).isEqualTo("soundlift.media/1");
        assertThat(media.path("durationSeconds").asDouble()).isBetween(60.0, 60.1);
        assertThat(media.path("best").asInt()).isEqualTo(1);
        assertThat(media.path("why").asText()).isNotBlank();
        assertThat(media.path("chapters")).hasSize(3);
        assertThat(media.path("tags").path("title").asText()).isEqualTo("The Lighthouse Keeper");
        assertThat(media.path("tracks")).hasSize(3);
        JsonNode second = media.path("tracks").get(1);
        assertThat(second.path("number").asInt()).isEqualTo(2);
        assertThat(second.path("codec").asText()).isEqualTo("opus");
        assertThat(second.path("language").asText()).isEqualTo("ger");
        assertThat(second.path("sampleRateHz").asInt()).isEqualTo(48_000);
        assertThat(second.path("default").asBoolean()).isFalse();
    }

    @Test
    void tracks_of_several_files_with_a_bad_one_is_code_1() {
        copyTo(folder, "song.mp4");
        copyTo(folder, "text.mp4");
        Launched run = Launched.in(folder, "tracks", "song.mp4", "text.mp4").calm();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("song.mp4");
        assertThat(run.err()).contains("text.mp4");
    }

    @Test
    void tracks_of_a_film_without_sound_is_code_4() {
        copyTo(folder, "nosound.mp4");
        assertThat(Launched.in(folder, "tracks", "nosound.mp4").calm().exitCode())
                .isEqualTo(4);
    }

    @Test
    void check_passes_a_good_file_and_one_that_fits_its_source() {
        copyTo(folder, "song.mp4");
        Launched.in(folder, "song.mp4", "-q").succeeded();
        assertThat(Launched.in(folder, "check", "song.mp3").succeeded().out()).contains("✓");
        Launched.in(folder, "check", "song.mp3", "--source", "song.mp4").succeeded();
        JsonNode check = Launched.in(folder, "check", "song.mp3", "--source", "song.mp4", "--json")
                .succeeded()
                .json()
                .get(0);
        assertThat(check.path("checks")).isNotEmpty();
    }

    @Test
    void check_refuses_a_file_that_is_too_short_for_its_source() {
        copyTo(folder, "song.mp4");
        Launched.in(folder, "song.mp4", "--to", "0:03", "-q").succeeded();
        assertThat(Launched.in(folder, "check", "song.mp3", "--source", "song.mp4")
                        .calm()
                        .exitCode())
                .isEqualTo(5);
    }

    @Test
    void check_refuses_silence_where_the_source_has_sound_and_remarks_on_it_elsewhere() {
        copyTo(folder, "silent.mp4");
        copyTo(folder, "song.mp4");
        Launched.in(folder, "silent.mp4", "-f", "flac", "-q").calm();
        assertThat(Launched.in(folder, "check", "silent.flac", "--source", "song.mp4")
                        .calm()
                        .exitCode())
                .isEqualTo(5);
        Launched alone = Launched.in(folder, "check", "silent.flac").succeeded();
        assertThat(alone.out() + alone.err()).contains("silen");
        assertThat(Launched.in(folder, "check", "silent.flac", "--strict")
                        .calm()
                        .exitCode())
                .isEqualTo(5);
    }

    @Test
    void check_refuses_a_file_that_was_cut_off_or_damaged() throws IOException {
        copyTo(folder, "song.mp4");
        Launched.in(folder, "song.mp4", "-f", "flac", "-q").succeeded();
        byte[] whole = Files.readAllBytes(folder.resolve("song.flac"));
        Files.write(folder.resolve("cut.flac"), Arrays.copyOf(whole, whole.length / 2));
        Arrays.fill(whole, whole.length / 2, whole.length / 2 + 3000, (byte) 0);
        Files.write(folder.resolve("damaged.flac"), whole);
        for (String bad : List.of("cut.flac", "damaged.flac", "text.mp4", "truncated.mp4")) {
            if (!bad.endsWith("flac")) copyTo(folder, bad);
            assertThat(Launched.in(folder, "check", bad).calm().exitCode())
                    .as(bad)
                    .isIn(3, 5);
        }
    }

    /** JNA, which calls them, has a library of its own: unpacked beside ours, or to be unpacked. */
    @Test
    void where_encoders_of_this_system_cannot_be_called_the_bundled_ones_work_and_nothing_is_said_but_by_doctor() {
        Path none = folder.resolve("song.mp4/nowhere");
        Map<String, String> nowhere =
                Map.of("SOUNDLIFT_JAVA_OPTS", "-Djna.tmpdir=" + none + " -Djna.boot.library.path=" + none);
        copyTo(folder, "song.mp4");
        Launched run = Launched.with(folder, nowhere, "song.mp4", "-f", "mp3", "--json", "-q")
                .succeeded();
        assertThat(run.err()).isEmpty();
        assertThat(run.json().get(0).path("encoder").path("system").asBoolean()).isFalse();
        assertThat(Launched.with(folder, nowhere, "doctor").succeeded().out()).contains("mp3 is the bundled one");
    }

    @Test
    void doctor_finds_the_machine_in_order() {
        Launched run = Launched.in(folder, "doctor").succeeded();
        assertThat(run.out()).contains("mp3", "flac", "Java").contains("./mvnw", Launched.HOME.toString());
        assertThat(Launched.in(folder, "doctor", "--json").succeeded().json()).hasSizeGreaterThan(5);
        assertThat(namesIn(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void completion_is_a_script_that_its_shell_can_read(String shell) throws IOException {
        Launched run = Launched.in(folder, "completion", shell).succeeded();
        assertThat(run.out()).contains("soundlift", "format");
        Path script = Files.writeString(folder.resolve("script"), run.out());
        Launched.Running reader;
        try {
            reader = Launched.start(folder, Map.of(), List.of(shell, "-n", script.toString()));
        } catch (IOException missing) {
            assumeTrue(false, shell + " is not here");
            return;
        }
        Launched read = reader.await();
        assertThat(read.exitCode()).as(read.err()).isZero();
    }

    @Test
    void help_names_every_command_and_every_option_of_a_conversion() {
        String help = Launched.in(folder, "--help").succeeded().out();
        assertThat(help)
                .contains("tracks", "check", "doctor", "completion", "--format", "--copy", "--bitrate", "--vbr")
                .contains("--rate", "--channels", "--bits", "--from", "--to", "--duration", "--range", "--track")
                .contains(
                        "--output", "--on-exists", "--verify", "--jobs", "--dry-run", "--strict", "--json", "--quiet");
        assertThat(Launched.in(folder, "help").succeeded().out()).contains("--format");
        assertThat(Launched.in(folder, "help", "tracks").succeeded().out()).contains("tracks", "--json");
        assertThat(Launched.in(folder, "tracks", "--help").succeeded().err()).isEmpty();
    }

    @Test
    void the_version_is_one_line() {
        assertThat(Launched.in(folder, "--version").succeeded().outLines())
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).matches(".*\\d+\\.\\d+.*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"LANG=zh_CN.UTF-8", "LC_ALL=zh_CN.UTF-8", "LC_MESSAGES=zh_CN.UTF-8", "LANG=zh_TW", "--lang zh"})
    void it_speaks_chinese_where_that_is_asked_for(String how) {
        copyTo(folder, "nosound.mp4");
        boolean option = how.startsWith("--");
        Launched run = option
                ? Launched.in(folder, "nosound.mp4", "--lang", "zh")
                : Launched.with(folder, Map.of(how.split("=")[0], how.split("=")[1]), "nosound.mp4");
        run.failedWith(4);
        assertThat(run.err()).containsPattern("\\p{IsHan}{4}");
        Launched help = option
                ? Launched.in(folder, "--lang", "zh", "--help")
                : Launched.with(folder, Map.of(how.split("=")[0], how.split("=")[1]), "--help");
        assertThat(help.out()).containsPattern("\\p{IsHan}{4}").contains("--format");
    }

    @Test
    void the_option_wins_over_the_environment_and_keys_of_json_stay_english() {
        copyTo(folder, "nosound.mp4");
        Map<String, String> chinese = Map.of("LANG", "zh_CN.UTF-8");
        assertThat(Launched.with(folder, chinese, "nosound.mp4", "--lang", "en")
                        .failedWith(4)
                        .err())
                .doesNotContainPattern("\\p{IsHan}");
        JsonNode report =
                Launched.with(folder, chinese, "nosound.mp4", "--json").json().get(0);
        assertThat(report.path("status").asText()).isEqualTo("failed");
        assertThat(report.path("error").path("message").asText()).containsPattern("\\p{IsHan}");
    }
}
