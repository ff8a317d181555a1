package dev.soundlift.sound;

import static dev.soundlift.sound.TestMedia.media;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Pieces;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stretch that is silent in every track: each track is tried once, and then silence is what there is. */
class SilentPieceTest {
    @TempDir
    Path folder;

    @Test
    void is_delivered_as_the_silence_that_it_is() {
        ExtractionRequest request = Lift.to(folder.resolve("piece.flac"), media("interview.mkv"))
                .withFormat(AudioFormat.FLAC)
                .withPieces(Pieces.parseSplit("20").orElseThrow());
        List<ExtractionReport> reports = Lift.SOUNDLIFT.extract(request, Progress.NONE, new Cancellation());
        assertThat(reports)
                .hasSizeGreaterThan(3)
                .allMatch(report -> report.failure().isEmpty());
    }
}
