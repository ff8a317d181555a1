package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.EngineChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that somebody still writes gives what is there, and says so. */
class GrowingFileTest {
    @TempDir
    Path folder;

    @AfterEach
    void back() {
        Lift.by(EngineChoice.Kind.LOCAL);
    }

    /** Writes what is still missing, a piece for each permit, as a recorder does. */
    private static final class Recorder implements AutoCloseable {
        private final Semaphore permits = new Semaphore(0);
        private final Semaphore written = new Semaphore(0);
        private final Thread thread;

        Recorder(Path file, byte[] rest) {
            thread = new Thread(() -> {
                try {
                    for (int at = 0; at < rest.length; at += 4096) {
                        permits.acquire();
                        byte[] piece = Arrays.copyOfRange(rest, at, Math.min(rest.length, at + 4096));
                        Files.write(file, piece, StandardOpenOption.APPEND);
                        written.release();
                    }
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
            thread.start();
        }

        void writeOnce() {
            permits.release();
            written.acquireUninterruptibly();
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }

    private byte[] recording(String name, String... encoding) throws IOException {
        Path whole = folder.resolve("whole-" + name);
        String[] words = new String[encoding.length + 5];
        System.arraycopy(new String[] {"-f", "lavfi", "-i", "sine=f=440:r=48000:d=30"}, 0, words, 0, 4);
        System.arraycopy(encoding, 0, words, 4, encoding.length);
        words[words.length - 1] = whole.toString();
        PeerFfmpeg.ffmpeg(words);
        byte[] bytes = Files.readAllBytes(whole);
        Files.delete(whole);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"LOCAL, x.aac", "LOCAL, x.ts", "LOCAL, x.mkv", "LOCAL, x.wav", "LOCAL, x.ogg", "EXECUTABLE, x.ts"})
    void that_grows_meanwhile_is_delivered_as_far_as_it_goes_and_the_code_says_so(EngineChoice.Kind engine, String name)
            throws IOException {
        Lift.by(engine);
        byte[] bytes = recording(name);
        Path file = Files.write(folder.resolve(name), Arrays.copyOf(bytes, bytes.length / 2));
        byte[] rest = Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length);
        try (Recorder recorder = new Recorder(file, rest)) {
            Progress whileWorking = (done, total) -> recorder.writeOnce();
            List<ExtractionReport> reports = Lift.SOUNDLIFT.extract(
                    Lift.to(folder.resolve("out.flac"), file), onlyOnce(whileWorking), new Cancellation());
            ExtractionReport report = reports.get(0);
            assertThat(report.failure()).isEmpty();
            assertThat(report.exitCode()).isEqualTo(6);
            assertThat(report.warnings()).anyMatch(warning -> warning.key().equals("warning.still-growing"));
            double seconds = PeerFfmpeg.decoded(folder.resolve("out.flac")).frames() / 48_000.0;
            assertThat(seconds).isBetween(13.0, 30.1);
        }
    }

    private static Progress onlyOnce(Progress progress) {
        boolean[] told = {false};
        return (done, total) -> {
            if (!told[0]) progress.advanced(done, total);
            told[0] = true;
        };
    }

    @Test
    void a_file_that_nobody_writes_to_is_whole() throws IOException {
        Path file = Files.write(folder.resolve("x.ts"), recording("x.ts"));
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out.flac"), file));
        assertThat(report.exitCode()).isZero();
    }

    @Test
    void a_film_whose_index_is_not_written_yet_cannot_be_read_yet() throws Exception {
        byte[] bytes = recording("x.mp4");
        Path file = Files.write(folder.resolve("x.mp4"), Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(Lift.failure(Lift.to(folder.resolve("out.flac"), file))).isEqualTo(ErrorKind.NOT_MEDIA);
    }

    @Test
    void all_that_was_read_is_counted_the_first_look_too() throws IOException {
        Path file = Files.write(folder.resolve("x.wav"), recording("x.wav"));
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out.flac"), file));
        // 30 s of 16 bits are read once as a whole, and the beginning of it before, to see what it is
        long read = report.delivered().orElseThrow().source().bytesRead();
        assertThat(read).isGreaterThan(Files.size(file) + 4096);
    }
}
