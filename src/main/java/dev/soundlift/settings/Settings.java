package dev.soundlift.settings;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.Destination;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.Preset;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What takes the place of options that are not given: a preset of the user's own that the command line names, else the
 * environment ({@code SOUNDLIFT_FORMAT}), else the table {@code [defaults]} of the settings file.
 *
 * @param values by the option's long name without dashes
 * @param presets the user's own, by name
 * @param warnings of what is written there and has no effect
 */
public record Settings(Map<String, Value> values, Map<String, Map<String, Value>> presets, List<Text> warnings) {
    /** A value and where it came from, for people: a file with its line, or a variable. */
    public record Value(String text, String origin) {}

    /**
     * The options that make sense for every file alike. None that lets a byte leave the machine: whoever wants that says
     * so each time.
     */
    public static final List<String> NAMES = List.of(
            "format",
            "bitrate",
            "vbr",
            "rate",
            "channels",
            "bits",
            "track",
            "align",
            "loudness",
            "preset",
            "piece-length",
            "piece-size",
            "id3",
            "cover-frame",
            "chapter-list",
            "keep-date",
            "output",
            "on-exists",
            "engine",
            "ffmpeg",
            "verify",
            "jobs",
            "recurse",
            "resume",
            "resume-by-content",
            "isolate",
            "strict",
            "settle",
            "retries",
            "quiet",
            "lang");

    /** Of these a preset of one's own may say more than the defaults, which hold whatever else is asked for. */
    private static final Set<String> OF_PRESETS = Set.of("copy", "mix", "split");

    /** Of the sound itself: what the command line says of it, as a preset or a copy, leaves none of the defaults. */
    private static final Set<String> OF_THE_SOUND =
            Set.of("format", "bitrate", "vbr", "rate", "channels", "bits", "loudness", "preset");

    public static final Settings NONE = new Settings(Map.of(), Map.of(), List.of());

    public Settings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        presets = Collections.unmodifiableMap(new LinkedHashMap<>(presets));
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the file, if there is one, and the environment.
     *
     * @param words the command line
     */
    public static Settings load(Path path, Map<String, String> environment, List<String> words)
            throws ExtractionException {
        SettingsFile file = SettingsFile.read(path);
        Map<String, Value> found = new LinkedHashMap<>();
        List<Text> warnings = new ArrayList<>();
        put(found, file.table("defaults"), false, warnings);
        for (String name : NAMES) {
            String variable = "SOUNDLIFT_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) found.put(name, new Value(value, variable));
        }
        Optional<String> preset = valueOf("--preset", words);
        if (preset.isPresent() || words.contains("--copy")) found.keySet().removeAll(OF_THE_SOUND);
        if (given(words, "-b", "--bitrate")) found.remove("vbr");
        if (given(words, "-V", "--vbr")) found.remove("bitrate");
        Map<String, Map<String, Value>> presets = new LinkedHashMap<>();
        for (String name : file.presets()) {
            boolean asked = preset.equals(Optional.of(name));
            Map<String, Value> own = new LinkedHashMap<>();
            put(own, file.table("preset." + name), true, asked ? warnings : new ArrayList<>());
            presets.put(name, own);
            if (asked) found.putAll(own);
        }
        Optional<String> output = valueOf("--output", words).or(() -> valueOf("-o", words));
        if (new Destination(output, OnExists.FAIL).formatOfName().isPresent()) found.remove("format");
        Value engine = found.getOrDefault("engine", new Value("", ""));
        if (engine.text().equalsIgnoreCase("cloud")) {
            throw new ExtractionException(
                    ErrorKind.USAGE, Text.of("error.setting-cloud", engine.origin()), Text.of("next.setting-cloud"));
        }
        return new Settings(found, presets, warnings);
    }

    /** The words without the name of a preset that is the user's own: its values stand among the settings. */
    public List<String> withoutOwnPreset(List<String> words) {
        Optional<String> preset = valueOf("--preset", words).filter(presets::containsKey);
        if (preset.isEmpty()) return words;
        List<String> rest = new ArrayList<>(words);
        int at = rest.indexOf("--preset");
        if (at >= 0) {
            rest.subList(at, at + 2).clear();
        } else {
            rest.remove("--preset=" + preset.get());
        }
        return rest;
    }

    /** A preset that the command line names and nobody has made. */
    public Optional<String> unknownPreset(List<String> words) {
        return valueOf("--preset", words)
                .filter(name -> !presets.containsKey(name) && Preset.named(name).isEmpty());
    }

    private static Optional<String> valueOf(String option, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).startsWith(option + "="))
                return Optional.of(words.get(i).substring(option.length() + 1));
            if (words.get(i).equals(option) && i + 1 < words.size()) return Optional.of(words.get(i + 1));
        }
        return Optional.empty();
    }

    private static boolean given(List<String> words, String brief, String full) {
        return words.stream()
                .anyMatch(word -> word.startsWith(full) || (word.startsWith(brief) && !word.startsWith("--")));
    }

    /** A key that is not known, from a later version or misspelt, is no reason not to work. */
    private static void put(
            Map<String, Value> found, List<SettingsFile.Entry> table, boolean preset, List<Text> warnings)
            throws ExtractionException {
        for (SettingsFile.Entry entry : table) {
            String key = entry.key();
            if (!NAMES.contains(key) && !(preset && OF_PRESETS.contains(key))) {
                Optional<String> meant = Nearest.to(
                        key.toLowerCase(Locale.ROOT).replace('_', '-'), NAMES, Math.max(2, key.length() / 3));
                warnings.add(
                        meant.isPresent()
                                ? Text.of("warning.setting-meant", entry.place(), key, meant.get())
                                : Text.of("warning.setting", entry.place(), key, String.join(", ", NAMES)));
                continue;
            }
            if (!entry.value().isValueNode()) {
                throw SettingsFile.unusable(entry.place(), key + " takes a single value");
            }
            found.put(key, new Value(entry.value().asText(), entry.place()));
        }
    }
}
