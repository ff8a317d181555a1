package dev.soundlift.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.sound.PeerFfmpeg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The last test of {@code verify}, in a run of its own after all others: no token and no value of an Authorization header
 * in any log, report, error text or process argument. The emulator's tokens are real ones in form, so that they are found.
 */
class NoSecretsLook {
    private static final Pattern SECRET = Pattern.compile(
            "nmv_[a-z]+_[A-Za-z0-9_-]{4,}|(?i:bearer)\\s+[A-Za-z0-9._~+/-]{8,}|(?i:authorization)\\s*[:=]\\s*\\S+");
    private static final List<String> PLACES =
            List.of("surefire-reports", "failsafe-reports", "test-logs", "test-state", "test-settings", "training");
    private static final Path TARGET = Path.of("target");

    private static List<Path> written() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String place : PLACES) {
            Path folder = TARGET.resolve(place);
            if (!Files.isDirectory(folder)) continue;
            try (Stream<Path> all = Files.walk(folder)) {
                files.addAll(all.filter(Files::isRegularFile).toList());
            }
        }
        try (Stream<Path> all = Files.list(TARGET)) {
            files.addAll(all.filter(Files::isRegularFile).toList());
        }
        return files;
    }

    @Test
    void no_secret_is_in_anything_that_the_test_run_wrote() throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> files = written();
        for (Path file : files) {
            Matcher secret = SECRET.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (secret.find()) found.add(file + ": " + secret.group().substring(0, 8) + "…");
        }
        assertThat(found).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void it_has_looked_where_something_could_have_been() throws IOException {
        PeerFfmpeg.ffmpeg("-version"); // without it nothing was sent to the emulator
        List<Path> files = written();
        assertThat(files)
                .anyMatch(file -> file.endsWith("launched.log"))
                .anyMatch(file -> file.endsWith("arguments.log"));
        assertThat(Files.readString(AllThatWasSaid.FOLDER.resolve("launched.log")))
                .contains("Setting things up...", "--engine cloud");
        assertThat(Files.readString(AllThatWasSaid.FOLDER.resolve("arguments.log")))
                .contains("-jar", "soundlift.jar");
    }

    @Test
    void the_look_would_find_what_must_not_be_there() {
        for (String leak : List.of(
                "token nmv_usr_SECRET1abcdefghijklmnop",
                "Authorization: Bearer nmv_usr_SECRET1abcdefghijklmnop",
                "bearer eyJhbGciOiJIUzI1NiJ9",
                "claim?token=nmv_usr_SECRET1&task=1")) {
            assertThat(SECRET.matcher(leak).find()).as("leak").isTrue();
        }
        assertThat(SECRET.matcher("Signed in with the token in NEMO_TOKEN.").find())
                .isFalse();
    }
}
