package dev.soundlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.report.JsonLine;
import dev.soundlift.sound.TestMedia;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A list of inputs, whole and in shares. */
class ManifestCallsTest {
    private final Locale before = Locale.getDefault();

    @TempDir
    private Path folder;

    @AfterEach
    void the_tests_leave_the_language_as_it_was() {
        Locale.setDefault(before);
    }

    private String list(String... lines) throws IOException {
        return Files.write(folder.resolve("list.jsonl"), List.of(lines)).toString();
    }

    private static String line(Path input, String more) {
        return "{\"input\": \"" + input + "\"" + more + "}";
    }

    private static List<Map<String, String>> rows(Outcome outcome) {
        return outcome.out()
                .lines()
                .map(line -> JsonLine.read(line).orElseThrow())
                .toList();
    }

    @Test
    void nothing_tells_the_password_of_an_address() throws Exception {
        String list = list(
                "{\"input\": \"https://me:word@/a.mp4?sig=word\"}",
                "{\"input\": \"https://me:word@127.0.0.1:1/a.mp4?sig=word\", \"rate\": \"fast\"}");
        Outcome outcome = Outcome.run("--manifest", list, "--copy", "--json");
        assertThat(rows(outcome))
                .extracting(row -> row.get("input"))
                .containsExactlyInAnyOrder(list + ":1", "https://127.0.0.1:1/a.mp4");
        assertThat(outcome.out() + outcome.err()).doesNotContain("word");
    }

    @Test
    void all_shares_together_do_each_line_once_and_a_second_run_does_nothing() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 9; i++)
            lines.add(line(TestMedia.copyAs(folder.resolve("clip" + i + ".mkv"), "interview.mkv"), ""));
        String list = list(lines.toArray(String[]::new));
        List<String> inputs = new ArrayList<>();
        for (int share = 1; share <= 3; share++) {
            Outcome outcome = Outcome.run(
                    "--manifest", list, "--shard", share + "/3", "--copy", "--to", "0:01", "-j", "1", "--json");
            assertThat(outcome.code()).as(outcome.err()).isZero();
            rows(outcome).forEach(row -> inputs.add(row.get("input")));
        }
        assertThat(inputs).hasSize(9).doesNotHaveDuplicates();
        assertThat(TestMedia.namesIn(folder)).hasSize(9 + 9 + 1);

        Outcome again = Outcome.run("--manifest", list, "--copy", "--to", "0:01", "--resume", "--json");
        assertThat(again.code()).isZero();
        assertThat(rows(again).stream().map(row -> row.get("status")).collect(Collectors.toSet()))
                .containsExactly("skipped");
        assertThat(rows(again)).hasSize(9);
    }

    @Test
    void a_line_that_stands_there_twice_is_done_once() throws Exception {
        Path clip = TestMedia.copyTo(folder, "interview.mkv");
        String list = list(line(clip, ", \"to\": 1"), line(clip, ", \"format\": \"flac\""), line(clip, ", \"to\": 1"));
        Outcome outcome = Outcome.run("--manifest", list, "--copy", "--verify", "quick", "--json", "--dry-run");
        assertThat(rows(outcome)).hasSize(2);
    }

    @Test
    void a_line_may_wish_otherwise_than_the_call() throws Exception {
        Path clip = TestMedia.copyTo(folder, "interview.mkv");
        String list = list(
                line(clip, ""),
                line(clip, ", \"range\": [\"0-0:01\", \"0:01-0:02\"], \"format\": \"flac\""),
                line(clip, ", \"bitrate\": \"128k\", \"output\": \"" + folder.resolve("own.mp3") + "\""));
        Outcome outcome = Outcome.run("--manifest", list, "--to", "0:02", "-V", "4", "-f", "mp3", "-j", "1", "--json");
        assertThat(outcome.code()).as(outcome.err() + outcome.out()).isZero();
        List<Map<String, String>> rows = rows(outcome);
        assertThat(rows).extracting(row -> row.get("format.codec")).containsExactly("mp3", "flac", "flac", "mp3");
        assertThat(rows.get(1).get("range.endSeconds")).isEqualTo("1.0");
        assertThat(rows.get(3).get("format.bitsPerSecond")).isEqualTo("128000");
        assertThat(folder.resolve("own.mp3")).exists();
    }

    @Test
    void a_bad_line_is_a_failure_of_its_own() throws Exception {
        Path clip = TestMedia.copyTo(folder, "interview.mkv");
        String list = list(
                line(clip, ""),
                "{\"input\": ",
                line(clip, ", \"trak\": 2"),
                line(clip, ", \"rate\": \"fast\""),
                line(clip, ", \"ffmpeg\": \"/bin/sh\""),
                "{\"input\": \"s3://bucket/key\"}",
                "{\"input\": \"-\"}",
                "{\"input\": \"" + folder.resolve("missing.mkv") + "\"}");
        Outcome outcome = Outcome.run("--manifest", list, "--copy", "-j", "1", "--json");
        assertThat(outcome.code()).isEqualTo(1);
        List<Map<String, String>> rows = rows(outcome);
        assertThat(rows).hasSize(8);
        assertThat(rows.get(0).get("status")).isEqualTo("ok");
        assertThat(rows.get(1).get("input")).isEqualTo(list + ":2");
        for (int line = 2; line <= 7; line++) {
            Map<String, String> row = rows.get(line - 1);
            assertThat(row.get("status")).isEqualTo("failed");
            // Once, with its input or in its place
            assertThat(row.get("input") + ": " + row.get("error.message"))
                    .containsOnlyOnce(list)
                    .contains(row.get("input").equals(clip.toString()) ? "line " + line + " of " : list + ":" + line);
        }
        assertThat(rows.get(2).get("error.message")).contains("\"trak\"");
        assertThat(rows.get(3).get("error.message")).contains("--rate", "fast");
        assertThat(rows.get(4).get("error.message")).contains("\"ffmpeg\"");
        assertThat(rows.get(7).get("error.kind")).isEqualTo("unreadable");
    }

    @Test
    void a_rehearsal_prints_the_call_with_its_list() throws Exception {
        String list = list(line(TestMedia.copyTo(folder, "interview.mkv"), ""));
        Outcome outcome = Outcome.run("--manifest", list, "--shard", "1/1", "--dry-run", "--json", "--copy");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains("\"commandLine\":[\"--format\",\"same\",\"--copy\",\"--manifest\",\"" + list + "\"]");
    }

    @Test
    void a_list_out_of_a_pipe_is_read_once() throws Exception {
        String line = line(TestMedia.copyTo(folder, "interview.mkv"), "");
        InputStream usual = System.in;
        try {
            System.setIn(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
            Outcome outcome = Outcome.run("--manifest", "-", "--copy", "--to", "0:01", "--json");
            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(rows(outcome)).hasSize(1);
        } finally {
            System.setIn(usual);
        }
        ManifestOptions options = new ManifestOptions();
        Path namesake = Files.createFile(Path.of("-"));
        try {
            new CommandLine(options).parseArgs("--manifest", "-");
            assertThat(options.lasts()).isFalse();
        } finally {
            Files.delete(namesake);
        }
        new CommandLine(options).parseArgs("--manifest", "/dev/stdin");
        assertThat(options.lasts()).isFalse();
        new CommandLine(options).parseArgs("--manifest", list(line));
        assertThat(options.lasts()).isTrue();
    }

    @Test
    void a_share_with_nothing_in_it_is_done() throws Exception {
        String list = list(line(folder.resolve("missing.mkv"), ""));
        List<Integer> codes = new ArrayList<>();
        for (int share = 1; share <= 2; share++) {
            codes.add(Outcome.run("--manifest", list, "--shard", share + "/2", "--json")
                    .code());
        }
        assertThat(codes).containsExactlyInAnyOrder(0, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "2, --shard 1/3 a.mkv, needs the list",
        "2, --manifest LIST a.mkv, a.mkv",
        "2, --manifest LIST -r, --recurse",
        "2, --manifest LIST -o -, --output -",
        "2, --manifest LIST -o one.mp3, one",
        "2, --manifest LIST --shard 3/2, 3/2",
        "2, --manifest BAD, input",
        "2, --manifest=, --manifest",
        "3, --manifest NONE, no such file",
        "3, --manifest EMPTY, names no input",
        "3, --manifest FOLDER, cannot be read",
    })
    void what_is_no_such_call_is_refused_before_anything_is_done(int code, String words, String told) throws Exception {
        String list = list(line(TestMedia.copyTo(folder, "interview.mkv"), ""));
        Path bad = Files.writeString(folder.resolve("bad.csv"), "talk.mkv\n");
        String all = words.replace("LIST", list)
                .replace("BAD", bad.toString())
                .replace(
                        "EMPTY",
                        Files.writeString(folder.resolve("empty.csv"), "input\n")
                                .toString())
                .replace("NONE", folder.resolve("none.csv").toString())
                .replace("FOLDER", folder.toString());
        Outcome outcome = Outcome.run(all.split(" "));
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
        assertThat(outcome.err()).contains(told);
        assertThat(TestMedia.namesIn(folder)).hasSize(4);
    }
}
