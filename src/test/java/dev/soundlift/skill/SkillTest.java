package dev.soundlift.skill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertThat(skill.install(folder, false)).isEqualTo(Skill.Outcome.WRITTEN);
        assertThat(skill.install(folder, false)).isEqualTo(Skill.Outcome.ALREADY_THERE);
        Files.writeString(skill.fileIn(folder), "mine");
        assertThatThrownBy(() -> skill.install(folder, false)).isInstanceOf(ExtractionException.class);
        assertThat(skill.fileIn(folder)).hasContent("mine");
        assertThat(skill.install(folder, true)).isEqualTo(Skill.Outcome.REPLACED);
        assertThat(skill.fileIn(folder)).hasBinaryContent(skill.content());
    }

    /** The rules of agentskills.io. */
    @ParameterizedTest
    @EnumSource
    void the_front_matter_names_the_folder_and_stays_in_bounds(Skill skill) {
        String text = new String(skill.content(), StandardCharsets.UTF_8);
        String[] parts = text.split("(?m)^---$", 3);
        String name = skill.fileIn(folder).getParent().getFileName().toString();
        assertThat(parts[0]).isEmpty();
        assertThat(parts[1].lines()).contains("name: " + name, "version: 1.0.0");
        String description = parts[1].lines()
                .filter(line -> line.startsWith("description: "))
                .findFirst()
                .orElseThrow();
        assertThat(description.length()).isBetween(50, 1024);
        assertThat(text.lines().count()).isLessThan(500);
    }

    @Test
    void only_agents_that_are_there_get_it() throws IOException {
        Files.createDirectories(folder.resolve(".claude"));
        assertThat(Skill.places(folder)).containsExactly(folder.resolve(".claude/skills"));
    }
}
