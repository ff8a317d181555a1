package dev.soundlift.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Json;
import dev.soundlift.report.JsonLine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What became of one output: a report, with the item's key and line, and with names as the list and the store have them. */
final class Row {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Failures that may be over when the next run comes: they are of the machines, not of the item. */
    private static final Set<String> PASSING = Set.of(
            "network",
            "interrupted",
            "no-engine",
            "no-space",
            "not-writable",
            "bug",
            "cloud-busy",
            "cloud-no-answer",
            "cloud-session",
            "cloud-credits",
            "cloud-sign-in");

    private Row() {}

    /** A report of an item, with the names in the store. */
    static String of(Item item, ExtractionReport report, Optional<String> output, List<String> alsoWritten) {
        try {
            ObjectNode row = (ObjectNode) JSON.readTree(Json.report(report, Locale.ENGLISH));
            row.put("input", item.name());
            output.ifPresent(name -> row.put("output", name));
            alsoWritten.forEach(row.putArray("alsoWritten")::add);
            row.put("item", item.key());
            if (item.line() > 0) row.put("line", item.line());
            return JSON.writeValueAsString(row);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Of an item that gave nothing. */
    static String failed(Item item, Duration elapsed, ExtractionException why) {
        MediaSource source = new MediaSource.Typed(item.name());
        return of(
                item,
                ExtractionReport.failed(source, Optional.empty(), Optional.empty(), elapsed, why),
                Optional.empty(),
                List.of());
    }

    /** With the time of all of them: of the rows that several runs have of an item, the latest tell how it stands. */
    static List<String> written(List<String> rows, Instant time) {
        String stamp = time.truncatedTo(ChronoUnit.MILLIS).toString();
        return rows.stream()
                .map(row -> {
                    try {
                        ObjectNode timed = (ObjectNode) JSON.readTree(row);
                        return JSON.writeValueAsString(timed.put("written", stamp));
                    } catch (JsonProcessingException impossible) {
                        throw new IllegalStateException(impossible);
                    }
                })
                .toList();
    }

    /** What the next run and the counters need of a row. */
    record Gist(String item, boolean delivered, boolean passing, long bytesRead, long bytes) {
        static Gist of(String row) {
            Map<String, String> values = JsonLine.read(row).orElse(Map.of());
            String error = "error.";
            boolean delivered = !values.getOrDefault("status", "failed").equals("failed");
            return new Gist(
                    values.getOrDefault("item", ""),
                    delivered,
                    !delivered && PASSING.contains(values.getOrDefault(error + "kind", "bug")),
                    number(values.getOrDefault("bytesRead", "0")),
                    delivered ? number(values.getOrDefault("bytes", "0")) : 0);
        }

        private static long number(String text) {
            return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
        }
    }
}
