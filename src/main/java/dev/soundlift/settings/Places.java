package dev.soundlift.settings;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The folders that each system gives a user's programs. */
public final class Places {
    private Places() {}

    /** For what is remembered between runs: {@code SOUNDLIFT_STATE}, else where the system keeps such things. */
    public static Path state() {
        return state(System.getenv(), System.getProperty("os.name", ""), System.getProperty("user.home", ""));
    }

    /** The settings file: {@code SOUNDLIFT_CONFIG}, else {@code config.toml} where the system keeps settings. */
    public static Path settingsFile() {
        return settingsFile(System.getenv(), System.getProperty("os.name", ""), System.getProperty("user.home", ""));
    }

    /** XDG Base Directory Specification; Apple's File System Programming Guide; Windows' known folders. */
    static Path state(Map<String, String> environment, String system, String home) {
        String asked = environment.getOrDefault("SOUNDLIFT_STATE", "");
        if (!asked.isEmpty()) return Path.of(asked);
        return switch (kind(system)) {
            case WINDOWS ->
                folder(environment, "LOCALAPPDATA", home, "AppData", "Local").resolve("Soundlift");
            case MAC -> Path.of(home, "Library", "Application Support", "Soundlift");
            case OTHER ->
                folder(environment, "XDG_STATE_HOME", home, ".local", "state").resolve("soundlift");
        };
    }

    static Path settingsFile(Map<String, String> environment, String system, String home) {
        String asked = environment.getOrDefault("SOUNDLIFT_CONFIG", "");
        if (!asked.isEmpty()) return Path.of(asked);
        Path folder = switch (kind(system)) {
            case WINDOWS ->
                folder(environment, "APPDATA", home, "AppData", "Roaming").resolve("Soundlift");
            case MAC -> Path.of(home, "Library", "Application Support", "Soundlift");
            case OTHER ->
                folder(environment, "XDG_CONFIG_HOME", home, ".config").resolve("soundlift");
        };
        return folder.resolve("config.toml");
    }

    private enum Kind {
        WINDOWS,
        MAC,
        OTHER
    }

    private static Kind kind(String system) {
        String name = system.toLowerCase(Locale.ROOT);
        return name.startsWith("windows") ? Kind.WINDOWS : name.startsWith("mac") ? Kind.MAC : Kind.OTHER;
    }

    /** As a variable says, where it names a folder from the root; the specification has others ignored. */
    private static Path folder(Map<String, String> environment, String variable, String home, String... usual) {
        String named = environment.getOrDefault(variable, "");
        return !named.isEmpty() && Path.of(named).isAbsolute() ? Path.of(named) : Path.of(home, usual);
    }
}
