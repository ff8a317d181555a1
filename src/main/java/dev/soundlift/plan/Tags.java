package dev.soundlift.plan;

import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.Container;
import dev.soundlift.media.MediaInfo;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which tags of the source belong to its sound, and not to the container or the video around it. */
public final class Tags {
    private static final Set<String> OF_THE_CONTAINER = Set.of(
            "major_brand",
            "minor_version",
            "compatible_brands",
            "encoder",
            "handler_name",
            "vendor_id",
            "language",
            "duration",
            "bps",
            "number_of_frames",
            "number_of_bytes",
            "source_id",
            "timecode",
            "itunsmpb",
            "itunnorm",
            "metadata_block_picture",
            "waveformatextensible_channel_mask");

    /** What the writers of Flash videos put in front of them (Adobe's onMetaData and what tools added to it). */
    private static final Set<String> OF_A_FLASH_VIDEO = Set.of(
            "audiodelay",
            "audiosize",
            "canseektoend",
            "datasize",
            "filesize",
            "hasaudio",
            "hascuepoints",
            "haskeyframes",
            "hasmetadata",
            "hasvideo",
            "lastkeyframelocation",
            "lastkeyframetimestamp",
            "lasttimestamp",
            "metadatacreator",
            "metadatadate",
            "videosize");

    /** What FFmpeg's readers leave under a format's own name, and what others call it. */
    private static final Map<String, String> NAMES = Map.of(
            "tsrc", "isrc", "tbpm", "bpm", "tmpo", "bpm", "tit1", "grouping", "tcmp", "compilation", "uslt", "lyrics");

    private Tags() {}

    /** The file's tags under the names that the container's readers look for. */
    public static Map<String, String> asWritten(Plan plan) {
        Container container = plan.target().container();
        Map<String, String> tags = new LinkedHashMap<>();
        plan.tags().forEach((name, value) -> tags.put(nameFor(name, value, plan.tags(), container), value));
        String language = plan.pick().track().language();
        // These have no tracks that could have a language of their own
        boolean oneForAll =
                container == Container.MP3_FILE || container == Container.FLAC_FILE || container == Container.WAV;
        if (oneForAll && !language.isEmpty()) tags.put("language", language);
        return tags;
    }

    private static String nameFor(String name, String value, Map<String, String> all, Container container) {
        return switch (container) {
            // It has an atom for whole numbers
            case M4A -> name.equals("bpm") && value.matches("[1-9]\\d{0,4}") ? "tmpo" : name;
            // FFmpeg writes a comment as DESCRIPTION, and a reader takes two of these for one
            case FLAC_FILE, OPUS_FILE, OGG ->
                name.equals("description") && all.containsKey("comment") && !all.containsKey("synopsis")
                        ? "synopsis"
                        : name;
            default -> name;
        };
    }

    /** The file's tags, then what only the track has; keys in lower case, which every muxer understands. */
    static Map<String, String> carried(MediaInfo media, AudioTrack track, Piece piece) {
        Map<String, String> carried = new LinkedHashMap<>();
        media.tags().forEach((key, value) -> carry(carried, key, value));
        track.tags().forEach((key, value) -> carry(carried, key, value));
        if (!piece.title().isEmpty()) {
            // As audio books do: the book is the album, the chapter the title
            String whole = carried.put("title", piece.title());
            if (whole != null) carried.putIfAbsent("album", whole);
        }
        return carried;
    }

    private static void carry(Map<String, String> carried, String key, String value) {
        String lower = key.toLowerCase(Locale.ROOT);
        // Lyrics come with their language, as in "lyrics-eng"
        String name = lower.startsWith("lyrics-") ? "lyrics" : NAMES.getOrDefault(lower, lower);
        boolean statistics = name.startsWith("_statistics") || name.endsWith("-eng") || name.startsWith("id3v2_priv");
        boolean chapter = name.matches("chapter\\d{3}(name)?");
        if (statistics || chapter || value.isBlank() || OF_THE_CONTAINER.contains(name)) return;
        if (OF_A_FLASH_VIDEO.contains(name)) return;
        carried.putIfAbsent(name, value);
    }
}
