package dev.soundlift.skill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SkillTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void a_skill_is_written_once_and_kept_where_it_was_changed(Skill skill) throws ExtractionException, IOException {
        assertThat(skill.install(folder, "soundlift", false)).isEqualTo(Skill.Outcome.WRITTEN);
        assertThat(skill.install(folder, "soundlift", false)).isEqualTo(Skill.Outcome.ALREADY_THERE);
        Files.writeString(skill.fileIn(folder), "mine");
        assertThatThrownBy(() -> skill.install(folder, "soundlift", false)).isInstanceOf(ExtractionException.class);
        assertThat(skill.fileIn(folder)).hasContent("mine");
        assertThat(skill.install(folder, "soundlift", true)).isEqualTo(Skill.Outcome.REPLACED);
        assertThat(skill.fileIn(folder)).hasContent(skill.text("soundlift"));
    }

    /** The rules of agentskills.io, and ClawHub's version beside them. */
    @ParameterizedTest
    @EnumSource
    void the_file_keeps_the_rules_of_the_format(Skill skill) {
        String text = skill.text("/opt/soundlift/bin/soundlift");
        String[] parts = text.split("(?m)^---$", 3);
        assertThat(parts).hasSize(3);
        assertThat(parts[0]).isEmpty();
        Map<String, String> fields = parts[1].strip()
                .lines()
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(": ")), line -> line.substring(line.indexOf(": ") + 2)));
        assertThat(fields.keySet())
                .contains("name", "version", "description")
                .isSubsetOf("name", "version", "description", "license", "compatibility", "metadata");
        assertThat(fields.get("name"))
                .isEqualTo(skill.fileIn(folder).getParent().getFileName().toString())
                .matches("[a-z0-9]+(-[a-z0-9]+)*")
                .hasSizeLessThanOrEqualTo(64);
        assertThat(fields.get("version")).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(fields.get("description")).hasSizeBetween(50, 1024).contains("Use it when");
        assertThat(fields.get("compatibility")).hasSizeLessThanOrEqualTo(500);
        // Plain YAML scalars: nothing in them may begin a comment or another mapping
        for (String field : List.of("description", "compatibility", "license")) {
            assertThat(fields.get(field)).doesNotContain(": ", " #").matches("[A-Za-z].*");
        }
        assertThat(parts[2].lines().count()).isLessThan(500);
        // About four letters, or one Chinese character, make a token
        long chinese = text.codePoints().filter(Character::isIdeographic).count();
        assertThat(chinese + (text.length() - chinese) / 4).isLessThan(5000);
        assertThat(text).contains("`/opt/soundlift/bin/soundlift`").doesNotContain("{program}");
    }

    @Test
    void only_agents_that_are_there_get_it() throws IOException {
        Files.createDirectories(folder.resolve(".claude"));
        assertThat(Skill.places(folder)).containsExactly(folder.resolve(".claude/skills"));
    }
}
