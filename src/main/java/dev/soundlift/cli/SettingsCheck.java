package dev.soundlift.cli;

import dev.soundlift.cli.UsageErrors.BadValue;
import dev.soundlift.settings.Settings;
import dev.soundlift.text.Text;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells what is wrong with a setting by where it stands, before it is taken for an option that nobody typed. */
final class SettingsCheck {
    private static final Set<String> FLAGS =
            Set.of("copy", "mix", "keep-date", "recurse", "resume", "resume-by-content", "isolate", "strict", "quiet");

    private SettingsCheck() {}

    /** A value that its option does not take, and what to do about it where it stands. */
    record Fault(Text what, Text next) {}

    /** The first that its option would not take. */
    static Optional<Fault> firstWrong(Settings settings) {
        for (Map.Entry<String, Settings.Value> setting : settings.values().entrySet()) {
            try {
                check(setting.getKey(), setting.getValue().text());
            } catch (BadValue bad) {
                String origin = setting.getValue().origin();
                boolean variable = origin.startsWith("SOUNDLIFT_");
                return Optional.of(new Fault(
                        Text.of("error.setting-value", origin, bad.text()),
                        Text.of(variable ? "next.settings-variable" : "next.settings-file", origin)));
            }
        }
        return Optional.empty();
    }

    private static void check(String name, String value) {
        ConvertOptions options = new ConvertOptions();
        switch (name) {
            case "format" -> options.format = value;
            case "bitrate" -> options.bitrate = value;
            case "vbr" -> options.vbr = value;
            case "rate" -> options.rate = value;
            case "channels" -> options.channels = value;
            case "bits" -> options.bits = value;
            case "track" -> options.tracks = java.util.List.of(value);
            case "align" -> options.align = value;
            case "loudness" -> options.loudness = value;
            case "preset" -> options.preset = value;
            case "split" -> options.pieces.split = value;
            case "piece-length" -> options.pieces.pieceLength = value;
            case "piece-size" -> options.pieces.pieceSize = value;
            case "id3" -> options.extras.id3 = value;
            case "cover-frame" -> options.extras.coverFrame = value;
            case "chapter-list" -> options.extras.chapterList = value;
            case "on-exists" -> options.onExists = value;
            case "engine" -> options.engine = value;
            case "verify" -> options.verify = value;
            case "jobs" -> options.jobs = value;
            case "settle" -> WatchCommand.stillness(value);
            case "retries" -> WatchCommand.retries(value);
            case "lang" -> Language.checked(value);
            default -> {
                boolean known = !FLAGS.contains(name) || value.equals("true") || value.equals("false");
                if (!known) throw ConvertOptions.bad("--" + name, value, "true, false");
            }
        }
        options.request();
        options.jobCount();
    }
}
