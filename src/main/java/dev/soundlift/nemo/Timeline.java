package dev.soundlift.nemo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A draft as people see it; reads only the documented keys and guesses the others with care (PROTOCOL.md, section 7). */
public record Timeline(List<Track> tracks) {
    private static final List<String> START_KEYS =
            List.of("/s", "/st", "/start", "/startTime", "/m/start", "/m/startTime");

    public Timeline {
        tracks = List.copyOf(tracks);
    }

    /** What a track is for. */
    public enum Kind {
        VIDEO("Video"),
        /** Sound of a file that was uploaded. */
        AUDIO("Audio"),
        /** Any other sound. */
        BGM("BGM"),
        TITLE("Title"),
        OTHER("Track");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /**
     * One track.
     *
     * @param segments how many pieces it has; 0 for an empty track
     * @param startMillis of the first piece
     * @param endMillis of the last piece
     * @param volume 1 is as it was
     */
    public record Track(Kind kind, String name, int segments, long startMillis, long endMillis, OptionalDouble volume) {
        String summary() {
            String shown = kind == Kind.TITLE && !name.equals(kind.label) ? "\"" + name + "\"" : name;
            if (segments == 0) return kind.label + ": -";
            String loud = volume.isPresent() && volume.getAsDouble() != 1
                    ? ", " + Math.round(volume.getAsDouble() * 100) + "%"
                    : "";
            return kind.label + ": " + shown + " (" + seconds(startMillis) + "-" + seconds(endMillis) + "s" + loud
                    + ")";
        }

        private static String seconds(long millis) {
            BigDecimal value = BigDecimal.valueOf(millis, 3).setScale(1, RoundingMode.HALF_UP);
            return value.stripTrailingZeros().toPlainString();
        }
    }

    static Timeline of(JsonNode draft, List<Asset> assets) {
        List<Track> tracks = new ArrayList<>();
        if (draft.path("t").isArray()) draft.path("t").forEach(track -> tracks.add(track(track, assets)));
        boolean alone =
                tracks.stream().filter(track -> track.kind() == Kind.BGM).count() == 1;
        boolean known = tracks.stream().anyMatch(track -> track.kind() == Kind.AUDIO);
        // One track of sound without a name and without a source tells nothing: it need not be music
        List<Track> judged = tracks.stream()
                .map(track -> track.kind() == Kind.BGM && track.name().isEmpty() && alone && !known
                        ? new Track(
                                Kind.AUDIO,
                                "",
                                track.segments(),
                                track.startMillis(),
                                track.endMillis(),
                                track.volume())
                        : track)
                .map(track -> track.name().isEmpty()
                        ? new Track(
                                track.kind(),
                                track.kind().label,
                                track.segments(),
                                track.startMillis(),
                                track.endMillis(),
                                track.volume())
                        : track)
                .toList();
        return new Timeline(judged);
    }

    private static Track track(JsonNode track, List<Asset> assets) {
        JsonNode pieces = track.path("sg");
        int count = pieces.isArray() ? pieces.size() : 0;
        String name = "";
        long position = 0;
        long start = Long.MAX_VALUE;
        long end = 0;
        OptionalDouble volume = OptionalDouble.empty();
        boolean ours = count > 0;
        for (int i = 0; i < count; i++) {
            JsonNode piece = pieces.get(i);
            String pieceName = name(piece.path("m"));
            if (name.isEmpty()) name = pieceName;
            else if (!pieceName.isEmpty() && i == count - 1) name = name + " …";
            long from = start(piece).orElse(position);
            position = from + Math.max(0, JsonText.number(piece.path("d")).orElse(0));
            start = Math.min(start, from);
            end = Math.max(end, position);
            OptionalDouble loud = JsonText.decimal(piece.at("/m/volume"));
            if (volume.isEmpty() && loud.isPresent()) volume = loud;
            ours &= isFrom(assets, piece.path("m"), pieceName);
        }
        if (end == 0) end = Math.max(0, JsonText.number(track.path("d")).orElse(0));
        return new Track(
                kind(track, ours),
                name,
                count,
                start == Long.MAX_VALUE ? 0 : start,
                Math.max(start == Long.MAX_VALUE ? 0 : start, end),
                volume);
    }

    private static Kind kind(JsonNode track, boolean ours) {
        OptionalLong type = JsonText.number(track.path("tt"));
        if (type.isEmpty()) return Kind.OTHER;
        long number = type.getAsLong();
        if (number == 0) return Kind.VIDEO;
        if (number == 1) return ours ? Kind.AUDIO : Kind.BGM;
        return number == 7 ? Kind.TITLE : Kind.OTHER;
    }

    private static OptionalLong start(JsonNode piece) {
        for (String key : START_KEYS) {
            OptionalLong start = JsonText.number(piece.at(key));
            if (start.isPresent() && start.getAsLong() >= 0) return start;
        }
        return OptionalLong.empty();
    }

    private static String name(JsonNode m) {
        return JsonText.firstText(m, "/title", "/name", "/text")
                .or(() -> JsonText.firstText(m, "/src", "/url", "/cdn_url")
                        .map(url -> url.replaceAll("[?#].*$", "").replaceAll("^.*/", "")))
                .map(Redaction::line)
                .orElse("");
    }

    /** Whether a piece says that it comes from one of our files. */
    private static boolean isFrom(List<Asset> assets, JsonNode m, String name) {
        Optional<String> source = JsonText.firstText(m, "/src", "/url", "/cdn_url");
        for (Asset asset : assets) {
            if (source.isPresent() && source.equals(asset.url())) return true;
            String stem = asset.name().replaceAll("\\.[^.]*$", "").toLowerCase(Locale.ROOT);
            boolean named = !stem.isEmpty() && name.toLowerCase(Locale.ROOT).contains(stem);
            if (source.isEmpty() && named) return true;
        }
        return false;
    }

    /** Whether there is anything to export. */
    public boolean ready() {
        return tracks.stream().anyMatch(track -> track.segments() > 0);
    }

    /** Sound that nobody asked for: exporting it would mix it into what was. */
    public List<Track> extraAudio() {
        List<Track> extra = new ArrayList<>(tracks.stream()
                .filter(track -> track.kind() == Kind.BGM && track.segments() > 0)
                .toList());
        return extra;
    }

    /** The documents' one line, a number for each track. */
    public String summary() {
        List<String> lines = new ArrayList<>();
        for (Track track : tracks) lines.add((lines.size() + 1) + ". " + track.summary());
        String noun = tracks.size() == 1 ? "track" : "tracks";
        return "Timeline (" + tracks.size() + " " + noun + "): "
                + lines.stream().collect(Collectors.joining(" "));
    }
}
