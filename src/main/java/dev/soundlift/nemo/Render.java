package dev.soundlift.nemo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far an export is. The fields are at the top (the seeds), under {@code data} (the API reference), or both
 * (PROTOCOL.md, section 9).
 *
 * @param status as the service calls it; what is not known is still running
 * @param progress 0 to 100
 * @param url of the finished file; nothing where none came, or one that cannot be used
 * @param bytes size of the finished file
 */
record Render(String status, int progress, Optional<URI> url, OptionalLong bytes, String error) {

    static Render of(Reply reply) {
        JsonNode json = reply.json();
        String status = JsonText.firstText(json, "/status", "/data/status").orElse("");
        int progress = 0;
        OptionalLong bytes = OptionalLong.empty();
        for (JsonNode place : new JsonNode[] {json, json.path("data")}) {
            OptionalLong told = JsonText.number(place.path("progress"));
            if (told.isPresent()) progress = (int) Math.max(0, Math.min(100, told.getAsLong()));
            OptionalLong size = JsonText.number(place.path("output").path("size"));
            if (bytes.isEmpty() && size.isPresent() && size.getAsLong() > 0) bytes = size;
        }
        Optional<URI> url = JsonText.firstText(json, "/output/url", "/data/output/url", "/outputUrl", "/data/outputUrl")
                .flatMap(Render::address);
        String error = JsonText.firstText(json, "/error", "/data/error")
                .map(Redaction::line)
                .orElse("");
        return new Render(status.toLowerCase(Locale.ROOT), progress, url, bytes, error);
    }

    static Optional<URI> address(String text) {
        try {
            URI uri = new URI(text);
            boolean usable =
                    uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
            return usable ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException unusable) {
            return Optional.empty();
        }
    }

    boolean completed() {
        return status.equals("completed");
    }

    boolean failed() {
        return status.equals("failed") || cancelled();
    }

    boolean cancelled() {
        return status.equals("cancelled") || status.equals("canceled");
    }
}
