package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import java.nio.file.Path;
import java.util.List;

/** Extractions as a Java program would ask for them. */
final class Lift {
    static final Soundlift SOUNDLIFT = local();

    /** Who does the work, in the tests that run at the moment. */
    private static EngineChoice engine = new EngineChoice(EngineChoice.Kind.LOCAL, false);

    private Lift() {}

    static void by(EngineChoice.Kind kind) {
        engine = new EngineChoice(kind, false);
    }

    /** For what an older program cannot do, or does without saying so. */
    static void onlyByTheLibraries() {
        assumeTrue(engine.kind() == EngineChoice.Kind.LOCAL, "not by a program");
    }

    private static Soundlift local() {
        try {
            return Soundlift.local();
        } catch (ExtractionException missing) {
            throw new AssertionError(missing);
        }
    }

    static ExtractionRequest to(Path output, Path input) {
        return ExtractionRequest.of(input).withOutput(output).withEngine(engine);
    }

    static ExtractionRequest to(Path output, Path input, AudioFormat format) {
        return to(output, input).withFormat(format);
    }

    static List<ExtractionReport> all(ExtractionRequest request) {
        return SOUNDLIFT.extract(request, Progress.NONE, new Cancellation());
    }

    static ExtractionReport report(ExtractionRequest request) {
        List<ExtractionReport> reports = all(request);
        assertThat(reports).hasSize(1);
        return reports.get(0);
    }

    /** The file, which must have been delivered and verified. */
    static Path delivered(ExtractionRequest request) {
        ExtractionReport report = report(request);
        assertThat(report.failure()).as("failure").isEmpty();
        assertThat(report.delivered().orElseThrow().file().checks())
                .as("what was verified")
                .isNotEmpty();
        return report.output().orElseThrow();
    }

    static ErrorKind failure(ExtractionRequest request) {
        return report(request).failure().orElseThrow().kind();
    }
}
