package dev.soundlift.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.agent.Program.Option;
import dev.soundlift.agent.Program.Option.Kind;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final List<Option> OPTIONS = List.of(
            new Option("--piece-length", Kind.TEXT, ""),
            new Option("--copy", Kind.FLAG, ""),
            new Option("--track", Kind.TEXTS, ""));

    private static List<String> words(Map<String, Object> arguments) throws ExtractionException {
        List<String> words = new ArrayList<>();
        Words given =
                new Words(arguments, OPTIONS.stream().map(Option::property).toList());
        for (Option option : OPTIONS) given.addTo(words, option);
        return words;
    }

    private static void refused(Map<String, Object> arguments, String... said) {
        assertThatThrownBy(() -> words(arguments)).isInstanceOfSatisfying(ExtractionException.class, refused -> {
            assertThat(refused.kind()).isEqualTo(ErrorKind.USAGE);
            assertThat(refused.getMessage()).contains(said);
        });
    }

    @Test
    void arguments_become_options_in_the_programs_order() throws Exception {
        assertThat(words(Map.of("track", List.of("2", "lang:eng"), "copy", true, "pieceLength", "10m")))
                .containsExactly("--piece-length=10m", "--copy", "--track=2", "--track=lang:eng");
        assertThat(words(Map.of("copy", false))).containsExactly("--copy=false");
    }

    @Test
    void numbers_are_texts_and_one_text_is_a_list() throws Exception {
        assertThat(words(Map.of("pieceLength", 600, "track", 2))).containsExactly("--piece-length=600", "--track=2");
        assertThat(words(Map.of("pieceLength", 1e21))).containsExactly("--piece-length=1000000000000000000000");
    }

    @Test
    void no_value_becomes_a_word_of_its_own() throws Exception {
        assertThat(words(Map.of("pieceLength", "--allow-upload", "track", List.of("--output", "-y"))))
                .containsExactly("--piece-length=--allow-upload", "--track=--output", "--track=-y");
    }

    @Test
    void what_is_not_known_or_of_another_type_is_refused_by_name() {
        refused(Map.of("trak", "2"), "\"trak\"", "\"track\"");
        refused(Map.of("ffmpeg", "/bin/sh"), "\"ffmpeg\"");
        refused(Map.of("copy", "yes"), "copy", "yes", "true, false");
        refused(Map.of("pieceLength", List.of("10m")), "pieceLength");
        refused(Map.of("track", List.of(Map.of("number", 2))), "track");
        refused(Map.of("pieceLength", Map.of("x", "y".repeat(100_000))), "pieceLength");
    }
}
