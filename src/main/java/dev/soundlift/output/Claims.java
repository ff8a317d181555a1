package dev.soundlift.output;

import dev.soundlift.request.OnExists;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The names that the outputs of one run have taken: what one input wrote, another does not overwrite. Thread-safe. */
public final class Claims {
    private final Set<Path> taken = new HashSet<>();

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

    private static Path key(Path name) {
        return name.toAbsolutePath().normalize();
    }
}
