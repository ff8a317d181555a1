package dev.soundlift.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.soundlift.engine.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Changes wake soon, but a file that changes all the time does not keep the program busy. */
@Timeout(30)
class FolderChangesTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private final Cancellation cancellation = new Cancellation();

    @Test
    void a_file_that_is_written_all_the_time_wakes_twice_a_second_at_most() throws Exception {
        assumeTrue(tellsOfChanges());
        AtomicBoolean enough = new AtomicBoolean();
        Thread writing = new Thread(() -> write(folder.resolve("growing.mkv"), enough));
        try (FolderChanges changes = FolderChanges.of(folder)) {
            changes.alsoIn(Set.of(folder));
            writing.start();
            long begun = System.nanoTime();
            for (int look = 0; look < 4; look++) changes.await(LONG, cancellation);
            // The first may come at once
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isGreaterThan(FolderChanges.PAUSE.multipliedBy(3).minusMillis(50));
        } finally {
            enough.set(true);
            writing.join();
        }
    }

    /** A system may have none left to give. */
    private boolean tellsOfChanges() {
        try (WatchService service = folder.getFileSystem().newWatchService()) {
            return service != null;
        } catch (IOException noneLeft) {
            return false;
        }
    }

    private static void write(Path file, AtomicBoolean enough) {
        try {
            while (!enough.get()) {
                Files.write(file, new byte[10], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                Thread.sleep(5);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_wish_to_stop_is_heard_while_nothing_changes() throws Exception {
        try (FolderChanges changes = FolderChanges.of(folder)) {
            changes.alsoIn(Set.of(folder));
            new Thread(cancellation::request).start();
            changes.await(LONG, cancellation);
            assertThat(cancellation.isRequested()).isTrue();
        }
    }
}
