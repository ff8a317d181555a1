package dev.soundlift.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Tells the sounds that earlier runs made of what this call converts too, wherever they put them; the journal knows. */
public final class MadeBefore implements Predicate<Path> {
    private final Journal journal;
    private final Set<Path> named = new HashSet<>();
    private final boolean recurse;

    /**
     * For a call.
     *
     * @param typed its folders and files
     * @param recurse whether a folder means also what lies deeper
     */
    public MadeBefore(Journal journal, List<String> typed, boolean recurse) {
        this.journal = journal;
        this.recurse = recurse;
        for (String name : typed) {
            path(name).ifPresent(named::add);
        }
    }

    /** Nothing for a pattern on Windows: what matches it lies in no folder that was named. */
    private static Optional<Path> path(String name) {
        try {
            return Optional.of(Path.of(name).toAbsolutePath().normalize());
        } catch (InvalidPathException pattern) {
            return Optional.empty();
        }
    }

    @Override
    public boolean test(Path file) {
        if (!FolderWalk.isSound(file)) return false;
        try {
            Path made = file.toAbsolutePath().normalize();
            Optional<Path> source = journal.inputOf(made).filter(this::isMeant);
            return source.isPresent() && !leadsBack(source.get(), made);
        } catch (IOException unreadable) {
            return false; // then it is an input like any other, and a name that two want is refused
        }
    }

    /** Whether a sound was made of its own output, as a.wav of a.flac that was made of a.wav: none of them is to be missed. */
    private boolean leadsBack(Path source, Path made) throws IOException {
        Set<Path> seen = new HashSet<>();
        Optional<Path> next = Optional.of(source);
        while (next.isPresent() && seen.add(next.get())) next = journal.inputOf(next.get());
        return seen.contains(made);
    }

    private boolean isMeant(Path source) {
        if (!FolderWalk.isMedia(source) || !Files.isRegularFile(source)) return false;
        for (Path folder = source.getParent(); folder != null; folder = recurse ? folder.getParent() : null) {
            if (named.contains(folder)) return true;
        }
        return named.contains(source);
    }
}
