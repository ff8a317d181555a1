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
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings file as it is written: tables of values, and the line where each stands. */
record SettingsFile(Path path, JsonNode tree, List<String> lines) {
    private static final Pattern TABLE = Pattern.compile("\\s*\\[\\s*([^\\]]+?)\\s*]\\s*(#.*)?");
    private static final Pattern KEY = Pattern.compile("\\s*[\"']?([A-Za-z0-9_.-]+)[\"']?\\s*=.*");

    /** A file that is not there says nothing. */
    static SettingsFile read(Path path) throws ExtractionException {
        if (!Files.exists(path)) return new SettingsFile(path, MissingNode.getInstance(), List.of());
        try {
            String text = Files.readString(path);
            return new SettingsFile(
                    path, new TomlMapper().readTree(text), text.lines().toList());
        } catch (JacksonException wrong) {
            String line =
                    wrong.getLocation() == null ? "" : ":" + wrong.getLocation().getLineNr();
            throw unusable(path + line, wrong.getOriginalMessage());
        } catch (IOException unreadable) {
            throw unusable(path.toString(), String.valueOf(unreadable.getMessage()));
        }
    }

    /** One value as it is written. */
    record Entry(String key, JsonNode value, String place) {}

    /** What stands in a table such as {@code defaults} or {@code preset.phone}; nothing where there is none. */
    List<Entry> table(String name) {
        JsonNode table = tree;
        for (String part : name.split("\\.", 2)) table = table.path(part);
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : table.properties()) {
            entries.add(new Entry(entry.getKey(), entry.getValue(), path + lineOf(name, entry.getKey())));
        }
        return entries;
    }

    boolean has(String table) {
        JsonNode found = tree;
        for (String part : table.split("\\.", 2)) found = found.path(part);
        return found.isObject();
    }

    List<String> presets() {
        List<String> names = new ArrayList<>();
        tree.path("preset").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** {@code :7}; nothing where the file is written in another way than one key a line. */
    private String lineOf(String table, String key) {
        String current = "";
        for (int i = 0; i < lines.size(); i++) {
            Matcher head = TABLE.matcher(lines.get(i));
            if (head.matches()) {
                current = head.group(1).replaceAll("[\"'\\s]", "");
                continue;
            }
            Matcher found = KEY.matcher(lines.get(i));
            String prefix = current.isEmpty() ? "" : current + ".";
            boolean here = found.matches() && (prefix + found.group(1)).equals(table + "." + key);
            if (here) return ":" + (i + 1);
        }
        return "";
    }

    static ExtractionException unusable(String place, String reason) {
        String first = reason.lines().findFirst().orElse("");
        return new ExtractionException(
                ErrorKind.USAGE, Text.of("error.settings-file", place, first), Text.of("next.settings-file"));
    }
}
