package dev.soundlift.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.soundlift.sound.TestMedia;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes the start fast is in the package, and what is lost of it costs time only. */
class StartIT {
    private static final Path FILM = TestMedia.testdata().resolve("media/interview.mkv");

    @TempDir
    Path folder;

    @Test
    void the_classes_of_a_usual_call_come_from_the_archive_and_not_from_jars() throws IOException {
        Path log = folder.resolve("classes.txt");
        Launched.with(
                        folder,
                        Map.of("SOUNDLIFT_JAVA_OPTS", "-Xlog:class+load=info:file=" + log),
                        FILM.toString(),
                        "--copy",
                        "-o",
                        "sound.mka")
                .succeeded();
        List<String> fromJars = Files.readAllLines(log).stream()
                .filter(line -> line.contains("source: file:") || line.contains("source: jar:"))
                .toList();
        assertThat(Files.readString(log)).contains("picocli.CommandLine ", "engine.inprocess.CopyRun ");
        assertThat(fromJars).isEmpty();
    }

    @Test
    void libraries_are_loaded_from_the_list_without_looking_for_them_in_jars() throws IOException {
        Path log = folder.resolve("classes.txt");
        Launched.with(
                        folder,
                        Map.of("SOUNDLIFT_JAVA_OPTS", "-Xlog:class+load=info:file=" + log),
                        "tracks",
                        FILM.toString())
                .succeeded();
        assertThat(Files.readString(log))
                .contains("org.bytedeco.ffmpeg.global.avformat ")
                .doesNotContain("org.bytedeco.javacpp.ClassProperties ");
    }

    @Test
    void a_copy_from_which_a_library_was_lost_finds_it_in_the_jar() throws IOException {
        Path home = Launched.HOME;
        assumeTrue(Files.notExists(home.resolve("runtime")), "an image has them unpacked only");
        Path copy = folder.resolve("moved here");
        Launched.command(folder, Map.of(), List.of("cp", "-r", home.toString(), copy.toString()))
                .succeeded();
        try (Stream<Path> natives = Files.walk(copy.resolve("lib/natives"))) {
            Path lost = natives.filter(file -> file.getFileName().toString().matches("(lib)?avformat.*"))
                    .filter(file -> !Files.isSymbolicLink(file))
                    .findFirst()
                    .orElseThrow();
            Files.delete(lost);
            List<String> call = List.of(copy.resolve("bin/soundlift").toString(), "tracks", FILM.toString());
            Launched found = Launched.command(folder, Map.of(), call).succeeded();
            assertThat(found.out())
                    .isEqualTo(Launched.in(folder, "tracks", FILM.toString()).out());
            assertThat(lost).exists();
        }
    }
}
