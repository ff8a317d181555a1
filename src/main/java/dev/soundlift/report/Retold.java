package dev.soundlift.report;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.media.MediaSource;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reports that another process of ours printed as JSON, read back as far as a summary needs them. */
public final class Retold {
    private Retold() {}

    /**
     * From the values of a line {@code soundlift.report/1}, as {@link JsonLine} reads them.
     *
     * @param damaged what no report in JSON says by itself: the exit code does
     */
    public static ExtractionReport report(MediaSource input, Map<String, String> values, boolean damaged) {
        String error = "error.";
        List<Text> warnings = new ArrayList<>();
        for (int i = 0; values.containsKey("warnings." + i); i++) warnings.add(said(values, "warnings." + i));
        Optional<Failure> failure = Optional.ofNullable(values.get(error + "kind"))
                .map(kind -> new Failure(
                        ErrorKind.valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_')),
                        said(values, error + "message"),
                        said(values, error + "nextStep"),
                        List.of(),
                        Optional.empty()));
        double seconds = Double.parseDouble(values.getOrDefault("elapsedSeconds", "0"));
        return new ExtractionReport(
                input,
                Status.valueOf(values.getOrDefault("status", "failed").toUpperCase(Locale.ROOT)),
                Optional.empty(),
                Optional.ofNullable(values.get("output")).map(Path::of),
                Optional.empty(),
                damaged,
                warnings,
                Duration.ofNanos((long) (seconds * 1e9)),
                failure);
    }

    private static Text said(Map<String, String> values, String name) {
        return Text.of("report.retold", values.getOrDefault(name, ""));
    }
}
