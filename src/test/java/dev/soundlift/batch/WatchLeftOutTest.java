package dev.soundlift.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.FakeSoundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.report.Failure;
import dev.soundlift.request.ExtractionRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a watch passes over is told. */
class WatchLeftOutTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path state;

    @Test
    void what_looks_like_an_output_and_is_not_known_is_told_once() throws Exception {
        Path foreign = Files.writeString(folder.resolve("a.mp3"), "sound");
        Files.writeString(folder.resolve("a.mkv"), "video");
        ExtractionRequest wishes = ExtractionRequest.of(folder);
        Worker worker = Worker.here(FakeSoundlift.with((plan, progress, cancellation) -> {}, -3));
        Memory memory = Memory.watching(new Journal(state), "1.0", false);
        Cancellation cancellation = new Cancellation();
        List<Path> told = new ArrayList<>();
        Watch.Listener listener = new Watch.Listener() {
            @Override
            public void happened(Watch.Event event, Path file, Optional<Failure> why, Duration wait) {
                if (event == Watch.Event.LEFT_OUT) told.add(file);
            }

            @Override
            public void finished(Path file, List<Worker.Outcome> outcomes) {
                cancellation.request(); // after several looks: it had to stop growing
            }
        };
        new Watch(
                        folder,
                        false,
                        OwnOutputs.lasting(wishes),
                        wishes,
                        worker,
                        worker,
                        1,
                        memory,
                        Duration.ofSeconds(1),
                        0)
                .run(cancellation, listener);
        assertThat(told).containsExactly(foreign);
    }
}
