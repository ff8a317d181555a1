package dev.soundlift.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.soundlift.sound.TestMedia;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a run of the packaged program ended with. */
record Launched(int exitCode, String out, String err) {
    static final Path LAUNCHER = TestMedia.testdata().resolveSibling("target").resolve("soundlift/bin/soundlift");
    static final Path HOME = LAUNCHER.getParent().getParent();

    /** A call in a folder, with a locale that says nothing of the language. */
    static Launched in(Path folder, String... arguments) {
        return with(folder, Map.of(), arguments);
    }

    static Launched with(Path folder, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        return command(folder, environment, command);
    }

    /** Any command, for calls through another program. */
    static Launched command(Path folder, Map<String, String> environment, List<String> command) {
        try {
            return start(folder, environment, command).await();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A run that goes on while the test does something. */
    record Running(Process process, List<String> arguments, Path out, Path err) {
        Launched await() throws IOException {
            try {
                assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended").isTrue();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError(stopped);
            } finally {
                process.destroyForcibly();
            }
            Launched launched = new Launched(process.exitValue(), Files.readString(out), Files.readString(err));
            AllThatWasSaid.add(arguments, launched);
            Files.delete(out);
            Files.delete(err);
            return launched;
        }
    }

    static Running start(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        Path out = Files.createTempFile("launched", ".out");
        Path err = Files.createTempFile("launched", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        for (String name : List.of("LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG", "LANGUAGE", "SOUNDLIFT_JAVA_OPTS")) {
            builder.environment().remove(name);
        }
        builder.environment().putAll(environment);
        Process process = builder.start();
        AllThatWasSaid.watch(process);
        return new Running(process, command, out, err);
    }

    List<String> outLines() {
        return out.lines().toList();
    }

    List<String> errLines() {
        return err.lines().toList();
    }

    /** Standard output as JSON Lines; anything else in it fails the test. */
    List<JsonNode> json() {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> objects = new ArrayList<>();
        for (String line : outLines()) {
            try {
                objects.add(mapper.readTree(line));
            } catch (IOException noJson) {
                throw new AssertionError("not JSON: " + line, noJson);
            }
        }
        return objects;
    }

    Launched succeeded() {
        assertThat(exitCode).as("exit code; %s", err).isZero();
        return calm();
    }

    /** Failed in one or two plain lines on standard error, as promised. */
    Launched failedWith(int code) {
        assertThat(exitCode).as("exit code; %s%s", out, err).isEqualTo(code);
        assertThat(errLines())
                .hasSizeBetween(1, 2)
                .allSatisfy(line -> assertThat(line).isNotBlank());
        return calm();
    }

    /** Neither the JVM nor a stack trace has spoken, and no control character but the end of a line got through. */
    Launched calm() {
        for (String said : List.of(out, err)) {
            assertThat(said)
                    .doesNotContain("Exception", "\tat ", "WARNING:", "OpenJDK", "java.lang", "SLF4J", "[warning]")
                    .doesNotContain("Please report", "hs_err");
            assertThat(said.codePoints().filter(Launched::isObeyed).mapToObj(Integer::toHexString))
                    .as("control characters")
                    .isEmpty();
        }
        return this;
    }

    private static boolean isObeyed(int point) {
        boolean bidirectional = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
        return point != '\n' && (Character.isISOControl(point) || bidirectional);
    }
}
