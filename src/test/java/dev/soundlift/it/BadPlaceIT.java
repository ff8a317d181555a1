package dev.soundlift.it;

import static dev.soundlift.sound.TestMedia.copyTo;
import static dev.soundlift.sound.TestMedia.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places that take no file: code 9, and nothing left there. */
class BadPlaceIT {
    @TempDir
    Path folder;

    @Test
    void a_read_only_folder_is_said_to_be_one() throws IOException {
        List<String> command = new ArrayList<>(asUser(65534));
        command.addAll(List.of(Launched.LAUNCHER.toString(), "song.mp4"));
        copyTo(folder, "song.mp4");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            Launched run = Launched.command(folder, Map.of("HOME", "/nonexistent"), command)
                    .failedWith(9);
            assertThat(run.err()).contains("permission");
            assertThat(namesIn(folder)).containsExactly("song.mp4");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void a_user_without_a_name_is_served_and_no_folder_is_made() throws IOException {
        List<String> command = new ArrayList<>(asUser(54_321));
        assumeTrue(!command.isEmpty(), "another user needs root");
        command.addAll(List.of(Launched.LAUNCHER.toString(), "interview.mkv"));
        copyTo(folder, "interview.mkv");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Launched.command(folder, Map.of("HOME", ""), command).succeeded();
        assertThat(namesIn(folder)).containsExactlyInAnyOrder("interview.mkv", "interview.mp3");
    }

    /** What to put before a command so that another user calls it; nothing where we are not root. */
    private List<String> asUser(int number) throws IOException {
        boolean root =
                Launched.command(folder, Map.of(), List.of("id", "-u")).out().equals("0\n");
        if (!root) return List.of();
        List<String> other = List.of("setpriv", "--reuid=" + number, "--regid=" + number, "--clear-groups");
        List<String> version = new ArrayList<>(other);
        version.addAll(List.of(Launched.LAUNCHER.toString(), "--version"));
        assumeTrue(works(version), "another user cannot start the program here");
        return other;
    }

    private boolean works(List<String> command) {
        try {
            return Launched.start(folder, Map.of("HOME", "/nonexistent"), command)
                            .await()
                            .exitCode()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    @Test
    void a_full_disk_is_said_to_be_full() throws IOException {
        Path small = Files.createDirectory(folder.resolve("small"));
        List<String> mount = List.of("mount", "-t", "tmpfs", "-o", "size=64k", "soundlift-test", small.toString());
        assumeTrue(works(mount), "mounting a small disk needs root");
        try {
            copyTo(folder, "interview.mkv");
            for (String format : List.of("wav", "mp3", "flac", "m4a", "pcm", "opus", "mka")) {
                Launched run = Launched.in(folder, "interview.mkv", "-f", format, "-b", "192k", "-o", "small/");
                if (run.exitCode() == 0 && format.matches("opus|mka|m4a")) continue;
                run.failedWith(9);
                assertThat(run.err()).as(format).contains("full");
                assertThat(namesIn(small)).as(format).isEmpty();
            }
        } finally {
            works(List.of("umount", small.toString()));
        }
    }

    @Test
    void a_file_that_may_not_grow_is_not_left_half_written() {
        copyTo(folder, "interview.mkv");
        String call = "ulimit -f 400; exec '" + Launched.LAUNCHER + "' interview.mkv -f wav";
        Launched.command(folder, Map.of(), List.of("sh", "-c", call)).failedWith(9);
        assertThat(namesIn(folder)).containsExactly("interview.mkv");
    }

    @Test
    void a_full_standard_output_is_told_and_a_reader_that_went_away_is_not() throws IOException {
        assumeTrue(Files.isWritable(Path.of("/dev/full")), "/dev/full");
        copyTo(folder, "song.mp4");
        Launched full = Launched.command(
                        folder,
                        Map.of(),
                        List.of("sh", "-c", "'" + Launched.LAUNCHER + "' song.mp4 -o - --quiet >/dev/full"))
                .failedWith(9);
        assertThat(full.err()).contains("standard output cannot be written").contains("-o");
        Launched gone = Launched.command(
                folder, Map.of(), List.of("sh", "-c", "'" + Launched.LAUNCHER + "' song.mp4 -f wav -o - | head -c 4"));
        assertThat(gone.err()).doesNotContain("standard output");
    }
}
