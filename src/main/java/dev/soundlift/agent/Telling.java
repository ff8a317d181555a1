package dev.soundlift.agent;

import dev.soundlift.request.MediaTime;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job in words, short enough for a model to read. */
record Telling(Locale locale) {
    private static final int MOST_RESULTS = 30;
    private static final int MOST_REMARKS = 10;

    String of(
            String id, Job.State state, List<Job.Result> results, int leftOut, List<String> remarks, String progress) {
        List<String> lines = new ArrayList<>();
        switch (state) {
            case WAITING -> lines.add(say("agent.waiting", id));
            case RUNNING -> lines.add(say("agent.running", id, progress));
            case CANCELLED -> lines.add(say("agent.cancelled"));
            case DONE -> {}
        }
        // Of each the first: many remarks must not hide what was made
        remarks.stream().limit(MOST_REMARKS).forEach(lines::add);
        results.stream().limit(MOST_RESULTS).map(this::line).forEach(lines::add);
        if (remarks.size() > MOST_REMARKS || results.size() > MOST_RESULTS) lines.add(say("agent.more"));
        if (leftOut > 0) lines.add(say("agent.left-out", Integer.toString(leftOut)));
        if (lines.isEmpty()) lines.add(say("agent.nothing"));
        return String.join("\n", lines);
    }

    /** A report as a sentence; what is to be read in full, as it is. */
    private String line(Job.Result result) {
        Map<String, Object> facts = result.object();
        if (!"soundlift.report/1".equals(facts.get("schema"))) return result.readable();
        String status = text(facts.get("status"));
        if (status.equals("failed") && facts.get("error") instanceof Map<?, ?> error) {
            return say(
                    "agent.failed", text(facts.get("input")), text(error.get("message")), text(error.get("nextStep")));
        }
        if (status.equals("skipped")) return say("agent.skipped", text(facts.get("output")));
        StringBuilder line = new StringBuilder(say("agent.delivered", text(facts.get("output")), facts(facts)));
        for (String kind : List.of("warnings", "repairs")) {
            if (facts.get(kind) instanceof List<?> said)
                said.forEach(one -> line.append("\n  ").append(one));
        }
        return line.toString();
    }

    private static String facts(Map<String, Object> report) {
        List<String> said = new ArrayList<>();
        if (report.get("durationSeconds") instanceof Number length) {
            said.add(MediaTime.print(Duration.ofMillis(Math.round(length.doubleValue() * 1000))));
        }
        if (report.get("format") instanceof Map<?, ?> format) {
            said.add(text(format.get("codec")));
            if (format.get("bitsPerSecond") instanceof Number rate && rate.longValue() > 0) {
                said.add(Math.round(rate.doubleValue() / 1000) + " kbit/s");
            }
        }
        return String.join(", ", said);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : String.valueOf(value);
    }

    private String say(String key, Object... arguments) {
        return Text.of(key, arguments).in(locale);
    }
}
