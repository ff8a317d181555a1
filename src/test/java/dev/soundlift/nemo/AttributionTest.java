package dev.soundlift.nemo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.skill.Skill;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The front matter that the installer writes is what the service is told. */
class AttributionTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @EnumSource
    void an_installed_skill_is_read_back(Skill skill) throws ExtractionException {
        Path skills = home.resolve(".cursor/skills");
        skill.install(skills, "/opt/soundlift/bin/soundlift", false);
        Path folder = skill.fileIn(skills).getParent();
        assertThat(Attribution.of(Map.of("SOUNDLIFT_SKILL", folder.toString()), home))
                .isEqualTo(new Attribution(folder.getFileName().toString(), "1.0.0", "cursor"));
    }
}
