package dev.soundlift.output;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaSource;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.Destination;
import dev.soundlift.request.MediaTime;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Where an output goes. What comes from inside a file (titles, languages) is made harmless before it becomes a name. */
public final class OutputName {
    /** What Linux, macOS and Windows allow for one name; Windows and macOS count UTF-16 units, which are never more. */
    private static final int LONGEST_NAME_BYTES = 255;

    /** Of a title or language, so that two of them leave room for the name itself. */
    private static final int LONGEST_PART_BYTES = 90;

    /** Windows opens a device under these names, whatever extension follows. */
    private static final Pattern WINDOWS_DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

    private static final Pattern MISTYPED = Pattern.compile(
            "\\{(?!(?:dir|name|lang|title|track|chapter|range|date|ext)})\\s*(?i:dir|name|lang|title|track|chapter|range|date|ext)\\b\\s*}?");

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private OutputName() {}

    /**
     * The file to write.
     *
     * @param several whether the request gives more than one output, so that each name needs something of its own
     */
    public static Path of(Plan plan, Destination destination, boolean several) throws ExtractionException {
        MediaSource source = plan.media().source();
        Path folder = folderOf(source);
        String extension = plan.target().container().extension();
        String suffix = several ? suffix(plan) : "";
        try {
            if (destination.output().isEmpty()) {
                return folder.resolve(fitted(baseName(source), suffix + "." + extension));
            }
            String wish = destination.output().get();
            refuseMistyped(wish);
            boolean inFolder = wish.endsWith("/") || wish.endsWith("\\");
            if (destination.isTemplate()) {
                Path filled = Path.of(filled(wish, plan, folder, extension));
                String usual = fitted(baseName(source), suffix + "." + extension);
                return withoutDetour(fitted(inFolder ? filled.resolve(usual) : filled));
            }
            Path path = Path.of(wish);
            if (inFolder || Files.isDirectory(path)) {
                return path.resolve(fitted(baseName(source), suffix + "." + extension));
            }
            return several ? withSuffix(path, suffix) : path;
        } catch (InvalidPathException impossible) {
            throw new ExtractionException(
                    ErrorKind.NOT_WRITABLE,
                    Text.of("error.output-name", impossible.getInput()),
                    Text.of("next.output-name"));
        }
    }

    /** An output that is known already, the way its name would come out of the same wish: a journal knows absolute paths. */
    public static Path asNamed(MediaSource source, Destination destination, Path output) {
        Path base = base(source, destination);
        Path absolute = base.toAbsolutePath().normalize();
        return output.startsWith(absolute) ? base.resolve(absolute.relativize(output)) : output;
    }

    /** The folders that a wish names whatever is in the input. */
    private static Path base(MediaSource source, Destination destination) {
        Path folder = folderOf(source);
        if (destination.output().isEmpty()) return folder;
        String typed = destination.output().get();
        if (!destination.isTemplate() && Files.isDirectory(Path.of(typed))) return Path.of(typed);
        String wish = withoutHere(typed, folder);
        Matcher placeholder = Destination.PLACEHOLDER.matcher(wish);
        int end = wish.length();
        while (end == wish.length() && placeholder.find()) {
            if (!placeholder.group(1).equals("dir")) end = placeholder.start();
        }
        int slash = Math.max(wish.lastIndexOf('/', end), wish.lastIndexOf('\\', end));
        return Path.of(
                wish.substring(0, slash + 1).replace("{dir}", dir(wish, folder).toString()));
    }

    /** Without the input's folder where that is no step. */
    private static String withoutHere(String template, Path folder) {
        return dir(template, folder).toString().isEmpty() ? template.replaceAll("(?<=^|/)\\{dir}/+", "") : template;
    }

    /** The input's folder, or its way from the top inside another folder, which it does not lead out of. */
    private static Path dir(String template, Path folder) {
        Path way = folder;
        if (!template.startsWith("{dir}")) {
            way = way.normalize();
            if (way.getRoot() != null) way = way.getRoot().relativize(way);
            while (way.startsWith("..")) way = Path.of("..").relativize(way);
        }
        return way;
    }

    /** "{Name}", "{name": nobody calls a file so. */
    private static void refuseMistyped(String wish) throws ExtractionException {
        Matcher mistyped = MISTYPED.matcher(wish);
        if (mistyped.find())
            throw new ExtractionException(
                    ErrorKind.USAGE, Text.of("error.placeholder", mistyped.group()), Text.of("next.placeholder"));
    }

    /** A local file's name is one already; what an address calls a file is a stranger's word. */
    public static String baseName(MediaSource source) {
        return source instanceof MediaSource.LocalFile ? source.baseName() : harmless(source.baseName());
    }

    private static Path folderOf(MediaSource source) {
        if (!(source instanceof MediaSource.LocalFile local)) return Path.of(""); // the current folder
        Path path = local.path();
        Path folder = path.getParent();
        return folder == null ? Path.of("") : folder;
    }

    /**
     * {@code .2.eng.Director's cut.01 Opening}: tells the tracks and pieces of one file apart, and sorts in their order.
     * The track is left out where there is no other.
     */
    private static String suffix(Plan plan) {
        AudioTrack track = plan.pick().track();
        String piece = plan.piece().name();
        List<String> parts = new ArrayList<>();
        boolean tellTracks = piece.isEmpty() || plan.trackIsOneOfSeveral();
        if (tellTracks) {
            parts.add(plan.pick().joined().label());
            if (!track.language().isEmpty()) parts.add(harmless(track.language()));
            if (!track.title().isEmpty()) parts.add(harmless(track.title()));
        }
        if (!piece.isEmpty()) parts.add(piece(plan));
        return "." + String.join(".", parts);
    }

    /** A colon would be a drive or a stream on Windows. */
    private static String piece(Plan plan) {
        return harmless(plan.piece().name().replace(':', '.'));
    }

    /** {@code 2.00-5.00}; an open end has no number. */
    private static String range(Plan plan) {
        if (plan.cut().isWhole()) return "all";
        String end = plan.cut().end().map(MediaTime::print).orElse("");
        return (MediaTime.print(plan.cut().start()) + "-" + end).replace(':', '.');
    }

    /** Out of a folder that is only going to be made, ".." leads nowhere yet. */
    private static Path withoutDetour(Path path) {
        Path folder = path.getParent();
        boolean detour = StreamSupport.stream(path.spliterator(), false)
                .anyMatch(part -> part.toString().equals(".."));
        return detour && folder != null && !Files.exists(folder) ? path.normalize() : path;
    }

    private static Path fitted(Path path) {
        return withSuffix(path, "");
    }

    private static Path withSuffix(Path path, String suffix) {
        String name = path.getFileName() == null ? "" : path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0
                ? path.resolveSibling(fitted(name.substring(0, dot), suffix + name.substring(dot)))
                : path.resolveSibling(fitted(name, suffix));
    }

    private static String filled(String wish, Plan plan, Path folder, String extension) throws ExtractionException {
        String template = withoutHere(wish, folder);
        String dir = dir(wish, folder).toString();
        AudioTrack track = plan.pick().track();
        Map<String, String> values = Map.of(
                "date",
                template.contains("{date}") ? date(plan) : "",
                "dir",
                dir.isEmpty() ? "." : dir,
                "name",
                harmless(baseName(plan.media().source()), LONGEST_NAME_BYTES),
                "lang",
                track.language().isEmpty() ? "und" : harmless(track.language()),
                "chapter",
                plan.piece().name().isEmpty() ? "all" : piece(plan),
                "range",
                range(plan),
                "title",
                harmless(title(plan)),
                "track",
                plan.pick().joined().label(),
                "ext",
                extension);
        Matcher matcher = Destination.PLACEHOLDER.matcher(template);
        StringBuilder path = new StringBuilder();
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value == null) {
                throw new ExtractionException(
                        ErrorKind.USAGE, Text.of("error.placeholder", matcher.group()), Text.of("next.placeholder"));
            }
            matcher.appendReplacement(path, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(path).toString();
    }

    /** The day of the recording as the file says, such as 2024-05-31; else that of the file itself, here; else today. */
    private static String date(Plan plan) throws ExtractionException {
        Map<String, String> tags = plan.media().tags();
        for (String name : List.of("creation_time", "date")) {
            Matcher day = DAY.matcher(tags.getOrDefault(name, ""));
            if (day.lookingAt()) return day.group();
        }
        if (!(plan.media().source() instanceof MediaSource.LocalFile file))
            return LocalDate.now(ZoneId.systemDefault()).toString();
        try {
            return LocalDate.ofInstant(Files.getLastModifiedTime(file.path()).toInstant(), ZoneId.systemDefault())
                    .toString();
        } catch (IOException gone) {
            throw new ExtractionException(
                    ErrorKind.UNREADABLE, Text.of("error.input-missing"), Text.of("next.input-missing"), gone);
        }
    }

    /** The track's own title, else the file's, else its name. */
    private static String title(Plan plan) {
        if (!plan.piece().title().isEmpty()) return plan.piece().title();
        if (!plan.pick().track().title().isEmpty()) return plan.pick().track().title();
        return plan.tags().getOrDefault("title", baseName(plan.media().source()));
    }

    /** A text from a file as part of a name that every file system takes: no separators, no controls, not too long. */
    public static String harmless(String text) {
        return harmless(text, LONGEST_PART_BYTES);
    }

    private static String harmless(String text, int mostBytes) {
        StringBuilder name = new StringBuilder();
        text.codePoints().limit(mostBytes).forEach(point -> {
            int type = Character.getType(point);
            boolean unsafe = Character.isISOControl(point)
                    || type == Character.FORMAT // bidirectional overrides, zero-width characters
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE
                    || "/\\:*?\"<>|".indexOf(point) >= 0;
            name.appendCodePoint(unsafe ? '_' : point);
        });
        String fitting = trimmed(cut(trimmed(name.toString()), mostBytes));
        if (fitting.isEmpty()) return "_";
        return WINDOWS_DEVICE.matcher(fitting).matches() ? fitting + "_" : fitting;
    }

    private static String trimmed(String name) {
        return name.strip().replaceAll("^\\.+|[. ]+$", "");
    }

    /** The stem shortened so far, at a character's edge, that it is a possible name together with the ending. */
    static String fitted(String stem, String ending) {
        return cut(stem, LONGEST_NAME_BYTES - ending.getBytes(StandardCharsets.UTF_8).length)
                + cut(ending, LONGEST_NAME_BYTES);
    }

    /** As many whole characters from the front as fit. */
    private static String cut(String text, int mostBytes) {
        int end = text.length();
        while (end > 0 && text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > mostBytes) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end);
    }
}
