package dev.soundlift.cli;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** The program's commands, in the order in which the help lists them. */
enum Commands {
    CONVERT,
    ASK,
    TRACKS,
    CHECK,
    WATCH,
    WEB,
    MCP,
    CLOUD,
    DOCTOR,
    SKILL,
    COMPLETION,
    HELP;

    /** Of these every command is a part; a sentence may lead to any. */
    private static final Set<String> ABOUT_ALL = Set.of("help", "completion", "ask");

    private Object with(Console console) {
        return switch (this) {
            case CONVERT -> new ConvertCommand(console);
            case ASK -> new AskCommand(console);
            case TRACKS -> new TracksCommand(console);
            case CHECK -> new CheckCommand(console);
            case WATCH -> new WatchCommand(console);
            case WEB -> new WebCommand(console);
            case MCP -> new McpCommand(console);
            case CLOUD -> CloudCommand.with(console);
            case DOCTOR -> new DoctorCommand(console);
            case SKILL -> new SkillCommand(console);
            case COMPLETION -> new CompletionCommand(console);
            case HELP -> new CommandLine.HelpCommand();
        };
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
            if (all || typed.contains(command.word())) root.addSubcommand(command.word(), command.with(console));
        }
    }

    /** {@code --help}, {@code -h}, {@code -qh}; a word too many does no harm. */
    private static boolean mayAskForHelp(String word) {
        return word.startsWith("--help") || (word.startsWith("-") && !word.startsWith("--") && word.contains("h"));
    }
}
