import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares Soundlift with ffmpeg programs, as whole processes, and prints a Markdown table. It asserts nothing about
 * times. Longer than most files because it is started as one source file.
 *
 * <pre>./mvnw -q -DskipTests package &amp;&amp; java src/bench/Bench.java [--quick] [--runs N] [--only ROW,...] [--media FOLDER]</pre>
 *
 * <p>Needs {@code ffmpeg} on the PATH, which makes the media (once, in target/bench; 6 GB, or 1 GB with {@code --quick})
 * and is the first peer. The second is the program in the jar that Soundlift takes its libraries from. One file, though
 * long, because {@code java Bench.java} starts one file only.
 */
final class Bench {
    private static final String USAGE =
            "usage: java src/bench/Bench.java [--quick] [--runs N] [--only ROW,...] [--media FOLDER]\nrows: ";
    private static final Path HOME = Path.of("target/soundlift");
    private static final boolean WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    /** GNU time, which measures what a child used; macOS has a program of this name that takes other options. */
    private static final Path TIME = Path.of("/usr/bin/time");

    private static final boolean MEASURES_CHILDREN =
            System.getProperty("os.name").equals("Linux") && Files.isExecutable(TIME);
    private static final Pattern BYTES_READ = Pattern.compile("\"bytesRead\":(\\d+)");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
    private static final Path DROP_CACHES = Path.of("/proc/sys/vm/drop_caches");

    private static final Map<String, String> NO_SYSTEM_CODECS = Map.of("SOUNDLIFT_SYSTEM_CODECS", "off");

    private final int runs;
    private final boolean quick;
    private final Optional<Path> media;
    private final Path place;
    private final Peer path = new Peer("ffmpeg on the PATH", "ffmpeg", Map.of());
    private final Optional<Peer> bundled;
    private final AtomicLong served = new AtomicLong();

    private Bench(int runs, boolean quick, Optional<Path> media) throws IOException, InterruptedException {
        this.runs = runs;
        this.quick = quick;
        this.media = media;
        String kind = (quick ? "quick" : "full") + (media.isPresent() ? "-media" : "");
        this.place = Path.of("target/bench").resolve(kind);
        Files.createDirectories(place);
        this.bundled = bundled();
    }

    /** Where a job's input comes from, made when it is needed. */
    private interface Input {
        Path file() throws IOException, InterruptedException;
    }

    /** How an input is given to both. */
    private enum Access {
        CACHED,
        COLD,
        HTTP
    }

    /**
     * What is to be done: our options and the peer's for the same.
     *
     * @param row what it is called on the command line
     * @param goal for our time over the faster peer's, or whatever else was wished for
     */
    private record Job(
            String row,
            String name,
            Input input,
            Access access,
            String extension,
            List<String> ours,
            List<String> theirs,
            Map<String, String> environment,
            boolean onPath,
            boolean inJar,
            String goal) {}

    /** A program and the environment that it needs. */
    private record Peer(String name, String program, Map<String, String> environment) {}

    /** One process; nothing for what cannot be measured here. */
    private record Run(double wall, OptionalDouble cpu, OptionalDouble peak, OptionalDouble read) {}

    public static void main(String[] arguments) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        boolean quick = words.remove("--quick");
        Optional<String> runs = taken(words, "--runs");
        Optional<String> only = taken(words, "--only");
        Optional<Path> media = taken(words, "--media").map(Path::of);
        boolean understood = words.isEmpty() && runs.orElse("3").matches("[1-9]\\d?");
        if (!Files.isDirectory(HOME)) {
            throw new IllegalStateException(HOME + " is not there: run ./mvnw -q -DskipTests package first");
        }
        Bench bench = new Bench(understood ? Integer.parseInt(runs.orElse("3")) : 1, quick, media);
        List<Job> jobs = bench.jobs();
        List<String> rows = new ArrayList<>(jobs.stream().map(Job::row).toList());
        rows.add("batch");
        rows.add("scaling");
        List<String> wanted = only.map(list -> List.of(list.split(","))).orElse(rows);
        if (!understood || !rows.containsAll(wanted)) {
            System.err.println(USAGE + String.join(" ", rows));
            System.exit(2);
        }
        bench.printHead();
        for (Job job : jobs) if (wanted.contains(job.row())) bench.measure(job);
        if (wanted.contains("batch")) bench.batch();
        if (wanted.contains("scaling")) bench.scaling(jobs);
        System.exit(0); // the server's threads
    }

    private static Optional<String> taken(List<String> words, String option) {
        int at = words.indexOf(option);
        if (at < 0 || at + 1 == words.size()) return Optional.empty();
        words.remove(at);
        return Optional.of(words.remove(at));
    }

    // ---- jobs

    private List<Job> jobs() {
        List<Job> jobs = new ArrayList<>();
        String film = (quick ? "3" : "30") + " min MP4, ";
        for (String quality : List.of("192k", "V2", "320k")) {
            boolean level = quality.startsWith("V");
            List<String> ours = List.of("-f", "mp3", level ? "--vbr" : "--bitrate", quality.replace("V", ""));
            List<String> theirs = List.of("-c:a", "libmp3lame", level ? "-q:a" : "-b:a", quality.replace("V", ""));
            // The bundled program has the unoptimised LAME: it is not the faster one
            jobs.add(new Job("mp3-" + quality.toLowerCase(Locale.ROOT), film + "MP3 " + quality, this::film,
                    Access.CACHED, "mp3", ours, theirs, Map.of(), true, false, "0.55"));
            jobs.add(new Job("mp3-" + quality.toLowerCase(Locale.ROOT) + "-bundled",
                    film + "MP3 " + quality + ", bundled LAME", this::film,
                    Access.CACHED, "mp3", ours, theirs, NO_SYSTEM_CODECS, false, true, "0.55"));
        }
        jobs.add(encode("m4a", film + "M4A 192k", true, "0.6", "--bitrate 192k", "-c:a aac -b:a 192k"));
        jobs.add(encode("opus", film + "Opus 128k", false, "0.6", "--bitrate 128k", "-c:a libopus -b:a 128k"));
        jobs.add(encode("flac", film + "FLAC", true, "0.6", "", "-c:a flac -sample_fmt s16"));
        jobs.add(encode("wav", film + "WAV", true, "1.0 + 0.3 s", "", "-c:a pcm_s16le"));
        jobs.add(copy("copy", film + "`--copy`", this::film, Access.CACHED, "1.0 + 0.3 s"));
        String big = quick ? "200 MB " : "2 GB ";
        jobs.add(copy("mkv", big + "MKV, `--copy`, cold", () -> big("mkv"), Access.COLD, "0.2; read ≤ 3 × sound + 2 MB"));
        jobs.add(copy("mov", big + "MOV, `--copy`, cold", () -> big("mov"), Access.COLD, "read ≤ 3 × sound + 2 MB"));
        jobs.add(copy("http", big + "MKV, `--copy`, over HTTP", () -> big("mkv"), Access.HTTP, "read ≤ 3 × sound + 2 MB"));
        jobs.add(copy("clip-copy", "10 s clip, `--copy`", this::clip, Access.CACHED, "0.5 s, 0.5 s CPU"));
        jobs.add(new Job("clip-mp3", "10 s clip, MP3 192k", this::clip, Access.CACHED, "mp3",
                List.of("--bitrate", "192k"), List.of("-c:a", "libmp3lame", "-b:a", "192k"), Map.of(), true, false, "0.8 s"));
        return jobs;
    }

    private Job encode(String extension, String name, boolean inJar, String goal, String ours, String theirs) {
        return new Job(extension, name, this::film, Access.CACHED, extension, words(ours), words(theirs), Map.of(), true,
                inJar, goal);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private static Job copy(String row, String name, Input input, Access access, String goal) {
        return new Job(row, name, input, access, "m4a", List.of("--copy"), List.of("-c:a", "copy"), Map.of(), true, true,
                goal);
    }

    private static String program() {
        return HOME.resolve(WINDOWS ? "bin/soundlift.cmd" : "bin/soundlift").toString();
    }

    // ---- measuring

    /** Ours first, then each peer's, taken in turn so that a busy moment of the machine hits all of them. */
    private void measure(Job job) throws IOException, InterruptedException {
        Path input = job.input().file();
        String source = job.access() == Access.HTTP ? serve(input) : input.toString();
        List<Peer> peers = new ArrayList<>();
        if (job.onPath()) peers.add(path);
        if (job.inJar()) bundled.ifPresent(peers::add);
        Path output = place.resolve("out." + job.extension());

        List<String> ours = ours(job, source, output);
        List<Run> mine = new ArrayList<>();
        List<List<Run>> theirs = new ArrayList<>();
        for (Peer peer : peers) theirs.add(new ArrayList<>());
        long sound = 0;
        for (int round = -1; round < runs; round++) {
            if (round < 0 && job.access() != Access.CACHED) continue; // nothing to warm up
            prepare(job, input);
            Run run = run(ours, job.environment(), output, job.access() == Access.HTTP);
            sound = Files.size(output);
            if (round >= 0) mine.add(run);
            for (int i = 0; i < peers.size(); i++) {
                if (round < 0 && job.input().file().equals(film())) continue; // the file is in memory now
                List<String> command = new ArrayList<>(List.of(peers.get(i).program(), "-nostdin", "-v", "error", "-y"));
                command.addAll(List.of("-i", source, "-map", "0:a:0"));
                command.addAll(job.theirs());
                command.add(output.toString());
                prepare(job, input);
                Run one = run(command, peers.get(i).environment(), output, job.access() == Access.HTTP);
                if (round >= 0) theirs.get(i).add(one);
            }
        }
        Files.deleteIfExists(output);
        printRow(job.name(), mine, peers, theirs, job.access() == Access.CACHED ? 0 : sound, job.goal());
    }

    private static List<String> ours(Job job, String source, Path output) {
        List<String> ours = new ArrayList<>(List.of(program(), source));
        ours.addAll(job.ours());
        ours.addAll(List.of("--output", output.toString(), "--quiet", "--json"));
        if (job.access() == Access.HTTP) ours.add("--allow-private");
        return ours;
    }

    private void prepare(Job job, Path input) throws IOException, InterruptedException {
        served.set(0);
        if (job.access() != Access.COLD) return;
        if (Files.isWritable(DROP_CACHES)) {
            exitCode(List.of("sync"), Map.of(), Optional.empty());
            Files.writeString(DROP_CACHES, "3");
        } else { // the file alone
            exitCode(List.of("dd", "of=" + input, "oflag=nocache", "conv=notrunc,fdatasync", "count=0", "status=none"),
                    Map.of(), Optional.empty());
        }
    }

    private Run run(List<String> command, Map<String, String> environment, Path output, boolean overHttp)
            throws IOException, InterruptedException {
        Files.deleteIfExists(output);
        Path figures = place.resolve("time.txt");
        Path said = place.resolve("said.txt");
        List<String> whole = new ArrayList<>();
        if (MEASURES_CHILDREN) {
            whole.addAll(List.of(TIME.toString(), "-o", figures.toString(), "-f", "%U %S %M"));
        }
        whole.addAll(command);
        long started = System.nanoTime();
        int code = exitCode(whole, environment, Optional.of(said));
        double wall = (System.nanoTime() - started) / 1e9;
        if (code != 0 || !Files.exists(output)) {
            throw new IllegalStateException("exit code " + code + " of " + String.join(" ", command));
        }
        Matcher told = BYTES_READ.matcher(Files.readString(said));
        OptionalDouble read = overHttp
                ? OptionalDouble.of(served.get())
                : told.find() ? OptionalDouble.of(Double.parseDouble(told.group(1))) : OptionalDouble.empty();
        if (!MEASURES_CHILDREN) return new Run(wall, OptionalDouble.empty(), OptionalDouble.empty(), read);
        String[] used = Files.readString(figures).strip().split(" ");
        double cpu = Double.parseDouble(used[0]) + Double.parseDouble(used[1]);
        double peak = Double.parseDouble(used[2]) * 1024 / 1e6;
        return new Run(wall, OptionalDouble.of(cpu), OptionalDouble.of(peak), read);
    }

    private static int exitCode(List<String> command, Map<String, String> environment, Optional<Path> output)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(output.map(file -> ProcessBuilder.Redirect.to(file.toFile()))
                        .orElse(ProcessBuilder.Redirect.DISCARD))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    /** Many short clips: ours in one process, the peer's in one process each, as many at a time as we have threads. */
    private void batch() throws IOException, InterruptedException {
        int count = quick ? 200 : 2000;
        Path clips = clips(count);
        int cores = Runtime.getRuntime().availableProcessors();
        Path folder = place.resolve("batch-out").toAbsolutePath();
        List<Run> mine = new ArrayList<>();
        List<Run> theirs = new ArrayList<>();
        for (int round = 0; round < Math.max(1, runs / 3); round++) {
            for (boolean ours : new boolean[] {true, false}) {
                delete(folder);
                Files.createDirectories(folder.resolve("state"));
                String each = "ffmpeg -nostdin -v error -y -i {} -map 0:a:0 -c:a libmp3lame -b:a 128k " + folder
                        + "/$(basename {} .mp4).mp3";
                List<String> command = ours
                        ? List.of(program(), clips.toString(), "-o", folder + "/", "-f", "mp3", "--bitrate", "128k", "-j",
                                Integer.toString(cores), "--quiet")
                        : List.of("sh", "-c", "ls " + clips + "/*.mp4 | xargs -P" + cores + " -I{} sh -c '" + each + "'");
                Map<String, String> state = Map.of("SOUNDLIFT_STATE", folder.resolve("state").toString());
                Run run = run(command, state, folder.resolve("clip0001.mp3"), false);
                long made;
                try (Stream<Path> files = Files.list(folder)) {
                    made = files.filter(file -> file.toString().endsWith(".mp3")).count();
                }
                if (made != count) throw new IllegalStateException(made + " of " + count + " files");
                (ours ? mine : theirs).add(run);
            }
        }
        printRow("%,d clips of 2 s, MP3 128k, %d at a time".formatted(count, cores), mine, List.of(path), List.of(theirs), 0, "0.5");
    }

    /**
     * What a second core gives, the share that only one core works on, and what sixteen would need if that share stayed
     * (Amdahl's law). One core is had by {@code taskset}.
     */
    private void scaling(List<Job> jobs) throws IOException, InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        System.out.printf("%n| Job | one core, s | %d cores, s | of it | serial share | 16 cores, s (calculated) |%n", cores);
        System.out.println("|---|---:|---:|---:|---:|---:|");
        for (Job job : jobs) {
            if (!List.of("mp3-192k", "m4a", "opus", "flac", "wav").contains(job.row())) continue;
            Path output = place.resolve("out." + job.extension());
            List<String> all = ours(job, job.input().file().toString(), output);
            List<String> one = new ArrayList<>(List.of("taskset", "-c", "0"));
            one.addAll(all);
            List<Run> alone = new ArrayList<>();
            List<Run> together = new ArrayList<>();
            for (int round = 0; round < runs; round++) {
                alone.add(run(one, job.environment(), output, false));
                together.add(run(all, job.environment(), output, false));
            }
            Files.deleteIfExists(output);
            double first = median(alone, Run::wall);
            double share = median(together, Run::wall) / first;
            double serial = Math.max(0, (cores * share - 1) / (cores - 1));
            System.out.println("| " + job.name() + " | " + times(alone) + " | " + times(together) + print(" | %.2f ×", share)
                    + print(" | %.0f %%", 100 * serial) + print(" | %.1f |", first * (serial + (1 - serial) / 16)));
        }
    }

    // ---- a server on this machine that counts what it sends

    private String serve(Path file) throws IOException {
        // Else it waits 40 ms between an answer's head and its body
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> send(exchange, file));
        server.start();
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + file.getFileName();
    }

    private void send(HttpExchange exchange, Path file) throws IOException {
        long size = Files.size(file);
        String wanted = exchange.getRequestHeaders().getFirst("Range");
        Matcher range = RANGE.matcher(wanted == null ? "" : wanted);
        boolean part = range.matches();
        long from = part ? Long.parseLong(range.group(1)) : 0;
        long to = part && !range.group(2).isEmpty() ? Math.min(size - 1, Long.parseLong(range.group(2))) : size - 1;
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        exchange.getResponseHeaders().set("Content-Type", "video/x-matroska");
        if (part) exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + to + "/" + size);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(part ? 206 : 200, head ? -1 : to - from + 1);
        try (FileChannel bytes = FileChannel.open(file);
                OutputStream body = exchange.getResponseBody()) {
            for (long at = from; !head && at <= to; ) {
                long sent = bytes.transferTo(at, Math.min(1 << 16, to - at + 1), Channels.newChannel(body));
                at += sent;
                served.addAndGet(sent);
            }
        } catch (IOException hungUp) {
            // The reader has what it wanted
        }
    }

    // ---- printing

    private void printHead() throws IOException, InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "%s: %d cores, %s, %s, Java %s; medians of %d runs each in turn (batch: %d); load %.1f; %s; cold: %s%n",
                LocalDate.now(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch"),
                System.getProperty("os.name"),
                System.getProperty("java.version"),
                runs,
                Math.max(1, runs / 3),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                media.isPresent() ? "sound from files of our own" : "generated sound",
                Files.isWritable(DROP_CACHES) ? "page cache dropped before each run" : "the file dropped from the page cache");
        System.out.println("- " + path.name() + ": " + firstLine(path));
        if (bundled.isPresent()) System.out.println("- " + bundled.get().name() + ": " + firstLine(bundled.get()));
        System.out.println();
        System.out.println("| Job | Soundlift, s (CPU) | Peak, MB | Read, MB | ffmpeg on the PATH, s (CPU) "
                + "| bundled ffmpeg, s (CPU) | Soundlift takes, of the faster one's time | Goal |");
        System.out.println("|---|---:|---:|---:|---:|---:|---|---|");
    }

    /** @param sound bytes of the output, where what was read of the input is to be compared with it; otherwise 0 */
    private void printRow(
            String name, List<Run> ours, List<Peer> peers, List<List<Run>> theirs, long sound, String goal) {
        StringBuilder row = new StringBuilder("| " + name + " | " + times(ours) + " | ");
        row.append(MEASURES_CHILDREN ? print("%.0f", ours.stream().mapToDouble(run -> run.peak().orElseThrow()).max().orElseThrow()) : "");
        boolean known = ours.stream().allMatch(run -> run.read().isPresent());
        row.append(" | ").append(known ? print("%.1f", median(ours, run -> run.read().orElseThrow()) / 1e6) : "");
        if (sound > 0) row.append(print(" (sound: %.1f)", sound / 1e6));
        int faster = 0;
        for (int i = 1; i < peers.size(); i++) {
            if (median(theirs.get(i), Run::wall) < median(theirs.get(faster), Run::wall)) faster = i;
        }
        for (String column : List.of(path.name(), "bundled ffmpeg")) {
            row.append(" | ");
            for (int i = 0; i < peers.size(); i++) {
                if (!peers.get(i).name().equals(column)) continue;
                row.append(times(theirs.get(i)));
                if (theirs.get(i).get(0).read().isPresent())
                    row.append(print(", read %.0f MB", median(theirs.get(i), run -> run.read().orElseThrow()) / 1e6));
            }
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) ratios.add(ours.get(i).wall() / theirs.get(faster).get(i).wall());
        row.append(print(" | **%.2f ×**", median(ratios)))
                .append(print(" (%.2f", Collections.min(ratios)))
                .append(print(" to %.2f) | ", Collections.max(ratios)))
                .append(goal)
                .append(" |");
        System.out.println(row);
    }

    private static String times(List<Run> runs) {
        String wall = print("%.2f", median(runs, Run::wall));
        return MEASURES_CHILDREN ? wall + print(" (%.2f)", median(runs, run -> run.cpu().orElseThrow())) : wall;
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
        Path folder = unpacked(jar, Path.of("target/bench/bundled")).toAbsolutePath();
        String program = folder.resolve(WINDOWS ? "ffmpeg.exe" : "ffmpeg").toString();
        Map<String, String> paths = Map.of("LD_LIBRARY_PATH", folder.toString(), "DYLD_LIBRARY_PATH", folder.toString());
        try {
            if (exitCode(List.of(program, "-v", "error", "-version"), paths, Optional.empty()) == 0) {
                return Optional.of(new Peer("bundled ffmpeg", program, paths));
            }
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

    private int seconds() {
        return quick ? 180 : 1800;
    }

    /** A picture of about 2 Mbit/s, and the sound. */
    private Path film() throws IOException, InterruptedException {
        Path sound = sound();
        Path scene = made("scene.mp4", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25", "-c:v", "mpeg4", "-b:v", "2M",
                "-t", "60");
        return made("film.mp4", "-stream_loop", "-1", "-i", scene.toString(), "-i", sound.toString(), "-map", "0:v", "-map",
                "1:a", "-c", "copy", "-t", Integer.toString(seconds()));
    }

    /** AAC of 44.1 kHz, stereo: of the files in the folder that was named, or noise that comes and goes like speech, and tones. */
    private Path sound() throws IOException, InterruptedException {
        Path sound = place.resolve("sound.m4a");
        if (Files.exists(sound)) return sound;
        String[] coded = {"-c:a", "aac", "-b:a", "160k", "-t", Integer.toString(seconds())};
        if (media.isPresent()) {
            Path samples = place.resolve("samples.s16");
            collect(media.get(), samples);
            made("sound.m4a", with(coded, "-stream_loop", "-1", "-f", "s16le", "-ar", "44100", "-ac", "2", "-i",
                    samples.toString()));
            Files.delete(samples);
            return sound;
        }
        String voice = "anoisesrc=color=pink:amplitude=0.5:sample_rate=44100:seed=%d,tremolo=f=4:d=0.9,tremolo=f=0.3:d=0.6";
        String tones = "sine=frequency=%d:sample_rate=44100,tremolo=f=0.7:d=0.8";
        String side = "%s[v%d];%s[t%d];[v%d][t%d]amix=inputs=2[s%d]";
        String left = side.formatted(voice.formatted(1), 1, tones.formatted(220), 1, 1, 1, 1);
        String right = side.formatted(voice.formatted(2), 2, tones.formatted(554), 2, 2, 2, 2);
        return made("sound.m4a", with(coded, "-filter_complex", left + ";" + right + ";[s1][s2]amerge=inputs=2[sound]",
                "-map", "[sound]"));
    }

    private static String[] with(String[] last, String... first) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(last)).toArray(String[]::new);
    }

    /** A minute of each file that has sound, until it is enough. */
    private void collect(Path folder, Path samples) throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
        }
        try (OutputStream out = Files.newOutputStream(samples)) {
            long missing = seconds() * 44_100L * 4;
            for (Path file : files) {
                if (missing <= 0) return;
                Process process = new ProcessBuilder("ffmpeg", "-nostdin", "-v", "quiet", "-t", "60", "-i", file.toString(),
                                "-vn", "-ar", "44100", "-ac", "2", "-f", "s16le", "-t", "60", "-")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                missing -= process.getInputStream().transferTo(out);
                process.waitFor();
            }
        }
        if (Files.size(samples) == 0) throw new IllegalStateException("no sound in " + folder);
    }

    private Path clip() throws IOException, InterruptedException {
        return made("clip.mp4", "-ss", "60", "-i", film().toString(), "-t", "10", "-c", "copy");
    }

    /** A picture of about 27 Mbit/s: the sound is a hundredth of the file. */
    private Path big(String ending) throws IOException, InterruptedException {
        Path scene = made("noise.mkv", "-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=25,noise=alls=30:allf=t", "-c:v",
                "mpeg4", "-b:v", "27M", "-minrate", "27M", "-maxrate", "27M", "-bufsize", "27M", "-t", "20");
        return made("big." + ending, "-stream_loop", "-1", "-i", scene.toString(), "-i", sound().toString(), "-map", "0:v",
                "-map", "1:a", "-c", "copy", "-t", quick ? "60" : "600");
    }

    private Path clips(int count) throws IOException, InterruptedException {
        Path folder = place.resolve("clips").toAbsolutePath();
        Files.createDirectories(folder);
        for (int i = 0; i < 10; i++) {
            made("seed" + i + ".mp4", "-f", "lavfi", "-i", "sine=f=%d:r=48000:d=2".formatted(200 + 50 * i), "-f", "lavfi", "-i",
                    "testsrc=s=64x48:r=5:d=2", "-c:a", "aac", "-c:v", "mpeg4");
        }
        for (int i = 1; i <= count; i++) {
            Path clip = folder.resolve("clip%04d.mp4".formatted(i));
            if (!Files.exists(clip)) Files.copy(place.resolve("seed" + i % 10 + ".mp4"), clip);
        }
        return folder;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(one);
        }
    }

    private Path made(String name, String... options) {
        Path file = place.resolve(name);
        if (Files.exists(file)) return file;
        System.err.println("making " + file + " …");
        Path pending = place.resolve("new-" + name);
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
        command.addAll(List.of(options));
        command.add(pending.toString());
        try {
            if (exitCode(command, Map.of(), Optional.empty()) != 0) {
                throw new IllegalStateException("ffmpeg could not make " + file);
            }
            return Files.move(pending, file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }
}
