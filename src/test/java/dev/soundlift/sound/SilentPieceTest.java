package dev.soundlift.sound;

import static dev.soundlift.sound.TestMedia.media;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.RangeWish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
                .withRange(new RangeWish(new MediaTime(Duration.ofSeconds(60), false), Optional.empty()));
        List<ExtractionReport> reports = Lift.SOUNDLIFT.extract(request, Progress.NONE, new Cancellation());
        assertThat(reports).hasSize(1).allMatch(report -> report.failure().isEmpty());
    }
}
