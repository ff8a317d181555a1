package dev.soundlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Status;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With which code a call ends that had several outputs. */
class TallyTest {
    private static final MediaSource INPUT = new MediaSource.LocalFile(Path.of("talk.mkv"));

    private static ExtractionReport delivered(boolean damaged) {
        return new ExtractionReport(
                INPUT,
                damaged ? Status.WARNING : Status.OK,
                Optional.empty(),
                Optional.of(Path.of("talk.mp3")),
                Optional.empty(),
                damaged,
                List.of(),
                Duration.ZERO,
                Optional.empty());
    }

    private static ExtractionReport failed(ErrorKind kind) {
        return ExtractionReport.failed(
                INPUT,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                new ExtractionException(kind, Text.of("error.interrupted"), Text.of("next.interrupted")));
    }

    private static int code(int inputs, ExtractionReport... reports) {
        Tally tally = new Tally();
        for (ExtractionReport report : reports) tally.add(report);
        return tally.exitCode(inputs > 1);
    }

    @Test
    void an_output_that_failed_outweighs_one_that_is_damaged() {
        assertThat(code(1, delivered(false), delivered(true))).isEqualTo(6);
        assertThat(code(1, delivered(true), failed(ErrorKind.OUTPUT_EXISTS))).isEqualTo(9);
        assertThat(code(1, failed(ErrorKind.OUTPUT_EXISTS), delivered(true))).isEqualTo(9);
        assertThat(code(1, failed(ErrorKind.OUTPUT_EXISTS), failed(ErrorKind.VERIFICATION)))
                .isEqualTo(9);
    }

    @Test
    void of_several_inputs_it_is_enough_that_one_failed() {
        assertThat(code(2, delivered(true), delivered(false))).isEqualTo(6);
        assertThat(code(2, delivered(true), failed(ErrorKind.OUTPUT_EXISTS))).isEqualTo(1);
        assertThat(code(2, failed(ErrorKind.OUTPUT_EXISTS), failed(ErrorKind.INTERRUPTED)))
                .isEqualTo(130);
    }
}
