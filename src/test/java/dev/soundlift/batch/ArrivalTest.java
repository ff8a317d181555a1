package dev.soundlift.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a file in a watched folder is ready, and when there is something to be done about it again. */
class ArrivalTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private Path file;
    private final Arrival arrival = new Arrival();

    @BeforeEach
    void a_file() throws Exception {
        file = Files.writeString(folder.resolve("a.mkv"), "video");
    }

    @Test
    void it_is_told_once_and_ready_when_it_has_kept_still() {
        assertThat(arrival.looksNew(file)).isTrue();
        assertThat(arrival.looksNew(file)).isFalse();
        assertThat(arrival.isReady(file, HOUR))
                .as("closed, but changed just now")
                .isFalse();
        assertThat(arrival.isReady(file, Duration.ZERO)).isTrue();
    }

    @Test
    void what_is_empty_or_being_written_is_not_ready() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
        arrival.looksNew(file);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            assertThat(out).isNotNull();
            assertThat(arrival.isReady(file, Duration.ZERO)).isFalse();
        }
        assertThat(arrival.isReady(file, Duration.ZERO)).isTrue();
        Files.writeString(file, "");
        arrival.looksNew(file);
        assertThat(arrival.isReady(file, Duration.ZERO)).isFalse();
    }

    @Test
    void what_is_done_is_new_again_when_it_changes_meanwhile_or_later() throws Exception {
        arrival.looksNew(file);
        arrival.begin();
        assertThat(arrival.isReady(file, Duration.ZERO)).as("under way").isFalse();
        Files.writeString(file, "another video");
        arrival.looksNew(file);
        arrival.done();
        assertThat(arrival.isReady(file, Duration.ZERO))
                .as("replaced while it was converted")
                .isTrue();
        arrival.begin();
        arrival.done();
        assertThat(arrival.isExpected()).isFalse();
        Files.writeString(file, "yet another video");
        assertThat(arrival.looksNew(file)).isTrue();
    }

    @Test
    void a_failure_waits_and_a_change_ends_the_wait() throws Exception {
        arrival.looksNew(file);
        arrival.begin();
        assertThat(arrival.failed()).isEqualTo(1);
        arrival.retryAfter(HOUR);
        assertThat(arrival.isReady(file, Duration.ZERO)).isFalse();
        Files.writeString(file, "another video");
        arrival.looksNew(file);
        assertThat(arrival.isReady(file, Duration.ZERO)).isTrue();
        assertThat(arrival.failed()).as("counted anew").isEqualTo(1);
    }
}
