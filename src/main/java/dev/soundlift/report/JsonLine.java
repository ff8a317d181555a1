package dev.soundlift.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One JSON object on one line, of plain values: for what programs of ours tell each other and themselves. */
public final class JsonLine {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private JsonLine() {}

    /** Values are numbers, truth values, or written as strings; in the map's order. */
    public static String write(Map<String, ?> values) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, ?> value : values.entrySet()) {
                json.writeFieldName(value.getKey());
                if (value.getValue() instanceof Number number) {
                    json.writeNumber(number.longValue());
                } else if (value.getValue() instanceof Boolean truth) {
                    json.writeBoolean(truth);
                } else {
                    json.writeString(String.valueOf(value.getValue()));
                }
            }
            json.writeEndObject();
        } catch (IOException impossible) { // nothing but memory is written to
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /**
     * The plain values as strings; those of an object inside as {@code error.kind}, those of a list as {@code
     * warnings.0}.
     *
     * @return nothing for what is no whole object, such as a line that was cut off by a crash
     */
    public static Optional<Map<String, String>> read(String line) {
        Map<String, String> values = new LinkedHashMap<>();
        try (JsonParser json = FACTORY.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) return Optional.empty();
            readInto(values, json, "", JsonToken.END_OBJECT);
            return Optional.of(values);
        } catch (IOException tornOrForeign) {
            return Optional.empty();
        }
    }

    private static void readInto(Map<String, String> values, JsonParser json, String prefix, JsonToken end)
            throws IOException {
        int index = 0;
        for (JsonToken token = json.nextToken(); token != end; token = json.nextToken()) {
            if (token == null) throw new IOException("cut off");
            if (token == JsonToken.FIELD_NAME) continue;
            String name = prefix + (end == JsonToken.END_ARRAY ? Integer.toString(index++) : json.currentName());
            if (token == JsonToken.START_OBJECT) {
                readInto(values, json, name + ".", JsonToken.END_OBJECT);
            } else if (token == JsonToken.START_ARRAY) {
                readInto(values, json, name + ".", JsonToken.END_ARRAY);
            } else if (token != JsonToken.VALUE_NULL) {
                values.put(name, json.getText());
            }
        }
    }
}
