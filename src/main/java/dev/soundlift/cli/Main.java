package dev.soundlift.cli;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.Preset;
import dev.soundlift.settings.Places;
import dev.soundlift.settings.Settings;
import dev.soundlift.text.Text;
import dev.soundlift.text.ToolArguments;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command line's entrance. */
public final class Main {
    /** Looked for among all words. */
    private static final Set<String> ANYWHERE = Set.of("--lang", "--no-color");

    private Main() {}

    public static void main(String[] arguments) {
        sayWhereWeAre();
        sayWhereHomeIs();
        LastingFailure standard = new LastingFailure(new FileOutputStream(FileDescriptor.out));
        PrintStream out = utf8(standard);
        PrintStream err = utf8(new FileOutputStream(FileDescriptor.err));
        // Java can tell a terminal from a pipe only for all streams at once; the launcher asks about standard error
        boolean terminal = Boolean.getBoolean("soundlift.terminal");
        int code = Rehearsal.isWished() ? Rehearsal.run(arguments, out, err) : run(arguments, out, err, terminal);
        out.flush();
        if (code == ExitCode.OK) {
            standard.worthWords()
                    .ifPresent(failure -> new Console(out, err, Locale.getDefault(), terminal, false)
                            .error("", Text.of("error.standard-output", failure), Text.of("next.no-space")));
        }
        err.flush();
        // A reader that went away (| head) is no failure worth words, but the code must tell that output is missing
        System.exit(out.checkError() && code == ExitCode.OK ? ErrorKind.NOT_WRITABLE.exitCode() : code);
    }

    /** The launcher of an image names the jar by a way that only this process knows; others go by its place. */
    private static void sayWhereWeAre() {
        String jar = System.getProperty("java.class.path", "");
        if (!jar.startsWith("/proc/self/fd/")) return;
        try {
            System.setProperty("java.class.path", Path.of(jar).toRealPath().toString());
        } catch (IOException gone) {
            return; // what is asked for by its place will not be found, and says so
        }
    }

    /**
     * A user without a name (a container's {@code --user 1234}) has no home, and Java calls it "?", which would be made as
     * a folder here: by JNA, for what it unpacks, and by us, for what is remembered.
     */
    private static void sayWhereHomeIs() {
        if (!System.getProperty("user.home", "").equals("?")) return;
        String home = System.getenv().getOrDefault("HOME", "");
        System.setProperty("user.home", Path.of(home).isAbsolute() ? home : "/nonexistent");
        System.setProperty("jna.tmpdir", System.getProperty("java.io.tmpdir"));
    }

    private static PrintStream utf8(OutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    /** Everything but the process: for tests and for {@link #main}. */
    static int run(String[] arguments, PrintStream out, PrintStream err, boolean terminal) {
        return run(arguments, out, err, terminal, Optional.empty());
    }

    /** The same in the user's stead. */
    static int run(String[] arguments, PrintStream out, PrintStream err, Guest guest) {
        return run(arguments, out, err, false, Optional.of(guest));
    }

    private static int run(
            String[] arguments, PrintStream out, PrintStream err, boolean terminal, Optional<Guest> guest) {
        boolean plain = Arrays.asList(arguments).contains("--no-color") || System.getenv("NO_COLOR") != null;
        Settings settings = Settings.NONE;
        try {
            // The words of a process of its own say all
            if (!OwnProcess.isForOneFile()) {
                settings = Settings.load(Places.settingsFile(), System.getenv(), List.of(arguments));
            }
        } catch (ExtractionException wrong) {
            // The doctor says it among the rest
            if (isForDoctor(arguments)) return doctor(arguments, out, err, terminal, plain);
            Console console = new Console(out, err, Language.of(arguments, ""), terminal, terminal && !plain);
            console.error("", wrong.whatHappened(), wrong.nextStep());
            return wrong.kind().exitCode();
        }
        Settings.Value wished = settings.values().getOrDefault("lang", new Settings.Value("", ""));
        Locale locale = Language.of(arguments, wished.text());
        Locale.setDefault(locale); // picocli takes the language of its help from there
        Locale spoken = guest.isPresent() ? ToolArguments.locale(locale) : locale;
        Console console = new Console(out, err, spoken, terminal, terminal && !plain, guest);
        settings.warnings().forEach(warning -> console.say(Text.of("report.warning", warning)));
        Optional<SettingsCheck.Fault> wrong = SettingsCheck.firstWrong(settings);
        if (wrong.isPresent()) {
            if (isForDoctor(arguments)) return doctor(arguments, out, err, terminal, plain);
            console.error("", wrong.get().what(), wrong.get().next());
            return ExitCode.USAGE;
        }
        return run(console, settings, arguments);
    }

    private static boolean isForDoctor(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals("doctor");
    }

    private static int doctor(String[] arguments, PrintStream out, PrintStream err, boolean terminal, boolean plain) {
        Locale locale = Language.of(arguments, "");
        Locale.setDefault(locale);
        return run(new Console(out, err, locale, terminal, terminal && !plain), Settings.NONE, arguments);
    }

    private static int run(Console console, Settings settings, String[] arguments) {
        List<String> words = settings.withoutOwnPreset(List.of(arguments));
        CommandLine commandLine = new CommandLine(new RootCommand(console));
        Commands.add(commandLine, console, words);
        commandLine.setOut(new java.io.PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        commandLine.setErr(new java.io.PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        commandLine.setAllowSubcommandsAsOptionParameters(true); // "--engine cloud", though cloud is a command too
        commandLine.setExpandAtFiles(false); // @ is a letter like any other in a file's name
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setOverwrittenOptionsAllowed(false);
        commandLine.setAbbreviatedOptionsAllowed(false);
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.color() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        Map<String, Settings.Value> known = settings.values();
        List<String> said = words;
        commandLine.setDefaultValueProvider(argument -> argument instanceof OptionSpec option
                        && !isFlagSaid(option, said)
                        && known.containsKey(option.longestName().substring(2))
                ? known.get(option.longestName().substring(2)).text()
                : null);
        commandLine.setParameterExceptionHandler((failure, ignored) -> UsageErrors.report(console, failure));
        commandLine.setExecutionStrategy(parsed -> {
            for (ParseResult at = parsed; at.hasSubcommand(); at = at.subcommand()) {
                Optional<String> lost = lost(at);
                if (lost.isEmpty()) continue;
                String command = at.subcommand().commandSpec().name();
                ParseResult meant = at.subcommand();
                while (meant.hasSubcommand()) meant = meant.subcommand();
                String whole = meant.commandSpec().qualifiedName();
                console.error(
                        "",
                        Text.of("error.before-command", lost.get(), command),
                        Text.of("next.before-command", whole, lost.get(), command));
                return ExitCode.USAGE;
            }
            Optional<String> preset = settings.unknownPreset(words);
            if (preset.isPresent()) return unknownPreset(console, settings, preset.get());
            return new CommandLine.RunLast().execute(parsed);
        });
        commandLine.setExecutionExceptionHandler(outermost(console, arguments));
        return commandLine.execute(words.toArray(new String[0]));
    }

    private static int unknownPreset(Console console, Settings settings, String asked) {
        List<String> known = Stream.concat(
                        Arrays.stream(Preset.values()).map(Preset::label), settings.presets().keySet().stream())
                .toList();
        Text what =
                ConvertOptions.bad("--preset", asked, String.join(", ", known)).text();
        console.error("", what, Text.of("next.usage", "soundlift"));
        return ExitCode.USAGE;
    }

    /** A flag that is said although it is so by default would be taken for its opposite. */
    private static boolean isFlagSaid(OptionSpec option, List<String> words) {
        if (option.arity().max() > 0) return false;
        for (String name : option.names()) {
            boolean brief = name.length() == 2;
            for (String word : words) {
                boolean among = brief && word.matches("-[a-z]{2,4}") && word.indexOf(name.charAt(1)) > 0;
                if (word.equals(name) || among) return true;
            }
        }
        return false;
    }

    /** What was said to a command that only leads on to another one, which does not hear of it. */
    private static Optional<String> lost(ParseResult leading) {
        Stream<String> options =
                leading.matchedOptions().stream().map(OptionSpec::longestName).filter(name -> !ANYWHERE.contains(name));
        Stream<String> inputs =
                leading.matchedPositionals().stream().flatMap(positional -> positional.stringValues().stream());
        return Stream.concat(options, inputs).findFirst();
    }

    private static IExecutionExceptionHandler outermost(Console console, String[] arguments) {
        return (Exception failure, CommandLine command, ParseResult parsed) -> {
            if (failure instanceof ExtractionException expected) {
                console.error("", expected.whatHappened(), expected.nextStep());
            } else {
                console.error("", Text.of("error.bug", String.valueOf(failure)), Text.of("next.bug"));
            }
            if (wantsStackTrace(List.of(arguments))) failure.printStackTrace(console.err());
            return failure instanceof ExtractionException expected
                    ? expected.kind().exitCode()
                    : ExitCode.BUG;
        };
    }

    private static boolean wantsStackTrace(List<String> arguments) {
        long verbose = arguments.stream()
                .filter(word -> word.equals("-v") || word.equals("--verbose"))
                .count();
        return verbose >= 2 || arguments.contains("-vv");
    }
}
