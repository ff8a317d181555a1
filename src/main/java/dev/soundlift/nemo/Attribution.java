package dev.soundlift.nemo;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which skill asks: three headers without which the service applies the plan of an anonymous visitor and refuses to
 * export (PROTOCOL.md, section 2).
 *
 * @param source the skill's name
 * @param platform where the skill is installed: {@code clawhub}, {@code cursor} or {@code unknown}
 */
public record Attribution(String source, String version, String platform) {
    private static final Pattern FIELD = Pattern.compile("(?m)^(name|version):\\s*[\"']?([^\"'\\r\\n]+?)[\"']?\\s*$");
    private static final int LONGEST = 100;

    /** What the program is when no skill calls it. */
    static final Attribution OWN = new Attribution("ffmpeg-audio-extract", "1.0.0", "unknown");

    /**
     * As the environment says: {@code SOUNDLIFT_SKILL} is the folder of the skill that calls, whose front matter names
     * it, and {@code SKILL_SOURCE} the platform.
     *
     * @param program where the program itself lies: the path that tells the platform where no skill calls
     */
    static Attribution of(Map<String, String> environment, Path program) throws ExtractionException {
        String skill = environment.getOrDefault("SOUNDLIFT_SKILL", "");
        Path place = skill.isEmpty() ? program : Path.of(skill);
        String platform = environment.getOrDefault("SKILL_SOURCE", "").strip();
        if (platform.isEmpty()) platform = platform(place.toAbsolutePath().toString());
        Attribution own = skill.isEmpty() ? OWN : frontMatter(place);
        return new Attribution(
                header("SOUNDLIFT_SKILL", own.source),
                header("SOUNDLIFT_SKILL", own.version),
                header("SKILL_SOURCE", platform));
    }

    static String platform(String place) {
        String path = place.replace('\\', '/').toLowerCase(Locale.ROOT) + "/";
        if (path.contains("/.clawhub/")) return "clawhub";
        return path.contains("/.cursor/skills/") ? "cursor" : "unknown";
    }

    private static Attribution frontMatter(Path folder) throws ExtractionException {
        String name = OWN.source;
        String version = OWN.version;
        try {
            String[] parts = Files.readString(folder.resolve("SKILL.md")).split("(?m)^---\\s*$", 3);
            Matcher field = FIELD.matcher(parts.length > 1 ? parts[1] : "");
            while (field.find()) {
                if (field.group(1).equals("name")) name = field.group(2);
                else version = field.group(2);
            }
        } catch (IOException unreadable) {
            throw CloudSettings.bad("SOUNDLIFT_SKILL", folder.toString());
        }
        return new Attribution(name, version, OWN.platform);
    }

    private static String header(String variable, String value) throws ExtractionException {
        String trimmed = value.strip();
        boolean plain = trimmed.chars().allMatch(c -> c >= ' ' && c < 127);
        if (!plain || trimmed.isEmpty() || trimmed.length() > LONGEST) {
            throw new ExtractionException(
                    ErrorKind.USAGE, Text.of("error.bad-value", variable, "…"), Text.of("next.cloud-settings"));
        }
        return trimmed;
    }
}
