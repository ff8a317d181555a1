package dev.soundlift.it;

import static dev.soundlift.sound.TestMedia.namesIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.sound.Wav;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that is stopped in the middle, politely or not. */
class InterruptIT {
    @TempDir
    Path folder;

    @BeforeEach
    void twenty_minutes_of_noise() {
        Wav.writeMinutes(folder.resolve("long.wav"), 48_000, 20);
    }

    private Launched.Running begun(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        // A shell that runs tests in the background has its children ignore Ctrl-C
        if (interruptsAreIgnored()) command.addAll(List.of("env", "--default-signal=INT"));
        command.add(Launched.LAUNCHER.toString());
        command.addAll(List.of(arguments));
        Launched.Running running = Launched.start(folder, Map.of(), command);
        for (int i = 0; i < 3000 && !pendingIsGrowing(); i++) Thread.sleep(10);
        assertThat(running.process().isAlive()).isTrue();
        return running;
    }

    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) return false;
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    private boolean pendingIsGrowing() throws IOException {
        for (String name : namesIn(folder)) {
            if (name.endsWith(".part") && Files.size(folder.resolve(name)) > 100_000) return true;
        }
        return false;
    }

    private static void signal(String name, Launched.Running running) throws IOException, InterruptedException {
        String kill = "kill -" + name + " " + running.process().pid();
        assertThat(new ProcessBuilder("sh", "-c", kill).start().waitFor()).isZero();
    }

    @Test
    void control_c_ends_with_130_and_an_empty_folder() throws Exception {
        Launched.Running running = begun("long.wav", "-f", "mp3", "-V", "0");
        signal("INT", running);
        Launched run = running.await().calm();
        assertThat(run.exitCode()).isEqualTo(130);
        assertThat(run.out()).isEmpty();
        assertThat(namesIn(folder)).containsExactly("long.wav");
    }

    @Test
    void a_polite_request_to_end_leaves_an_old_output_as_it_was() throws Exception {
        Files.writeString(folder.resolve("long.flac"), "precious");
        Launched.Running running = begun("long.wav", "-f", "flac", "--on-exists", "overwrite");
        signal("TERM", running);
        assertThat(running.await().calm().exitCode()).isIn(130, 143);
        assertThat(folder.resolve("long.flac")).hasContent("precious");
        assertThat(namesIn(folder)).containsExactly("long.flac", "long.wav");
    }

    @Test
    void a_kill_leaves_no_half_file_under_the_name_and_the_next_run_tidies_up() throws Exception {
        Launched.Running running = begun("long.wav", "-f", "mp3", "-V", "0");
        signal("KILL", running);
        assertThat(running.await().exitCode()).isEqualTo(137);
        assertThat(namesIn(folder))
                .hasSize(2)
                .contains("long.wav")
                .anyMatch(name -> name.matches("\\.soundlift-.*\\.part"));
        Launched.in(folder, "long.wav", "--to", "0:01").succeeded();
        assertThat(namesIn(folder)).containsExactly("long.mp3", "long.wav");
    }

    @Test
    void the_next_run_leaves_the_pending_file_of_a_run_that_lives() throws Exception {
        Launched.Running running = begun("long.wav", "-f", "mp3", "-V", "0");
        Launched.in(folder, "long.wav", "--to", "0:01", "-o", "short.flac").succeeded();
        assertThat(namesIn(folder)).anyMatch(name -> name.endsWith(".part"));
        signal("INT", running);
        running.await();
        assertThat(namesIn(folder)).containsExactly("long.wav", "short.flac");
    }
}
