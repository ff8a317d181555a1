package dev.soundlift.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written in the settings file, and the place that is told of it. */
class SettingsTest {
    @TempDir
    private Path folder;

    private Settings load(String text, String... words) throws IOException, ExtractionException {
        Path file = Files.writeString(folder.resolve("config.toml"), text);
        return Settings.load(file, Map.of("SOUNDLIFT_JOBS", "3"), List.of(words));
    }

    private String place(int line) {
        return folder.resolve("config.toml") + ":" + line;
    }

    private static final String FILE = """
            # mine
            [defaults]
            format = "opus"
            "on-exists" = "skip"
            jobs = 1

            [preset.phone]
            format = "m4a"
            mix = true
            """;

    @Test
    void a_format_that_the_name_of_the_output_says_was_typed() throws Exception {
        assertThat(load(FILE, "talk.mkv").values()).containsKey("format");
        assertThat(load(FILE, "talk.mkv", "-o", "talk.flac").values()).doesNotContainKey("format");
        assertThat(load(FILE, "talk.mkv", "--output=talk.flac", "--preset", "phone")
                        .values())
                .doesNotContainKey("format");
        assertThat(load(FILE, "talk.mkv", "-o", "folder/").values()).containsKey("format");
    }

    @Test
    void a_preset_that_nobody_has_made_is_known_for_it() throws Exception {
        assertThat(load(FILE, "talk.mkv").unknownPreset(List.of("talk.mkv", "--preset", "fone")))
                .contains("fone");
        for (String known : List.of("phone", "speech"))
            assertThat(load(FILE, "talk.mkv").unknownPreset(List.of("--preset=" + known)))
                    .isEmpty();
    }

    @Test
    void each_value_knows_its_line() throws Exception {
        assertThat(load(FILE).values())
                .containsEntry("format", new Settings.Value("opus", place(3)))
                .containsEntry("on-exists", new Settings.Value("skip", place(4)))
                .containsEntry("jobs", new Settings.Value("3", "SOUNDLIFT_JOBS"));
        Settings phone = load(FILE, "talk.mkv", "--preset", "phone");
        assertThat(phone.values()).containsEntry("format", new Settings.Value("m4a", place(8)));
        assertThat(phone.values()).containsEntry("mix", new Settings.Value("true", place(9)));
        assertThat(phone.withoutOwnPreset(List.of("talk.mkv", "--preset", "phone", "-v")))
                .containsExactly("talk.mkv", "-v");
        assertThat(phone.presets()).containsOnlyKeys("phone");
    }

    @Test
    void a_preset_that_is_asked_for_outranks_the_defaults_and_the_environment() throws Exception {
        String file = "[defaults]\non-exists = \"skip\"\n[preset.phone]\non-exists = \"rename\"\njobs = 2\n";
        assertThat(load(file, "a.mkv").values().get("on-exists").text()).isEqualTo("skip");
        Map<String, Settings.Value> phone =
                load(file, "a.mkv", "--preset", "phone").values();
        assertThat(phone).containsEntry("on-exists", new Settings.Value("rename", place(4)));
        assertThat(phone).containsEntry("jobs", new Settings.Value("2", place(5)));
    }

    @Test
    void dotted_and_inline_tables_are_settings_too() throws Exception {
        assertThat(load("defaults.format = \"wav\"\n").values())
                .containsEntry("format", new Settings.Value("wav", place(1)));
        assertThat(load("defaults = { format = \"wav\" }\n")
                        .values()
                        .get("format")
                        .text())
                .isEqualTo("wav");
    }

    @ParameterizedTest
    @CsvSource({"formta,format", "bit-rate,bitrate", "on_exists,on-exists", "langauge,lang", "verfy,verify"})
    void a_misspelt_key_is_told_with_the_one_that_was_meant(String key, String meant) throws Exception {
        Settings settings = load("[defaults]\n" + key + " = \"x\"\n");
        assertThat(settings.values()).containsOnlyKeys("jobs");
        if (meant.equals("lang")) return; // too far from it
        assertThat(settings.warnings()).containsExactly(Text.of("warning.setting-meant", place(2), key, meant));
    }

    @Test
    void a_key_like_none_is_told_with_all_that_there_are() throws Exception {
        assertThat(load("[defaults]\nunheardof = 1\n").warnings())
                .singleElement()
                .satisfies(told -> assertThat(told.toString()).contains(place(2), "bitrate", "output"));
    }

    @ParameterizedTest
    @CsvSource({"engine = \"cloud\"", "engine = \"Cloud\"", "format = [1]", "format = "})
    void what_cannot_be_is_refused_with_its_place(String line) {
        assertThatThrownBy(() -> load("[defaults]\n" + line + "\n"))
                .isInstanceOf(ExtractionException.class)
                .hasMessageContaining(place(2))
                .hasFieldOrPropertyWithValue("kind", ErrorKind.USAGE);
    }

    @Test
    void no_setting_allows_an_upload() throws Exception {
        assertThat(Settings.NAMES).doesNotContain("allow-upload", "yes");
        assertThat(load("[defaults]\nallow-upload = true\n").values()).containsOnlyKeys("jobs");
    }
}
