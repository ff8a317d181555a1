package dev.soundlift.it;

import static dev.soundlift.sound.TestMedia.copyTo;
import static dev.soundlift.sound.TestMedia.namesIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several inputs, and outputs that are there already. */
class ManyInputsIT {
    @TempDir
    Path folder;

    @BeforeEach
    void three_films_one_of_them_in_a_folder() throws IOException {
        copyTo(folder, "song.mp4");
        copyTo(folder, "radio.avi");
        copyTo(Files.createDirectory(folder.resolve("deep")), "phone.mov");
        Files.writeString(folder.resolve("notes.txt"), "not a film");
    }

    @Test
    void several_inputs_give_one_path_each() {
        Launched run =
                Launched.in(folder, "song.mp4", "radio.avi", "deep/phone.mov").succeeded();
        assertThat(run.outLines()).containsExactlyInAnyOrder("song.mp3", "radio.mp3", "deep/phone.mp3");
    }

    @Test
    void a_folder_means_the_media_that_lie_in_it() {
        assertThat(Launched.in(folder, ".", "--quiet").succeeded().outLines()).hasSize(2);
        assertThat(namesIn(folder)).contains("song.mp3", "radio.mp3");
    }

    @Test
    void with_r_a_folder_means_also_what_is_in_its_folders() {
        Launched deep = Launched.in(folder, "-r", ".", "-f", "flac", "--json");
        assertThat(deep.succeeded().json()).hasSize(3);
        assertThat(deep.json())
                .extracting(report -> report.path("output").asText())
                .anyMatch(path -> path.endsWith("deep/phone.flac"));
    }

    @Test
    void a_pattern_in_quotes_is_expanded_by_the_program() {
        Launched run = Launched.in(folder, "*.{mp4,avi}").succeeded();
        assertThat(run.outLines()).containsExactlyInAnyOrder("song.mp3", "radio.mp3");
        assertThat(Launched.in(folder, "deep/*.m?v", "-f", "m4a").succeeded().outLines())
                .containsExactly("deep/phone.m4a");
    }

    @Test
    void the_same_file_named_twice_is_converted_once() {
        assertThat(Launched.in(folder, "song.mp4", "song.mp4").succeeded().outLines())
                .containsExactly("song.mp3");
    }

    @Test
    void one_failure_among_several_is_code_1_and_is_named_at_the_end() {
        copyTo(folder, "nosound.mp4");
        Launched run =
                Launched.in(folder, "song.mp4", "nosound.mp4", "radio.avi").calm();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.outLines()).containsExactlyInAnyOrder("song.mp3", "radio.mp3");
        assertThat(run.errLines().get(run.errLines().size() - 1)).contains("nosound.mp4");
        assertThat(namesIn(folder)).contains("song.mp3", "radio.mp3").doesNotContain("nosound.mp3");
    }

    @Test
    void in_json_every_input_has_its_line() {
        copyTo(folder, "text.mp4");
        Launched run = Launched.in(folder, "song.mp4", "text.mp4", "radio.avi", "--json")
                .calm();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json())
                .extracting(report -> report.path("input").asText() + " "
                        + report.path("status").asText())
                .containsExactlyInAnyOrder("song.mp4 ok", "text.mp4 failed", "radio.avi ok");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void several_inputs_cannot_go_into_one_file() {
        Launched.in(folder, "song.mp4", "radio.avi", "-o", "one.mp3").failedWith(2);
        assertThat(namesIn(folder)).doesNotContain("one.mp3");
    }

    @Test
    void inputs_that_would_have_the_same_output_do_not_overwrite_each_other() throws IOException {
        Files.copy(folder.resolve("radio.avi"), folder.resolve("song.avi"));
        Launched run = Launched.in(folder, "song.mp4", "song.avi", "--json").calm();
        List<String> outputs = run.json().stream()
                .filter(report -> !report.path("status").asText().equals("failed"))
                .map(report -> report.path("output").asText())
                .toList();
        assertThat(outputs).doesNotHaveDuplicates().isNotEmpty();
        assertThat(run.exitCode()).isEqualTo(outputs.size() == 2 ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "7"})
    void any_number_of_jobs_delivers_everything(int jobs) {
        Launched run = Launched.in(
                        folder, "song.mp4", "radio.avi", "deep/phone.mov", "-j", Integer.toString(jobs), "-q")
                .succeeded();
        assertThat(run.outLines()).hasSize(3);
    }

    @Test
    void an_output_that_exists_is_left_alone_by_default() throws IOException {
        Files.writeString(folder.resolve("song.mp3"), "precious");
        Launched.in(folder, "song.mp4").failedWith(9);
        Launched.in(folder, "song.mp4", "--on-exists", "fail").failedWith(9);
        assertThat(folder.resolve("song.mp3")).hasContent("precious");
    }

    @Test
    void skip_is_a_success_that_changes_nothing() throws IOException {
        Files.writeString(folder.resolve("song.mp3"), "precious");
        Launched run =
                Launched.in(folder, "song.mp4", "--on-exists", "skip", "--json").succeeded();
        assertThat(run.json())
                .extracting(report -> report.path("status").asText())
                .containsExactly("skipped");
        assertThat(folder.resolve("song.mp3")).hasContent("precious");
    }

    @Test
    void rename_finds_a_free_name() throws IOException {
        Files.writeString(folder.resolve("song.mp3"), "precious");
        assertThat(Launched.in(folder, "song.mp4", "--on-exists", "rename")
                        .succeeded()
                        .out())
                .isEqualTo("song (2).mp3\n");
        JsonNode third = Launched.in(folder, "song.mp4", "--on-exists", "rename", "--json")
                .succeeded()
                .json()
                .get(0);
        assertThat(third.path("output").asText()).isEqualTo("song (3).mp3");
        assertThat(folder.resolve("song.mp3")).hasContent("precious");
    }

    @Test
    void overwrite_replaces_the_file() throws IOException {
        Files.writeString(folder.resolve("song.mp3"), "old");
        Launched.in(folder, "song.mp4", "--on-exists", "overwrite").succeeded();
        assertThat(Files.size(folder.resolve("song.mp3"))).isGreaterThan(10_000);
    }
}
