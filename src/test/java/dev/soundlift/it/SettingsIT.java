package dev.soundlift.it;

import static dev.soundlift.sound.TestMedia.copyTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flag before a preset of one's own, that before the environment, that before the settings file. */
class SettingsIT {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("config.toml");
    }

    @BeforeEach
    void a_film_and_a_file_of_settings() throws IOException {
        copyTo(folder, "song.mp4");
        Files.writeString(file(), """
                [defaults]
                format = "opus"
                bitrate = "96k"
                output = "{dir}/{name}-{date}.{ext}"

                [preset.phone]
                format = "m4a"
                channels = "mono"
                """);
    }

    private List<String> planned(Map<String, String> environment, String... words) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("SOUNDLIFT_CONFIG", file().toString());
        List<String> arguments = new ArrayList<>(List.of("song.mp4", "--dry-run", "--json"));
        arguments.addAll(List.of(words));
        Launched run =
                Launched.with(folder, all, arguments.toArray(new String[0])).succeeded();
        List<String> commandLine = new ArrayList<>();
        for (JsonNode word : run.json().get(0).path("commandLine")) commandLine.add(word.asText());
        assertThat(run.json().get(0).path("output").asText()).matches(".*song-\\d{4}-\\d{2}-\\d{2}\\.\\w+");
        return commandLine;
    }

    @Test
    void each_source_outranks_the_next() {
        assertThat(planned(Map.of())).contains("opus", "96k");
        assertThat(planned(Map.of("SOUNDLIFT_BITRATE", "128k"))).contains("opus", "128k");
        assertThat(planned(Map.of("SOUNDLIFT_BITRATE", "128k"), "-b", "64k")).contains("opus", "64k");
        assertThat(planned(Map.of(), "--preset", "phone"))
                .contains("m4a", "--channels", "mono")
                .doesNotContain("96k", "--preset");
        assertThat(planned(Map.of(), "--preset", "phone", "--channels", "stereo"))
                .contains("m4a", "stereo");
        assertThat(planned(Map.of(), "--preset", "speech"))
                .contains("wav", "speech")
                .doesNotContain("96k");
    }

    @Test
    void what_is_wrong_in_the_file_is_told_with_its_place() throws IOException {
        Map<String, String> environment = Map.of("SOUNDLIFT_CONFIG", file().toString());
        Files.writeString(file(), "[defaults]\nformta = \"flac\"\n");
        assertThat(Launched.with(folder, environment, "song.mp4", "-q")
                        .succeeded()
                        .err())
                .contains(file() + ":2", "formta", "\"format\"");
        Files.writeString(file(), "[defaults]\n\nformat = \"mp33\"\n");
        assertThat(Launched.with(folder, environment, "song.mp4").failedWith(2).err())
                .contains(file() + ":3", "--format", "mp33", "flac");
        Files.writeString(file(), "[defaults]\nrecurse = \"perhaps\"\n");
        assertThat(Launched.with(folder, environment, "song.mp4").failedWith(2).err())
                .contains(file() + ":2", "true, false");
        Files.writeString(file(), "[defaults\n");
        assertThat(Launched.with(folder, environment, "song.mp4").failedWith(2).err())
                .contains(file() + ":1");
    }

    @Test
    void the_doctor_says_where_each_came_from() {
        Launched run = Launched.with(
                folder, Map.of("SOUNDLIFT_CONFIG", file().toString(), "SOUNDLIFT_BITRATE", "128k"), "doctor");
        assertThat(run.out()).contains("opus", file().toString(), "128k", "SOUNDLIFT_BITRATE");
    }

    @Test
    void a_fault_is_told_where_it_stands_and_the_doctor_tells_the_rest_besides() throws IOException {
        Map<String, String> variable = Map.of("SOUNDLIFT_CONFIG", file().toString(), "SOUNDLIFT_BITRATE", "lots");
        assertThat(Launched.with(folder, variable, "song.mp4").failedWith(2).err())
                .contains("environment variable SOUNDLIFT_BITRATE")
                .doesNotContain("SOUNDLIFT_CONFIG");
        Launched doctor = Launched.with(folder, variable, "doctor").calm();
        assertThat(doctor.exitCode()).isEqualTo(2);
        assertThat(doctor.out()).contains("lots", "flac", file().toString());
        assertThat(Launched.with(folder, Map.of("SOUNDLIFT_CONFIG", file().toString()), "x.mp4", "--preset", "fone")
                        .failedWith(2)
                        .err())
                .contains("speech", "phone");
        Files.writeString(file(), "[defaults\n");
        assertThat(Launched.with(folder, Map.of("SOUNDLIFT_CONFIG", file().toString()), "doctor")
                        .out())
                .contains("flac", file().toString());
    }

    @Test
    void the_language_and_the_flags_are_settings_too() throws IOException {
        Files.writeString(file(), "[defaults]\nlang = \"zh\"\nrecurse = true\nquiet = true\non-exists = \"skip\"\n");
        Map<String, String> environment = Map.of("SOUNDLIFT_CONFIG", file().toString());
        copyTo(Files.createDirectory(folder.resolve("deep")), "phone.mov");
        assertThat(Launched.with(folder, environment, ".").succeeded().outLines())
                .hasSize(2);
        assertThat(Launched.with(folder, environment, ".", "-r").succeeded().outLines())
                .hasSize(2);
        assertThat(Launched.with(folder, environment, "missing.mp4")
                        .failedWith(3)
                        .err())
                .contains("文件");
        assertThat(Launched.with(folder, environment, "missing.mp4", "--lang", "en")
                        .failedWith(3)
                        .err())
                .doesNotContain("文件");
    }
}
