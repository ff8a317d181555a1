package dev.soundlift.batch;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was typed, files, folders and patterns, as the files that are meant: in the order typed, within a folder by name,
 * each once. They are looked for as they are asked for.
 */
public final class Inputs implements Iterable<Input> {
    private final List<String> typed;
    private final boolean recurse;
    private final Predicate<Path> leftOut;
    /** The videos among the names, without their endings: the names may be what a shell made of a pattern. */
    private final Set<String> videos;

    /**
     * What was typed.
     *
     * @param recurse whether a folder means also what lies deeper
     * @param leftOut what is not meant when folders are, or names and patterns of videos too: outputs of an earlier run
     */
    public Inputs(List<String> typed, boolean recurse, Predicate<Path> leftOut) {
        this.typed = List.copyOf(typed);
        this.recurse = recurse;
        this.leftOut = leftOut;
        this.videos = typed.stream()
                .filter(FolderWalk::isVideo)
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .collect(Collectors.toSet());
    }

    /** All of them at once; what means none is an error. */
    public static List<Path> expand(List<String> typed, boolean recurse) throws ExtractionException {
        List<Path> files = new ArrayList<>();
        for (Input input : new Inputs(typed, recurse, file -> false)) {
            if (input.unusable().isPresent()) throw input.unusable().get();
            files.add(input.file().orElseThrow());
        }
        return files;
    }

    /** The endings of the videos in a folder that holds sounds too, as they are written there; of any other folder nothing. */
    public static List<String> videosBesideSounds(Path folder) {
        List<Path> files = new ArrayList<>();
        new FolderWalk(folder, false).forEachRemaining(input -> input.file().ifPresent(files::add));
        if (files.stream().noneMatch(FolderWalk::isSound)) return List.of();
        return files.stream()
                .filter(FolderWalk::isVideo)
                .map(file -> file.toString().substring(file.toString().lastIndexOf('.') + 1))
                .distinct()
                .toList();
    }

    /** Whether a folder is searched for what is called so. */
    public static boolean isMedia(String name) {
        return FolderWalk.isMedia(name);
    }

    /** A single file, whatever its name looks like. */
    public static Path one(String typed) throws ExtractionException {
        try {
            return Path.of(typed);
        } catch (InvalidPathException impossible) {
            throw unreadable(typed, impossible);
        }
    }

    @Override
    public Iterator<Input> iterator() {
        return new Search();
    }

    private final class Search implements Iterator<Input> {
        private final Iterator<String> rest = typed.iterator();
        /** Kept only where a file can be meant twice. */
        private final Set<Path> seen = new HashSet<>();

        private Iterator<Input> current = Collections.emptyIterator();
        private Optional<Input> ahead = Optional.empty();

        @Override
        public boolean hasNext() {
            while (ahead.isEmpty()) {
                if (current.hasNext()) ahead = Optional.of(current.next()).filter(this::isNew);
                else if (rest.hasNext()) current = meant(rest.next());
                else return false;
            }
            return true;
        }

        @Override
        public Input next() {
            if (!hasNext()) throw new NoSuchElementException();
            Input next = ahead.orElseThrow();
            ahead = Optional.empty();
            return next;
        }

        private boolean isNew(Input input) {
            return typed.size() == 1
                    || input.file()
                            .map(file -> seen.add(file.toAbsolutePath().normalize()))
                            .orElse(true);
        }
    }

    private Iterator<Input> meant(String input) {
        try {
            return find(input);
        } catch (ExtractionException unusable) {
            return only(Input.unusable(input, unusable));
        } catch (InvalidPathException | PatternSyntaxException | DirectoryIteratorException | IOException unusable) {
            return only(Input.unusable(input, unreadable(input, unusable)));
        }
    }

    private static Iterator<Input> only(Input input) {
        return List.of(input).iterator();
    }

    /** For what was typed, and why it cannot be read. */
    public static ExtractionException unreadable(String typed, Exception cause) {
        return new ExtractionException(
                ErrorKind.UNREADABLE, Text.of("error.unreadable", typed, reason(cause)), Text.of("next.unreadable"));
    }

    /** Of some, the message is no more than the name of the file. */
    static Object reason(Exception cause) {
        if (cause instanceof NoSuchFileException) return Text.of("error.input-missing");
        if (cause instanceof AccessDeniedException) return Text.of("error.input-permission");
        boolean wraps = cause instanceof UncheckedIOException || cause instanceof DirectoryIteratorException;
        if (wraps && cause.getCause() instanceof IOException inner) return reason(inner);
        return String.valueOf(cause.getMessage());
    }

    private Iterator<Input> find(String input) throws IOException, ExtractionException {
        // What an unset variable in a script leaves; as a path it would be the whole current folder
        if (input.isBlank()) {
            throw new ExtractionException(ErrorKind.USAGE, Text.of("error.no-input"), Text.of("next.input-missing"));
        }
        boolean pattern = input.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
        // Windows cannot even ask whether a name with a star exists
        if (pattern && !existsLiterally(input)) {
            List<Path> found = matching(input);
            Stream<Path> meant = found.stream();
            if (found.stream().anyMatch(FolderWalk::isVideo)) meant = meant.filter(leftOut.negate());
            return meant.map(Input::of).iterator();
        }
        Path path = Path.of(input);
        if (Files.isDirectory(path)) return mediaIn(path);
        return isBesideItsVideo(input) && leftOut.test(path) ? Collections.emptyIterator() : only(Input.of(path));
    }

    /** Whether a video of this name was typed too: {@code talk.mkv talk.2.eng.mp3}. */
    private boolean isBesideItsVideo(String input) {
        if (videos.isEmpty() || FolderWalk.isVideo(input) || !existsLiterally(input)) return false;
        for (int end = input.lastIndexOf('.'); end > 0; end = input.lastIndexOf('.', end - 1)) {
            if (videos.contains(input.substring(0, end))) return true;
        }
        return false;
    }

    private static boolean existsLiterally(String input) {
        try {
            return Files.exists(Path.of(input));
        } catch (InvalidPathException impossible) {
            return false;
        }
    }

    /** That there is nothing is known only at the end. */
    private Iterator<Input> mediaIn(Path folder) {
        FolderWalk walk = new FolderWalk(folder, recurse);
        return new Iterator<>() {
            private Optional<Input> ahead = Optional.empty();
            private boolean any;

            @Override
            public boolean hasNext() {
                while (ahead.isEmpty() && walk.hasNext()) {
                    Input found = walk.next();
                    any = true;
                    ahead = Optional.of(found)
                            .filter(input -> input.file().filter(leftOut).isEmpty());
                }
                return ahead.isPresent() || !any;
            }

            @Override
            public Input next() {
                if (!hasNext()) throw new NoSuchElementException();
                Optional<Input> next = ahead;
                ahead = Optional.empty();
                any = true;
                return next.orElseGet(() -> Input.unusable(folder.toString(), empty(folder)));
            }
        };
    }

    private static ExtractionException empty(Path folder) {
        return new ExtractionException(
                ErrorKind.UNREADABLE, Text.of("error.folder-empty", folder.toString()), Text.of("next.folder-empty"));
    }

    /** For shells that leave patterns to the program, and for patterns in quotes. Only the last part may be one. */
    private static List<Path> matching(String pattern) throws IOException, ExtractionException {
        // Only where a path has it as a separator too: what refuses folders looks at the path
        int backslash = File.separatorChar == '\\' ? pattern.lastIndexOf('\\') : -1;
        int slash = Math.max(pattern.lastIndexOf('/'), backslash);
        Path folder = Path.of(slash < 0 ? "." : slash == 0 ? "/" : pattern.substring(0, slash));
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(slash + 1));
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    Path name = entry.getFileName();
                    // As shells do: a file that hides is meant only where the pattern says so
                    boolean hidden = name != null && name.toString().startsWith(".");
                    boolean hiddenMeant = pattern.startsWith(".", slash + 1);
                    if (name != null
                            && (!hidden || hiddenMeant)
                            && matcher.matches(name)
                            && Files.isRegularFile(entry)) {
                        found.add(slash < 0 ? name : entry);
                    }
                }
            }
        }
        found.sort(Comparator.comparing(path -> String.valueOf(path.getFileName()), FolderWalk.ORDER));
        if (found.isEmpty()) {
            throw new ExtractionException(
                    ErrorKind.UNREADABLE, Text.of("error.no-match", pattern), Text.of("next.no-match"));
        }
        return found;
    }
}
