package dev.soundlift.cli;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** The program's commands, in the order in which the help lists them. */
enum Commands {
    CONVERT(ConvertCommand::new),
    ASK(AskCommand::new),
    TRACKS(TracksCommand::new),
    CHECK(CheckCommand::new),
    WATCH(WatchCommand::new),
    WEB(WebCommand::new),
    CLOUD(CloudCommand::with),
    DOCTOR(DoctorCommand::new),
    SKILL(SkillCommand::new),
    COMPLETION(CompletionCommand::new),
    HELP(console -> new CommandLine.HelpCommand());

    /** Of these every command is a part; a sentence may lead to any. */
    private static final Set<String> ABOUT_ALL = Set.of("help", "completion", "ask");

    private final Function<Console, Object> with;

    Commands(Function<Console, Object> with) {
        this.with = with;
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Set<String> words() {
        return Arrays.stream(values()).map(Commands::word).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Adds the commands that the typed words may call: picocli learns a command by reflection, which for all of them takes
     * longer than the Java virtual machine does to start.
     */
    static void add(CommandLine root, Console console, List<String> typed) {
        boolean all = typed.stream().anyMatch(word -> ABOUT_ALL.contains(word) || mayAskForHelp(word));
        for (Commands command : values()) {
            if (all || typed.contains(command.word())) root.addSubcommand(command.word(), command.with.apply(console));
        }
    }

    /** {@code --help}, {@code -h}, {@code -qh}; a word too many does no harm. */
    private static boolean mayAskForHelp(String word) {
        return word.startsWith("--help") || (word.startsWith("-") && !word.startsWith("--") && word.contains("h"));
    }
}
