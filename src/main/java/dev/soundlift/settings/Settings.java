package dev.soundlift.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 */
public record Settings(Map<String, Value> values) {
    /** A value and where it came from, for people. */
    public record Value(String text, String origin) {}

    /** The options that make sense for every file alike. */
    private static final List<String> NAMES = List.of(
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
            "output",
            "on-exists",
            "verify",
            "jobs",
            "lang");

    /** Of the sound itself: what the command line says of it, as a preset or a copy, leaves none of the defaults. */
    private static final Set<String> OF_THE_SOUND =
            Set.of("format", "bitrate", "vbr", "rate", "channels", "bits", "loudness", "preset");

    public static final Settings NONE = new Settings(Map.of());

    public Settings {
        values = new LinkedHashMap<>(values);
    }

    /**
     * Reads the file, if there is one, and the environment.
     *
     * @param words the command line
     */
    public static Settings load(Path file, Map<String, String> environment, List<String> words)
            throws ExtractionException {
        Map<String, Value> found = new LinkedHashMap<>();
        Optional<JsonNode> tree = read(file);
        if (tree.isPresent()) put(found, tree.get().path("defaults"), file.toString(), file);
        for (String name : NAMES) {
            String variable = "SOUNDLIFT_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) found.put(name, new Value(value, variable));
        }
        Optional<String> preset = valueOf("--preset", words);
        if (preset.isPresent() || words.contains("--copy")) found.keySet().removeAll(OF_THE_SOUND);
        if (given(words, "-b", "--bitrate")) found.remove("vbr");
        if (given(words, "-V", "--vbr")) found.remove("bitrate");
        JsonNode own = tree.isPresent() && preset.isPresent()
                ? tree.get().path("preset").path(preset.get())
                : MissingNode.getInstance();
        if (!own.isMissingNode()) {
            put(found, own, file + " [preset." + preset.get() + "]", file);
        }
        return new Settings(found);
    }

    /** The words without the name of a preset that is the user's own: its values stand among the settings. */
    public static List<String> withoutOwnPreset(Path file, List<String> words) throws ExtractionException {
        Optional<String> preset = valueOf("--preset", words);
        Optional<JsonNode> tree = preset.isPresent() ? read(file) : Optional.empty();
        if (tree.isEmpty() || tree.get().path("preset").path(preset.get()).isMissingNode()) return words;
        List<String> rest = new ArrayList<>(words);
        int at = rest.indexOf("--preset");
        if (at >= 0) {
            rest.subList(at, at + 2).clear();
        } else {
            rest.remove("--preset=" + preset.get());
        }
        return rest;
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

    private static Optional<JsonNode> read(Path file) throws ExtractionException {
        if (!Files.exists(file)) return Optional.empty();
        try {
            return Optional.of(new TomlMapper().readTree(Files.readString(file)));
        } catch (JacksonException wrong) {
            String line =
                    wrong.getLocation() == null ? "" : ":" + wrong.getLocation().getLineNr();
            throw unusable(file + line, wrong.getOriginalMessage());
        } catch (IOException unreadable) {
            throw unusable(file.toString(), String.valueOf(unreadable.getMessage()));
        }
    }

    private static void put(Map<String, Value> found, JsonNode table, String origin, Path file)
            throws ExtractionException {
        for (Map.Entry<String, JsonNode> entry : table.properties()) {
            if (!NAMES.contains(entry.getKey())) {
                throw new ExtractionException(
                        ErrorKind.USAGE,
                        Text.of("error.setting", file.toString(), entry.getKey()),
                        Text.of("next.setting", String.join(", ", NAMES)));
            }
            found.put(entry.getKey(), new Value(entry.getValue().asText(), origin));
        }
    }

    private static ExtractionException unusable(String place, String reason) {
        String first = reason.lines().findFirst().orElse("");
        return new ExtractionException(
                ErrorKind.USAGE, Text.of("error.settings-file", place, first), Text.of("next.settings-file"));
    }
}
