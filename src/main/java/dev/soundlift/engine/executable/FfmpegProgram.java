package dev.soundlift.engine.executable;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ffmpeg program and the ffprobe that came with it.
 *
 * @param version as it calls itself, such as {@code 5.1.9-0+deb12u1}
 */
public record FfmpegProgram(Path ffmpeg, Path ffprobe, String version, Abilities abilities) {
    /** Names a program for all calls; an option of a call goes before it. */
    public static final String VARIABLE = "SOUNDLIFT_FFMPEG";

    private static final int LEAST_MAJOR = 5;

    private static final int LEAST_MINOR = 1;
    private static final Pattern VERSION = Pattern.compile("^ff\\w+ version (\\S+)");
    private static final Pattern NUMBERS = Pattern.compile("^n?(\\d+)\\.(\\d+)");

    /** Asking a program takes four starts of it; what it answered does not change while we run. */
    private static final Map<Path, FfmpegProgram> ASKED = new ConcurrentHashMap<>();

    /**
     * The named program, else the one that the environment names, else the first on the PATH.
     *
     * @param wish a program or the folder that it is in
     * @throws ExtractionException of kind {@link ErrorKind#NO_ENGINE} where there is none, or one that is too old
     */
    public static FfmpegProgram find(Optional<String> wish) throws ExtractionException {
        Optional<String> named =
                wish.or(() -> Optional.ofNullable(System.getenv(VARIABLE))).filter(name -> !name.isBlank());
        Path ffmpeg = named.isPresent()
                ? named(named.get())
                : onPath("ffmpeg").orElseThrow(() -> unusable(Text.of("error.no-ffmpeg")));
        FfmpegProgram known = ASKED.get(ffmpeg);
        if (known != null) return known;
        FfmpegProgram found = ask(ffmpeg);
        ASKED.put(ffmpeg, found);
        return found;
    }

    private static Path named(String name) throws ExtractionException {
        Path path = Path.of(name);
        Path program = Files.isDirectory(path) ? executable(path, "ffmpeg").orElse(path) : path;
        if (isProgram(program)) return program.toAbsolutePath();
        boolean aWord = path.getNameCount() == 1 && !Files.exists(path);
        return (aWord ? onPath(name) : Optional.<Path>empty())
                .orElseThrow(() -> unusable(Text.of("error.ffmpeg-not-there", name)));
    }

    private static FfmpegProgram ask(Path ffmpeg) throws ExtractionException {
        String version = version(ffmpeg);
        Path ffprobe = probeOf(ffmpeg).orElseThrow(() -> unusable(Text.of("error.no-ffprobe", ffmpeg.toString())));
        version(ffprobe);
        Abilities abilities =
                Abilities.read(answer(ffmpeg, "-codecs"), answer(ffmpeg, "-encoders"), answer(ffmpeg, "-demuxers"));
        return new FfmpegProgram(ffmpeg, ffprobe, version, abilities);
    }

    private static String version(Path program) throws ExtractionException {
        Matcher version = VERSION.matcher(answer(program, "-version"));
        if (!version.find()) throw unusable(Text.of("error.not-ffmpeg", program.toString()));
        String name = version.group(1);
        if (isTooOld(name)) throw unusable(Text.of("error.ffmpeg-too-old", program.toString(), name));
        return name;
    }

    /** Builds between releases carry no number that can be compared; they are newer than the last release. */
    static boolean isTooOld(String version) {
        return isBefore(LEAST_MAJOR, LEAST_MINOR, version);
    }

    private static boolean isBefore(int wantedMajor, int wantedMinor, String version) {
        Matcher numbers = NUMBERS.matcher(version);
        if (!numbers.find()) return false;
        int major = Integer.parseInt(numbers.group(1));
        int minor = Integer.parseInt(numbers.group(2));
        return major < wantedMajor || (major == wantedMajor && minor < wantedMinor);
    }

    /** FLAC of more than 24 bits came with FFmpeg 6.0 (its Changelog); before, it was cut without a word. */
    boolean writesDeepFlac() {
        return !isBefore(6, 0, version);
    }

    /** The program beside it, whose name differs in one word; else the one on the PATH. */
    private static Optional<Path> probeOf(Path ffmpeg) {
        String name = String.valueOf(ffmpeg.getFileName());
        Path beside = ffmpeg.resolveSibling(name.replace("ffmpeg", "ffprobe"));
        return !beside.equals(ffmpeg) && isProgram(beside) ? Optional.of(beside) : onPath("ffprobe");
    }

    private static Optional<Path> onPath(String program) {
        String path = System.getenv("PATH");
        if (path == null) return Optional.empty();
        for (String folder : path.split(File.pathSeparator, -1)) {
            Optional<Path> found = executable(Path.of(folder.isEmpty() ? "." : folder), program);
            if (found.isPresent()) return found.map(Path::toAbsolutePath);
        }
        return Optional.empty();
    }

    private static Optional<Path> executable(Path folder, String program) {
        return List.of(program, program + ".exe").stream()
                .map(folder::resolve)
                .filter(FfmpegProgram::isProgram)
                .findFirst();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** For an answer that needs no work. */
    private static Duration patience() {
        return Duration.ofSeconds(Math.min(20, Long.getLong(Child.PATIENCE_PROPERTY, 20)));
    }

    private static String answer(Path program, String question) throws ExtractionException {
        AtomicBoolean hung = new AtomicBoolean();
        try {
            Process process = new ProcessBuilder(program.toString(), "-hide_banner", question)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            process.onExit()
                    .orTimeout(patience().toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(noAnswer -> {
                        hung.set(true);
                        Child.end(process);
                        return process;
                    });
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (hung.get()) throw Child.hangs(patience());
            if (code == 0) return answer;
            throw unusable(Text.of("error.not-ffmpeg", program.toString()));
        } catch (IOException failed) {
            throw unusable(
                    Text.of("error.ffmpeg-not-started", program.toString(), String.valueOf(failed.getMessage())));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ExtractionException(
                    ErrorKind.INTERRUPTED, Text.of("error.interrupted"), Text.of("next.interrupted"));
        }
    }

    private static ExtractionException unusable(Text what) {
        return new ExtractionException(ErrorKind.NO_ENGINE, what, Text.of("next.no-ffmpeg"));
    }
}
