package dev.soundlift.engine.executable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.sound.TestMedia;
import dev.soundlift.source.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that is not what it should be, hangs or dies is told plainly, and nothing is left of it. */
@DisabledOnOs(OS.WINDOWS) // the programs are shell scripts
class OddProgramTest {
    private static final String FFMPEG = "/usr/bin/ffmpeg";

    @TempDir
    Path folder;

    @BeforeAll
    static void loseOurPatienceSoon() {
        System.setProperty(Child.PATIENCE_PROPERTY, "3");
    }

    @AfterAll
    static void back() {
        System.clearProperty(Child.PATIENCE_PROPERTY);
    }

    private Path program(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private static EngineChoice choice(Path program) {
        return new EngineChoice(EngineChoice.Kind.EXECUTABLE, Optional.of(program.toString()), false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 1 | error.not-ffmpeg",
                "echo hello | error.not-ffmpeg",
                "head -c 100000 /dev/urandom | error.not-ffmpeg",
                "kill -SEGV $$ | error.not-ffmpeg",
                "echo ffmpeg version 4.4.1 Copyright | error.ffmpeg-too-old",
                "sleep 600 | error.ffmpeg-hangs"
            })
    void a_program_that_is_no_ffmpeg_is_refused_before_any_file(String script, String key) throws IOException {
        Path program = program("ffmpeg", script);
        assertThatThrownBy(() -> Soundlift.with(choice(program), Access.DEFAULT))
                .isInstanceOfSatisfying(ExtractionException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(ErrorKind.NO_ENGINE);
                    assertThat(refused.whatHappened().key()).isEqualTo(key);
                });
    }

    @Test
    void a_folder_without_it_and_a_file_that_cannot_be_run_are_refused() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
        for (Path wrong : List.of(folder, text, folder.resolve("missing"))) {
            assertThatThrownBy(() -> Soundlift.with(choice(wrong), Access.DEFAULT))
                    .isInstanceOfSatisfying(
                            ExtractionException.class,
                            refused -> assertThat(refused.whatHappened().key()).isEqualTo("error.ffmpeg-not-there"));
        }
    }

    /** The real one, but for calls that convert. */
    private Path converting(String instead) throws IOException {
        assumeTrue(Files.isExecutable(Path.of(FFMPEG)));
        program("ffprobe", "exec /usr/bin/ffprobe \"$@\"");
        return program("ffmpeg", "case \"$*\" in *pipe:*) " + instead + ";; esac; exec " + FFMPEG + " \"$@\"");
    }

    private ExtractionReport convert(Path program, Progress progress, Cancellation cancellation)
            throws ExtractionException {
        ExtractionRequest request = ExtractionRequest.of(TestMedia.media("song.mp4"))
                .withOutput(folder.resolve("out.flac"))
                .withEngine(choice(program));
        return Soundlift.with(choice(program), Access.DEFAULT)
                .extract(request, progress, cancellation)
                .get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sleep 600; exit | 3",
                "kill -SEGV $$ | 3",
                "head -c 300000 /dev/urandom; exit 0 | 3",
                "head -c 300000 /dev/urandom >&2; exit 0 | 3"
            })
    void one_that_fails_at_work_gives_an_error_and_no_file(String instead, int code) throws Exception {
        ExtractionReport report = convert(converting(instead), Progress.NONE, new Cancellation());
        assertThat(report.exitCode()).isEqualTo(code);
        assertThat(TestMedia.namesIn(folder)).containsExactly("ffmpeg", "ffprobe");
        assertNoSleepers();
    }

    @Test
    void one_that_hangs_ends_when_the_user_gives_up() throws Exception {
        Path mark = folder.resolve("begun");
        Path program = converting("touch " + mark + "; sleep 601");
        Cancellation cancellation = new Cancellation();
        Thread user = new Thread(() -> {
            while (!Files.exists(mark)) Thread.onSpinWait();
            cancellation.request();
        });
        user.start();
        ExtractionReport report = convert(program, Progress.NONE, cancellation);
        assertThat(report.exitCode()).isEqualTo(130);
        assertThat(folder.resolve("out.flac")).doesNotExist();
        assertNoSleepers();
    }

    private static void assertNoSleepers() {
        boolean left = ProcessHandle.current()
                .descendants()
                .anyMatch(child -> child.info().commandLine().orElse("").contains("sleep 60"));
        assertThat(left).isFalse();
    }
}
