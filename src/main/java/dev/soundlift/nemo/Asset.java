package dev.soundlift.nemo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A file on the service.
 *
 * @param name may be empty
 * @param type {@code video}, {@code image}, {@code audio}, or empty
 * @param seconds length; here, unlike in drafts, in seconds
 */
public record Asset(String name, String type, Optional<String> url, OptionalDouble seconds, Optional<String> hash) {

    static Asset of(JsonNode node) {
        Optional<String> url = JsonText.firstText(
                        node, "/cdn_url", "/url", "/output_url", "/outputUrl", "/download_url")
                .filter(text -> text.matches("(?i)https?://.+"));
        String name = JsonText.firstText(node, "/filename", "/file_name", "/name", "/title")
                .orElse("");
        String type =
                JsonText.firstText(node, "/file_type", "/type", "/media_type").orElse("");
        return new Asset(
                Redaction.line(name),
                type.toLowerCase(Locale.ROOT),
                url,
                JsonText.decimal(node.path("duration")),
                JsonText.text(node.path("hash")));
    }

    /** By type, or where that says nothing by the ending of name or address. */
    boolean isAudio() {
        if (type.startsWith("audio")) return true;
        if (!type.isEmpty() && !type.equals("file") && !type.equals("media")) return false;
        String path = url.orElse("").replaceAll("[?#].*$", "");
        return (name + " " + path).toLowerCase(Locale.ROOT).matches(".*\\.(mp3|m4a|aac|wav|flac|ogg|opus)( .*)?");
    }
}
