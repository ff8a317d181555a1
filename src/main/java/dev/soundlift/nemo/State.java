package dev.soundlift.nemo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a session holds at one moment. The draft is opaque: it goes back exactly as it came. */
public final class State {
    private static final int DEEPEST = 6;

    private final JsonNode data;
    private final Optional<String> draft;

    private State(JsonNode data, Optional<String> draft) {
        this.data = data;
        this.draft = draft;
    }

    static State of(Reply reply) {
        Optional<String> draft = JsonText.slice(reply.body(), "data", "state", "draft");
        boolean wrapped = reply.json().path("data").isObject();
        return new State(reply.data(), wrapped ? draft : JsonText.slice(reply.body(), "state", "draft"));
    }

    private JsonNode part(String name) {
        JsonNode part = data.path("state").path(name);
        return JsonText.isNothing(part) ? MissingNode.getInstance() : part;
    }

    /** To the last digit as the service wrote it. */
    Optional<String> draftAsWritten() {
        return draft;
    }

    public Timeline timeline() {
        return Timeline.of(part("draft"), assets());
    }

    /** What was uploaded or is known as a file. */
    public List<Asset> assets() {
        return assetsIn(part("video_infos"));
    }

    /** What the service made; nobody has documented how it looks, so everything that has an address counts. */
    public List<Asset> made() {
        return assetsIn(part("generated_media"));
    }

    private static List<Asset> assetsIn(JsonNode node) {
        List<Asset> found = new ArrayList<>();
        collect(node, found, 0);
        return found;
    }

    private static void collect(JsonNode node, List<Asset> found, int depth) {
        if (depth > DEEPEST) return;
        if (node.isObject()) {
            Asset asset = Asset.of(node);
            if (asset.url().isPresent() || !JsonText.isNothing(node.path("filename"))) {
                found.add(asset);
                return;
            }
        }
        node.forEach(child -> collect(child, found, depth + 1));
    }

    /** Sound that was not there before, newest last, with an address to get it from. */
    public Optional<Asset> newAudio(State before) {
        List<Asset> known = new ArrayList<>(before.assets());
        known.addAll(before.made());
        List<Asset> now = new ArrayList<>(made());
        now.addAll(assets());
        return now.stream()
                .filter(Asset::isAudio)
                .filter(asset -> asset.url().isPresent())
                .filter(asset -> known.stream().noneMatch(old -> old.url().equals(asset.url())))
                .findFirst();
    }

    /** Whether anything that an edit changes has changed. */
    public boolean differsFrom(State before) {
        return List.of("draft", "video_infos", "generated_media").stream()
                .anyMatch(name -> !part(name).equals(before.part(name)));
    }

    Optional<String> userId() {
        return JsonText.text(data.path("user_id"));
    }

    public Optional<String> taskId() {
        return JsonText.text(data.path("task_id"));
    }

    /** Whether a file of this name is among the assets. */
    boolean hasAsset(String name) {
        // A quote in the name travels as %22, and not every server takes it back (RFC 7578, section 2)
        return assets().stream()
                .anyMatch(asset -> asset.name().replace("%22", "\"").equals(Redaction.line(name)));
    }
}
