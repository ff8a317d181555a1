package dev.soundlift.engine.executable;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an ffmpeg program says that it can do.
 *
 * @param decodable names of codecs
 * @param lossless names of codecs that lose nothing, and can do nothing else
 * @param encoders names of encoders
 * @param demuxers all that read what they are given and nothing else, in the form of {@code -format_whitelist}
 */
record Abilities(Set<String> decodable, Set<String> lossless, Set<String> encoders, String demuxers) {
    /** Playlists and patterns: formats that make FFmpeg open other files than the one it was given. */
    private static final Set<String> REFERRING =
            Set.of("applehttp", "hls", "dash", "concat", "imf", "webm_dash_manifest", "image2", "rtsp", "sdp", "rtp");

    /** From what {@code -codecs}, {@code -encoders} and {@code -demuxers} print. */
    static Abilities read(String codecs, String encoders, String demuxers) {
        return new Abilities(
                names(codecs, "D.A..."),
                names(codecs, "..A...").stream()
                        .filter(names(codecs, "..A..S")::contains)
                        .filter(name -> !names(codecs, "..A.L.").contains(name))
                        .collect(Collectors.toSet()),
                names(encoders, "A....."),
                names(demuxers, "D.").stream()
                        .filter(name -> Arrays.stream(name.split(",")).noneMatch(REFERRING::contains))
                        .collect(Collectors.joining(",")));
    }

    /** What stands behind flags that match the pattern, in which a dot is any flag. */
    private static Set<String> names(String table, String pattern) {
        Set<String> names = new TreeSet<>();
        for (String line : table.lines().toList()) {
            if (line.length() < pattern.length() + 2 || line.charAt(0) != ' ') continue;
            String flags = line.substring(1, 1 + pattern.length());
            List<String> words =
                    List.of(line.substring(1 + pattern.length()).strip().split(" +", 2));
            boolean legend = words.get(0).equals("=") || words.get(0).isEmpty();
            if (!legend && matches(flags, pattern)) names.add(words.get(0));
        }
        return names;
    }

    private static boolean matches(String flags, String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) != '.' && pattern.charAt(i) != flags.charAt(i)) return false;
        }
        return true;
    }

    /** FFmpeg's own MP3 and Opus encoders are absent or experimental. */
    static String encoderFor(String codecName) {
        return switch (codecName) {
            case "mp3" -> "libmp3lame";
            case "opus" -> "libopus";
            default -> codecName;
        };
    }

    boolean encodes(String codecName) {
        return encoders.contains(encoderFor(codecName));
    }
}
