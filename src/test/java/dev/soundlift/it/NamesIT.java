package dev.soundlift.it;

import static dev.soundlift.sound.TestMedia.copyAs;
import static dev.soundlift.sound.TestMedia.copyTo;
import static dev.soundlift.sound.TestMedia.namesIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.sound.PeerFfmpeg;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are called what people call them, and what is inside a file may be meant to do harm. */
class NamesIT {
    @TempDir
    Path folder;

    @Test
    void a_file_is_converted_whatever_it_is_called() {
        List<String> names = List.of(
                "two words",
                " blanks around ",
                "it's \"quoted\" `twice`",
                "🎬 film 🌊",
                "海上的灯塔",
                "Ж über naïve",
                "12:30 talk",
                "$(touch pwned) ${HOME} %s {0}",
                "back\\slash",
                "a&b;c|d>e",
                "100%",
                "#1!",
                "star * and ? [x] {y}",
                "file:talk",
                "dots...");
        List<String> call = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        for (String name : names) {
            copyAs(folder.resolve(name + ".mp4"), "song.mp4");
            call.add(name + ".mp4");
            outputs.add(name + ".mp3");
        }
        call.add("-q");
        Launched run = Launched.in(folder, call.toArray(String[]::new)).succeeded();
        assertThat(run.outLines()).containsExactlyInAnyOrderElementsOf(outputs);
        assertThat(namesIn(folder)).hasSize(2 * names.size()).containsAll(outputs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@list", "http:talk", "star * and ? [x] {y}", "help", "- 1"})
    void a_name_that_looks_like_something_else_is_a_name(String name) {
        copyAs(folder.resolve(name + ".mp4"), "song.mp4");
        Launched run = Launched.in(folder, "-q", "--", name + ".mp4").succeeded();
        assertThat(run.out()).isEqualTo(name + ".mp3\n");
        assertThat(namesIn(folder)).containsExactlyInAnyOrder(name + ".mp4", name + ".mp3");
    }

    @Test
    void a_leading_dash_is_no_option_after_a_double_dash_or_behind_a_folder() {
        copyAs(folder.resolve("-f.mp4"), "song.mp4");
        assertThat(Launched.in(folder, "--", "-f.mp4").succeeded().out()).isEqualTo("-f.mp3\n");
        assertThat(Launched.in(folder, "./-f.mp4", "-f", "wav").succeeded().out())
                .endsWith("-f.wav\n");
        assertThat(namesIn(folder)).containsExactlyInAnyOrder("-f.mp3", "-f.mp4", "-f.wav");
    }

    @Test
    void a_pipe_gets_the_very_name_and_people_and_json_one_line() {
        copyAs(folder.resolve("two\nlines\u001b[31m.mp4"), "song.mp4");
        Launched run = Launched.in(folder, "two\nlines\u001b[31m.mp4");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("two\nlines\u001b[31m.mp3\n");
        assertThat(run.err()).doesNotContain("\u001b");
        assertThat(namesIn(folder)).contains("two\nlines\u001b[31m.mp3");
        assertThat(Launched.in(folder, "two\nlines\u001b[31m.mp4", "-f", "wav", "--json")
                        .succeeded()
                        .json())
                .hasSize(1);
    }

    @Test
    void the_longest_possible_name_still_gives_an_output() {
        String longest = "ü".repeat(125) + "x.mp4";
        assertThat(longest.getBytes(StandardCharsets.UTF_8)).hasSize(255);
        copyAs(folder.resolve(longest), "song.mp4");
        Launched.in(folder, longest).succeeded();
        Launched.in(folder, longest, "-f", "flac").succeeded();
        Launched.in(folder, longest, "--on-exists", "rename").succeeded();
        assertThat(namesIn(folder)).hasSize(4);
    }

    @Test
    void names_survive_where_no_locale_is_set() {
        copyAs(folder.resolve("🎬 结束.mp4"), "song.mp4");
        Launched c = Launched.with(folder, Map.of("LC_ALL", "C"), "🎬 结束.mp4").succeeded();
        assertThat(c.out()).isEqualTo("🎬 结束.mp3\n");
        String path = "PATH=" + System.getenv("PATH");
        Launched bare = Launched.command(
                        folder,
                        Map.of(),
                        List.of("env", "-i", path, Launched.LAUNCHER.toString(), "🎬 结束.mp4", "-f", "flac"))
                .succeeded();
        assertThat(bare.out()).isEqualTo("🎬 结束.flac\n");
    }

    @Test
    void hostile_tags_reach_no_terminal() {
        copyTo(folder, "tags-evil.mp4");
        for (String format : List.of("mp3", "flac", "m4a", "opus")) {
            Launched.in(folder, "tags-evil.mp4", "-f", format, "-v").succeeded();
        }
        Launched.in(folder, "tracks", ".").succeeded();
        Launched.in(folder, "tracks", ".", "--json").succeeded();
        Launched.in(folder, "tags-evil.mp3", "-f", "wav", "-v").succeeded();
        assertThat(namesIn(folder)).hasSize(6);
    }

    @Test
    void a_hostile_track_title_leads_no_path_astray() throws Exception {
        Path inner = Files.createDirectories(folder.resolve("a/b"));
        copyTo(folder, "tags-evil.mp4");
        String title = "../../etc/x\n\u001b[31m $(touch pwned) ..";
        PeerFfmpeg.ffmpeg(
                "-i",
                folder.resolve("tags-evil.mp4").toString(),
                "-c",
                "copy",
                "-metadata:s:a:0",
                "title=" + title,
                "-metadata:s:a:0",
                "language=../",
                inner.resolve("evil.mkv").toString());
        Launched.in(inner, "evil.mkv", "-o", "{title}.{lang}.{ext}").succeeded();
        Launched.in(inner, "evil.mkv", "-t", "all", "-t", "1", "-o", "x/").calm();
        Launched.in(inner, "evil.mkv", "-t", "all", "-f", "wav").succeeded();
        assertThat(namesIn(folder)).containsExactly("a", "tags-evil.mp4");
        assertThat(namesIn(folder.resolve("a"))).containsExactly("b");
        assertThat(namesIn(inner)).hasSize(3).noneMatch(name -> name.contains("\n") || name.contains("\u001b"));
    }
}
