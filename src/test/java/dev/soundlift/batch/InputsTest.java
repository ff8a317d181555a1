package dev.soundlift.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputsTest {
    @TempDir
    private Path folder;

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "x");
    }

    private List<String> expanded(boolean recurse, Object... typed) throws ExtractionException {
        return Inputs.expand(Stream.of(typed).map(Object::toString).toList(), recurse).stream()
                .map(path -> folder.relativize(path).toString().replace('\\', '/'))
                .toList();
    }

    private static void fails(String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(ExtractionException.class)
                .hasFieldOrPropertyWithValue("kind", ErrorKind.UNREADABLE)
                .hasMessageStartingWith(message);
    }

    @Test
    void files_stand_in_the_order_typed_and_each_once() throws Exception {
        Path b = file("b.mkv");
        Path a = file("a.mkv");
        assertThat(expanded(false, b, a, b)).containsExactly("b.mkv", "a.mkv");
    }

    @Test
    void the_endings_of_videos_are_told_where_sounds_lie_beside_them() throws Exception {
        file("a.MP4");
        file("b.mkv");
        file("notes.txt");
        assertThat(Inputs.videosBesideSounds(folder)).isEmpty();
        file("c.mp3");
        assertThat(Inputs.videosBesideSounds(folder)).containsExactlyInAnyOrder("MP4", "mkv");
    }

    @Test
    void a_file_that_is_named_is_tried_whatever_it_is_called() throws Exception {
        assertThat(expanded(false, file("notes.txt"), file(".hidden"))).containsExactly("notes.txt", ".hidden");
    }

    @Test
    void a_file_that_is_not_there_is_for_the_engine_to_miss() throws Exception {
        assertThat(expanded(false, folder.resolve("missing.mkv"))).containsExactly("missing.mkv");
    }

    @Test
    void a_folder_gives_its_media_by_name() throws Exception {
        for (String name : List.of("c.mp4", "a.MKV", "b.webm", "notes.txt", "cover.jpg", ".d.mp4", "noextension"))
            file(name);
        file("deep/e.mp4");
        assertThat(expanded(false, folder)).containsExactly("a.MKV", "b.webm", "c.mp4");
    }

    @Test
    void a_folder_is_searched_to_its_depths_only_when_asked() throws Exception {
        file("a.mp4");
        file("deep/deeper/e.mp4");
        assertThat(expanded(true, folder)).containsExactly("a.mp4", "deep/deeper/e.mp4");
    }

    @Test
    void a_folder_without_media_is_an_error_that_names_it() throws Exception {
        file("notes.txt");
        fails("no media files in the folder " + folder, () -> expanded(false, folder));
    }

    @Test
    void a_pattern_is_expanded_by_name() throws Exception {
        for (String name : List.of("b.mkv", "a.mkv", "c.mp4", "x.txt")) file(name);
        assertThat(expanded(false, folder + "/*.mkv")).containsExactly("a.mkv", "b.mkv");
        assertThat(expanded(false, folder + "/?.{mp4,txt}")).containsExactly("c.mp4", "x.txt");
        assertThat(expanded(false, folder + "/[ab].*")).containsExactly("a.mkv", "b.mkv");
    }

    @Test
    void a_pattern_takes_what_hides_only_where_it_says_so() throws Exception {
        for (String name : List.of("a.mkv", ".b.mkv")) file(name);
        assertThat(expanded(false, folder + "/*.mkv")).containsExactly("a.mkv");
        assertThat(expanded(false, folder + "/.*.mkv")).containsExactly(".b.mkv");
    }

    @Test
    void a_pattern_takes_files_and_no_folders() throws Exception {
        file("a.mkv");
        Files.createDirectory(folder.resolve("b.mkv"));
        assertThat(expanded(false, folder + "/*.mkv")).containsExactly("a.mkv");
    }

    @Test
    void a_pattern_that_matches_nothing_is_an_error() {
        fails("no file matches", () -> expanded(false, folder + "/*.mkv"));
        fails("no file matches", () -> expanded(false, folder + "/not there/*.mkv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[abc", "{a,b", "a]*[", "*{"})
    void a_pattern_that_is_none_is_an_error_and_no_accident(String pattern) {
        assertThatThrownBy(() -> expanded(false, folder + "/" + pattern)).isInstanceOf(ExtractionException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "what [live].mkv",
                "{x}.mkv",
                "a b.mkv",
                "名字 😀.mkv",
                "it's $x.mkv",
                "-dash.mkv",
                "%41.mkv",
                "a#b.mkv"
            })
    void odd_names_are_taken_as_they_are(String name) throws Exception {
        assertThat(expanded(false, file(name))).containsExactly(name);
    }

    @Test
    void an_impossible_name_is_an_error_and_no_accident() {
        fails("it cannot be read", () -> Inputs.expand(List.of("a\0b.mkv"), false));
        assertThatThrownBy(() -> Inputs.expand(List.of("a\0b*.mkv"), false)).isInstanceOf(ExtractionException.class);
    }

    @Test
    void a_loop_of_links_ends() throws Exception {
        file("a.mp4");
        file("deep/b.mp4");
        try {
            Files.createSymbolicLink(folder.resolve("deep/loop"), folder);
        } catch (IOException | UnsupportedOperationException notHere) {
            assumeTrue(false, "no links here");
        }
        assertThat(expanded(true, folder)).containsExactly("a.mp4", "deep/b.mp4");
        // What holds the folder that is searched is not searched because of a link in it
        assertThat(expanded(true, folder.resolve("deep"))).containsExactly("deep/b.mp4");
    }

    @Test
    void a_link_to_a_file_is_a_file() throws Exception {
        Path real = file("elsewhere/real.bin");
        Files.createDirectory(folder.resolve("in"));
        Files.createSymbolicLink(folder.resolve("in/link.mp4"), real);
        assertThat(expanded(false, folder.resolve("in"))).containsExactly("in/link.mp4");
    }

    @Test
    void what_is_meant_twice_stands_where_it_was_meant_first() throws Exception {
        Path b = file("b.mkv");
        file("a.mkv");
        assertThat(expanded(false, b, folder, folder + "/./b.mkv", folder + "/*.mkv"))
                .containsExactly("b.mkv", "a.mkv");
    }

    @Test
    void what_hides_is_left_out_with_all_that_is_in_it() throws Exception {
        file("a.mp4");
        file(".Trash/b.mp4");
        assertThat(expanded(true, folder)).containsExactly("a.mp4");
        assertThat(expanded(true, folder.resolve(".Trash"))).containsExactly(".Trash/b.mp4");
    }

    @Test
    void files_are_looked_for_when_their_turn_comes() throws Exception {
        Path first = file("a.mp4");
        Path last = file("deep/b.mp4");
        var inputs = new Inputs(List.of(folder.toString(), folder + "/not there.mp4"), true, file -> false).iterator();
        assertThat(inputs.next().file()).contains(first);
        Path added = file("deep/c.mp4");
        Files.delete(last);
        assertThat(inputs.next().file()).contains(added);
        assertThat(inputs.next().file()).contains(folder.resolve("not there.mp4"));
        assertThat(inputs).isExhausted();
    }

    @Test
    void one_that_means_nothing_does_not_stop_the_others() throws Exception {
        Path file = file("in/a.mp4");
        Files.createDirectory(folder.resolve("empty"));
        List<String> typed = List.of(folder + "/*.x", folder.resolve("empty").toString(), file.toString());
        List<Input> all = new java.util.ArrayList<>();
        new Inputs(typed, false, none -> false).forEach(all::add);
        assertThat(all)
                .extracting(input -> input.unusable().map(Throwable::getMessage).orElse(""))
                .satisfiesExactly(
                        why -> assertThat(why).startsWith("no file matches"),
                        why -> assertThat(why).startsWith("no media files"),
                        why -> assertThat(why).isEmpty());
    }

    @Test
    void a_folder_of_nothing_but_outputs_is_no_error() throws Exception {
        file("a.mp3");
        assertThat(new Inputs(List.of(folder.toString()), false, file -> true)).isEmpty();
    }

    /** Who allows a folder looks at the path's parts, of which "..\*" is one where the backslash separates nothing. */
    @Test
    void a_pattern_leads_out_of_a_folder_only_where_its_path_does() throws Exception {
        file("in/a.mp4");
        file("above.mp4");
        String typed = folder + "/in/..\\*.mp4";
        boolean separates = Path.of("..\\x").getNameCount() == 2;
        if (separates) assertThat(expanded(false, typed)).containsExactly("in/../above.mp4");
        else fails("no file matches", () -> expanded(false, typed));
    }
}
