package dev.soundlift.cli;

import dev.soundlift.agent.Program;
import dev.soundlift.text.ToolArguments;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** This command line as agents use it. */
final class AgentCalls implements Program {
    /** Commands that take addresses as inputs. */
    private static final Set<String> FETCHING = Set.of("convert", "tracks");

    /**
     * What is for people and terminals, for the tool to say, or the user's to decide: an agent that could name the ffmpeg
     * program could run any.
     */
    private static final Set<String> NOT_FOR_AGENTS = Set.of(
            "--ffmpeg",
            "--yes",
            "--isolate",
            "--manifest",
            "--shard",
            "--allow-private",
            "--max-size",
            "--json",
            "--quiet",
            "--verbose",
            "--no-color",
            "--lang",
            "--help");

    private final Console console;
    private final List<String> access;

    /** @param access words that the user has said for all calls, about what may be fetched */
    AgentCalls(Console console, List<String> access) {
        this.console = console;
        this.access = List.copyOf(access);
    }

    @Override
    public List<Option> options() {
        CommandLine convert = new CommandLine(new ConvertCommand(console));
        return convert.getCommandSpec().options().stream()
                .filter(option -> !NOT_FOR_AGENTS.contains(option.longestName()))
                .map(AgentCalls::option)
                .toList();
    }

    private static Option option(OptionSpec option) {
        Option.Kind kind = option.isMultiValue()
                ? Option.Kind.TEXTS
                : option.arity().max() == 0 ? Option.Kind.FLAG : Option.Kind.TEXT;
        // The help's texts are formats
        String description = ToolArguments.in(String.format(Locale.ROOT, String.join(" ", option.description())));
        return new Option(option.longestName(), kind, description);
    }

    @Override
    public int run(List<String> words, Call call) {
        List<String> all = new ArrayList<>(words);
        if (FETCHING.contains(words.get(0))) all.addAll(1, access);
        Guest guest = new Guest(call.cancellation(), call.progress(), call.fence(), access);
        try (PrintStream out = new Lines(call.result()).stream();
                PrintStream err = new Lines(call.remark()).stream()) {
            return Main.run(all.toArray(String[]::new), out, err, guest);
        }
    }

    /** Hands on what is printed, line by line. */
    private static final class Lines extends OutputStream {
        private final Consumer<String> each;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(Consumer<String> each) {
            this.each = each;
        }

        PrintStream stream() {
            return new PrintStream(this, false, StandardCharsets.UTF_8);
        }

        @Override
        public synchronized void write(int next) {
            if (next != '\n') {
                line.write(next);
                return;
            }
            String whole = line.toString(StandardCharsets.UTF_8).stripTrailing();
            line.reset();
            if (!whole.isEmpty()) each.accept(whole);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            for (int i = from; i < from + length; i++) write(bytes[i]);
        }
    }
}
