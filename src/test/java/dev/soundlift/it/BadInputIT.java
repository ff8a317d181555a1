package dev.soundlift.it;

import static dev.soundlift.sound.TestMedia.copyTo;
import static dev.soundlift.sound.TestMedia.namesIn;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be done ends with its own code, two lines, and nothing left in the folder. */
class BadInputIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "text.mp4, 3",
        "noise.mp4, 3",
        "empty.mp4, 3",
        "broken.mp4, 3",
        "nosound.mp4, 4",
        "silent.mp4 --strict, 5",
        "interview.mkv -t 9, 4",
        "interview.mkv -t lang:xyz, 4",
        "interview.mkv -t title:Karaoke, 4",
        "interview.mkv --from 99:00, 2",
        "interview.mkv --range 2:00-3:00, 2",
        "interview.mkv --range 0:30-0:10, 2",
        "interview.mkv --from 30 --to 30, 2",
        "interview.mkv --range -0:10--0:20, 2",
        "interview.mkv --duration 0, 2",
        "interview.mkv --copy -f flac, 2",
        "interview.mkv --copy -b 128k, 2",
        "interview.mkv -o missing/out.mp3, 9",
        "interview.mkv -o missing/, 9",
        "interview.mkv -o {nonsense}.mp3, 2",
        "interview.mkv --frmat mp3, 2",
        "interview.mkv -f mp5, 2",
        "interview.mkv -b fast, 2",
        "interview.mkv -b 0, 2",
        "interview.mkv -V 10, 2",
        "interview.mkv -V -1, 2",
        "interview.mkv --rate ten, 2",
        "interview.mkv --channels many, 2",
        "interview.mkv --bits 12, 2",
        "interview.mkv --from soon, 2",
        "interview.mkv --range 5, 2",
        "interview.mkv -t 0, 2",
        "interview.mkv -t best:1, 2",
        "interview.mkv --on-exists maybe, 2",
        "interview.mkv --verify some, 2",
        "interview.mkv -j 0, 2",
        "interview.mkv -b 128k -V 2, 2",
        "interview.mkv --range 1-2 --from 1, 2",
        "interview.mkv --to 9 --duration 3, 2",
        "interview.mkv -f mp3 -f wav, 2",
        "interview.mkv -f, 2",
        "interview.mkv -o same.mp3 -o other.mp3, 2",
        "tracks, 2",
        "tracks --nonsense interview.mkv, 2",
        "check, 2",
        "completion tcsh, 2",
        "missing.mkv, 3",
        "'missing*.mkv', 3"
    })
    void each_mistake_has_its_code_and_two_lines(String call, int code) {
        String[] words = call.split(" ");
        for (String word : words) {
            boolean media = Files.exists(dev.soundlift.sound.TestMedia.media(word));
            if (media && !Files.exists(folder.resolve(word))) copyTo(folder, word);
        }
        List<String> before = namesIn(folder);
        Launched run = Launched.in(folder, words).failedWith(code);
        assertThat(run.out()).isEmpty();
        assertThat(namesIn(folder)).isEqualTo(before);
    }

    @Test
    void no_input_at_all_is_a_mistake_of_the_call() {
        Launched.in(folder).failedWith(2);
    }

    @Test
    void an_empty_folder_and_one_without_media_are_refused() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        Files.writeString(Files.createDirectory(folder.resolve("texts")).resolve("a.txt"), "text");
        Launched.in(folder, "empty").failedWith(3);
        Launched.in(folder, "texts").failedWith(3);
        Launched.in(folder, "tracks", "empty").failedWith(3);
        Launched.in(folder, "check", "empty").failedWith(3);
    }

    @Test
    void the_input_is_never_the_output() throws IOException {
        copyTo(folder, "vbr.mp3");
        byte[] before = Files.readAllBytes(folder.resolve("vbr.mp3"));
        Files.createSymbolicLink(folder.resolve("link.mp3"), Path.of("vbr.mp3"));
        for (String output : List.of("vbr.mp3", "./vbr.mp3", "link.mp3")) {
            Launched.in(folder, "vbr.mp3", "-o", output).failedWith(9);
            Launched.in(folder, "vbr.mp3", "-o", output, "--on-exists", "overwrite")
                    .failedWith(9);
        }
        assertThat(folder.resolve("vbr.mp3")).hasBinaryContent(before);
        assertThat(namesIn(folder)).containsExactly("link.mp3", "vbr.mp3");
    }

    @Test
    void an_output_that_is_a_folder_is_not_replaced() throws IOException {
        copyTo(folder, "song.mp4");
        Files.createDirectory(folder.resolve("song.mp3"));
        for (String what : List.of("fail", "overwrite")) {
            Launched.in(folder, "song.mp4", "--on-exists", what).failedWith(9);
        }
        assertThat(namesIn(folder)).containsExactly("song.mp3", "song.mp4");
        assertThat(namesIn(folder.resolve("song.mp3"))).isEmpty();
    }

    @Test
    void a_file_that_only_looks_like_a_playlist_opens_nothing_else() throws IOException {
        copyTo(folder, "song.mp4");
        Files.writeString(folder.resolve("list.mp4"), "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:5,\nsong.mp4\n");
        Files.writeString(folder.resolve("concat.mkv"), "ffconcat version 1.0\nfile song.mp4\n");
        Launched.in(folder, "list.mp4").failedWith(3);
        Launched.in(folder, "concat.mkv").failedWith(3);
        assertThat(namesIn(folder)).containsExactly("concat.mkv", "list.mp4", "song.mp4");
    }

    @ParameterizedTest
    @CsvSource({"truncated.mp4", "truncated.mkv"})
    void a_file_that_breaks_off_is_delivered_with_code_6_and_a_word(String name) {
        copyTo(folder, name);
        Launched run = Launched.in(folder, name).calm();
        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.out()).isEqualTo("truncated.mp3\n");
        assertThat(run.err()).contains("3.");
    }

    @Test
    void a_silent_source_is_delivered_and_the_silence_is_said() {
        copyTo(folder, "silent.mp4");
        Launched run = Launched.in(folder, "silent.mp4").succeeded();
        assertThat(run.out()).isEqualTo("silent.mp3\n");
        assertThat(run.err()).contains("silent");
    }
}
