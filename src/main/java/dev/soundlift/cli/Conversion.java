package dev.soundlift.cli;

import dev.soundlift.Soundlift;
import dev.soundlift.batch.Batch;
import dev.soundlift.batch.Input;
import dev.soundlift.batch.Inputs;
import dev.soundlift.batch.Journal;
import dev.soundlift.batch.MadeBefore;
import dev.soundlift.batch.Memory;
import dev.soundlift.batch.OwnOutputs;
import dev.soundlift.batch.Upcoming;
import dev.soundlift.batch.Worker;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.output.PendingFile;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Json;
import dev.soundlift.report.Status;
import dev.soundlift.request.CommandLineForm;
import dev.soundlift.request.Destination;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.settings.Nearest;
import dev.soundlift.settings.Places;
import dev.soundlift.source.Access;
import dev.soundlift.text.Text;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One call of the convert command: inputs in, reports out, an exit code at the end. */
final class Conversion {
    private final Console console;
    private final ConvertOptions options;
    private final ManifestOptions listed;
    private final AccessOptions access;
    private final GlobalOptions global;
    private final PeopleReport people;
    /** The inputs that are no files. */
    private final List<MediaSource> elsewhere = new ArrayList<>();

    private Optional<StandardOutput> pipe = Optional.empty();
    private boolean tooManyForPipe;

    /** Outputs of such a call among what was named, which the folders are not searched for. */
    private int leftOut;

    private String firstLeftOut = "";
    /** All of them, where they are to be told. */
    private final List<String> namesLeftOut = new ArrayList<>();

    /** What this run has made so far, which the folders that are still being searched may show. */
    private volatile Predicate<Path> madeNow = file -> false;

    /** Of the sentence that this call was read from, if it was. */
    private final Optional<Json.Understanding> sentence;

    Conversion(
            Console console,
            ConvertOptions options,
            ManifestOptions listed,
            AccessOptions access,
            GlobalOptions global,
            Optional<Json.Understanding> sentence) {
        this.sentence = sentence;
        this.console = console;
        this.options = options;
        this.listed = listed;
        this.access = access;
        this.global = global;
        this.people = new PeopleReport(console, global.verbose.length > 0);
    }

    int run() {
        ExtractionRequest wishes;
        Access allowed;
        Iterator<Input> files;
        Iterable<Input> others;
        try {
            wishes = options.request();
            boolean piped = StandardOutput.isMeant(wishes.destination());
            if (piped && global.json && !options.dryRun) return usage(Text.of("error.pipe-json"));
            listed.requireAlone(options);
            if (options.inputs.isEmpty() && !listed.given()) return usage(Text.of("error.no-input"));
            allowed = access.access();
            elsewhere.addAll(AccessOptions.elsewhere(options.inputs));
            refuseMisspeltCommand(typedFiles());
            refuseWithoutEffect(piped);
            options.jobCount();
            List<String> typed = typedFiles();
            if (listed.given()) {
                CallWishes call = CallWishes.of(options.commandLine());
                files = listed.inputs(call);
                others = () -> listed.again(call);
            } else {
                files = new Inputs(typed, options.recurse, leavingOut(ownOutputs(wishes))).iterator();
                Predicate<Path> known = ownOutputs(wishes);
                others = () -> new Inputs(typed, options.recurse, known).iterator();
            }
        } catch (UsageErrors.BadValue bad) {
            return usage(bad.text());
        } catch (ExtractionException unreadable) {
            console.error("", unreadable.whatHappened(), unreadable.nextStep());
            return unreadable.kind().exitCode();
        }
        try {
            if (console.guest().isPresent()) requireInside(console.guest().get(), wishes);
        } catch (ExtractionException refused) {
            return failedBeforeAnyFile(wishes, refused);
        }
        Upcoming queue = new Upcoming(List.of(files, addresses(wishes)));
        if (several(queue) && oneFileForAll(wishes)) return usage(Text.of("error.one-output"));
        Optional<Path> missing = missingFolder(wishes);
        if (missing.isPresent()) return failedBeforeAnyFile(wishes, PendingFile.noFolder(missing.get()));
        try {
            Questions questions = new Questions(console, global);
            boolean cannotAsk = options.isolate && mayUpload(wishes) && questions.areWatched() && !options.yes;
            if (cannotAsk) return usage(Text.of("error.isolate-cannot-ask"));
            Soundlift soundlift = Soundlift.with(wishes.engine(), allowed, new UploadQuestion(questions, options.yes));
            if (OwnProcess.isForOneFile()) return OwnProcess.convert(soundlift, wishes, options.inputs, console);
            FileCount count = several(queue) ? counting(others) : FileCount.one();
            return StandardOutput.isMeant(wishes.destination()) && !options.dryRun
                    ? convertForPipe(soundlift, queue, count, wishes)
                    : convert(soundlift, queue, count, wishes);
        } catch (ExtractionException failed) {
            return failedBeforeAnyFile(wishes, failed);
        }
    }

    /**
     * Refuses what is asked for outside, before anything is looked for; what patterns and templates lead to is looked at
     * when it is known.
     */
    private void requireInside(Guest who, ExtractionRequest wishes) throws ExtractionException {
        who.requireInputs(options.inputs);
        if (mayUpload(wishes)) who.requireNoUpload();
        Optional<String> output = wishes.destination().output();
        if (output.isPresent() && !wishes.destination().isTemplate()) {
            who.fence().requireWritable(Inputs.one(output.get()));
        }
    }

    /** What is made of an address lies beside nothing: here, or in a folder of the guest's. */
    private Iterator<Input> addresses(ExtractionRequest wishes) {
        Destination there = wishes.destination();
        if (console.guest().isEmpty() || there.output().isPresent()) {
            return elsewhere.stream().map(Input::of).iterator();
        }
        String folder = console.guest().get().fence().place("./");
        ExtractionRequest own = wishes.withDestination(new Destination(Optional.of(folder), there.onExists()));
        return elsewhere.stream().map(source -> Input.of(source, own)).iterator();
    }

    /** A list is one of many, however few of them are in it or in a share of it. */
    private boolean several(Upcoming queue) {
        return listed.given() || queue.several();
    }

    private List<String> typedFiles() {
        return options.inputs.stream()
                .filter(input -> !AccessOptions.isElsewhere(input))
                .toList();
    }

    /** "soundlift trakcs film.mkv" would be two inputs, the first of which is not there. */
    private void refuseMisspeltCommand(List<String> typed) {
        if (typed.isEmpty() || !typed.get(0).matches("[a-z]+")) return;
        String word = typed.get(0);
        Optional<String> meant = Nearest.to(word, Commands.words(), Math.max(1, word.length() / 3));
        if (meant.isEmpty() || Files.exists(Path.of(word))) return;
        throw new UsageErrors.BadValue(Text.of("error.command-meant", word, meant.get()));
    }

    /** What is asked for and cannot be had of such an input or output; what the settings say is for those that it fits. */
    private void refuseWithoutEffect(boolean piped) {
        for (MediaSource source : elsewhere) {
            boolean stream = source instanceof MediaSource.StandardInput;
            for (String option : List.of("--isolate", "--keep-date", "--resume-by-content", "--resume")) {
                boolean fits = option.equals("--resume") && !stream; // an address is known by its name
                if (fits || !options.isTyped(option)) continue;
                throw new UsageErrors.BadValue(
                        Text.of("error.files-only", option, stream ? "\"-\"" : source.displayName()));
            }
        }
        for (String option : List.of("--chapter-list", "--keep-date", "--resume", "--resume-by-content")) {
            if (piped && options.isTyped(option)) {
                throw new UsageErrors.BadValue(Text.of("error.together", option, "--output -"));
            }
        }
    }

    private static boolean mayUpload(ExtractionRequest wishes) {
        return wishes.engine().kind() == EngineChoice.Kind.CLOUD
                || wishes.engine().uploadAllowed();
    }

    /** Only where somebody looks. */
    private FileCount counting(Iterable<Input> files) throws ExtractionException {
        if (listed.given() && !listed.lasts()) return FileCount.unknown();
        boolean watched = console.terminal() && !global.quiet && !global.json;
        return FileCount.counting(watched ? files : List.of(), elsewhere.size());
    }

    private int usage(Text whatHappened) {
        console.error("", whatHappened, Text.of("next.usage", "soundlift"));
        return ExitCode.USAGE;
    }

    private int failedBeforeAnyFile(ExtractionRequest wishes, ExtractionException failed) {
        MediaSource source = new MediaSource.Typed(String.join(" ", options.inputs));
        ExtractionReport report =
                ExtractionReport.failed(source, Optional.empty(), Optional.empty(), Duration.ZERO, failed);
        if (global.json)
            result(options.dryRun ? planned(report, commandLine(wishes)) : Json.report(report, console.locale()));
        else people.failure(report);
        return report.exitCode();
    }

    /** Said once here, and not for each of ten thousand files. */
    private static Optional<Path> missingFolder(ExtractionRequest wishes) {
        if (wishes.destination().isTemplate()) return Optional.empty();
        return wishes.destination()
                .output()
                .filter(output -> output.endsWith("/"))
                .map(Path::of)
                .filter(folder -> !Files.isDirectory(folder));
    }

    private Predicate<Path> ownOutputs(ExtractionRequest wishes) {
        return OwnOutputs.once(wishes).or(new MadeBefore(journal(), typedFiles(), options.recurse));
    }

    /** What this run makes itself while the folders are still being searched is no earlier call's. */
    private Predicate<Path> leavingOut(Predicate<Path> own) {
        return file -> {
            if (madeNow.test(file) || !own.test(file)) return false;
            if (leftOut++ == 0) firstLeftOut = file.toString();
            if (global.verbose.length > 0) namesLeftOut.add(file.toString());
            return true;
        };
    }

    static boolean oneFileForAll(ExtractionRequest wishes) {
        if (wishes.destination().isTemplate()) return false;
        return wishes.destination()
                .output()
                .filter(output -> !output.endsWith("/") && !output.endsWith("\\"))
                .filter(output -> !Files.isDirectory(Path.of(output)))
                .isPresent();
    }

    private int convertForPipe(Soundlift soundlift, Upcoming queue, FileCount count, ExtractionRequest wishes)
            throws ExtractionException {
        try (StandardOutput standard = StandardOutput.open()) {
            pipe = Optional.of(standard);
            int code = convert(
                    soundlift,
                    queue,
                    count,
                    wishes.withDestination(standard.destination())
                            .withExtras(wishes.extras().alone()));
            if (tooManyForPipe) return usage(Text.of("error.pipe-several"));
            if (code == ExitCode.OK || code == ExitCode.DAMAGED) standard.send(console.out());
            return code;
        }
    }

    private int convert(Soundlift soundlift, Upcoming queue, FileCount count, ExtractionRequest wishes) {
        long started = System.nanoTime();
        boolean several = several(queue);
        Tally tally = new Tally();
        Cancellation cancellation = console.guest().map(Guest::cancellation).orElseGet(Cancellation::new);
        Interrupt interrupt = console.guest().isPresent() ? Interrupt.NONE : Interrupt.cancels(cancellation);
        boolean shown = !global.quiet && !global.json && !options.dryRun;
        try (ProgressLine progress = new ProgressLine(console, count, shown)) {
            Batch.Listener listener = new Batch.Listener() {
                @Override
                public Progress begun(MediaSource input) {
                    return console.guest().isPresent()
                            ? console.guest().get().progress().apply(input)
                            : progress.listener(input);
                }

                @Override
                public void finished(MediaSource input, List<Worker.Outcome> outcomes) {
                    outcomes.forEach(outcome -> tally.add(outcome.report()));
                    progress.finished(
                            input,
                            outcomes.stream()
                                    .anyMatch(outcome -> outcome.report().status() != Status.SKIPPED));
                    progress.above(() -> outcomes.forEach(outcome -> print(outcome, wishes)));
                }
            };
            Batch batch = batch(soundlift, several);
            madeNow = batch::made;
            batch.run(queue, wishes, cancellation, listener);
        } finally {
            interrupt.end();
        }
        if (cancellation.isRequested()) return ExitCode.INTERRUPTED;
        if (leftOut > 0 && !global.quiet) {
            console.say(Text.of("report.left-out", Integer.toString(leftOut), firstLeftOut));
            namesLeftOut.forEach(name -> console.say(Text.of("report.left-out-name", name)));
        }
        if (!global.quiet && !global.json) {
            if (options.dryRun && sentence.isEmpty()) people.command(commandLine(wishes));
            if (several) people.summary(tally, options.dryRun ? Optional.empty() : Optional.of(since(started)));
        }
        return tally.exitCode(several);
    }

    private static Duration since(long startedNanos) {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    private Batch batch(Soundlift soundlift, boolean several) {
        if (options.dryRun) { // one after the other, so that they stand in order
            Worker looking = inside(Worker.looking(soundlift));
            Memory memory = options.resume()
                    ? Memory.reading(journal(), Version.number(), options.resumeByContent)
                    : Memory.none();
            return new Batch(looking, looking, 1, memory);
        }
        Worker here = inside(Worker.here(soundlift));
        // What is piped in, and an address with its secrets, cannot be handed on
        Worker apart = inside(job -> job.request().source() instanceof MediaSource.LocalFile
                ? OwnProcess.worker(Places.state(), console.locale(), options.yes)
                        .convert(job)
                : here.convert(job));
        return new Batch(options.isolate ? apart : here, apart, several ? options.jobCount() : 1, memory(several));
    }

    private Worker inside(Worker worker) {
        return console.guest().map(who -> who.fence().around(worker)).orElse(worker);
    }

    /** What is done to several inputs or a folder is written down, so that the next run can go on; a file leaves no trace. */
    private Memory memory(boolean several) {
        if (options.resume()) return Memory.resuming(journal(), Version.number(), options.resumeByContent);
        boolean folder = typedFiles().stream().anyMatch(name -> new File(name).isDirectory());
        return several || folder ? Memory.writing(journal(), Version.number(), console::say) : Memory.none();
    }

    private static Journal journal() {
        return new Journal(Places.state().resolve("journal"));
    }

    private void deliver(Path output) {
        if (pipe.isEmpty()) console.name(output);
        else if (!pipe.get().take(output)) tooManyForPipe = true;
    }

    private List<String> commandLine(ExtractionRequest wishes) {
        List<String> words = CommandLineForm.of(options.inputs, wishes);
        if (options.recurse) words.add("--recurse");
        words.addAll(listed.words());
        return words;
    }

    private String planned(ExtractionReport report, List<String> commandLine) {
        return sentence.isPresent()
                ? Json.intent(report, commandLine, console.locale())
                : Json.plan(report, commandLine, console.locale());
    }

    private void result(String json) {
        console.result(sentence.map(words -> Json.with(words, json)).orElse(json));
    }

    private void print(Worker.Outcome outcome, ExtractionRequest wishes) {
        ExtractionReport report = outcome.report();
        if (global.json) {
            result(
                    options.dryRun
                            ? planned(report, commandLine(wishes))
                            : outcome.json().apply(console.locale()));
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
