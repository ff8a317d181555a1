package dev.soundlift.cli;

import dev.soundlift.Soundlift;
import dev.soundlift.batch.Journal;
import dev.soundlift.batch.Memory;
import dev.soundlift.batch.OwnOutputs;
import dev.soundlift.batch.Watch;
import dev.soundlift.batch.Worker;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Failure;
import dev.soundlift.report.JsonLine;
import dev.soundlift.report.Status;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.MediaTime;
import dev.soundlift.settings.Places;
import dev.soundlift.source.Access;
import dev.soundlift.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code soundlift watch DIR}: converts what arrives in a folder. */
@Command(name = "watch", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
final class WatchCommand implements Callable<Integer> {
    /** With its seconds also when they are none: the lines stand in columns. */
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final Console console;

    @Mixin
    private final ConvertOptions options = new ConvertOptions();

    @Option(names = "--settle", paramLabel = "TIME", descriptionKey = "settle", order = 20)
    private String settle = "2s";

    @Option(names = "--retries", paramLabel = "N", descriptionKey = "retries", order = 20)
    private String retries = "4";

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    WatchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws ExtractionException {
        ExtractionRequest wishes;
        Duration stillness;
        int jobs;
        int attempts;
        try {
            wishes = options.request();
            stillness = stillness(settle);
            attempts = retries(retries);
            jobs = options.jobCount();
        } catch (UsageErrors.BadValue bad) {
            return usage(bad.text());
        }
        if (options.inputs.size() != 1) return usage(Text.of("error.watch-one-folder"));
        Path folder = Path.of(options.inputs.get(0));
        if (!Files.isDirectory(folder)) return usage(Text.of("error.watch-folder", folder.toString()));
        if (options.dryRun) return usage(Text.of("error.together", "watch", "--dry-run"));
        if (Conversion.oneFileForAll(wishes)) return usage(Text.of("error.one-output"));
        Soundlift soundlift = Soundlift.with(wishes.engine(), Access.DEFAULT);
        Worker here = Worker.here(soundlift);
        Worker apart = job ->
                OwnProcess.worker(Places.state(), console.locale(), options.yes).convert(job);
        Journal journal = new Journal(Places.state().resolve("journal"));
        Watch watch = new Watch(
                folder,
                options.recurse,
                OwnOutputs.lasting(wishes),
                wishes,
                options.isolate ? apart : here,
                apart,
                jobs,
                Memory.watching(journal, Version.number(), options.resumeByContent),
                stillness,
                attempts);
        Cancellation cancellation = new Cancellation();
        AtomicInteger code = new AtomicInteger(ExitCode.OK);
        Interrupt interrupt = Signals.orElse(cancellation, code);
        try {
            tell("watching", folder, watch.announcement(), Map.of());
            watch.run(cancellation, new Lines());
            tell("stopped", folder, Text.of("watch.stopped"), Map.of());
        } finally {
            interrupt.end();
        }
        return code.get();
    }

    private int usage(Text whatHappened) {
        console.error("", whatHappened, Text.of("next.usage", "soundlift watch"));
        return ExitCode.USAGE;
    }

    static int retries(String text) {
        if (!text.matches("\\d{1,3}")) throw ConvertOptions.bad("--retries", text, "0, 1, 2 …");
        return Integer.parseInt(text);
    }

    static Duration stillness(String text) {
        return MediaTime.parse(text)
                .filter(time -> !time.fromEnd() && !time.offset().isZero())
                .map(MediaTime::offset)
                .orElseThrow(() -> ConvertOptions.bad("--settle", text, "2s, 30s, 5m …"));
    }

    private void tell(String event, Path file, Text words, Map<String, ?> more) {
        if (global.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("schema", "soundlift.watch/1");
            line.put("event", event);
            line.put("input", file);
            line.putAll(more);
            console.result(JsonLine.write(line));
        } else if (!global.quiet) {
            String now = CLOCK.format(LocalTime.now(ZoneId.systemDefault()));
            console.result(Console.clean(now + "  " + console.words(words)));
        }
    }

    /** One line for each event. */
    private final class Lines implements Watch.Listener {
        @Override
        public void happened(Watch.Event event, Path file, Optional<Failure> why, Duration wait) {
            String name = event.name().toLowerCase(Locale.ROOT).replace('_', '-');
            Map<String, Object> more = new LinkedHashMap<>();
            why.ifPresent(failure -> {
                more.put("kind", failure.kind().label());
                more.put("message", console.words(failure.whatHappened()));
            });
            if (!wait.isZero()) more.put("retryInSeconds", Math.max(1, wait.toSeconds()));
            Text reason = why.map(Failure::whatHappened).orElse(Text.of("report.retold", ""));
            Text words = switch (event) {
                case FOUND -> Text.of("watch.found", file.toString());
                case LEFT_OUT -> Text.of("report.left-out-name", file.toString());
                case CONVERTING -> Text.of("watch.converting", file.toString());
                case RETRY -> Text.of("watch.retry", file.toString(), reason, MediaTime.print(wait));
                case SET_ASIDE -> Text.of("watch.set-aside", file.toString(), reason);
                case FOLDER_GONE -> Text.of("watch.folder-gone", file.toString());
                case FOLDER_BACK -> Text.of("watch.folder-back", file.toString());
                case GONE -> Text.of("watch.gone", file.toString());
            };
            tell(name, file, words, more);
        }

        @Override
        public void finished(Path file, List<Worker.Outcome> outcomes) {
            for (Worker.Outcome outcome : outcomes) {
                ExtractionReport report = outcome.report();
                if (global.json) {
                    console.result(outcome.json().apply(console.locale()));
                } else if (report.status() != Status.FAILED && report.output().isPresent()) {
                    tell(
                            "delivered",
                            file,
                            Text.of(
                                    "watch.delivered",
                                    file.toString(),
                                    report.output().get().toString()),
                            Map.of());
                }
            }
        }
    }
}
