package dev.soundlift.batch;

import dev.soundlift.Bookkeeping;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.JsonLine;
import dev.soundlift.report.Retold;
import dev.soundlift.request.CommandLineForm;
import dev.soundlift.request.OnExists;
import dev.soundlift.text.Text;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Converts each file in a process of its own, so that a fault in a decoder ends that process and nothing else. What the
 * process needs to know of the batch (which names are taken) it asks over its standard input and output.
 *
 * @param command starts this program again; the words of the conversion follow
 * @param crashReports where the JVM describes a crash
 */
public record Isolation(List<String> command, Path crashReports) implements Worker {
    private static final long POLITE_SECONDS = 10;
    private static final Pattern SIGNAL = Pattern.compile("^#\\s+(SIG[A-Z]+|EXCEPTION_[A-Z_]+)");

    public Isolation {
        command = List.copyOf(command);
    }

    @Override
    public List<Outcome> convert(Job job) {
        long started = System.nanoTime();
        List<Outcome> outcomes = new ArrayList<>();
        MediaSource source = job.request().source();
        try {
            Process process = start(job);
            int code;
            try {
                serve(process, job, outcomes);
                code = process.waitFor();
            } finally {
                end(process);
            }
            if (job.cancellation().isRequested() && outcomes.isEmpty())
                job.cancellation().throwIfRequested();
            if (outcomes.isEmpty()) throw crashed(process.pid(), code);
        } catch (IOException unstartable) {
            // To end a process is to close what it is heard by
            boolean stopped = job.cancellation().isRequested();
            ExtractionException bug = new ExtractionException(
                    ErrorKind.BUG, Text.of("error.bug", String.valueOf(unstartable)), Text.of("next.bug"), unstartable);
            outcomes.add(failed(source, started, stopped ? interrupted() : bug));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            outcomes.add(failed(source, started, interrupted()));
        } catch (ExtractionException why) {
            outcomes.add(failed(source, started, why));
        }
        return outcomes;
    }

    private static ExtractionException interrupted() {
        return new ExtractionException(
                ErrorKind.INTERRUPTED, Text.of("error.interrupted"), Text.of("next.interrupted"));
    }

    private static Outcome failed(MediaSource source, long startedNanos, ExtractionException why) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - startedNanos);
        return Batch.outcome(ExtractionReport.failed(source, Optional.empty(), Optional.empty(), elapsed, why));
    }

    private Process start(Job job) throws IOException {
        Files.createDirectories(crashReports);
        List<String> words = new ArrayList<>(command);
        words.add("convert");
        words.addAll(CommandLineForm.of(List.of(job.request().source().displayName()), job.request()));
        // What FFmpeg or a dying JVM prints there says less than the exit code does
        return new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Answers what the process asks until it has nothing more to say. */
    private static void serve(Process process, Job job, List<Outcome> outcomes) throws IOException {
        try (BufferedReader from = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter to = process.outputWriter(StandardCharsets.UTF_8)) {
            tell(to, Map.of("remark", job.remark().map(Text::key).orElse("")));
            boolean damaged = false;
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                if (job.cancellation().isRequested()) process.destroy();
                Optional<Map<String, String>> read = JsonLine.read(line);
                if (read.isEmpty()) continue; // cut off by a crash
                Map<String, String> said = read.get();
                String report = line;
                switch (said.getOrDefault("ask", "report")) {
                    case "progress" -> job.progress().advanced(nanos(said, "done"), total(said));
                    case "damaged" -> damaged = true;
                    case "report" -> {
                        outcomes.add(
                                new Outcome(Retold.report(job.request().source(), said, damaged), locale -> report));
                        damaged = false;
                    }
                    default -> tell(to, answer(job.books(), said));
                }
            }
        }
    }

    private static void tell(BufferedWriter to, Map<String, ?> values) {
        try {
            to.write(JsonLine.write(values));
            to.newLine();
            to.flush();
        } catch (IOException gone) {
            return; // the end of its output will tell that it is gone
        }
    }

    private static Duration nanos(Map<String, String> said, String name) {
        return Duration.ofNanos(Long.parseLong(said.getOrDefault(name, "0")));
    }

    private static Optional<Duration> total(Map<String, String> said) {
        return said.containsKey("total") ? Optional.of(nanos(said, "total")) : Optional.empty();
    }

    private static Map<String, ?> answer(Bookkeeping books, Map<String, String> asked) {
        try {
            if (asked.getOrDefault("ask", "").equals("delivering")) {
                books.delivering(path(asked, "target"), path(asked, "name"), path(asked, "pending"));
                return Map.of("ok", true);
            }
            List<Bookkeeping.Wanted> wanted = new ArrayList<>();
            for (int i = 0; asked.containsKey("target" + i); i++) {
                wanted.add(new Bookkeeping.Wanted(path(asked, "target" + i), asked.getOrDefault("essence" + i, "")));
            }
            Map<String, Object> answer = new LinkedHashMap<>();
            int i = 0;
            for (Bookkeeping.Standing standing :
                    books.claim(wanted, OnExists.valueOf(asked.getOrDefault("onExists", "FAIL")))) {
                answer.put("kind" + i, standing.kind());
                answer.put("output" + i++, standing.output());
            }
            return answer;
        } catch (ExtractionException refused) {
            return Map.of("error", refused.kind(), "what", refused.whatHappened(), "next", refused.nextStep());
        }
    }

    private static Path path(Map<String, String> asked, String name) {
        return Path.of(asked.getOrDefault(name, ""));
    }

    /** Gives a process that still lives the time to delete what it was writing. */
    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(POLITE_SECONDS, TimeUnit.SECONDS))
            process.destroyForcibly().waitFor();
    }

    private ExtractionException crashed(long pid, int code) {
        Path details = crashReports.resolve(pid + ".log");
        String how = code > 128 ? "signal " + (code - 128) : "exit code " + code;
        return new ExtractionException(
                ErrorKind.CRASHED,
                Text.of("error.crashed", signalIn(details).orElse(how)),
                Files.exists(details) ? Text.of("next.crashed-details", details.toString()) : Text.of("next.crashed"));
    }

    /** A JVM that dies of a signal ends with code 1, but writes the signal down in its report's head. */
    private static Optional<String> signalIn(Path report) {
        try (Stream<String> lines = Files.lines(report, StandardCharsets.ISO_8859_1)) {
            return lines.limit(30)
                    .map(SIGNAL::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .findFirst();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** The options that make a JVM do what {@link #crashReports} promises. */
    public static Stream<String> crashOptions(Path crashReports) {
        return Stream.of("-XX:ErrorFile=" + crashReports.resolve("%p.log"), "-XX:-CreateCoredumpOnCrash");
    }
}
