package dev.soundlift.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The few forms of JSON Schema that the tools need. */
final class Schema {
    /** What every tool answers with; the results are the lines that the program says with {@code --json}. */
    static final Map<String, Object> OF_JOBS = object(
            properties(
                    "job", Map.of("type", "string"),
                    "state",
                            Map.of(
                                    "type",
                                    "string",
                                    "enum",
                                    List.of("waiting", "running", "done", "cancelled", "refused")),
                    "exitCode", Map.of("type", "integer"),
                    "results", Map.of("type", "array", "items", Map.of("type", "object")),
                    "resultsLeftOut", Map.of("type", "integer"),
                    "messages", Map.of("type", "array", "items", Map.of("type", "string")),
                    "progress", Map.of("type", "object")),
            List.of("state", "results", "messages"));

    private Schema() {}

    static Map<String, Object> object(Map<String, Object> properties, List<String> needed) {
        return Map.of("type", "object", "properties", properties, "required", needed, "additionalProperties", false);
    }

    /** In their order. */
    static Map<String, Object> properties(Object... namesAndSchemas) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (int i = 0; i < namesAndSchemas.length; i += 2) {
            properties.put(String.valueOf(namesAndSchemas[i]), namesAndSchemas[i + 1]);
        }
        return properties;
    }

    static Map<String, Object> of(Program.Option option) {
        return switch (option.kind()) {
            case FLAG -> flag(option.description());
            case TEXT -> text(option.description());
            case TEXTS -> texts(option.description());
        };
    }

    static Map<String, Object> text(String description) {
        return Map.of("type", "string", "description", description);
    }

    static Map<String, Object> flag(String description) {
        return Map.of("type", "boolean", "description", description);
    }

    static Map<String, Object> number(String description) {
        return Map.of("type", "number", "description", description);
    }

    static Map<String, Object> texts(String description) {
        return Map.of("type", "array", "items", Map.of("type", "string"), "description", description);
    }
}
