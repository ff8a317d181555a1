package dev.soundlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What new users ran into: whole calls with real files. */
class SecondPassTest {
    private static final Path MEDIA = Path.of(System.getProperty("soundlift.testdata", "testdata"), "media");

    @TempDir
    private Path folder;

    private Path put(String sample, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.copy(MEDIA.resolve(sample), file);
    }

    @Test
    void a_folder_can_be_gone_through_again() throws IOException {
        Path video = put("song.mp4", "films/a.mp4");
        Path other = Files.createDirectories(folder.resolve("other"));
        String films = video.getParent().toString();
        assertThat(Outcome.run(films, "-r", "-f", "mp3").code()).isZero();
        Outcome again = Outcome.run(films, "-r", "-f", "mp3", "-o", other + "/");
        assertThat(again.code()).isZero();
        assertThat(again.out().lines()).containsExactly(other.resolve("a.mp3").toString());
        assertThat(again.err()).contains("converted", "left out", "a.mp3");
    }

    @Test
    void a_folder_of_one_is_remembered_too() throws IOException {
        String films = put("song.mp4", "films/a.mp4").getParent().toString();
        assertThat(Outcome.run(films).code()).isZero();
        Outcome again = Outcome.run(films, "--resume");
        assertThat(again.code()).as(again.err()).isZero();
    }

    @Test
    void another_format_is_made_of_the_videos_alone_wherever_the_first_went() throws IOException {
        Path films = put("song.mp4", "films/a.mp4").getParent();
        put("phone.mov", "films/deep/b.mov");
        Path mp3 = Files.createDirectories(films.resolve("mp3"));
        Path flac = Files.createDirectories(films.resolve("flac"));
        assertThat(Outcome.run(films.toString(), "-r").code()).isZero();
        assertThat(Outcome.run(films.toString(), "-r", "-o", mp3 + "/").code()).isZero();
        Outcome second = Outcome.run(films.toString(), "-r", "-f", "flac", "-o", flac + "/", "-j", "1");
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.out().lines())
                .containsExactly(
                        flac.resolve("a.flac").toString(),
                        flac.resolve("b.flac").toString());
        assertThat(second.err()).containsOnlyOnce("left out, as made by an earlier call or as wished already: 4");
        // Of the folder of outputs itself they are what is meant
        Outcome third = Outcome.run(mp3.toString(), "-f", "wav", "-j", "1", "--resume");
        assertThat(third.code()).as(third.err()).isZero();
        assertThat(third.out().lines())
                .containsExactly(
                        mp3.resolve("a.wav").toString(), mp3.resolve("b.wav").toString());
    }

    @Test
    void what_a_run_makes_itself_is_no_earlier_calls_whatever_its_date() throws IOException {
        Path films = put("song.mp4", "films/a.mp4").getParent();
        put("song.mp4", "films/b.mp4");
        Path out = Files.createDirectories(films.resolve("zz"));
        Outcome first = Outcome.run(films.toString(), "-r", "-o", out + "/", "-j", "1", "--keep-date");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).doesNotContain("left out");
        Outcome again = Outcome.run(films.toString(), "-r", "-o", films + "/", "-j", "1", "-v");
        assertThat(again.err())
                .contains("left out, as made by an earlier call or as wished already: 2")
                .contains("left out: " + out.resolve("a.mp3"), "left out: " + out.resolve("b.mp3"));
    }

    @Test
    void an_output_that_is_named_is_an_input_also_of_a_run_that_resumes() throws IOException {
        Path films = put("song.mp4", "films/a.mp4").getParent();
        put("phone.mov", "films/b.mov");
        Path there = Files.createDirectories(folder.resolve("there"));
        assertThat(Outcome.run(films.toString(), "-f", "wav", "-o", there + "/").code())
                .isZero();
        Outcome second = Outcome.run(there.resolve("a.wav").toString(), "-f", "flac", "--resume");
        assertThat(second.out().lines()).containsExactly(there.resolve("a.flac").toString());
    }

    @Test
    void tracks_tells_what_it_cannot_look_at_and_goes_on() throws IOException {
        Path song = put("song.mp4", "song.mp4");
        Outcome looked = Outcome.run("tracks", folder + "/*.mkv", song.toString());
        assertThat(looked.code()).isEqualTo(1);
        assertThat(looked.err()).contains("soundlift: " + folder + "/*.mkv: no file matches");
        assertThat(looked.out() + looked.err()).contains("aac");
        Outcome rows = Outcome.run("tracks", "--json", folder + "/*.mkv", song.toString());
        assertThat(rows.out().lines()).hasSize(2);
    }

    @Test
    void a_script_reads_the_names_as_they_are() throws IOException {
        Path odd = put("song.mp4", "a\nb\u001b[31m.mp4");
        Outcome done = Outcome.run(odd.toString(), "--copy");
        assertThat(done.out()).isEqualTo(folder.resolve("a\nb\u001b[31m.m4a") + System.lineSeparator());
        assertThat(done.err()).doesNotContain("\u001b");
    }

    @Test
    void a_template_makes_its_folders_and_every_name_in_it_harmless() throws IOException {
        Path odd = put("song.mp4", "we:ird?\n.mp4");
        Outcome planned = Outcome.run(odd.toString(), "--copy", "-o", "{dir}/phone/{name}.{ext}", "--dry-run");
        assertThat(planned.code()).isZero();
        assertThat(folder.resolve("phone")).doesNotExist();
        Outcome.run(odd.toString(), "--copy", "-o", "{dir}/phone/{name}.{ext}");
        assertThat(folder.resolve("phone/we_ird__.m4a")).isRegularFile();
    }

    @Test
    void tags_that_the_format_does_not_have_are_told_of() throws IOException {
        Path song = put("song.mp4", "song.mp4");
        assertThat(Outcome.run(song.toString(), "-f", "flac", "--id3", "2.4", "--dry-run")
                        .err())
                .contains("no ID3");
        assertThat(Outcome.run(song.toString(), "-f", "mp3", "--id3", "2.4", "--dry-run")
                        .err())
                .doesNotContain("no ID3");
    }

    @Test
    void a_cut_copy_of_opus_is_as_long_as_it_plays() throws IOException {
        Path talk = put("interview.mkv", "talk.mkv");
        Outcome cut = Outcome.run(talk.toString(), "-t", "2", "--copy", "--range", "5-12", "--json");
        assertThat(cut.out()).contains("\"durationSeconds\":7.0,");
    }

    @Test
    void a_range_before_the_beginning_is_told_with_the_length() throws IOException {
        Path song = put("song.mp4", "song.mp4");
        Outcome outside = Outcome.run(song.toString(), "--from=-5:00", "--to=-4:00");
        assertThat(outside.code()).isEqualTo(2);
        assertThat(outside.err()).contains("-4:00", "0:05 long");
    }

    @Test
    void a_misspelt_command_is_no_input() throws IOException {
        Path song = put("song.mp4", "song.mp4");
        Outcome misspelt = Outcome.run("trakcs", song.toString());
        assertThat(misspelt.code()).isEqualTo(2);
        assertThat(misspelt.err()).contains("did you mean \"soundlift tracks\"");
        assertThat(Outcome.run("missing", song.toString(), "--dry-run").err()).contains("no such file");
    }

    @Test
    void a_sentence_of_nothing_has_no_equal_call() {
        Outcome nothing = Outcome.run("ask", "");
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).doesNotContain("equal call");
    }

    @Test
    void plain_samples_are_asked_for_by_their_format() throws IOException {
        assertThat(Outcome.run(put("song.mp4", "song.mp4").toString(), "-f", "wav", "--dry-run")
                        .err())
                .contains("wav was asked for");
    }

    @Test
    void every_planned_line_has_a_status() throws IOException {
        assertThat(Outcome.run("ask", "talk.mkv as mp3", "--dry-run", "--json").out())
                .contains("\"status\":");
        assertThat(Outcome.run("ask", "how many credits are left", "--dry-run", "--json")
                        .out())
                .contains("\"status\":\"planned\"");
    }
}
