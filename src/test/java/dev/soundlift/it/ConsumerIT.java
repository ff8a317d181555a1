package dev.soundlift.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.soundlift.sound.PeerFfmpeg;
import dev.soundlift.sound.TestMedia;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program of somebody else's ({@code src/test/consumer}) that depends on the published library, as Maven gives it: with the
 * natives of one platform, without what only our own program needs. The library is installed into a local repository of its own;
 * everything else comes from the one that this build has filled, without network.
 */
class ConsumerIT {
    private static final Path PROJECT = TestMedia.testdata().toAbsolutePath().getParent();
    private static final Path FILM = TestMedia.testdata().resolve("media/interview.mkv");

    @TempDir
    static Path repository;

    @TempDir
    Path folder;

    @BeforeAll
    static void the_library_is_installed() throws IOException {
        assumeTrue(System.getProperty("soundlift.repository") != null, "only Maven knows where its repository lies");
        install(PROJECT.resolve("native-profiles/pom.xml"), "native-profiles", "pom");
        install(PROJECT.resolve("pom.xml"), "soundlift", "pom");
        install(Launched.HOME.resolve("lib/soundlift.jar"), "soundlift", "jar");
    }

    private static void install(Path file, String artifact, String type) throws IOException {
        Path place = repository.resolve("dev/soundlift").resolve(artifact).resolve(version());
        Files.createDirectories(place);
        Files.copy(file, place.resolve(artifact + "-" + version() + "." + type));
    }

    private static String version() throws IOException {
        Matcher parent = Pattern.compile("<parent>.*?<version>(.*?)</version>", Pattern.DOTALL)
                .matcher(Files.readString(PROJECT.resolve("pom.xml")));
        assertThat(parent.find()).isTrue();
        return parent.group(1);
    }

    /** Builds it and returns its class path. */
    private List<String> built(String... words) throws IOException {
        boolean windows = File.separatorChar == '\\';
        List<String> call = new ArrayList<>(
                List.of(PROJECT.resolve(windows ? "mvnw.cmd" : "mvnw").toString()));
        call.addAll(List.of(
                "-o",
                "-B",
                "-q",
                "-f",
                PROJECT.resolve("src/test/consumer/pom.xml").toString()));
        call.add("-Dmaven.repo.local=" + repository);
        call.add("-Dmaven.repo.local.tail=" + System.getProperty("soundlift.repository"));
        call.addAll(List.of("-Dwork=" + folder, "-Dsoundlift.version=" + version()));
        call.addAll(List.of(words));
        call.add("compile");
        Launched.command(folder, Map.of(), call).succeeded();
        return Arrays.asList(
                Files.readString(folder.resolve("classpath.txt")).strip().split(File.pathSeparator));
    }

    private Launched run(List<String> classPath) {
        String all = folder.resolve("classes") + File.pathSeparator + String.join(File.pathSeparator, classPath);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> call = List.of(
                java.toString(),
                "-cp",
                all,
                "example.Consumer",
                FILM.toString(),
                folder.resolve("sound.flac").toString());
        return Launched.command(folder, Map.of(), call).succeeded();
    }

    private static List<String> names(List<String> classPath) {
        return classPath.stream()
                .map(jar -> Path.of(jar).getFileName().toString())
                .toList();
    }

    @Test
    void a_program_gets_the_natives_of_one_platform_and_nothing_that_only_ours_needs() throws IOException {
        List<String> classPath = built();
        assertThat(names(classPath))
                .filteredOn(jar -> jar.matches("(ffmpeg|javacpp)-.*-(linux|macosx|windows)-.*"))
                .hasSize(2);
        assertThat(names(classPath))
                .noneMatch(jar -> jar.matches("(picocli|javalin|jetty|jakarta|mcp|reactor|slf4j|.*toml).*"));
        assertThat(run(classPath).out()).isEqualTo("sound.flac in-process\n");
        assertThat(folder.resolve("sound.flac")).isNotEmptyFile();
    }

    @Test
    void a_program_without_natives_has_the_ffmpeg_program_do_it() throws IOException {
        PeerFfmpeg.ffmpeg("-version"); // or skipped
        List<String> classPath = built("-Pwithout-natives");
        assertThat(names(classPath)).noneMatch(jar -> jar.matches("(ffmpeg|javacpp)-.*"));
        assertThat(run(classPath).out()).isEqualTo("sound.flac executable\n");
        assertThat(folder.resolve("sound.flac")).isNotEmptyFile();
    }
}
