package dev.soundlift.nemo;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads JSON that may be anything: a wrong type is the same as nothing. */
final class JsonText {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonText() {}

    static Optional<JsonNode> parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        }
    }

    /** A string that is not empty; ids may come as whole numbers. */
    static Optional<String> text(JsonNode node) {
        boolean readable = node.isTextual() || node.isIntegralNumber();
        return readable ? Optional.of(node.asText()).filter(text -> !text.isBlank()) : Optional.empty();
    }

    /** A whole number, also where it was sent as a string. */
    static OptionalLong number(JsonNode node) {
        String text = node.isTextual() || node.isNumber() ? node.asText().strip() : "";
        try {
            return OptionalLong.of(new BigDecimal(text).longValueExact());
        } catch (ArithmeticException | NumberFormatException noWholeNumber) {
            return OptionalLong.empty();
        }
    }

    static OptionalDouble decimal(JsonNode node) {
        if (!node.isNumber()) return OptionalDouble.empty();
        double value = node.asDouble();
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** The first of the paths that leads to a text. */
    static Optional<String> firstText(JsonNode node, String... pointers) {
        for (String pointer : pointers) {
            Optional<String> found = text(node.at(pointer));
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }

    /** Missing, null, {@code {}} and {@code []} are the same. */
    static boolean isNothing(JsonNode node) {
        return node.isMissingNode() || node.isNull() || (node.isContainerNode() && node.isEmpty());
    }

    /** An object or array inside the text, exactly as it is written there, to the last digit. */
    static Optional<String> slice(String text, String... path) {
        try (JsonParser parser = MAPPER.getFactory().createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) return Optional.empty();
            for (int depth = 0; parser.nextToken() == JsonToken.FIELD_NAME; ) {
                boolean wanted = parser.currentName().equals(path[depth]);
                JsonToken value = parser.nextToken();
                if (!wanted) {
                    parser.skipChildren();
                } else if (depth == path.length - 1) {
                    if (!value.isStructStart()) return Optional.empty();
                    int start = (int) parser.currentTokenLocation().getCharOffset();
                    parser.skipChildren();
                    return Optional.of(
                            text.substring(start, (int) parser.currentLocation().getCharOffset()));
                } else {
                    if (value != JsonToken.START_OBJECT) return Optional.empty();
                    depth++;
                }
            }
        } catch (IOException noJson) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
