package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Destination;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.Pieces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No piece is larger than was asked, whatever the sound and the format make of it. */
class PieceSizeTest {
    @TempDir
    Path folder;

    /** Noise at full scale, the worst that an encoder can get, with a pause now and then, and long tags. */
    private Path noise(int seconds) {
        Path source = folder.resolve("noise.mkv");
        PeerFfmpeg.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "anoisesrc=r=48000:a=1:seed=5:d=" + seconds,
                "-f",
                "lavfi",
                "-i",
                "anoisesrc=r=48000:a=1:seed=6:d=" + seconds,
                "-filter_complex",
                "[0][1]join=inputs=2:channel_layout=stereo,volume='if(lt(mod(t,7),0.6),0,1)':eval=frame",
                "-metadata",
                "comment=" + "Ł".repeat(2000),
                "-c:a",
                "pcm_s16le",
                source.toString());
        return source;
    }

    @ParameterizedTest
    @CsvSource({
        "wav, 900000",
        "mp3, 150000",
        "opus, 150000",
        "flac, 900000",
        "m4a, 150000",
        "ogg, 150000",
        "aac, 150000"
    })
    void no_piece_passes_the_cap(String format, long most) throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        ExtractionRequest request = ExtractionRequest.of(noise(40))
                .withPieces(new Pieces.Silences(Optional.empty(), OptionalLong.of(most)))
                .withFormat(AudioFormat.named(format).orElseThrow())
                .withDestination(new Destination(Optional.of(out + "/"), OnExists.FAIL));
        List<ExtractionReport> reports = Lift.all(request);
        assertThat(reports).hasSizeGreaterThan(3);
        for (ExtractionReport report : reports) {
            assertThat(report.failure()).isEmpty();
            assertThat(report.output().orElseThrow().toFile().length()).isLessThanOrEqualTo(most);
        }
    }

    @Test
    void a_copied_piece_that_is_larger_says_so() throws IOException {
        // The track's bit rate on average is that of quiet minutes; its loudest piece has several times as much
        Path source = folder.resolve("uneven.mp3");
        PeerFfmpeg.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "anoisesrc=r=48000:a=0.9:seed=5:d=120",
                "-af",
                "volume='if(lt(mod(t,3),0.6),0,if(lt(t,12),1,0.0005))':eval=frame",
                "-c:a",
                "libmp3lame",
                "-q:a",
                "0",
                source.toString());
        Path out = Files.createDirectory(folder.resolve("out"));
        long most = 130_000;
        ExtractionRequest request = ExtractionRequest.of(source)
                .withPieces(new Pieces.Silences(Optional.empty(), OptionalLong.of(most)))
                .withDestination(new Destination(Optional.of(out + "/"), OnExists.FAIL));
        request = request.withEncoding(request.encoding().withCopyOnly(true));
        for (ExtractionReport report : Lift.all(request)) {
            assertThat(report.failure()).isEmpty();
            boolean larger = report.output().orElseThrow().toFile().length() > most;
            assertThat(report.warnings().stream().anyMatch(one -> one.key().equals("warning.piece-too-large")))
                    .isEqualTo(larger);
        }
    }

    @Test
    void where_the_list_of_pieces_cannot_be_written_it_is_said_that_the_pieces_are_there() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        ExtractionRequest request = ExtractionRequest.of(noise(20))
                .withPieces(new Pieces.Silences(Optional.empty(), OptionalLong.of(900_000)))
                .withFormat(AudioFormat.WAV)
                .withDestination(new Destination(Optional.of(out + "/"), OnExists.OVERWRITE));
        List<ExtractionReport> good = Lift.all(request);
        Path list = good.get(good.size() - 1)
                .delivered()
                .orElseThrow()
                .alsoWritten()
                .get(0);
        Files.delete(list);
        Files.createDirectories(list.resolve("in-the-way"));
        List<ExtractionReport> reports = Lift.all(request);
        ExtractionReport last = reports.get(reports.size() - 1);
        assertThat(reports).hasSize(good.size() + 1);
        assertThat(last.failure().orElseThrow().whatHappened().key()).isEqualTo("error.no-list-of-pieces");
        assertThat(reports.subList(0, good.size()))
                .allMatch(report -> report.delivered().isPresent());
    }
}
