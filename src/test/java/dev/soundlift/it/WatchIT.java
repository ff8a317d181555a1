package dev.soundlift.it;

import static dev.soundlift.sound.TestMedia.copyTo;
import static dev.soundlift.sound.TestMedia.media;
import static dev.soundlift.sound.TestMedia.namesIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.sound.Wav;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watched folder and how files come into it. */
class WatchIT {
    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @TempDir
    Path state;

    private final List<Launched.Running> watches = new ArrayList<>();

    private Launched.Running watch(String... more) throws IOException, InterruptedException {
        return watch("0.4", more);
    }

    private Launched.Running watch(String settle, String[] more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", Launched.LAUNCHER.toString()));
        command.addAll(List.of("watch", folder.toString(), "--settle", settle, "--json"));
        command.addAll(List.of(more));
        Launched.Running running = Launched.start(elsewhere, Map.of("SOUNDLIFT_STATE", state.toString()), command);
        watches.add(running);
        until(running, said -> said.contains("\"watching\""));
        return running;
    }

    @AfterEach
    void none_goes_on() {
        watches.forEach(running -> running.process().destroyForcibly());
    }

    /** Waits for what is said; fails after a minute. */
    private static String until(Launched.Running running, Predicate<String> enough)
            throws IOException, InterruptedException {
        for (int i = 0; i < 1200; i++) {
            String said = Files.readString(running.out());
            if (enough.test(said)) return said;
            if (!running.process().isAlive()) break;
            Thread.sleep(50);
        }
        throw new AssertionError("only said: " + Files.readString(running.out()) + Files.readString(running.err()));
    }

    private static Predicate<String> delivered(int count) {
        return said -> count(said, "\"status\":\"ok\"") + count(said, "\"status\":\"warning\"") >= count;
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    private static Launched end(Launched.Running running, String signal) throws Exception {
        assertThat(new ProcessBuilder(
                                "kill",
                                "-" + signal,
                                Long.toString(running.process().pid()))
                        .start()
                        .waitFor())
                .isZero();
        return running.await().calm();
    }

    @Test
    void a_file_that_arrives_slowly_is_converted_once_and_whole() throws Exception {
        Launched.Running running = watch();
        byte[] film = Files.readAllBytes(media("song.mp4"));
        try (OutputStream out = Files.newOutputStream(folder.resolve("song.mp4"))) {
            for (int from = 0; from < film.length; from += film.length / 5) {
                out.write(Arrays.copyOfRange(film, from, Math.min(film.length, from + film.length / 5)));
                out.flush();
                Thread.sleep(700); // longer than it takes to settle: but the file is open for writing
            }
        }
        until(running, delivered(1));
        Launched run = end(running, "TERM");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).doesNotContain("retry", "failed");
        assertThat(namesIn(folder)).containsExactly("song.mp3", "song.mp4");
    }

    @Test
    void what_was_there_before_what_is_renamed_into_place_and_what_lies_deeper() throws Exception {
        copyTo(folder, "phone.mov");
        Files.createDirectory(folder.resolve("deep"));
        Launched.Running running = watch("-r");
        Files.move(copyTo(elsewhere, "song.mp4"), folder.resolve("deep/song.mp4"), StandardCopyOption.ATOMIC_MOVE);
        until(running, delivered(2));
        Launched run = end(running, "INT");
        assertThat(run.exitCode()).isEqualTo(130);
        assertThat(run.out()).contains("\"stopped\"");
        assertThat(folder.resolve("phone.mp3")).exists();
        assertThat(folder.resolve("deep/song.mp3")).exists();
    }

    @Test
    void after_a_restart_nothing_is_done_again_but_what_came_meanwhile() throws Exception {
        copyTo(folder, "song.mp4");
        Launched.Running first = watch("-f", "flac");
        until(first, delivered(1));
        end(first, "TERM");
        copyTo(folder, "phone.mov");
        Launched.Running second = watch("-f", "m4a", "-o", folder + "/");
        until(second, delivered(2));
        end(second, "TERM");
        // Other wishes, so both videos are due; the FLAC file is an output of ours, and never an input
        assertThat(namesIn(folder)).containsExactly("phone.m4a", "phone.mov", "song.flac", "song.m4a", "song.mp4");
        Launched.Running third = watch("-f", "m4a", "-o", folder + "/");
        Thread.sleep(1500);
        assertThat(end(third, "TERM").outLines()).hasSize(2); // watching, stopped
    }

    @Test
    void a_file_that_is_replaced_is_converted_anew() throws Exception {
        Wav.writeSeconds(folder.resolve("talk.wav"), 48_000, 120);
        Launched.Running running = watch("-V", "0");
        until(running, said -> said.contains("\"converting\""));
        Files.move(
                Wav.writeSeconds(elsewhere.resolve("other.wav"), 48_000, 2),
                folder.resolve("talk.wav"),
                StandardCopyOption.REPLACE_EXISTING);
        until(running, said -> said.contains("\"durationSeconds\":2.0"));
        end(running, "TERM");
        assertThat(namesIn(folder)).containsExactly("talk.mp3", "talk.wav");
        assertThat(Files.size(folder.resolve("talk.mp3"))).isLessThan(150_000);
    }

    @Test
    void a_file_that_disappears_is_told() throws Exception {
        Launched.Running running = watch("30s", new String[0]);
        Path film = copyTo(folder, "song.mp4");
        until(running, said -> said.contains("\"found\""));
        Files.delete(film);
        until(running, said -> said.contains("\"gone\""));
        assertThat(end(running, "TERM").exitCode()).isZero();
    }

    @Test
    void a_bad_file_is_tried_again_then_set_aside_until_it_changes() throws Exception {
        copyTo(folder, "text.mp4");
        Launched.Running running = watch("--retries", "1");
        String said = until(running, out -> out.contains("\"set-aside\""));
        assertThat(said).contains("\"retry\"", "\"kind\":\"not-media\"");
        copyTo(folder, "song.mp4");
        until(running, delivered(1));
        end(running, "TERM");

        Launched.Running again = watch("--retries", "1");
        until(again, out -> out.contains("\"set-aside\""));
        assertThat(Files.readString(again.out())).doesNotContain("\"retry\"");
        Files.copy(media("phone.mov"), folder.resolve("text.mp4"), StandardCopyOption.REPLACE_EXISTING);
        until(again, delivered(1));
        end(again, "TERM");
        assertThat(namesIn(folder)).containsExactly("song.mp3", "song.mp4", "text.mp3", "text.mp4");
    }

    @Test
    void a_file_that_goes_on_growing_after_a_pause_is_made_whole_in_the_end() throws Exception {
        byte[] film = Files.readAllBytes(media("late.mkv"));
        Path file = Files.write(folder.resolve("late.mkv"), Arrays.copyOf(film, film.length / 2));
        Launched.Running running = watch("--retries", "9");
        until(running, said -> said.contains("soundlift.report"));
        Files.write(file, Arrays.copyOfRange(film, film.length / 2, film.length), StandardOpenOption.APPEND);
        until(running, said -> said.lines().reduce((a, b) -> b).orElse("").contains("\"status\":\"ok\""));
        end(running, "TERM");
        assertThat(namesIn(folder)).containsExactly("late.mkv", "late.mp3");
    }

    @Test
    void the_folder_itself_may_go_and_come_back() throws Exception {
        Launched.Running running = watch();
        Files.move(folder, elsewhere.resolve("moved"));
        until(running, said -> said.contains("\"folder-gone\""));
        Files.createDirectory(folder);
        copyTo(folder, "song.mp4");
        until(running, delivered(1));
        Launched run = end(running, "TERM");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("\"folder-back\"");
        assertThat(namesIn(folder)).containsExactly("song.mp3", "song.mp4");
    }

    @Test
    void a_wrong_call_is_told() {
        Launched.in(folder, "watch").failedWith(2);
        Launched.in(folder, "watch", "nowhere").failedWith(2);
        Launched.in(folder, "watch", ".", "--settle", "soon").failedWith(2);
    }
}
