package dev.soundlift.engine.executable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** An object of JSON as ffprobe prints it, where a number may stand as text. What is missing reads as empty. */
record Tree(Map<String, Object> members) {
    private static final JsonFactory JSON = new JsonFactory();

    static Tree parse(String json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? new Tree(object(parser)) : new Tree(Map.of());
        }
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            // Of tags with the same name the first counts
            members.putIfAbsent(name, value(parser));
        }
        return members;
    }

    private static Object value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) return new Tree(object(parser));
        if (parser.currentToken() != JsonToken.START_ARRAY) return parser.getText();
        List<Tree> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (value(parser) instanceof Tree tree) elements.add(tree);
        }
        return elements;
    }

    String text(String name) {
        return members.get(name) instanceof String text ? text : "";
    }

    OptionalLong number(String name) {
        String text = text(name);
        return text.matches("-?\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    int count(String name) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, number(name).orElse(0)));
    }

    OptionalDouble decimal(String name) {
        String text = text(name);
        return text.matches("-?\\d{1,18}(\\.\\d+)?")
                ? OptionalDouble.of(Double.parseDouble(text))
                : OptionalDouble.empty();
    }

    Tree object(String name) {
        return members.get(name) instanceof Tree tree ? tree : new Tree(Map.of());
    }

    List<Tree> objects(String name) {
        if (!(members.get(name) instanceof List<?> list)) return List.of();
        return list.stream()
                .filter(Tree.class::isInstance)
                .map(Tree.class::cast)
                .toList();
    }

    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            if (value instanceof String text) texts.put(name, text);
        });
        return texts;
    }
}
