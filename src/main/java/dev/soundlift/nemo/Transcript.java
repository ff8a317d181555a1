package dev.soundlift.nemo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What came through one stream, in either documented form (PROTOCOL.md, section 6). Tools and thoughts are not kept. */
final class Transcript {
    private static final String NOISE = "I encountered a temporary issue";
    private static final Set<String> BEATS = Set.of("heartbeat", "ping", "pong");

    private final List<StringBuilder> paragraphs = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private boolean newParagraph = true;
    private Optional<Problem> problem = Optional.empty();
    private int heartbeats;
    private int tools;

    /**
     * Reads one item of the stream.
     *
     * @return whether it was of substance: text, a tool, a thought or an error, and no mere sign of life
     */
    boolean accept(SseReader.Item item) {
        boolean beat = item.comment()
                || BEATS.contains(item.name().toLowerCase(Locale.ROOT))
                || (item.hasData() && item.data().isBlank())
                || BEATS.contains(item.data().strip().toLowerCase(Locale.ROOT));
        if (beat) {
            heartbeats++;
            return false;
        }
        Optional<JsonNode> json = JsonText.parse(item.data());
        return json.isPresent() && json.get().isObject() && accept(json.get());
    }

    boolean accept(JsonNode event) {
        String type = event.path("type").asText().toLowerCase(Locale.ROOT);
        if (BEATS.contains(type)) {
            heartbeats++;
            return false;
        }
        Optional<Problem> error = Problem.inStream(event);
        if (error.isPresent()) {
            if (problem.isEmpty()) problem = error;
            return true;
        }
        if (type.startsWith("tool_")) {
            tool();
            return true;
        }
        if (type.startsWith("thinking")) return true;
        JsonNode parts = event.path("content").path("parts");
        if (parts.isArray()) return parts(event, parts);
        boolean user = event.path("role").asText().equals("user");
        boolean thought = event.path("thought").asBoolean();
        if (user || thought) return thought;
        boolean spoken = type.isEmpty() || type.equals("text") || type.equals("chunk");
        JsonNode words = event.path("content").isTextual() ? event.path("content") : event.path("text");
        if (!spoken || !words.isTextual()) return false;
        text(words.asText(), event.path("partial").asBoolean());
        return true;
    }

    private boolean parts(JsonNode event, JsonNode parts) {
        boolean user = event.path("content").path("role").asText().equals("user");
        boolean isPartial = event.path("partial").asBoolean();
        boolean substance = false;
        // A full event repeats all that its partial ones said
        boolean full = !isPartial && hasText(parts) && !user;
        if (full) partial.setLength(0);
        for (JsonNode part : parts) {
            if (isTool(part)) {
                tool();
                substance = true;
            } else if (part.path("thought").asBoolean()) {
                substance = true;
            } else if (!user && part.path("text").isTextual()) {
                text(part.path("text").asText(), isPartial);
                substance = true;
            }
        }
        return substance;
    }

    private static boolean hasText(JsonNode parts) {
        for (JsonNode part : parts) {
            if (part.path("text").isTextual() && !part.path("thought").asBoolean()) return true;
        }
        return false;
    }

    private static boolean isTool(JsonNode part) {
        for (String key : List.of("functionCall", "functionResponse", "function_call", "function_response")) {
            if (part.has(key)) return true;
        }
        return false;
    }

    private void text(String words, boolean isPartial) {
        if (isPartial) {
            partial.append(words);
            return;
        }
        flush();
        append(words);
    }

    private void append(String words) {
        if (words.isEmpty()) return;
        if (newParagraph) paragraphs.add(new StringBuilder());
        newParagraph = false;
        paragraphs.get(paragraphs.size() - 1).append(words);
    }

    private void flush() {
        String waiting = partial.toString();
        partial.setLength(0);
        append(waiting);
    }

    private void tool() {
        flush();
        tools++;
        newParagraph = true;
    }

    List<String> paragraphs() {
        flush();
        return paragraphs.stream()
                .map(StringBuilder::toString)
                .filter(text -> !text.isBlank())
                .toList();
    }

    /** Without the complaint that sometimes follows a job well done. */
    List<String> shown() {
        List<String> shown = new ArrayList<>(paragraphs());
        if (shown.isEmpty()) return shown;
        int last = shown.size() - 1;
        int noise = shown.get(last).lastIndexOf(NOISE);
        if (noise < 0) return shown;
        String before = shown.get(last).substring(0, noise);
        if (before.isBlank() && last == 0) return shown;
        shown.remove(last);
        if (!before.isBlank()) shown.add(before.stripTrailing());
        return shown;
    }

    /** Whether all that was said is the complaint; then only the state tells what happened. */
    boolean onlyNoise() {
        List<String> said = paragraphs();
        return said.size() == 1 && said.get(0).strip().startsWith(NOISE);
    }

    boolean silent() {
        return paragraphs().isEmpty() && problem.isEmpty();
    }

    int heartbeats() {
        return heartbeats;
    }

    int tools() {
        return tools;
    }

    Optional<Problem> problem() {
        return problem;
    }
}
