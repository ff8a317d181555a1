package dev.soundlift.cli;

import dev.soundlift.Bookkeeping;
import dev.soundlift.Soundlift;
import dev.soundlift.batch.Batch;
import dev.soundlift.batch.Inputs;
import dev.soundlift.batch.Journal;
import dev.soundlift.batch.Memory;
import dev.soundlift.batch.Worker;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Container;
import dev.soundlift.media.MediaSource;
import dev.soundlift.output.PendingFile;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Json;
import dev.soundlift.report.Status;
import dev.soundlift.request.CommandLineForm;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import dev.soundlift.settings.Places;
import dev.soundlift.source.Access;
import dev.soundlift.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One call of the convert command: inputs in, reports out, an exit code at the end. */
final class Conversion {
    private final Console console;
    private final ConvertOptions options;
    private final GlobalOptions global;
    private final PeopleReport people;
    /** The inputs that are no files. */
    private final List<MediaSource> elsewhere = new ArrayList<>();

    private Optional<StandardOutput> pipe = Optional.empty();
    private boolean tooManyForPipe;

    Conversion(Console console, ConvertOptions options, GlobalOptions global) {
        this.console = console;
        this.options = options;
        this.global = global;
        this.people = new PeopleReport(console, global.verbose.length > 0);
    }

    int run() {
        ExtractionRequest wishes;
        Inputs.Expansion inputs;
        Access access;
        try {
            wishes = options.request();
            boolean piped = StandardOutput.isMeant(wishes.destination());
            if (piped && global.json && !options.dryRun) return usage(Text.of("error.pipe-json"));
            if (options.inputs.isEmpty()) return usage(Text.of("error.no-input"));
            access = options.elsewhere.access();
            elsewhere.addAll(AccessOptions.elsewhere(options.inputs));
            options.jobCount();
            ExtractionRequest wanted = wishes;
            List<String> files = options.inputs.stream()
                    .filter(input -> !AccessOptions.isElsewhere(input))
                    .toList();
            inputs = Inputs.expandEach(files, options.recurse, file -> isItsOwnOutput(file, wanted));
        } catch (UsageErrors.BadValue bad) {
            return usage(bad.text());
        }
        if (count(inputs) > 1 && oneFileForAll(wishes)) return usage(Text.of("error.one-output"));
        Optional<Path> missing = missingFolder(wishes);
        if (missing.isPresent()) return failedBeforeAnyFile(PendingFile.noFolder(missing.get()));
        try {
            Questions questions = new Questions(console, global);
            boolean cannotAsk = options.isolate && mayUpload(wishes) && questions.areWatched() && !options.yes;
            if (cannotAsk) return usage(Text.of("error.isolate-cannot-ask"));
            Soundlift soundlift = Soundlift.with(wishes.engine(), access, new UploadQuestion(questions, options.yes));
            if (OwnProcess.isForOneFile()) return OwnProcess.convert(soundlift, wishes, options.inputs, console);
            if (options.dryRun) return show(soundlift, inputs, wishes);
            return StandardOutput.isMeant(wishes.destination())
                    ? convertForPipe(soundlift, inputs, wishes)
                    : convert(soundlift, inputs, wishes);
        } catch (ExtractionException failed) {
            return failedBeforeAnyFile(failed);
        }
    }

    private static boolean mayUpload(ExtractionRequest wishes) {
        return wishes.engine().kind() == EngineChoice.Kind.CLOUD
                || wishes.engine().uploadAllowed();
    }

    private int count(Inputs.Expansion inputs) {
        return inputs.count() + elsewhere.size();
    }

    private int usage(Text whatHappened) {
        console.error("", whatHappened, Text.of("next.usage", "soundlift"));
        return ExitCode.USAGE;
    }

    private int failedBeforeAnyFile(ExtractionException failed) {
        MediaSource source = new MediaSource.Typed(String.join(" ", options.inputs));
        ExtractionReport report =
                ExtractionReport.failed(source, Optional.empty(), Optional.empty(), Duration.ZERO, failed);
        print(report);
        return report.exitCode();
    }

    private static List<ExtractionReport> unusable(Inputs.Expansion inputs) {
        List<ExtractionReport> reports = new ArrayList<>();
        inputs.unusable()
                .forEach((typed, why) -> reports.add(ExtractionReport.failed(
                        new MediaSource.Typed(typed), Optional.empty(), Optional.empty(), Duration.ZERO, why)));
        return reports;
    }

    /** Said once here, and not for each of ten thousand files. */
    private static Optional<Path> missingFolder(ExtractionRequest wishes) {
        return wishes.destination()
                .output()
                .filter(output -> output.endsWith("/") && !output.contains("{"))
                .map(Path::of)
                .filter(folder -> !Files.isDirectory(folder));
    }

    /** Whether a conversion beside the input would end at the input itself. */
    static boolean isItsOwnOutput(Path file, ExtractionRequest wishes) {
        String extension = wishes.format().container().map(Container::extension).orElse("");
        return wishes.destination().output().isEmpty()
                && !extension.isEmpty()
                && file.toString().toLowerCase(Locale.ROOT).endsWith("." + extension);
    }

    static boolean oneFileForAll(ExtractionRequest wishes) {
        return wishes.destination()
                .output()
                .filter(output -> !output.contains("{"))
                .filter(output -> !output.endsWith("/") && !output.endsWith("\\"))
                .filter(output -> !Files.isDirectory(Path.of(output)))
                .isPresent();
    }

    private int show(Soundlift soundlift, Inputs.Expansion inputs, ExtractionRequest wishes) {
        List<ExtractionReport> failures = unusable(inputs);
        failures.forEach(this::print);
        List<String> commandLine = CommandLineForm.of(options.inputs, wishes);
        if (options.recurse) commandLine.add("--recurse");
        List<MediaSource> sources = new ArrayList<>();
        for (Path file : inputs.files()) sources.add(new MediaSource.LocalFile(file));
        sources.addAll(elsewhere);
        for (MediaSource source : sources) {
            try {
                for (Soundlift.Planned planned : soundlift.plan(wishes.withSource(source))) {
                    boolean refused = Files.exists(planned.output())
                            && wishes.destination().onExists() == OnExists.FAIL;
                    if (refused) {
                        console.error(
                                source.displayName(),
                                Text.of("error.exists", planned.output().toString()),
                                Text.of("next.exists"));
                    }
                    if (global.json) {
                        console.result(Json.plan(planned.plan(), planned.output(), commandLine, console.locale()));
                    } else {
                        people.plan(planned, commandLine);
                    }
                }
            } catch (ExtractionException failed) {
                ExtractionReport report =
                        ExtractionReport.failed(source, Optional.empty(), Optional.empty(), Duration.ZERO, failed);
                failures.add(report);
                print(report);
            }
        }
        return ExitCode.of(failures, count(inputs));
    }

    private int convertForPipe(Soundlift soundlift, Inputs.Expansion inputs, ExtractionRequest wishes)
            throws ExtractionException {
        try (StandardOutput standard = StandardOutput.open()) {
            pipe = Optional.of(standard);
            int code = convert(soundlift, inputs, wishes.withDestination(standard.destination()));
            if (tooManyForPipe) return usage(Text.of("error.pipe-several"));
            if (code == ExitCode.OK || code == ExitCode.DAMAGED) standard.send(console.out());
            return code;
        }
    }

    private int convert(Soundlift soundlift, Inputs.Expansion inputs, ExtractionRequest wishes) {
        long started = System.nanoTime();
        List<Path> files = inputs.files();
        Tally tally = new Tally();
        for (ExtractionReport report : unusable(inputs)) {
            tally.add(report);
            print(report);
        }
        Cancellation cancellation = new Cancellation();
        Interrupt interrupt = Interrupt.cancels(cancellation);
        int jobs = Math.max(1, Math.min(options.jobCount(), files.size()));
        Worker here = Worker.here(soundlift);
        Worker apart = job ->
                OwnProcess.worker(Places.state(), console.locale(), options.yes).convert(job);
        try (ProgressLine progress =
                new ProgressLine(console, files.size() + elsewhere.size(), !global.quiet && !global.json)) {
            Batch.Listener listener = new Batch.Listener() {
                @Override
                public Progress begun(Path file) {
                    return progress.listener(file);
                }

                @Override
                public void finished(Path file, List<Worker.Outcome> outcomes) {
                    outcomes.forEach(outcome -> tally.add(outcome.report()));
                    progress.finished(
                            file,
                            outcomes.stream()
                                    .anyMatch(outcome -> outcome.report().status() != Status.SKIPPED));
                    progress.above(() -> outcomes.forEach(Conversion.this::print));
                }
            };
            new Batch(options.isolate ? apart : here, apart, jobs, memory(files.size()))
                    .run(files, wishes, cancellation, listener);
            for (MediaSource source : elsewhere) {
                if (cancellation.isRequested()) break;
                Path name = Path.of(source.baseName().replaceAll("[^\\w .-]", "_"));
                Worker.Job job = new Worker.Job(
                        wishes.withSource(source),
                        listener.begun(name),
                        cancellation,
                        Bookkeeping.ofOneRequest(),
                        Optional.empty());
                listener.finished(name, here.convert(job));
            }
        } finally {
            interrupt.end();
        }
        if (cancellation.isRequested()) return ExitCode.INTERRUPTED;
        boolean summary = count(inputs) > 1 && !global.quiet && !global.json;
        if (summary) people.summary(tally, Duration.ofNanos(System.nanoTime() - started));
        return tally.exitCode(count(inputs));
    }

    /** What is done to several inputs is written down, so that the next run can go on; a single one leaves no trace. */
    private Memory memory(int inputs) {
        if (options.resume()) return Memory.resuming(journal(), Version.number(), options.resumeByContent);
        return inputs > 1 ? Memory.writing(journal(), Version.number(), console::say) : Memory.none();
    }

    private static Journal journal() {
        return new Journal(Places.state().resolve("journal"));
    }

    private void deliver(Path output) {
        if (pipe.isEmpty()) console.result(Console.clean(output.toString()));
        else if (!pipe.get().take(output)) tooManyForPipe = true;
    }

    private void print(ExtractionReport report) {
        print(new Worker.Outcome(report, locale -> Json.report(report, locale)));
    }

    private void print(Worker.Outcome outcome) {
        ExtractionReport report = outcome.report();
        if (global.json) {
            console.result(outcome.json().apply(console.locale()));
        } else if (report.status() == Status.FAILED) {
            people.failure(report);
        } else {
            report.output().ifPresent(this::deliver);
            if (!global.quiet) people.success(report);
        }
        boolean trace = global.verbose.length >= 2;
        boolean bug = report.failure()
                .filter(failure -> failure.kind() == ErrorKind.BUG)
                .isPresent();
        if (trace && bug) report.failure().get().toException().printStackTrace(console.err());
    }
}
