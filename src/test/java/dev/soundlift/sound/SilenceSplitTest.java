package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Pieces;
import dev.soundlift.request.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Noise at known samples: where it is cut, and that nothing of it is lost. */
class SilenceSplitTest {
    private static final int RATE = 44_100;
    /** In seconds: noise, silence, noise … */
    private static final double[] PATTERN = {1.0, 0.8, 0.5, 0.3, 0.7, 2.0, 1.2, 0.6};

    @TempDir
    Path folder;

    private Wav source;
    private Path input;

    @BeforeEach
    void noise_and_silence() {
        int[] left = new int[0];
        for (int i = 0; i < PATTERN.length; i++) {
            int frames = (int) Math.round(PATTERN[i] * RATE);
            int[] part = i % 2 == 0 ? Wav.noise(i, frames, 16) : new int[frames];
            int from = left.length;
            left = Arrays.copyOf(left, from + frames);
            System.arraycopy(part, 0, left, from, frames);
        }
        // Only one side sounds: a piece must not be lost because the other is silent
        source = Wav.of(RATE, 16, new int[left.length], left);
        input = source.write(folder.resolve("talk.wav"));
    }

    private ExtractionRequest request(String output) {
        return Lift.to(folder.resolve(output), input).withPieces(new Pieces.Silences());
    }

    private static List<Path> delivered(ExtractionRequest request) {
        List<ExtractionReport> reports = Lift.all(request);
        assertThat(reports).allMatch(report -> report.failure().isEmpty());
        return reports.stream().map(report -> report.output().orElseThrow()).toList();
    }

    private Wav cut(double from, double to) {
        return source.cut((int) Math.round(from * RATE), (int) Math.round(to * RATE));
    }

    @Test
    void every_stretch_is_a_file_with_the_samples_of_the_source() {
        List<Path> files = delivered(request("part.flac"));
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("part.001.flac", "part.002.flac", "part.003.flac");
        List<Wav> expected = List.of(cut(0, 1.2), cut(1.6, 3.5), cut(5.1, 6.7));
        for (int i = 0; i < 3; i++) {
            Wav piece = PeerFfmpeg.decoded(files.get(i));
            assertThat(piece.frames()).isEqualTo(expected.get(i).frames());
            assertThat(piece.firstDifference(expected.get(i).in32Bits())).isEqualTo(-1);
        }
        assertThat(TestMedia.namesIn(folder)).doesNotContain("part.pieces.json");
    }

    @Test
    void the_same_input_is_cut_at_the_same_places_again() throws IOException {
        List<Path> first = delivered(request("one.flac"));
        List<Path> second = delivered(request("two.flac"));
        for (int i = 0; i < first.size(); i++) assertThat(second.get(i)).hasSameBinaryContentAs(first.get(i));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "m4a", "opus"})
    void a_lossy_source_in_a_video_container_is_cut_at_the_same_places(String ending) {
        Path encoded = folder.resolve("in." + ending);
        PeerFfmpeg.ffmpeg("-i", input.toString(), "-b:a", "192k", encoded.toString());
        ExtractionRequest request = Lift.to(folder.resolve("part.wav"), encoded).withPieces(new Pieces.Silences());
        List<ExtractionReport> reports = Lift.all(request);
        double[] starts = {0, 1.6, 5.1};
        assertThat(reports).hasSize(3);
        for (int i = 0; i < 3; i++) {
            Duration start =
                    reports.get(i).delivered().orElseThrow().source().taken().start();
            assertThat(start.toMillis() / 1000.0).isBetween(starts[i] - 0.04, starts[i] + 0.04);
        }
    }

    private ExtractionRequest speech(Pieces.Silences pieces) {
        return request("speech.wav")
                .withEncoding(Encoding.DEFAULT.withPreset(Preset.SPEECH))
                .withPieces(pieces);
    }

    @Test
    void pieces_for_transcription_keep_to_the_limit_and_a_list_says_where_they_lie() throws IOException {
        List<ExtractionReport> reports =
                Lift.all(speech(new Pieces.Silences(Optional.of(Duration.ofSeconds(4)), OptionalLong.empty())));
        assertThat(reports).hasSize(2).allMatch(report -> report.failure().isEmpty());
        Path list = folder.resolve("speech.pieces.json");
        assertThat(reports.get(1).delivered().orElseThrow().alsoWritten()).containsExactly(list);
        JsonNode map = new ObjectMapper().readTree(list.toFile());
        assertThat(map.path("schema").asText()).isEqualTo("soundlift.pieces/1");
        assertThat(map.path("input").asText()).isEqualTo(input.toString());
        double[][] stretches = {{0, 3.5}, {5.1, 6.7}};
        for (int i = 0; i < 2; i++) {
            JsonNode piece = map.path("pieces").get(i);
            assertThat(piece.path("file").asText()).isEqualTo("speech.00" + (i + 1) + ".wav");
            assertThat(piece.path("startSeconds").asDouble()).isEqualTo(stretches[i][0]);
            assertThat(piece.path("endSeconds").asDouble()).isEqualTo(stretches[i][1]);
            Wav wav = Wav.read(folder.resolve(piece.path("file").asText()));
            assertThat(wav.rateHz()).isEqualTo(16_000);
            assertThat(wav.channels()).isEqualTo(1);
            assertThat(wav.frames()).isEqualTo((int) Math.round((stretches[i][1] - stretches[i][0]) * 16_000));
        }
    }

    @Test
    void pieces_for_transcription_are_no_larger_than_asked() throws IOException {
        List<Path> files = delivered(speech(new Pieces.Silences(Optional.empty(), OptionalLong.of(60_000))));
        assertThat(files).hasSizeGreaterThan(2);
        for (Path file : files) assertThat(Files.size(file)).isLessThanOrEqualTo(60_000);
    }

    @Test
    void a_list_that_is_there_already_is_not_overwritten_unasked() throws IOException {
        Path list = Files.writeString(folder.resolve("speech.pieces.json"), "mine");
        assertThat(Lift.failure(speech(new Pieces.Silences()))).isEqualTo(ErrorKind.OUTPUT_EXISTS);
        assertThat(list).hasContent("mine");
        assertThat(TestMedia.namesIn(folder)).containsExactly("speech.pieces.json", "talk.wav");
    }

    @Test
    void silence_throughout_is_one_file() {
        Path silent = Wav.of(RATE, 16, new int[RATE * 2]).write(folder.resolve("silent.wav"));
        ExtractionRequest request =
                Lift.to(folder.resolve("out.flac"), silent, AudioFormat.FLAC).withPieces(new Pieces.Silences());
        assertThat(delivered(request)).containsExactly(folder.resolve("out.flac"));
    }
}
