package dev.soundlift.batch;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/** Turns what was typed, files, folders and patterns, into files. */
public final class Inputs {
    /** What a folder is searched for. A file that is named is tried whatever it is called. */
    private static final Set<String> MEDIA_EXTENSIONS = Set.of(
            ("3g2 3gp 3gpp aac ac3 adts aif aifc aiff alac amr ape asf au avi caf dff divx dsf dts dv eac3 ec3 f4a f4v flac flv"
                            + " gxf iff m1v m2t m2ts m2v m4a m4b m4r m4v mka mkv mod mov mp1 mp2 mp3 mp4 mpa mpc mpe mpeg"
                            + " mpg mpv mts mxf nut oga ogg ogm ogv ogx opus qt ra rm rmvb shn snd spx swf thd tod tp trp"
                            + " ts tta vob voc vqf w64 wav wave weba webm wma wmv wtv wv xvid y4m")
                    .split(" "));

    private Inputs() {}

    /**
     * All files that are meant.
     *
     * @param typed files, folders, or patterns such as {@code lectures/*.mkv}
     * @param recurse whether a folder's own folders are searched too
     * @return each file once, in the order typed; within a folder by name
     */
    public static List<Path> expand(List<String> typed, boolean recurse) throws ExtractionException {
        Set<Path> files = new LinkedHashSet<>();
        for (String input : typed) {
            try {
                files.addAll(expand(input, recurse));
            } catch (InvalidPathException
                    | PatternSyntaxException
                    | DirectoryIteratorException
                    | IOException unusable) {
                throw unreadable(input, unusable);
            }
        }
        return List.copyOf(files);
    }

    /**
     * The files that are meant, and what was typed that means none, with the reason.
     *
     * @param files each once, in the order typed
     */
    public record Expansion(List<Path> files, Map<String, ExtractionException> unusable) {
        /** How many things are to be converted, those included that cannot be. */
        public int count() {
            return files.size() + unusable.size();
        }
    }

    /**
     * As {@link #expand}, but one pattern without a match does not stop the others.
     *
     * @param leftOut what is not meant when a folder is: outputs of an earlier run, which lie beside their inputs
     */
    public static Expansion expandEach(List<String> typed, boolean recurse, Predicate<Path> leftOut) {
        Set<Path> files = new LinkedHashSet<>();
        Map<String, ExtractionException> unusable = new LinkedHashMap<>();
        for (String input : typed) {
            try {
                boolean folder = Files.isDirectory(one(input));
                expand(List.of(input), recurse).stream()
                        .filter(file -> !folder || !leftOut.test(file))
                        .forEach(files::add);
            } catch (ExtractionException failed) {
                unusable.put(input, failed);
            }
        }
        return new Expansion(List.copyOf(files), unusable);
    }

    /** A single file, whatever its name looks like. */
    public static Path one(String typed) throws ExtractionException {
        try {
            return Path.of(typed);
        } catch (InvalidPathException impossible) {
            throw unreadable(typed, impossible);
        }
    }

    private static ExtractionException unreadable(String typed, Exception cause) {
        return new ExtractionException(
                ErrorKind.UNREADABLE,
                Text.of("error.unreadable", typed, String.valueOf(cause.getMessage())),
                Text.of("next.unreadable"));
    }

    private static List<Path> expand(String input, boolean recurse) throws IOException, ExtractionException {
        // What an unset variable in a script leaves; as a path it would be the whole current folder
        if (input.isBlank()) {
            throw new ExtractionException(ErrorKind.USAGE, Text.of("error.no-input"), Text.of("next.input-missing"));
        }
        boolean pattern = input.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
        // Windows cannot even ask whether a name with a star exists
        Path path = pattern && !existsLiterally(input) ? null : Path.of(input);
        if (path == null) return matching(input);
        if (!Files.isDirectory(path)) return List.of(path);
        List<Path> found = mediaIn(path, recurse);
        if (found.isEmpty()) {
            throw new ExtractionException(
                    ErrorKind.UNREADABLE, Text.of("error.folder-empty", input), Text.of("next.folder-empty"));
        }
        return found;
    }

    private static boolean existsLiterally(String input) {
        try {
            return Files.exists(Path.of(input));
        } catch (InvalidPathException impossible) {
            return false;
        }
    }

    static List<Path> mediaIn(Path folder, boolean recurse) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(
                folder,
                EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                recurse ? Integer.MAX_VALUE : 1,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile() && isMedia(file)) found.add(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException unreadableOrLoop) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        found.sort(null);
        return found;
    }

    private static boolean isMedia(Path file) {
        String name = String.valueOf(file.getFileName());
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && MEDIA_EXTENSIONS.contains(extension);
    }

    /** For shells that leave patterns to the program, and for patterns in quotes. Only the last part may be one. */
    private static List<Path> matching(String pattern) throws IOException, ExtractionException {
        int slash = Math.max(pattern.lastIndexOf('/'), pattern.lastIndexOf('\\'));
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
        found.sort(null);
        if (found.isEmpty()) {
            throw new ExtractionException(
                    ErrorKind.UNREADABLE, Text.of("error.no-match", pattern), Text.of("next.no-match"));
        }
        return found;
    }
}
