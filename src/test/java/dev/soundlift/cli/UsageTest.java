package dev.soundlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong command line ends with code 2 and two lines: what is wrong, and where to look. */
class UsageTest {
    private final Locale before = Locale.getDefault();

    @AfterEach
    void the_tests_leave_the_language_as_it_was() {
        Locale.setDefault(before);
    }

    private record Outcome(int code, String out, List<String> err) {}

    private static Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return new Outcome(
                code,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private static String[] split(String line, String... more) {
        String[] words = line.isEmpty() ? new String[0] : line.split(" ");
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    private static List<String> refused(Outcome outcome) {
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).hasSize(2).noneMatch(line -> line.contains("\tat ") || line.contains("Exception"));
        assertThat(outcome.err().get(0)).startsWith("soundlift: ").hasSizeGreaterThan("soundlift: ".length());
        assertThat(outcome.err().get(1)).startsWith("  ").contains("--help");
        return outcome.err();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--nonsense",
                "x.mkv --nonsense",
                "x.mkv -Z",
                "x.mkv --format",
                "x.mkv --output=",
                "x.mkv --format mp4",
                "x.mkv --format mp3 --format wav",
                "x.mkv -f mp3 --format wav",
                "x.mkv --bitrate loud",
                "x.mkv --bitrate 0",
                "x.mkv --bitrate -5k",
                "x.mkv --bitrate 99999k",
                "x.mkv --vbr 10",
                "x.mkv --vbr -1",
                "x.mkv --vbr 2 --bitrate 192k",
                "x.mkv --rate 44.1",
                "x.mkv --rate 10",
                "x.mkv --rate 999999",
                "x.mkv --channels 0",
                "x.mkv --channels many",
                "x.mkv --group 1",
                "x.mkv --group 1-2",
                "x.mkv --group 1+1",
                "x.mkv --group 1+2,",
                "x.mkv --group 1+2 --mix",
                "x.mkv --group 1+2 --track 3",
                "x.mkv --bits 20",
                "x.mkv --loudness -80",
                "x.mkv --loudness loud",
                "x.mkv --from later",
                "x.mkv --to 1:75:00",
                "x.mkv --duration 0",
                "x.mkv --duration -5",
                "x.mkv --to 5 --duration 5",
                "x.mkv --from 5 --to 2",
                "x.mkv --range 5",
                "x.mkv --range 5-2",
                "x.mkv --range 1-2 --from 3",
                "x.mkv --track 0",
                "x.mkv --track first",
                "x.mkv --on-exists ask",
                "x.mkv --verify maybe",
                "x.mkv --jobs 0",
                "x.mkv --jobs many",
                "x.mkv --copy --bitrate 192k",
                "x.mkv --copy --channels mono",
                "a.mkv b.mkv -o one.mp3",
                "ftp://example.org/talk.mp4",
                "http:///talk.mp4",
                "a.mkv - -o one.mp3",
                "x.mkv -o - --json",
                "x.mkv --max-size lots",
                "x.mkv --json=5",
                "x.mkv --copy=maybe",
                "convert",
                "convert x.mkv --nonsense",
                "tracks",
                "tracks ftp://example.org/x",
                "tracks x.mkv --max-size 0",
                "tracks --nonsense",
                "check",
                "completion",
                "completion tcsh",
                "doctor x",
                "help nonsense",
            })
    void a_wrong_command_line_is_refused_in_two_lines_in_either_language(String line) {
        List<String> english = refused(run(split(line, "--lang", "en")));
        List<String> chinese = refused(run(split(line, "--lang", "zh")));
        assertThat(String.join("", chinese)).matches(".*\\p{IsHan}.*");
        assertThat(String.join("", english)).doesNotMatch(".*\\p{IsHan}.*");
    }

    @Test
    void a_bad_value_is_named_with_what_is_allowed() {
        assertThat(refused(run("x.mkv", "--lang", "en", "--vbr", "10")))
                .containsExactly("soundlift: --vbr cannot be \"10\"; it takes 0 … 9", "  see \"soundlift --help\"");
        assertThat(refused(run("x.mkv", "--lang", "zh", "--vbr", "10")))
                .containsExactly("soundlift: --vbr 不能是“10”；可用的值：0 … 9", "  请看“soundlift --help”");
    }

    @Test
    void an_options_value_may_be_called_like_a_command() {
        // Understood, and then refused for the file that is not there
        Outcome outcome = run("--engine", "cloud", "no-such-file.mp4");
        assertThat(outcome.code()).isEqualTo(3);
    }

    @Test
    void a_subcommand_points_to_its_own_help() {
        assertThat(refused(run("tracks", "--lang", "en", "--nonsense")).get(1)).contains("soundlift tracks --help");
    }

    @Test
    void json_or_not_a_wrong_command_line_prints_no_result() {
        refused(run("x.mkv", "--json", "--nonsense"));
        refused(run("--json"));
    }

    @Test
    void what_a_terminal_would_obey_is_not_printed_back() {
        List<String> lines = refused(run("x.mkv", "--format", "\u001b[31mred\u202E\n"));
        assertThat(String.join("", lines).codePoints())
                .noneMatch(point -> Character.isISOControl(point) || point == 0x202E);
    }

    @Test
    void help_and_version_are_results() {
        for (String[] asked : List.of(split("--help"), split("--version"), split("tracks --help"), split("help"))) {
            Outcome outcome = run(asked);
            assertThat(outcome.code()).isZero();
            assertThat(outcome.out()).isNotEmpty();
            assertThat(outcome.err()).isEmpty();
        }
    }

    @Test
    void the_help_names_every_option_of_the_conversion_in_both_languages() {
        for (String language : List.of("en", "zh")) {
            assertThat(run("--lang", language, "--help").out())
                    .contains("--format", "--copy", "--bitrate", "--vbr", "--rate", "--channels", "--bits")
                    .contains("--from", "--to", "--duration", "--range", "--track", "--output", "--on-exists")
                    .contains("--verify", "--jobs", "--dry-run", "--strict", "--json", "--quiet", "--verbose");
        }
        assertThat(run("--lang", "zh", "--help").out()).containsPattern("\\p{IsHan}");
        assertThat(run("--lang", "en", "--help").out()).doesNotContainPattern("\\p{IsHan}");
    }

    @Test
    void an_at_sign_is_only_a_letter_of_a_name(@TempDir Path folder) throws IOException {
        Path options = Files.writeString(folder.resolve("x.mkv"), "--version");
        assertThat(run("@" + options).out()).isEmpty();
    }

    @Test
    void a_name_that_no_file_can_have_is_unreadable_and_no_bug() {
        Outcome outcome = run("a\0b.mkv");
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(run("check", "a\0b.mkv").code()).isEqualTo(3);
        assertThat(run("tracks", "a\0b.mkv").code()).isEqualTo(3);
    }

    @Test
    void a_language_that_is_not_spoken_is_refused() {
        refused(run("x.mkv", "--lang", "klingon"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "-qh", "help", "--lang en --help"})
    void help_lists_every_command_however_it_is_asked_for(String line) {
        Outcome help = run(split(line));
        assertThat(help.code()).isZero();
        assertThat(help.out().lines().map(String::strip).map(text -> text.split(" ")[0]))
                .containsSubsequence(Commands.words());
    }

    @Test
    void every_command_is_known_by_its_word() {
        assertThat(Commands.words()).allSatisfy(word -> {
            Outcome help = run(word, "--help");
            assertThat(help.code()).as(word).isZero();
            assertThat(help.out()).as(word).contains("soundlift " + word);
        });
    }
}
