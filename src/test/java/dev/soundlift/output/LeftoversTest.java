package dev.soundlift.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What killed runs left behind is cleared away, and nothing else. */
class LeftoversTest {
    @TempDir
    private Path folder;

    private Path file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "half");
    }

    /** host, process, start, count. */
    private static String[] parts() {
        return Leftovers.newName(Leftovers.FILE).split("[-.]");
    }

    private static String named(String host, String process, String start) {
        return ".soundlift-" + host + "-" + process + "-" + start + "-7.part";
    }

    private static long deadProcess() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(java, "-version").redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        process.waitFor();
        return process.pid();
    }

    @Test
    void a_new_name_tells_who_writes_and_is_never_used_twice() {
        assertThat(Leftovers.newName(Leftovers.FILE)).isNotEqualTo(Leftovers.newName(Leftovers.FILE));
        assertThat(parts()).hasSize(7);
        assertThat(parts()[3]).isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }

    @Test
    void the_file_of_a_dead_process_is_deleted() throws Exception {
        Path left = file(named(parts()[2], Long.toString(deadProcess()), "abc"));
        Leftovers.sweep(folder);
        assertThat(left).doesNotExist();
    }

    @Test
    void the_file_of_a_living_process_stays() throws IOException {
        Path ours = file(Leftovers.newName(Leftovers.FILE));
        Leftovers.sweep(folder);
        assertThat(ours).exists();
    }

    @Test
    void a_process_number_that_is_used_again_does_not_keep_the_file() throws IOException {
        Path left = file(named(parts()[2], parts()[3], "1"));
        Leftovers.sweep(folder);
        assertThat(left).doesNotExist();
    }

    @Test
    void what_another_host_writes_stays() throws IOException {
        Path theirs = file(named("otherhost", "1", "1"));
        Leftovers.sweep(folder);
        assertThat(theirs).exists();
    }

    @Test
    void what_another_host_has_not_touched_for_days_is_deleted() throws IOException {
        Path theirs = file(named("otherhost", "1", "1"));
        Files.setLastModifiedTime(theirs, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
        Leftovers.sweep(folder);
        assertThat(theirs).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".soundlift-notes.part",
                ".soundlift-a-b-c-d.part",
                "soundlift-0-0-0-0.part",
                ".soundlift-0-0-0-0.part.mp3",
                "talk.mp3",
                "talk.part"
            })
    void what_only_looks_like_it_stays(String name) throws IOException {
        Path file = file(name);
        Leftovers.sweep(folder);
        assertThat(file).exists();
    }

    @Test
    void a_forged_process_number_is_no_accident() throws IOException {
        file(named(parts()[2], "9".repeat(30), "1"));
        Leftovers.sweep(folder);
        assertThat(folder).exists();
    }

    @Test
    void a_missing_folder_is_nothing_to_sweep() {
        Leftovers.sweep(folder.resolve("not there"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_new_pending_file_sweeps_its_folder() throws Exception {
        Path left = file(named(parts()[2], Long.toString(deadProcess()), "abc"));
        PendingFile.beside(folder.resolve("x.mp3"), dev.soundlift.request.OnExists.FAIL)
                .close();
        assertThat(left).doesNotExist();
        assertThat(folder).isEmptyDirectory();
    }
}
