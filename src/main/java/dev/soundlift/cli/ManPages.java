package dev.soundlift.cli;

import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Manual pages of all commands, written by the build where it makes an installer. They say what {@code --help} says, from
 * the same descriptions, in roff (man(7)).
 *
 * <pre>java -cp 'lib/*' dev.soundlift.cli.ManPages FOLDER</pre>
 */
public final class ManPages {
    private final Locale locale;
    private final StringBuilder page = new StringBuilder();

    private ManPages(Locale locale) {
        this.locale = locale;
    }

    /** English into {@code man1}, Chinese into {@code zh_CN/man1}. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        write(folder.resolve("man1"), Locale.ENGLISH);
        write(folder.resolve("zh_CN").resolve("man1"), Locale.SIMPLIFIED_CHINESE);
    }

    private static void write(Path folder, Locale locale) throws IOException {
        Locale.setDefault(locale); // picocli takes the language of its descriptions from there
        Files.createDirectories(folder);
        Console silent = new Console(System.out, System.err, locale, false, false);
        CommandLine root = new CommandLine(new RootCommand(silent));
        Commands.add(root, silent, List.of("help"));
        for (CommandLine command : withAllBelow(root)) {
            byte[] roff = of(command.getCommandSpec(), locale).getBytes(StandardCharsets.UTF_8);
            Path file = folder.resolve(name(command.getCommandSpec()) + ".1.gz");
            try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
                packed.write(roff);
            }
        }
    }

    private static List<CommandLine> withAllBelow(CommandLine command) {
        List<CommandLine> all = new ArrayList<>(List.of(command));
        command.getSubcommands().values().forEach(below -> all.addAll(withAllBelow(below)));
        return all;
    }

    /** {@code soundlift-cloud-say} for "soundlift cloud say". */
    private static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    static String of(CommandSpec command, Locale locale) {
        ManPages page = new ManPages(locale);
        page.write(command);
        return page.page.toString();
    }

    private void write(CommandSpec command) {
        String version = "Soundlift " + Version.number();
        line(".TH \"" + escaped(name(command).toUpperCase(Locale.ROOT)) + "\" 1 \"\" \"" + escaped(version) + "\"");
        section("man.name");
        String header = String.join(" ", command.usageMessage().header());
        line(escaped(name(command)) + " \\- " + escaped(said(header)));
        section("man.synopsis");
        line(".B " + escaped(command.qualifiedName()));
        line(synopsis(command));
        section("man.description");
        line(escaped(said(String.join(" ", command.usageMessage().description()) + " " + header)));
        if (!command.positionalParameters().isEmpty() || !command.options().isEmpty()) {
            section("man.options");
            command.positionalParameters().forEach(this::entry);
            command.options().stream().filter(option -> !option.hidden()).forEach(this::entry);
        }
        if (!command.subcommands().isEmpty()) {
            section("man.commands");
            command.subcommands().forEach((word, below) -> {
                line(".TP");
                line("\\fB" + escaped(word) + "\\fR");
                line(escaped(said(
                        String.join(" ", below.getCommandSpec().usageMessage().header()))));
            });
        }
        String[] footer = command.usageMessage().footer();
        if (footer.length > 0) {
            section("man.notes");
            line(".nf"); // examples stand as they are
            Arrays.stream(footer)
                    .forEach(one -> line(
                            escaped(one.replace("%n", "\n").replace("%%", "%").strip())));
            line(".fi");
        }
        section("man.see-also");
        line(related(command));
    }

    private static String synopsis(CommandSpec command) {
        String parameters = command.positionalParameters().stream()
                .map(parameter -> label(parameter) + (parameter.arity().isVariable() ? "..." : ""))
                .collect(Collectors.joining(" "));
        String below = command.subcommands().isEmpty() ? "" : " | COMMAND";
        return "[\\fIOPTION\\fR]... " + parameters + below;
    }

    private static String related(CommandSpec command) {
        List<String> names = new ArrayList<>();
        for (CommandSpec above = command.parent(); above != null; above = above.parent()) names.add(name(above));
        command.subcommands().values().forEach(below -> names.add(name(below.getCommandSpec())));
        if (names.isEmpty()) names.add("ffmpeg");
        return names.stream().map(one -> "\\fB" + escaped(one) + "\\fR(1)").collect(Collectors.joining(",\n"));
    }

    private void entry(PositionalParamSpec parameter) {
        line(".TP");
        line(label(parameter));
        line(escaped(said(String.join(" ", parameter.description()))));
    }

    private void entry(OptionSpec option) {
        String names = Arrays.stream(option.names())
                .map(one -> "\\fB" + escaped(one) + "\\fR")
                .collect(Collectors.joining(", "));
        boolean takes = option.arity().max() > 0;
        line(".TP");
        line(names + (takes ? " \\fI" + escaped(option.paramLabel()) + "\\fR" : ""));
        line(escaped(said(String.join(" ", option.description()))));
    }

    private static String label(PositionalParamSpec parameter) {
        return "\\fI" + escaped(parameter.paramLabel()) + "\\fR";
    }

    private void section(String key) {
        line(".SH " + Text.of(key).in(locale));
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    /** A description as picocli would print it. */
    private static String said(String description) {
        return description.replace("%n", " ").replace("%%", "%").strip();
    }

    /** What roff would obey: backslashes, hyphens (it would make dashes of options), and a line that begins like a request. */
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
        return plain.lines()
                .map(one -> one.startsWith(".") || one.startsWith("'") ? "\\&" + one : one)
                .collect(Collectors.joining("\n"));
    }
}
