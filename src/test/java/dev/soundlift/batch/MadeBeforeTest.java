package dev.soundlift.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal knows to be an output is no input, unless nothing would be left. */
class MadeBeforeTest {
    @TempDir
    private Path folder;

    private Path state = Path.of("");

    @BeforeEach
    void files() throws IOException {
        state = folder.resolve("state");
        for (String name : List.of("a.wav", "a.flac", "a.mp3", "b.wav")) Files.writeString(folder.resolve(name), name);
    }

    private void made(String input, String output) throws IOException {
        Path file = folder.resolve(output);
        Map<String, Object> entry = Map.of(
                "event",
                "delivered",
                "input",
                folder.resolve(input),
                "target",
                file,
                "output",
                file,
                "outputBytes",
                Files.size(file),
                "outputModifiedNanos",
                Work.modified(file));
        new Journal(state).write(List.of(file), entry, false);
    }

    private boolean isLeftOut(String name) {
        return new MadeBefore(new Journal(state), List.of(folder.toString()), false).test(folder.resolve(name));
    }

    @Test
    void an_output_of_what_is_meant_is_left_out() throws IOException {
        made("b.wav", "a.mp3");
        assertThat(isLeftOut("a.mp3")).isTrue();
        assertThat(isLeftOut("b.wav")).isFalse();
    }

    @Test
    void what_was_made_of_each_other_is_not_left_out_altogether() throws IOException {
        made("a.wav", "a.flac");
        made("a.flac", "a.wav");
        made("a.flac", "a.mp3");
        assertThat(isLeftOut("a.wav")).isFalse();
        assertThat(isLeftOut("a.flac")).isFalse();
        assertThat(isLeftOut("a.mp3")).isTrue();
    }

    @Test
    void to_look_changes_nothing_and_the_next_to_write_leaves_out_what_is_void() throws IOException {
        made("b.wav", "a.mp3");
        Path page = pages().get(0);
        Files.writeString(page, Files.readString(page).repeat(2100));
        long bytes = Files.size(page);
        assertThat(isLeftOut("a.mp3")).isTrue();
        assertThat(Files.size(page)).isEqualTo(bytes);
        assertThat(pages()).containsExactly(page);
        made("b.wav", "a.mp3");
        assertThat(Files.readAllLines(page)).hasSize(2);
        assertThat(isLeftOut("a.mp3")).isTrue();
    }

    private List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(state)) {
            return files.filter(file -> !file.endsWith("journal.lock")).toList();
        }
    }
}
