package dev.soundlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.sentence.Reading;
import dev.soundlift.sentence.SentenceReader;
import dev.soundlift.sentence.Surroundings;
import dev.soundlift.skill.Skill;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the skills tell an agent to call is what the program accepts, and what the user's own words mean. */
class SkillCallsTest {
    private static final String TEXT = Skill.AUDIO_EXTRACT.text("soundlift") + Skill.MP4_TO_MP3.text("soundlift");

    /** A row of the tables: what the user says, and the call. */
    record Row(String words, List<String> call) {}

    static Stream<Row> rows() {
        return Pattern.compile("(?m)^\\| (.+) \\| `soundlift (.+) --json` \\|$")
                .matcher(TEXT)
                .results()
                .map(row -> new Row(row.group(1), Arrays.asList(row.group(2).split(" "))))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void the_words_of_a_row_ask_for_its_call(Row row) {
        boolean names = row.words().contains("Lectures");
        Reading reading = new SentenceReader(Surroundings.NONE)
                .read(row.words(), names ? List.of() : row.call().subList(0, 1));
        assertThat(reading.commandLine()).isEqualTo(row.call());
        assertThat(reading.notUnderstood()).isEmpty();
        assertThat(reading.contradictions()).isEmpty();
    }

    @Test
    void both_languages_have_the_examples_of_the_documents() {
        assertThat(rows().filter(row -> row.words().codePoints().anyMatch(Character::isIdeographic)))
                .hasSizeGreaterThanOrEqualTo(4);
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(13);
    }

    /** Whoever asks for one of them gets what its name says. */
    @Test
    void each_skill_has_its_own_part() {
        assertThat(Skill.AUDIO_EXTRACT.text("soundlift")).contains("-vn -c:a copy", "`-map 0:a:1`");
        assertThat(Skill.MP4_TO_MP3.text("soundlift")).contains("Which format").doesNotContain("-map");
    }

    @Test
    void every_option_that_is_named_is_one() {
        Set<String> known = new TreeSet<>(Set.of("--yes"));
        for (Object options : List.of(new ConvertOptions(), new GlobalOptions(), new AccessOptions())) {
            known.addAll(CommandLine.Model.CommandSpec.forAnnotatedObject(options)
                    .optionsMap()
                    .keySet());
        }
        Set<String> named = new TreeSet<>(Pattern.compile("--[a-z][a-z-]+")
                .matcher(TEXT)
                .results()
                .map(MatchResult::group)
                .toList());
        assertThat(named).isNotEmpty().isSubsetOf(known);
    }
}
