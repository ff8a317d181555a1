package dev.soundlift.nemo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Locale;

/**
 * A whole answer of the service.
 *
 * @param body text, as far as it is text
 */
record Reply(int status, String contentType, String body) {
    /** Missing where the body is no JSON. */
    JsonNode json() {
        return JsonText.parse(body).orElse(MissingNode.getInstance());
    }

    /** What the envelopes hold, or the bare object itself (PROTOCOL.md, section 3). */
    JsonNode data() {
        JsonNode json = json();
        JsonNode data = json.path("data");
        return data.isObject() ? data : json;
    }

    boolean isEventStream() {
        return contentType.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }
}
