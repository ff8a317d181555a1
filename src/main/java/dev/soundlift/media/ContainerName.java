package dev.soundlift.media;

import java.util.Locale;
import java.util.Map;

/** What people call the container that FFmpeg found. */
public final class ContainerName {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("matroska,webm", "Matroska"),
            Map.entry("mov,mp4,m4a,3gp,3g2,mj2", "MP4"),
            Map.entry("mpegts", "MPEG-TS"),
            Map.entry("mpeg", "MPEG-PS"),
            Map.entry("asf", "Windows Media"),
            Map.entry("rm", "RealMedia"),
            Map.entry("ogg", "Ogg"),
            Map.entry("w64", "Wave64"),
            Map.entry("aac", "AAC (ADTS)"));

    /** FFmpeg has one demuxer for each of these families: the file's ending tells which of it is meant. */
    private static final Map<String, String> BY_ENDING = Map.of(
            "matroska,webm webm", "WebM",
            "mov,mp4,m4a,3gp,3g2,mj2 mov", "QuickTime",
            "mov,mp4,m4a,3gp,3g2,mj2 qt", "QuickTime",
            "mov,mp4,m4a,3gp,3g2,mj2 3gp", "3GP",
            "mov,mp4,m4a,3gp,3g2,mj2 m4a", "M4A");

    private ContainerName() {}

    /** What people call the kind of file that this is. */
    public static String of(MediaInfo media) {
        String name = media.source().displayName();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String raw = media.container();
        String usual = NAMES.getOrDefault(raw, raw.toUpperCase(Locale.ROOT));
        return BY_ENDING.getOrDefault(raw + " " + ending, usual);
    }
}
