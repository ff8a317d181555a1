package dev.soundlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** No option is taken and ignored: what has no effect on this input, output or command is refused. */
class WithoutEffectTest {
    private final Locale before = Locale.getDefault();

    @TempDir
    private Path folder;

    @AfterEach
    void the_tests_leave_the_language_as_it_was() {
        Locale.setDefault(before);
    }

    private static String refused(List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                words.toArray(String[]::new),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        assertThat(code).as("%s: %s%s", words, out, err).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "-, --isolate",
        "-, --keep-date",
        "-, --resume",
        "-, --resume-by-content",
        "http://127.0.0.1:9/a.mkv, --isolate",
        "http://127.0.0.1:9/a.mkv, --keep-date",
        "http://127.0.0.1:9/a.mkv, --resume-by-content"
    })
    void what_only_files_can_have_is_refused_to_others(String input, String option) {
        assertThat(refused(List.of(input, "-o", "x.mp3", option))).contains(option, "is for files");
        assertThat(refused(List.of("convert", "here.mkv", input, option))).contains(option, "is for files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--chapter-list=json", "--keep-date", "--resume", "--resume-by-content"})
    void nothing_can_stand_beside_standard_output(String option) {
        assertThat(refused(List.of("a.mkv", "-o", "-", option))).contains("--output -");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--allow-private", "--max-size=3M", "--dry-run"})
    void a_watched_folder_has_nothing_that_is_fetched(String option) {
        assertThat(refused(List.of("watch", folder.toString(), option))).contains(option.replaceAll("=.*", ""));
    }

    @Test
    void a_script_is_no_json() {
        assertThat(refused(List.of("completion", "bash", "--json"))).contains("--json");
    }

    /** Every option that a command takes of its own would be lost before it. */
    @Test
    void what_stands_before_a_command_is_refused_whatever_it_is() throws IOException {
        CommandLine root =
                new CommandLine(new RootCommand(new Console(System.out, System.err, Locale.ENGLISH, false, false)));
        Path file = Files.writeString(folder.resolve("a.mkv"), "video");
        List<List<String>> calls = List.of(
                List.of("convert", file.toString()),
                List.of("tracks", file.toString()),
                List.of("check", file.toString()),
                List.of("ask", "a.mkv as mp3", "--dry-run"),
                List.of("watch", folder.resolve("none").toString()),
                List.of("completion", "bash"),
                List.of("cloud", "credits"));
        for (OptionSpec option : root.getCommandSpec().options()) {
            boolean leads =
                    List.of("--help", "--version", "--lang", "--no-color").contains(option.longestName());
            if (leads) continue;
            for (List<String> call : calls) {
                List<String> words = new ArrayList<>(List.of(option.longestName()));
                if (option.arity().min() > 0) words.add("1");
                words.addAll(call);
                assertThat(refused(words)).contains(option.longestName(), "stands before", call.get(0));
            }
        }
        assertThat(refused(List.of("cloud", "--json", "credits"))).contains("soundlift cloud credits --json");
        assertThat(refused(List.of("--json", "cloud", "credits"))).contains("soundlift cloud credits --json");
        assertThat(refused(List.of("a.mkv", "tracks", "b.mkv"))).contains("a.mkv", "./tracks");
    }
}
