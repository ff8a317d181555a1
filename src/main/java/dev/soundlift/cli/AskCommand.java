package dev.soundlift.cli;

import dev.soundlift.batch.Inputs;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.report.Failure;
import dev.soundlift.report.Json;
import dev.soundlift.request.Destination;
import dev.soundlift.sentence.Reading;
import dev.soundlift.sentence.SentenceReader;
import dev.soundlift.sentence.Surroundings;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code soundlift ask "SENTENCE" [INPUT...]}: reads a request in words, shows what it is, and runs the equal call. */
@Command(name = "ask", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
final class AskCommand implements Callable<Integer> {
    /** No file's name with an ending, no path, no pattern, no address. */
    private static final Pattern PLAIN_WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}:,'’-]+\\.?");

    private final Console console;

    @Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Parameters(index = "0", paramLabel = "SENTENCE", descriptionKey = "ask-sentence")
    private String sentence = "";

    @Parameters(index = "1..*", paramLabel = "INPUT", arity = "0..*", descriptionKey = "ask-input")
    private List<String> inputs = List.of();

    @Option(
            names = {"-y", "--yes"},
            descriptionKey = "ask-yes",
            order = 1)
    private boolean yes;

    @Option(names = "--dry-run", descriptionKey = "dry-run", order = 2)
    private boolean dryRun;

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    AskCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, ExtractionException {
        Reading reading = read(inputs);
        List<String> loose = looseWords();
        if (loose.size() > 1) {
            Text what = Text.of("ask.loose-words", String.join(" · ", loose));
            return refused(reading, what, Text.of("next.ask-quotes", quoted()));
        }
        if (!reading.contradictions().isEmpty() && questions().areWatched() && !yes && !dryRun) {
            show(reading);
            console.error("", reading.contradictions().get(0), Text.of("next.ask"));
            sentence = questions().answer(Text.of("ask.again"));
            if (isNothing(sentence)) return ExitCode.USAGE;
            reading = read(inputs);
        }
        if (!global.json || !reading.contradictions().isEmpty()) show(reading);
        if (!reading.contradictions().isEmpty())
            return refused(reading, reading.contradictions().get(0));
        if (console.guest().isPresent()) {
            Optional<Text> why = refusal(reading);
            if (why.isPresent()) return refused(reading, why.get());
            console.guest().get().requireInputs(reading.inputs());
        }
        if (dryRun) return canBeLookedAt(reading) ? run(reading) : lookedAtLater(reading);
        Optional<Reading> complete = withInput(reading);
        if (complete.isEmpty()) return refused(reading, Text.of("error.no-input"));
        if (questions().areWatched() && !yes && !agrees(Text.of("ask.run"))) return ExitCode.OK;
        return run(complete.get());
    }

    /** Nobody sees what was left out before it is done, and nobody has agreed to more than a conversion or a look. */
    private Optional<Text> refusal(Reading reading) {
        if (!reading.notUnderstood().isEmpty() && !dryRun) {
            return Optional.of(Text.of("ask.not-understood", String.join(" · ", reading.notUnderstood())));
        }
        boolean look =
                reading.other().filter(words -> !words.get(0).equals("tracks")).isEmpty();
        return look
                ? Optional.empty()
                : Optional.of(Text.of("ask.not-for-guests", String.join(" ", reading.commandLine())));
    }

    private Reading read(List<String> named) {
        Reading reading = new SentenceReader(here()).read(sentence, named);
        Destination there = reading.request().destination();
        return reading.with(
                reading.inputs().stream().map(this::place).toList(),
                reading.request().withDestination(new Destination(there.output().map(this::place), there.onExists())));
    }

    /** What a shell makes of it, which never sees this word. */
    private static String atHome(String name) {
        return name.startsWith("~/") ? System.getProperty("user.home") + name.substring(1) : name;
    }

    private String place(String name) {
        return console.guest().map(who -> who.fence().place(name)).orElseGet(() -> atHome(name));
    }

    private Surroundings here() {
        return new Surroundings() {
            @Override
            public Kind look(String name) {
                return AskCommand.this.look(name);
            }

            @Override
            public List<String> videosBesideSounds(String folder) {
                return look(folder) == Kind.FOLDER ? Inputs.videosBesideSounds(Path.of(place(folder))) : List.of();
            }
        };
    }

    private Surroundings.Kind look(String name) {
        try {
            Path path = Path.of(place(name));
            if (console.guest().isPresent()) console.guest().get().fence().requireReadable(path);
            if (Files.isDirectory(path)) return Surroundings.Kind.FOLDER;
            return Files.exists(path) ? Surroundings.Kind.FILE : Surroundings.Kind.NOTHING;
        } catch (InvalidPathException | ExtractionException noName) {
            return Surroundings.Kind.NOTHING;
        }
    }

    private void show(Reading reading) {
        if (global.quiet) return;
        if (!reading.understood().isEmpty()) {
            console.say(Text.of("ask.understood", String.join(" · ", reading.understood())));
        }
        if (!reading.notUnderstood().isEmpty()) {
            String words = console.words(Text.of("ask.not-understood", String.join(" · ", reading.notUnderstood())));
            console.err().println(console.paint("33", Console.clean(words)));
        }
        boolean nothing =
                reading.understood().isEmpty() && !reading.contradictions().isEmpty();
        if (!nothing) console.say(Text.of("ask.command", PeopleReport.asTyped(reading.commandLine())));
    }

    /** Inputs that are plain words, and nothing is called so: several are what a sentence without quotes leaves. */
    private List<String> looseWords() {
        return inputs.stream()
                .filter(input -> PLAIN_WORD.matcher(input).matches() && look(input) == Surroundings.Kind.NOTHING)
                .toList();
    }

    /** The call that was meant. */
    private String quoted() {
        return PeopleReport.asTyped(List.of("ask", sentence + " " + String.join(" ", inputs)));
    }

    private int refused(Reading reading, Text why) {
        return refused(reading, why, Text.of("next.ask"));
    }

    private int refused(Reading reading, Text why, Text next) {
        if (global.json && dryRun) {
            intent(reading, Optional.of(Failure.of(new ExtractionException(ErrorKind.USAGE, why, next))));
        }
        console.error("", why, next);
        return ExitCode.USAGE;
    }

    /** Whether any of the inputs is here; what is on the web is not fetched for a look. */
    private boolean canBeLookedAt(Reading reading) {
        return reading.other().isEmpty()
                && reading.inputs().stream().noneMatch(AccessOptions::isElsewhere)
                && reading.inputs().stream()
                        .anyMatch(input -> look(input) != Surroundings.Kind.NOTHING
                                || missing(List.of(input)).isEmpty());
    }

    /** A dry run needs no input: what would be asked for is said, and that it is not there. */
    private int lookedAtLater(Reading reading) {
        boolean local = reading.other().isEmpty() && reading.inputs().stream().noneMatch(AccessOptions::isElsewhere);
        if (global.json) {
            intent(reading, local ? missing(reading.inputs()) : Optional.empty());
        } else if (local && !reading.inputs().isEmpty() && !global.quiet) {
            console.say(Text.of("ask.not-there-yet", String.join(" · ", reading.inputs())));
        }
        return ExitCode.OK;
    }

    private static Optional<Failure> missing(List<String> inputs) {
        try {
            for (Path file : Inputs.expand(inputs, false)) {
                if (!Files.exists(file)) {
                    return Optional.of(Failure.of(new ExtractionException(
                            ErrorKind.UNREADABLE, Text.of("error.input-missing"), Text.of("next.input-missing"))));
                }
            }
            return Optional.empty();
        } catch (ExtractionException none) {
            return Optional.of(Failure.of(none));
        }
    }

    private void intent(Reading reading, Optional<Failure> why) {
        Optional<String> input =
                reading.inputs().isEmpty() ? Optional.empty() : Optional.of(String.join(" ", reading.inputs()));
        Optional<String> output = reading.request().destination().output();
        console.result(Json.with(
                understanding(reading), Json.intent(input, output, reading.commandLine(), why, console.locale())));
    }

    private static Json.Understanding understanding(Reading reading) {
        return new Json.Understanding(reading.understood(), reading.notUnderstood());
    }

    /** Asks once for what is missing, where somebody can answer. */
    private Optional<Reading> withInput(Reading reading) throws IOException {
        if (reading.other().isPresent() || !reading.inputs().isEmpty()) return Optional.of(reading);
        if (!questions().areWatched() || yes) return Optional.empty();
        String answer = questions().answer(Text.of("ask.which-file"));
        if (isNothing(answer)) return Optional.empty();
        return Optional.of(read(List.of(answer)));
    }

    /** Nothing typed, "n" for no, or nobody there any more. */
    private static boolean isNothing(String answer) {
        return answer.isBlank() || answer.equals("n");
    }

    private boolean agrees(Text question) throws IOException {
        String answer = questions().answer(question).toLowerCase(Locale.ROOT);
        return answer.isEmpty() || Questions.isYes(answer);
    }

    private Questions questions() {
        return new Questions(console, global);
    }

    /** The call that was shown, word for word. */
    private int run(Reading reading) {
        List<String> words = new ArrayList<>();
        CommandLine root = spec.commandLine().getParent();
        if (reading.other().isEmpty()) {
            words.add("convert");
            CommandLine convert = Objects.requireNonNull(root.getSubcommands().get("convert"));
            ConvertCommand command = (ConvertCommand) convert.getCommandSpec().userObject();
            command.sayOf(understanding(reading));
        } else if (!root.getSubcommands().containsKey(reading.commandLine().get(0))) {
            return refused(reading, Text.of("ask.no-command", String.join(" ", reading.commandLine())));
        }
        words.addAll(reading.commandLine());
        console.guest().ifPresent(guest -> words.addAll(guest.access()));
        if (dryRun) words.add("--dry-run");
        if (yes && reading.other().isEmpty()) words.add("--yes");
        if (global.json) words.add("--json");
        if (global.quiet) words.add("--quiet");
        for (int i = 0; i < global.verbose.length; i++) words.add("--verbose");
        if (global.noColor) words.add("--no-color");
        return root.execute(words.toArray(String[]::new));
    }
}
