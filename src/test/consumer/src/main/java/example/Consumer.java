package example;

import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import java.nio.file.Path;

/** {@code Consumer VIDEO SOUND}: prints what was delivered, and which engine did it. */
final class Consumer {
    private Consumer() {}

    public static void main(String[] arguments) throws ExtractionException {
        ExtractionRequest request = ExtractionRequest.of(Path.of(arguments[0]))
                .withFormat(AudioFormat.FLAC)
                .withOutput(Path.of(arguments[1]));
        for (ExtractionReport report : Soundlift.local().extract(request, Progress.NONE, new Cancellation())) {
            System.out.println(report.requireDelivered().getFileName() + " "
                    + report.plan().orElseThrow().engine());
        }
    }
}
