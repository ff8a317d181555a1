package dev.soundlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.sound.PeerFfmpeg;
import dev.soundlift.text.Text;
import dev.soundlift.verify.CheckWords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A slip of a new user is answered with what was meant. */
class ThirdPassTest {
    private static final Path MEDIA = Path.of(System.getProperty("soundlift.testdata", "testdata"), "media");
    private final Locale before = Locale.getDefault();

    @TempDir
    private Path folder;

    @AfterEach
    void the_tests_leave_the_language_as_it_was() {
        Locale.setDefault(before);
    }

    private static String media(String name) {
        return MEDIA.resolve(name).toString();
    }

    private Path part(String name) {
        Path part = folder.resolve(name);
        assertThat(Outcome.run(media("interview.mkv"), "--range", "1-3", "-o", part.toString())
                        .code())
                .isZero();
        return part;
    }

    @ParameterizedTest
    @CsvSource({"en, words of the sentence, in quotes", "zh, 句子里的词, 加上引号"})
    void a_sentence_without_quotes_is_not_run_in_part(String language, String what, String next) throws IOException {
        String video = Files.copy(Path.of(media("song.mp4")), folder.resolve("song.mp4"))
                .toString();
        List<String> words = List.of("ask", video, "from", "1", "to", "2", "seconds", "as", "wav", "--lang", language);
        Outcome stopped = Outcome.run(words.toArray(String[]::new));
        assertThat(stopped.code()).isEqualTo(2);
        assertThat(stopped.out()).isEmpty();
        assertThat(stopped.err())
                .contains(what, next, video + " from 1 to 2 seconds as wav")
                .hasLineCount(2);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void files_that_are_missing_are_no_words() {
        Outcome missing = Outcome.run("ask", "as mp3", "one.mkv", "two.mkv");
        assertThat(missing.code()).isNotEqualTo(2);
        assertThat(missing.err()).contains("no such file").doesNotContain("in quotes");
    }

    @Test
    void a_dry_run_says_that_the_file_is_not_there() {
        String nowhere = folder.resolve("nowhere.mkv").toString();
        Outcome dry = Outcome.run("ask", "as mp3", nowhere, "--dry-run");
        assertThat(dry.code()).isZero();
        assertThat(dry.err()).contains(nowhere + ": there is no such file yet");
        Outcome json = Outcome.run("ask", "as mp3", nowhere, "--dry-run", "--json");
        assertThat(json.code()).isZero();
        assertThat(json.err()).isEmpty();
    }

    @Test
    void a_part_of_the_source_is_not_called_damaged() {
        String part = part("part.wav").toString();
        Outcome checked = Outcome.run("check", part, "--source", media("interview.mkv"));
        assertThat(checked.code()).isEqualTo(5);
        assertThat(checked.err())
                .contains("not as long as the source", "without --source")
                .doesNotContain("not in order");
        assertThat(Outcome.run("check", part).code()).isZero();
    }

    @Test
    void a_part_that_is_damaged_is_still_called_so() throws IOException {
        Path part = part("part.flac");
        byte[] bytes = Files.readAllBytes(part);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 200, (byte) 0);
        Files.write(part, bytes);
        Outcome checked = Outcome.run("check", part.toString(), "--source", media("interview.mkv"));
        assertThat(checked.code()).isEqualTo(5);
        assertThat(checked.err()).contains("not in order");
    }

    @Test
    void of_several_files_each_is_told_of() throws IOException {
        Path bad = folder.resolve("bad.mp3");
        Files.writeString(bad, "no sound");
        String fine = media("tone.wav");
        Outcome checked = Outcome.run("check", bad.toString(), fine);
        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.err()).contains(bad.toString()).doesNotContain(fine);
        assertThat(checked.out()).containsSubsequence(bad.toString(), fine, "✓");
        Outcome json = Outcome.run("check", fine, fine, "--json");
        assertThat(json.code()).isZero();
        assertThat(json.out()).hasLineCount(2);
        assertThat(Outcome.run("check", fine, fine, "--source", fine).code()).isEqualTo(2);
    }

    @Test
    void what_is_checked_is_a_file() {
        Outcome piped = Outcome.run("check", "-");
        assertThat(piped.code()).isEqualTo(2);
        assertThat(piped.err()).contains("must be a file");
        assertThat(Outcome.run("check", media("song.mp4"), "--source", "-").code())
                .isEqualTo(2);
    }

    @Test
    void one_error_is_one() {
        assertThat(words("1 errors")).isEqualTo("1 error");
        assertThat(words("0 errors")).isEqualTo("0 errors");
        assertThat(words("11 errors")).isEqualTo("11 errors");
    }

    private static String words(String value) {
        Text text = CheckWords.value(value);
        return text.in(Locale.ENGLISH);
    }

    /** What a recording that was cut off leaves: the beginning and some data. */
    @ParameterizedTest
    @ValueSource(strings = {"local", "executable"})
    void an_mp4_that_was_cut_off_is_told_from_other_rubbish(String engine) throws IOException {
        if (engine.equals("executable")) PeerFfmpeg.ffmpeg("-version");
        byte[] data = new byte[50_000];
        for (int i = 0; i < data.length; i++) data[i] = (byte) (i * 31);
        String brand = "isom\0\0\2\0isommp41";
        ByteBuffer bytes = ByteBuffer.allocate(100_000);
        bytes.putInt(8 + brand.length()).put(("ftyp" + brand).getBytes(StandardCharsets.ISO_8859_1));
        int index = bytes.position() + 4;
        bytes.putInt(1 << 20).put("mdat".getBytes(StandardCharsets.ISO_8859_1)).put(data);
        Path cut = folder.resolve("cut.mp4");
        Files.write(cut, Arrays.copyOf(bytes.array(), bytes.position()));
        Outcome outcome = Outcome.run(cut.toString(), "--engine", engine);
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).contains("without its index", "untrunc");

        bytes.put(index, "moov".getBytes(StandardCharsets.ISO_8859_1)); // an index, though a bad one
        Files.write(cut, Arrays.copyOf(bytes.array(), bytes.position()));
        assertThat(Outcome.run(cut.toString(), "--engine", engine).err()).doesNotContain("without its index");
    }

    @Test
    void who_asks_for_a_track_that_is_not_there_hears_which_are() {
        Outcome missing = Outcome.run(media("interview.mkv"), "--dry-run", "-t", "lang:xyz");
        assertThat(missing.code()).isEqualTo(4);
        assertThat(missing.err()).containsPattern("audio tracks: 1 eng, 2 \\w+, 3 \\w+\\)");
        assertThat(Outcome.run(media("many.mkv"), "--dry-run", "-t", "77").err())
                .containsPattern(", 8 \\w+, … 12\\)");
    }

    @ParameterizedTest
    @CsvSource({
        "--rnage, --range",
        "--rnage=1-2, --range",
        "--fromat, --format",
        "--dryrun, --dry-run",
        "-F, -f",
        "-loudness, --loudness"
    })
    void a_misspelt_option_is_met_with_the_one_that_was_meant(String typed, String meant) {
        Outcome outcome = Outcome.run("a.mkv", typed);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("not understood: " + typed + "; did you mean " + meant + "?");
        assertThat(Outcome.run("a.mkv", "--nonsense").err()).doesNotContain("did you mean");
    }

    @Test
    void a_dry_run_tells_what_each_piece_will_be() {
        Outcome outcome = Outcome.run(media("interview.mkv"), "--range", "0:01-0:02.5", "-b", "96k", "--dry-run");
        assertThat(outcome.code()).isEqualTo(0);
        assertThat(outcome.err()).containsPattern("0:01–0:02\\.5, 0:01\\.5, mp3, 96 kbit/s, \\d+ Hz, \\d ch");
        assertThat(Outcome.run(media("interview.mkv"), "-V", "2", "--dry-run").err())
                .containsPattern("[1-9:]+, mp3, VBR 2,")
                .doesNotContain("–");
    }

    @Test
    void pieces_of_one_name_are_told_from_inputs_of_one_name() throws IOException {
        List<String> words = new ArrayList<>(List.of(media("interview.mkv"), "--split", "30s", "--dry-run"));
        words.addAll(List.of("-o", folder + "/{name}.{ext}"));
        Outcome twice = Outcome.run(words.toArray(String[]::new));
        assertThat(twice.err()).contains("several pieces", "{range}").doesNotContain("earlier input");
        Path other = Files.copy(Path.of(media("interview.mkv")), folder.resolve("interview.mkv"));
        Outcome two = Outcome.run(media("interview.mkv"), other.toString(), "-o", folder + "/{name}.mp3", "--dry-run");
        assertThat(two.err())
                .doesNotContain("several pieces")
                .contains("earlier input", "\"" + folder + "/{dir}/{name}.{ext}\"");
        Outcome real = Outcome.run(media("interview.mkv"), "--split", "30s", "-o", folder + "/{name}.{ext}");
        assertThat(real.code()).isEqualTo(9);
        assertThat(folder.resolve("interview.mp3")).doesNotExist();
    }
}
