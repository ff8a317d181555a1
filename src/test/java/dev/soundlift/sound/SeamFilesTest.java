package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.soundlift.engine.EncodedBy;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Quality;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files made of blocks, at the edges of what blocks are for: other people's checkers find nothing to say of them. */
class SeamFilesTest {
    private final List<String> absent = new ArrayList<>();

    @TempDir
    Path folder;

    private static int[] sound(String kind, int samples, int channel) {
        return switch (kind) {
            case "silence" -> new int[samples];
            case "noise" -> Wav.noise(channel, samples, 16);
            default -> Wav.tone(48_000, samples, 440 * (channel + 1), 0.3, 16);
        };
    }

    /** @param blocks at least, so that there is a seam where one is to be tested; 1 is exactly that */
    @ParameterizedTest(name = "{0} {1} Hz, {2} channels, {3} samples of {4}")
    @CsvSource({
        // A block of 4 MiB, which are 455 frames of floats, one sample less and more
        "mp3, 44100, 2, 524159, music, 1",
        "mp3, 44100, 2, 524160, music, 1",
        "mp3, 44100, 2, 524161, music, 1",
        // And with the 20 frames that a seam needs after it
        "mp3, 44100, 2, 547200, music, 2",
        "mp3, 44100, 2, 547201, music, 2",
        "mp3, 44100, 2, 700000, noise, 2",
        "mp3, 44100, 2, 700000, silence, 2",
        "mp3, 44100, 1, 5000, music, 1", // less than what is encoded twice
        "mp3, 8000, 1, 400000, noise, 2",
        "mp3, 48000, 2, 6000, music, 1",
        "opus, 48000, 2, 491519, music, 1",
        "opus, 48000, 2, 491520, music, 1",
        "opus, 48000, 2, 492481, music, 2",
        "opus, 48000, 2, 600000, noise, 2",
        "opus, 48000, 2, 600000, silence, 2",
        "opus, 8000, 1, 100000, music, 2",
        "opus, 48000, 8, 300000, music, 2",
        "m4a, 48000, 2, 525311, music, 1",
        "m4a, 48000, 2, 526337, music, 2",
        "m4a, 48000, 6, 250000, noise, 2",
        "m4a, 8000, 1, 600000, silence, 2",
        "flac, 192000, 2, 2000000, noise, 2",
        "flac, 8000, 1, 600000, music, 2",
        "flac, 48000, 8, 600000, noise, 2",
        "flac, 44100, 2, 2000000, silence, 2",
    })
    void they_are_whole_and_without_a_fault(String format, int rate, int channels, int samples, String kind, int blocks)
            throws IOException {
        int[][] planes = new int[channels][];
        for (int c = 0; c < channels; c++) planes[c] = sound(kind, samples, c);
        Path source = Wav.of(rate, 16, planes).write(folder.resolve("in.wav"));
        Path output = folder.resolve("out." + format);
        ExtractionRequest request = Lift.to(output, source);
        Optional<Quality> quality = switch (format) {
            case "mp3" -> Optional.of(new Quality.BitRate(rate < 32_000 ? 32_000 : 128_000));
            case "opus", "m4a" -> Optional.of(new Quality.BitRate(48_000 * channels));
            default -> Optional.empty();
        };
        if (quality.isPresent())
            request = request.withEncoding(request.encoding().withQuality(quality.get()));
        ExtractionReport report = Lift.report(request);
        assertThat(report.failure()).isEmpty();
        EncodedBy by = report.delivered().orElseThrow().source().encodedBy().orElseThrow();
        assertThat(by.blocks()).isBetween(blocks, blocks == 1 ? 1 : Integer.MAX_VALUE);
        assertThat(by.refused()).isZero();

        long sameTime = format.equals("opus") ? 48_000L * samples / rate : samples;
        long more = PeerFfmpeg.decoded(output).frames() - sameTime;
        assertThat(more).as("samples more than there were").isBetween(0L, format.equals("m4a") ? 1024L : 0L);
        switch (format) {
            case "mp3" -> {
                silent("mpg123", "-q", "-t", output.toString());
                // The source has no tags, and some are very short
                assertThat(said("mp3val", output.toString())
                                .lines()
                                .filter(line -> !line.matches(".*(No supported tags|Too few MPEG frames).*")))
                        .noneMatch(line -> line.matches("(WARNING|ERROR).*"));
            }
            case "opus" -> assertThat(said("opusinfo", output.toString())).doesNotContain("WARNING", "ERROR");
            case "flac" -> silent("flac", "-s", "-t", output.toString());
            default -> {}
        }
        silent("ffmpeg", "-v", "warning", "-nostdin", "-i", output.toString(), "-f", "null", "-");
        assumeThat(absent)
                .as("programs to look at the file with that are not installed")
                .isEmpty();
    }

    private void silent(String... command) throws IOException {
        assertThat(said(command)).isEmpty();
    }

    /** Where there is no such program nothing, and the test counts as skipped when all else was fine. */
    private String said(String... command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException missing) {
            absent.add(command[0]);
            return "";
        }
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
