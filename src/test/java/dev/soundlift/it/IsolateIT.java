package dev.soundlift.it;

import static dev.soundlift.sound.TestMedia.copyTo;
import static dev.soundlift.sound.TestMedia.namesIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.soundlift.sound.Wav;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each file in a process of its own. */
class IsolateIT {
    @TempDir
    Path folder;

    @TempDir
    Path state;

    @BeforeEach
    void two_films() {
        copyTo(folder, "song.mp4");
        copyTo(folder, "phone.mov");
    }

    private Map<String, String> environment() {
        return Map.of("SOUNDLIFT_STATE", state.toString());
    }

    private Launched run(String... arguments) {
        return Launched.with(folder, environment(), arguments);
    }

    @Test
    void the_reports_are_the_same() {
        List<JsonNode> apart = run("song.mp4", "phone.mov", "--isolate", "--json", "-j", "1")
                .succeeded()
                .json();
        List<JsonNode> together = run("song.mp4", "phone.mov", "--json", "-j", "1", "--on-exists", "overwrite")
                .succeeded()
                .json();
        assertThat(apart).hasSize(2);
        for (int i = 0; i < 2; i++) {
            for (String key : List.of("input", "output", "status", "track", "format", "checks", "bytes", "warnings")) {
                assertThat(apart.get(i).get(key))
                        .as(key)
                        .isEqualTo(together.get(i).get(key));
            }
        }
    }

    @Test
    void a_file_that_is_no_media_fails_as_it_does_elsewhere() {
        copyTo(folder, "text.mp4");
        Launched run = run("song.mp4", "text.mp4", "--isolate", "--json").calm();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json())
                .filteredOn(report -> report.path("status").asText().equals("failed"))
                .singleElement()
                .satisfies(report ->
                        assertThat(report.path("error").path("kind").asText()).isEqualTo("not-media"));
        assertThat(namesIn(folder)).contains("song.mp3").doesNotContain("text.mp3");
    }

    @Test
    void of_two_that_want_one_name_the_first_gets_it() throws IOException {
        Files.copy(folder.resolve("song.mp4"), folder.resolve("phone.mp4"));
        Launched run = run("phone.mov", "phone.mp4", "--isolate", "--on-exists", "overwrite", "--json");
        assertThat(run.json())
                .extracting(report -> report.path("input").asText() + " "
                        + report.path("status").asText())
                .containsExactlyInAnyOrder("phone.mov ok", "phone.mp4 failed");
    }

    @Test
    void a_crash_is_reported_for_its_file_and_the_others_go_on() throws Exception {
        Wav.writeMinutes(folder.resolve("long.wav"), 48_000, 20);
        Launched first = crashing("--json");
        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.json()).hasSize(3);
        JsonNode failed = first.json().stream()
                .filter(report -> report.path("input").asText().endsWith("long.wav"))
                .findFirst()
                .orElseThrow();
        assertThat(failed.path("error").path("kind").asText()).isEqualTo("crashed");
        assertThat(failed.path("error").path("message").asText()).contains("SIGSEGV");
        assertThat(namesIn(folder)).contains("song.mp3", "phone.mp3").doesNotContain("long.mp3");

        Launched second = crashing("--json", "--resume");
        assertThat(second.out()).contains("\"crashed\"");
        assertThat(namesIn(folder)).noneMatch(name -> name.startsWith("hs_err") || name.startsWith("core"));

        Launched third = run(".", "--resume", "-V", "0", "-j", "1", "--json");
        assertThat(third.exitCode()).isEqualTo(1);
        assertThat(third.out()).contains("set aside");
        assertThat(namesIn(folder)).containsExactly("long.wav", "phone.mov", "phone.mp3", "song.mp3", "song.mp4");
    }

    @Test
    void control_c_ends_all_of_them_and_leaves_nothing_behind() throws Exception {
        Wav.writeMinutes(folder.resolve("long.wav"), 48_000, 20);
        Wav.writeMinutes(folder.resolve("long2.wav"), 48_000, 20);
        Launched.Running running = Launched.start(
                folder,
                environment(),
                List.of(
                        "env",
                        "--default-signal=INT",
                        Launched.LAUNCHER.toString(),
                        "long.wav",
                        "long2.wav",
                        "--isolate",
                        "-j2",
                        "--json"));
        for (int i = 0; i < 3000 && !bothAreWriting(); i++) Thread.sleep(10);
        List<ProcessHandle> children = running.process().descendants().toList();
        assertThat(children).hasSize(2);
        assertThat(new ProcessBuilder(
                                "kill", "-INT", Long.toString(running.process().pid()))
                        .start()
                        .waitFor())
                .isZero();
        Launched run = running.await().calm();
        assertThat(run.exitCode()).isEqualTo(130);
        assertThat(run.json())
                .extracting(report -> report.path("error").path("kind").asText())
                .containsOnly("interrupted");
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(namesIn(folder)).noneMatch(name -> name.endsWith(".part") || name.startsWith("long.mp3"));
    }

    private boolean bothAreWriting() throws IOException {
        int writing = 0;
        for (String name : namesIn(folder)) {
            if (name.endsWith(".part") && Files.size(folder.resolve(name)) > 50_000) writing++;
        }
        return writing == 2;
    }

    /** A run whose process for long.wav is hit by what a fault in native code would cause. */
    private Launched crashing(String... more) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Launched.LAUNCHER.toString(), ".", "--isolate", "-V", "0", "-j", "1"));
        command.addAll(List.of(more));
        Launched.Running running = Launched.start(folder, environment(), command);
        Optional<ProcessHandle> victim = Optional.empty();
        for (int i = 0; i < 3000 && victim.isEmpty(); i++) {
            Thread.sleep(10);
            victim = writerOfTheLongOne(running);
        }
        assertThat(new ProcessBuilder(
                                "kill",
                                "-SEGV",
                                Long.toString(victim.orElseThrow().pid()))
                        .start()
                        .waitFor())
                .isZero();
        return running.await();
    }

    private Optional<ProcessHandle> writerOfTheLongOne(Launched.Running running) throws IOException {
        for (String name : namesIn(folder)) {
            if (!name.endsWith(".part") || Files.size(folder.resolve(name)) < 100_000) continue;
            long pid = Long.parseLong(name.split("-")[2]);
            return running.process()
                    .descendants()
                    .filter(child -> child.pid() == pid)
                    .findFirst();
        }
        return Optional.empty();
    }
}
