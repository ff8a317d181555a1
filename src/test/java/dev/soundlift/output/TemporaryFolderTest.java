package dev.soundlift.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept for the time of a run only, and what is left of it after a kill. */
class TemporaryFolderTest {
    @TempDir
    Path place;

    @Test
    void it_is_gone_with_all_that_was_in_it() throws IOException {
        Path file;
        try (TemporaryFolder folder = TemporaryFolder.in(place)) {
            file = Files.writeString(folder.path().resolve("source"), "x");
        }
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void the_next_one_clears_away_what_a_killed_run_left_and_nothing_else() throws Exception {
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName(),
                        place.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(killed.getInputStream().read()).isEqualTo('x'); // it is there
        killed.destroyForcibly().waitFor();
        assertThat(place).isDirectoryContaining("glob:**.dir");
        Path other = Files.createDirectory(place.resolve("mine"));
        // Another place's turn has not come yet within a minute; here it is asked for
        Leftovers.sweep(place);
        assertThat(place).isDirectoryNotContaining("glob:**.dir");
        assertThat(other).exists();
    }

    /** Makes a folder with a file in it, says so, and waits to be killed. */
    static final class Killed {
        public static void main(String[] arguments) throws Exception {
            TemporaryFolder folder = TemporaryFolder.in(Path.of(arguments[0]));
            Files.writeString(folder.path().resolve("result.mp3"), "half of it");
            System.out.print("x");
            System.out.flush();
            Thread.sleep(600_000);
        }
    }
}
