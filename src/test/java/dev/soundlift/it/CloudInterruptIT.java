package dev.soundlift.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.emulator.Endpoint;
import dev.soundlift.emulator.Fault;
import dev.soundlift.sound.TestMedia;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C in each phase of a job on the service. */
@EnabledOnOs(OS.LINUX)
class CloudInterruptIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "TOKEN, HANG, TOKEN, same command again",
        "SESSION, HANG, SESSION, same command again",
        "UPLOAD, HANG, UPLOAD, same command again",
        "SAY, HEARTBEATS_ONLY, SAY, cloud tracks --session",
        "SUBMIT, HANG, SUBMIT, cloud export --render",
        "SUBMIT, SLOW, POLL, cloud export --render",
        "FILE, HANG, FILE, cloud export --render",
    })
    void control_c_ends_at_once_says_how_to_go_on_and_leaves_nothing(
            Endpoint endpoint, Fault fault, Endpoint phase, String next) throws Exception {
        try (CloudCalls calls = new CloudCalls(folder)) {
            calls.talk();
            Path temporary = Files.createDirectories(folder.resolve("tmp"));
            calls.environment.put("SOUNDLIFT_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
            calls.environment.put("SOUNDLIFT_CLOUD_TIME_SCALE", "0.1");
            calls.emulator.fault(endpoint, fault);
            Launched.Running running = calls.start("talk.mp4", "--engine", "cloud", "--quiet");
            for (int i = 0; i < 3000 && calls.emulator.count(phase) == 0; i++) Thread.sleep(10);
            assertThat(running.process().isAlive()).isTrue();
            String kill = "kill -INT " + running.process().pid();
            assertThat(new ProcessBuilder("sh", "-c", kill).start().waitFor()).isZero();
            Launched ended = running.await().failedWith(130);
            assertThat(ended.err()).contains(next).doesNotContain("nmv_usr", "Bearer");
            assertThat(TestMedia.namesIn(folder)).containsExactly("home", "service", "talk.mp4", "tmp");
            assertThat(TestMedia.namesIn(temporary)).isEmpty();
            if (phase == Endpoint.POLL)
                assertThat(calls.emulator.anyCancelled()).isTrue();
            assertThat(calls.emulator.charges()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void a_render_that_was_left_can_be_fetched_by_the_next_run() throws Exception {
        try (CloudCalls calls = new CloudCalls(folder)) {
            calls.talk();
            calls.emulator.fault(Endpoint.SUBMIT, Fault.SLOW);
            calls.environment.put("SOUNDLIFT_CLOUD_TIME_SCALE", "0.001");
            Launched slow =
                    calls.run("talk.mp4", "--engine", "cloud", "--quiet").failedWith(8);
            String id = slow.err().replaceAll("(?s).*--render (\\S+).*", "$1");
            calls.emulator.finishRenders();
            assertThat(calls.run("cloud", "export", "--render", id, "-o", "later.mp4")
                            .succeeded()
                            .out())
                    .isEqualTo("later.mp4\n");
            assertThat(calls.emulator.charges()).isEqualTo(1);
        }
    }
}
