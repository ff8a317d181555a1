import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Compares Soundlift with ffmpeg programs, as whole processes, and prints Markdown. It asserts nothing about times.
 *
 * <pre>./mvnw -q -DskipTests package &amp;&amp; java src/bench/Bench.java [--runs N]</pre>
 *
 * <p>Needs {@code ffmpeg} on the PATH, which makes the media (once, in target/bench) and is the first peer. The second
 * is the program in the jar that Soundlift takes its libraries from.
 */
final class Bench {
    private static final Path HOME = Path.of("target/soundlift");
    private static final Path PLACE = Path.of("target/bench");
    private static final boolean WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    /** GNU time, which measures what a child used; macOS has a program of this name that takes other options. */
    private static final Path TIME = Path.of("/usr/bin/time");

    private static final boolean MEASURES_CHILDREN =
            System.getProperty("os.name").equals("Linux") && Files.isExecutable(TIME);

    private Bench() {}

    /** What is to be done: our options and the peer's for the same. */
    private record Job(String name, Path input, String extension, List<String> ours, List<String> peers) {
        Job with(String remark, String... options) {
            List<String> more = new ArrayList<>(ours);
            more.addAll(List.of(options));
            return new Job(name + remark, input, extension, more, peers);
        }
    }

    /** A program and the environment that it needs. */
    private record Peer(String name, String program, Map<String, String> environment) {}

    /** One process; nothing for what cannot be measured here. */
    private record Run(double wallSeconds, OptionalDouble cpuSeconds, OptionalDouble peakMegabytes) {}

    public static void main(String[] arguments) throws Exception {
        int runs = runs(arguments);
        if (!Files.isDirectory(HOME)) {
            throw new IllegalStateException(HOME + " is not there: run ./mvnw -q -DskipTests package first");
        }
        Files.createDirectories(PLACE);
        Path film = film();
        Path clip = clip(film);
        Path hour = hour(film);

        List<Peer> peers = new ArrayList<>();
        peers.add(new Peer("ffmpeg on the PATH", "ffmpeg", Map.of()));
        bundled().ifPresent(peers::add);
        printConditions(runs, peers);

        List<Job> jobs = List.of(
                copy("10 s clip, `--copy`", clip),
                mp3("10 s clip, MP3 192k", clip),
                copy("10 min MP4, `--copy`", film),
                mp3("10 min MP4, MP3 192k", film),
                encode("10 min MP4, FLAC", film, "flac", "-c:a", "flac", "-sample_fmt", "s16"),
                encode("10 min MP4, WAV", film, "wav", "-c:a", "pcm_s16le"),
                mp3("10 min MP4, MP3 192k", film).with(", `--verify off`", "--verify", "off"),
                encode("10 min MP4, FLAC", film, "flac", "-c:a", "flac", "-sample_fmt", "s16").with(", `--verify off`", "--verify", "off"));
        printHead(peers);
        for (Job job : jobs) printRow(job, measured(job, peers, 1, runs));

        Job longJob = mp3("1 h MKV, MP3 192k", hour);
        printRow(longJob, measured(longJob, List.of(), 0, 1));
    }

    private static int runs(String[] arguments) {
        List<String> words = Arrays.asList(arguments);
        int option = words.indexOf("--runs");
        boolean understood = words.isEmpty() || (option == 0 && words.size() == 2 && words.get(1).matches("[1-9]\\d?"));
        if (!understood) throw new IllegalArgumentException("usage: java src/bench/Bench.java [--runs N]");
        return words.isEmpty() ? 5 : Integer.parseInt(words.get(1));
    }

    // ---- jobs

    private static Job copy(String name, Path input) {
        return new Job(name, input, "m4a", List.of("--copy"), List.of("-c:a", "copy"));
    }

    private static Job mp3(String name, Path input) {
        return new Job(
                name, input, "mp3", List.of("--bitrate", "192k"), List.of("-c:a", "libmp3lame", "-b:a", "192k"));
    }

    private static Job encode(String name, Path input, String extension, String... peers) {
        return new Job(name, input, extension, List.of(), List.of(peers));
    }

    private static List<String> ourCommand(Job job, Path output) {
        List<String> command = new ArrayList<>();
        command.add(HOME.resolve(WINDOWS ? "bin/soundlift.cmd" : "bin/soundlift").toString());
        command.add(job.input().toString());
        command.addAll(job.ours());
        command.addAll(List.of("--output", output.toString(), "--quiet"));
        return command;
    }

    private static List<String> peerCommand(Peer peer, Job job, Path output) {
        List<String> command = new ArrayList<>(List.of(peer.program(), "-nostdin", "-v", "error", "-y"));
        command.addAll(List.of("-i", job.input().toString(), "-map", "0:a:0"));
        command.addAll(job.peers());
        command.add(output.toString());
        return command;
    }

    // ---- measuring

    /** Ours first, then each peer's, taken in turn so that a busy moment of the machine hits all of them. */
    private static List<List<Run>> measured(Job job, List<Peer> peers, int warmUps, int runs)
            throws IOException, InterruptedException {
        List<List<Run>> all = new ArrayList<>();
        for (int i = 0; i <= peers.size(); i++) all.add(new ArrayList<>());
        Path output = PLACE.resolve("out." + job.extension());
        for (int round = 0; round < warmUps + runs; round++) {
            boolean counts = round >= warmUps;
            Run ours = run(ourCommand(job, output), Map.of(), output);
            if (counts) all.get(0).add(ours);
            for (int i = 0; i < peers.size(); i++) {
                Peer peer = peers.get(i);
                Run theirs = run(peerCommand(peer, job, output), peer.environment(), output);
                if (counts) all.get(i + 1).add(theirs);
            }
        }
        Files.deleteIfExists(output);
        return all;
    }

    private static Run run(List<String> command, Map<String, String> environment, Path output)
            throws IOException, InterruptedException {
        Files.deleteIfExists(output);
        Path figures = PLACE.resolve("time.txt");
        List<String> whole = new ArrayList<>();
        if (MEASURES_CHILDREN) {
            whole.addAll(List.of(TIME.toString(), "-o", figures.toString(), "-f", "%U %S %M"));
        }
        whole.addAll(command);
        long started = System.nanoTime();
        int code = exitCode(whole, environment);
        double wall = (System.nanoTime() - started) / 1e9;
        if (code != 0 || !Files.exists(output) || Files.size(output) == 0) {
            throw new IllegalStateException("exit code " + code + " of " + String.join(" ", command));
        }
        if (!MEASURES_CHILDREN) return new Run(wall, OptionalDouble.empty(), OptionalDouble.empty());
        String[] used = Files.readString(figures).strip().split(" ");
        double cpu = Double.parseDouble(used[0]) + Double.parseDouble(used[1]);
        return new Run(wall, OptionalDouble.of(cpu), OptionalDouble.of(Double.parseDouble(used[2]) * 1024 / 1e6));
    }

    private static int exitCode(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    // ---- printing

    private static void printConditions(int runs, List<Peer> peers) throws IOException, InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "%s: %d cores, %s, %s, Java %s; %d runs each in turn after one to warm up, medians; load %.1f%n",
                LocalDate.now(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch"),
                System.getProperty("os.name"),
                System.getProperty("java.version"),
                runs,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        for (Peer peer : peers) System.out.println("- " + peer.name() + ": " + firstLine(peer));
        System.out.println();
    }

    private static void printHead(List<Peer> peers) {
        StringBuilder head = new StringBuilder("| Job | Soundlift, s (CPU) | Peak memory, MB |");
        StringBuilder rule = new StringBuilder("|---|---:|---:|");
        for (Peer peer : peers) {
            head.append(' ').append(peer.name()).append(", s (CPU) | Soundlift takes |");
            rule.append("---:|---|");
        }
        System.out.println(head);
        System.out.println(rule);
    }

    private static void printRow(Job job, List<List<Run>> runs) {
        List<Run> ours = runs.get(0);
        StringBuilder row = new StringBuilder("| " + job.name() + " | ")
                .append(times(ours))
                .append(" | ")
                .append(MEASURES_CHILDREN ? print("%.0f", most(ours, run -> run.peakMegabytes().orElseThrow())) : "")
                .append(" |");
        for (List<Run> theirs : runs.subList(1, runs.size())) {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < ours.size(); i++) {
                ratios.add(ours.get(i).wallSeconds() / theirs.get(i).wallSeconds());
            }
            row.append(" ").append(times(theirs))
                    .append(print(" | %.2f ×", median(ratios)))
                    .append(print(" (%.2f", Collections.min(ratios)))
                    .append(print(" to %.2f) |", Collections.max(ratios)));
        }
        System.out.println(row);
    }

    private static String times(List<Run> runs) {
        String wall = print("%.2f", median(runs, Run::wallSeconds));
        if (!MEASURES_CHILDREN) return wall;
        return wall + print(" (%.2f)", median(runs, run -> run.cpuSeconds().orElseThrow()));
    }

    private static String print(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
        return median(runs.stream().map(figure::applyAsDouble).toList());
    }

    private static double median(List<Double> numbers) {
        List<Double> sorted = numbers.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static double most(List<Run> runs, ToDoubleFunction<Run> figure) {
        return runs.stream().mapToDouble(figure).max().orElseThrow();
    }

    // ---- peers

    /** The ffmpeg program beside the libraries that we use, unpacked; nothing where it cannot run. */
    private static Optional<Peer> bundled() throws IOException, InterruptedException {
        Path jar;
        try (Stream<Path> files = Files.list(HOME.resolve("lib"))) {
            jar = files.filter(file -> file.getFileName().toString().matches("ffmpeg-.*-(linux|macosx|windows)-.*\\.jar"))
                    .findFirst()
                    .orElse(null);
        }
        if (jar == null) {
            System.err.println("no bundled ffmpeg: there are no natives in " + HOME.resolve("lib"));
            return Optional.empty();
        }
        Path folder = unpacked(jar, PLACE.resolve("bundled")).toAbsolutePath();
        String program = folder.resolve(WINDOWS ? "ffmpeg.exe" : "ffmpeg").toString();
        Map<String, String> paths = Map.of("LD_LIBRARY_PATH", folder.toString(), "DYLD_LIBRARY_PATH", folder.toString());
        Peer peer = new Peer("bundled ffmpeg", program, paths);
        try {
            if (exitCode(List.of(program, "-v", "error", "-version"), paths) == 0) return Optional.of(peer);
        } catch (IOException cannotStart) {
            System.err.println(cannotStart.getMessage());
        }
        System.err.println("the bundled ffmpeg cannot run here: is a library missing? Its column is left out.");
        return Optional.empty();
    }

    private static Path unpacked(Path jar, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (JarFile files = new JarFile(jar.toFile())) {
            for (Enumeration<JarEntry> entries = files.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                boolean wanted = entry.getName().matches("org/bytedeco/ffmpeg/[^/]+/[^/]+");
                if (!wanted || entry.isDirectory() || Files.exists(folder.resolve(name))) continue;
                Files.write(folder.resolve(name), files.getInputStream(entry).readAllBytes());
                boolean runs = folder.resolve(name).toFile().setExecutable(true);
                if (!runs) System.err.println(name + " cannot be made executable");
            }
        }
        return folder;
    }

    private static String firstLine(Peer peer) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(peer.program(), "-version");
        builder.environment().putAll(peer.environment());
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return text.lines().findFirst().orElse("").replaceFirst(" Copyright.*", "");
    }

    // ---- media

    /** Ten minutes: a picture of about 2 Mbit/s; noise that comes and goes like speech, and tones. */
    private static Path film() {
        String voice = "anoisesrc=color=pink:amplitude=0.5:sample_rate=48000:seed=%d,tremolo=f=4:d=0.9,tremolo=f=0.3:d=0.6";
        String tones = "sine=frequency=%d:sample_rate=48000,tremolo=f=0.7:d=0.8";
        String side = "%s[v%d];%s[t%d];[v%d][t%d]amix=inputs=2[s%d]";
        String left = side.formatted(voice.formatted(1), 1, tones.formatted(220), 1, 1, 1, 1);
        String right = side.formatted(voice.formatted(2), 2, tones.formatted(554), 2, 2, 2, 2);
        return made("film.mp4", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25", "-filter_complex",
                left + ";" + right + ";[s1][s2]amerge=inputs=2[sound]", "-map", "0:v", "-map", "[sound]",
                "-c:v", "mpeg4", "-b:v", "2M", "-c:a", "aac", "-b:a", "160k", "-t", "600");
    }

    private static Path clip(Path film) {
        return made("clip.mp4", "-ss", "60", "-i", film.toString(), "-t", "10", "-c", "copy");
    }

    private static Path hour(Path film) {
        return made("hour.mkv", "-stream_loop", "5", "-i", film.toString(), "-f", "lavfi", "-i",
                "testsrc2=size=160x90:rate=5", "-map", "1:v", "-map", "0:a", "-c:v", "mpeg4", "-b:v", "60k",
                "-c:a", "copy", "-t", "3600");
    }

    private static Path made(String name, String... options) {
        Path file = PLACE.resolve(name);
        if (Files.exists(file)) return file;
        System.err.println("making " + file + " …");
        Path pending = PLACE.resolve("new-" + name);
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
        command.addAll(List.of(options));
        command.add(pending.toString());
        try {
            if (exitCode(command, Map.of()) != 0) throw new IllegalStateException("ffmpeg could not make " + file);
            return Files.move(pending, file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }
}
