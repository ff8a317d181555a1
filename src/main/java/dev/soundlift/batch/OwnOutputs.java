package dev.soundlift.batch;

import dev.soundlift.media.Container;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Destination;
import dev.soundlift.request.ExtractionRequest;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what earlier calls have made, so that a second pass over a folder does not convert the outputs of the first: a
 * sound in the wanted format that lies beside a video of its name, or where this call would put it. One in another format
 * may be a recorder's own, and is left out only where the journal knows it ({@link MadeBefore}). Not thread-safe.
 */
public final class OwnOutputs implements Predicate<Path> {
    private static final int FOLDERS_IN_MIND = 16;

    /** What follows a video's name in those of its tracks and pieces: a number, a chapter, a range. */
    private static final Pattern SUFFIX =
            Pattern.compile("\\.(\\d{1,3}(\\+\\d{1,3})*(\\..+)?|\\d{2,3} .+|-?\\d[\\d.]*-[-\\d.]*)", Pattern.DOTALL);

    private final boolean lasting;
    private final AudioFormat format;
    private final Optional<String> output;
    private final Optional<Pattern> template;
    private final Map<Path, Listing> listings = new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Listing> eldest) {
            return size() > FOLDERS_IN_MIND;
        }
    };

    /** The stems of the videos of a folder, as it was then. */
    private record Listing(FileTime changed, Set<String> videos) {}

    /** For one pass: the videos of a folder are those that it has when it is come to. */
    public static OwnOutputs once(ExtractionRequest wishes) {
        return new OwnOutputs(wishes, false);
    }

    /** For as long as is watched: videos come and go. */
    public static OwnOutputs lasting(ExtractionRequest wishes) {
        return new OwnOutputs(wishes, true);
    }

    private OwnOutputs(ExtractionRequest wishes, boolean lasting) {
        Destination destination = wishes.destination();
        this.lasting = lasting;
        format = wishes.format();
        output = destination.output();
        template = output.filter(wish -> destination.isTemplate()).map(OwnOutputs::asPattern);
    }

    @Override
    public boolean test(Path file) {
        if (!FolderWalk.isSound(file) || !hasWantedEnding(file)) return false;
        boolean formatKnown = format.container().isPresent();
        return ((formatKnown || output.isPresent()) && isWhereOutputsGo(file)) || isOfVideo(file);
    }

    /** Whether it is called like a video beside it, or a piece or track of one: "Dr. Smith" is none of "Dr". */
    private boolean isOfVideo(Path file) {
        Set<String> videos = videosIn(folderOf(file));
        if (videos.isEmpty()) return false;
        String stem = stem(file);
        if (videos.contains(stem)) return true;
        for (int dot = stem.indexOf('.', 1); dot > 0; dot = stem.indexOf('.', dot + 1)) {
            boolean suffix = SUFFIX.matcher(stem.substring(dot)).matches();
            if (suffix && videos.contains(stem.substring(0, dot))) return true;
        }
        return false;
    }

    private boolean hasWantedEnding(Path file) {
        String ending = FolderWalk.ending(file);
        return format.container().map(Container::extension).map(ending::equals).orElse(true);
    }

    private boolean isWhereOutputsGo(Path file) {
        if (output.isEmpty()) return true;
        if (template.isEmpty()) return isSame(folderOf(file), Path.of(output.orElseThrow()));
        boolean anywhere = !template.get().pattern().contains("(?<dir>");
        Matcher match = template.get()
                .matcher(slashes(
                        anywhere || file.getParent() != null
                                ? file
                                : Path.of(".").resolve(file)));
        return match.matches()
                && (anywhere || !videosIn(Path.of(match.group("dir"))).isEmpty());
    }

    private static boolean isSame(Path folder, Path other) {
        try {
            return Files.isSameFile(folder, other);
        } catch (IOException notThere) {
            return false;
        }
    }

    /** What a file is called that the template makes. */
    private static Pattern asPattern(String wish) {
        StringBuilder pattern = new StringBuilder();
        Matcher part = Pattern.compile("\\{([a-z]+)}|[^{]+|\\{").matcher(wish.replace('\\', '/'));
        boolean dir = false;
        while (part.find()) {
            boolean first = "dir".equals(part.group(1)) && !dir;
            dir |= first;
            pattern.append(first ? "(?<dir>.*)" : part.group(1) != null ? "[^/]*" : Pattern.quote(part.group()));
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }

    private static String slashes(Path file) {
        return file.toString().replace('\\', '/');
    }

    private Set<String> videosIn(Path folder) {
        try {
            Listing known = listings.get(folder);
            if (known != null && !lasting) return known.videos();
            // The outputs themselves change a folder: in one pass it would be listed anew for each
            FileTime changed = Files.getLastModifiedTime(folder);
            if (known != null && known.changed().equals(changed)) return known.videos();
            Set<String> videos = new HashSet<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    if (FolderWalk.isVideo(entry)) videos.add(stem(entry));
                }
            }
            listings.put(folder, new Listing(changed, videos));
            return videos;
        } catch (IOException | DirectoryIteratorException unreadable) {
            return Set.of(); // whoever walks through it says so
        }
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNullElse(file.getParent(), Path.of(""));
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
