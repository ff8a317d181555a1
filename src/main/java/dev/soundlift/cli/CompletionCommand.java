package dev.soundlift.cli;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code soundlift completion bash|zsh|fish}: prints what the shell is to read. */
@Command(name = "completion", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
final class CompletionCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "bash|zsh|fish", arity = "1", descriptionKey = "shell")
    private String shell = "";

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws ExtractionException {
        if (global.json) {
            throw new ExtractionException(
                    ErrorKind.USAGE,
                    Text.of("error.together", "completion", "--json"),
                    Text.of("next.usage", "soundlift completion"));
        }
        CommandLine root = spec.root().commandLine();
        String script = switch (shell.toLowerCase(Locale.ROOT)) {
            // One script for both: it calls bashcompinit where it is read by zsh
            case "bash", "zsh" -> AutoComplete.bash("soundlift", root);
            case "fish" -> fish(root);
            default ->
                throw new ExtractionException(
                        ErrorKind.USAGE,
                        Text.of("error.bad-option-value", "completion", shell, "bash, zsh, fish"),
                        Text.of("next.usage", "soundlift completion"));
        };
        console.out().print(script);
        return ExitCode.OK;
    }

    private static String fish(CommandLine root) {
        StringBuilder script = new StringBuilder("# fish completion for soundlift\n");
        String commands = String.join(" ", root.getSubcommands().keySet());
        root.getSubcommands().forEach((name, command) -> {
            String[] description = command.getCommandSpec().usageMessage().description();
            script.append("complete -c soundlift -n 'not __fish_seen_subcommand_from ")
                    .append(commands)
                    .append("' -a ")
                    .append(name)
                    .append(described(description))
                    .append('\n');
            command.getCommandSpec()
                    .options()
                    .forEach(option -> appendOption(script, "__fish_seen_subcommand_from " + name, option));
        });
        root.getCommandSpec()
                .options()
                .forEach(option -> appendOption(script, "not __fish_seen_subcommand_from " + commands, option));
        return script.toString();
    }

    private static void appendOption(StringBuilder script, String condition, OptionSpec option) {
        script.append("complete -c soundlift -n '").append(condition).append('\'');
        for (String name : option.names()) {
            script.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().min() > 0) script.append(" -r");
        script.append(described(option.description())).append('\n');
    }

    private static String described(String[] description) {
        if (description.length == 0) return "";
        String first = description[0].replace("%%", "%").replace("%n", " ");
        return " -d '" + first.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
