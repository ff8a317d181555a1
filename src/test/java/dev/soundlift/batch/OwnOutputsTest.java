package dev.soundlift.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Destination;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second pass over a folder does not take what the first one made for something to convert. */
class OwnOutputsTest {
    @TempDir
    private Path folder;

    private static final ExtractionRequest MP3 =
            ExtractionRequest.of(Path.of("")).withFormat(AudioFormat.MP3);

    private static ExtractionRequest to(ExtractionRequest wishes, String output) {
        return wishes.withDestination(new Destination(Optional.of(output), OnExists.FAIL));
    }

    private void files(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
        }
    }

    private List<String> found(ExtractionRequest wishes, String... typed) {
        List<String> found = new ArrayList<>();
        List<String> inputs = List.of(typed).stream()
                .map(name -> name.isEmpty() ? folder.toString() : folder + "/" + name)
                .toList();
        for (Input input : new Inputs(inputs, true, OwnOutputs.once(wishes))) {
            Path file = input.file().orElseThrow();
            found.add(folder.relativize(file).toString().replace('\\', '/'));
        }
        return found;
    }

    @Test
    void beside_its_video_an_output_is_left_out_wherever_the_new_ones_go() throws IOException {
        files("a.mkv", "a.mp3", "deep/b.MP4", "deep/b.2.eng.mp3", "song.mp3", "a.wav", "song.wav");
        assertThat(found(MP3, "")).containsExactly("a.mkv", "a.wav", "deep/b.MP4", "song.wav");
        assertThat(found(to(MP3, folder + "/other/"), ""))
                .containsExactly("a.mkv", "a.wav", "deep/b.MP4", "song.mp3", "song.wav");
    }

    @Test
    void what_lies_where_the_outputs_go_is_one() throws IOException {
        files("a.mkv", "out/a.mp3", "out/old.mp3", "b.mp3");
        assertThat(found(to(MP3, folder + "/out"), "")).containsExactly("a.mkv", "b.mp3");
        files("deep/c.mkv", "deep/phone/c.mp3", "phone/a.mp3", "else/phone/d.mp3");
        assertThat(found(to(MP3, "{dir}/phone/{name}.{ext}"), ""))
                .contains("a.mkv", "deep/c.mkv", "else/phone/d.mp3")
                .doesNotContain("phone/a.mp3", "deep/phone/c.mp3");
    }

    @Test
    void of_a_copy_the_format_is_not_known_but_the_video_beside_it_is() throws IOException {
        files("a.mp4", "a.m4a", "b.m4a");
        assertThat(found(MP3.withFormat(AudioFormat.SAME), "")).containsExactly("a.mp4", "b.m4a");
    }

    @Test
    void what_is_named_is_meant_unless_videos_are_named_too() throws IOException {
        files("a.mkv", "a.mp3");
        ExtractionRequest there = to(MP3, folder + "/there/");
        assertThat(found(there, "a.mp3")).containsExactly("a.mp3");
        assertThat(found(there, "*.mp3")).containsExactly("a.mp3");
        assertThat(found(there, "a.mp3", "a.mkv")).containsExactly("a.mkv");
        assertThat(found(there, "*")).containsExactly("a.mkv");
    }

    @Test
    void what_no_named_video_makes_is_never_left_out_nor_is_what_is_not_there() throws IOException {
        files("a.mkv", "b.mp3", "deep/a.mp3", "a.2.eng.mp3");
        assertThat(found(MP3, "a.mkv", "b.mp3", "deep/a.mp3", "a.2.eng.mp3"))
                .containsExactly("a.mkv", "b.mp3", "deep/a.mp3");
        assertThat(found(MP3, "a.mkv", "a.mp3")).containsExactly("a.mkv", "a.mp3");
    }

    @Test
    void of_one_name_the_video_comes_first() throws Exception {
        files("a.flac", "a.mkv", "a-2.mkv", "A.aac");
        assertThat(Inputs.expand(List.of(folder.toString()), false))
                .extracting(file -> file.getFileName().toString())
                .containsExactly("A.aac", "a.mkv", "a.flac", "a-2.mkv");
    }

    @Test
    void a_sound_that_only_begins_like_a_video_is_somebody_elses() throws IOException {
        files("Part 1.mp4", "Part 1.5 interview.wav", "Dr.mp4", "Dr. Smith.flac", "clip.mov", "clip.wav");
        assertThat(found(MP3, ""))
                .containsExactly(
                        "Dr.mp4", "Dr. Smith.flac", "Part 1.mp4", "Part 1.5 interview.wav", "clip.mov", "clip.wav");
    }

    @Test
    void pieces_and_tracks_of_a_video_are_its_own() throws IOException {
        files("a.mp4", "a.2.mp3", "a.2.eng.mp3", "a.1+3.mp3", "a.01 Opening.mp3", "a.001.mp3", "a.0.01-0.02.5.mp3");
        files("a.2.00-.mp3", "a.-5.00-.mp3", "a.2.eng.Director's cut.01 Opening.mp3");
        assertThat(found(to(MP3, folder + "/other/"), "")).containsExactly("a.mp4");
    }

    @Test
    void in_one_pass_the_videos_of_a_folder_are_looked_for_once_and_anew_where_it_is_watched() throws IOException {
        files("a.mkv", "a.mp3", "b.mp3");
        OwnOutputs once = OwnOutputs.once(to(MP3, folder + "/other/"));
        OwnOutputs lasting = OwnOutputs.lasting(to(MP3, folder + "/other/"));
        for (OwnOutputs own : List.of(once, lasting)) {
            assertThat(own.test(folder.resolve("a.mp3"))).isTrue();
            assertThat(own.test(folder.resolve("b.mp3"))).isFalse();
        }
        files("b.mkv");
        Files.setLastModifiedTime(folder, FileTime.fromMillis(12345));
        assertThat(once.test(folder.resolve("b.mp3"))).isFalse();
        assertThat(lasting.test(folder.resolve("b.mp3"))).isTrue();
    }
}
