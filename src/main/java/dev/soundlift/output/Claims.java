package dev.soundlift.output;

import dev.soundlift.request.OnExists;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names that the outputs of one run have taken: what one input wrote, another does not overwrite. Thread-safe. */
public final class Claims {
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Boolean> made = new HashMap<>();
    private final boolean ignoresCase;

    public Claims() {
        // macOS and Windows take Talk.mp3 and talk.mp3 for one file
        this(System.getProperty("os.name", "").matches("(?i)(mac|windows).*"));
    }

    Claims(boolean ignoresCase) {
        this.ignoresCase = ignoresCase;
    }

    /**
     * Takes a name.
     *
     * @return the name; with {@link OnExists#RENAME} a free one beside it where it is taken or there already; nothing
     *     where another has it
     */
    public synchronized Optional<Path> take(Path wanted, OnExists onExists) {
        if (onExists != OnExists.RENAME) return taken.add(key(wanted)) ? Optional.of(wanted) : Optional.empty();
        for (int attempt = 1; ; attempt++) {
            Path name = attempt == 1 ? wanted : PendingFile.numbered(wanted, attempt);
            if (!Files.exists(name) && taken.add(key(name))) return Optional.of(name);
        }
    }

    /**
     * A file is about to get this name.
     *
     * @param ours whether nobody but us had a file there
     */
    public synchronized void made(Path name, boolean ours) {
        made.put(key(name), ours);
    }

    /** Of a file that this run has made, whether it is ours alone; nothing of others. */
    public synchronized Optional<Boolean> made(Path name) {
        return made.isEmpty() ? Optional.empty() : Optional.ofNullable(made.get(key(name)));
    }

    /** An accented letter may be written as one sign or as two, which some file systems take for the same. */
    private String key(Path name) {
        String key = Normalizer.normalize(name.toAbsolutePath().normalize().toString(), Normalizer.Form.NFC);
        return ignoresCase ? key.toLowerCase(Locale.ROOT) : key;
    }
}
