package dev.soundlift.cli;

import dev.soundlift.agent.AgentOptions;
import dev.soundlift.agent.AgentServer;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.text.Text;
import dev.soundlift.text.ToolArguments;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code soundlift mcp}: serves an agent over standard input and output until the input ends. */
@Command(name = "mcp", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
final class McpCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--root", paramLabel = "DIR", descriptionKey = "mcp-root", order = 1)
    private List<Path> roots = List.of();

    @Option(names = "--allow-upload", descriptionKey = "mcp-allow-upload", order = 2)
    private boolean allowUpload;

    @Mixin
    private final AccessOptions elsewhere = new AccessOptions();

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    McpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Path> opened = new ArrayList<>();
        for (Path root : roots) {
            if (!Files.isDirectory(root)) {
                console.error("", Text.of("error.mcp-root", root.toString()), Text.of("next.usage", "soundlift mcp"));
                return ExitCode.USAGE;
            }
            opened.add(root.toRealPath());
        }
        try {
            elsewhere.access();
        } catch (UsageErrors.BadValue bad) {
            console.error("", bad.text(), Text.of("next.usage", "soundlift mcp"));
            return ExitCode.USAGE;
        }
        AgentOptions options = new AgentOptions(
                opened,
                Path.of("").toAbsolutePath(),
                allowUpload,
                ToolArguments.locale(console.locale()),
                Version.number(),
                Runtime.getRuntime().availableProcessors());
        AtomicInteger code = new AtomicInteger(ExitCode.OK);
        Cancellation cancellation = new Cancellation();
        Interrupt interrupt = Signals.orElse(cancellation, code);
        try (InputStream in = new FileInputStream(FileDescriptor.in);
                OutputStream out = protocol()) {
            System.setOut(console.err()); // whoever prints there does not speak the protocol
            if (!global.quiet) console.say(Text.of("mcp.serving"));
            AgentServer.serve(options, new AgentCalls(console, elsewhere.words()), in, out, cancellation);
        } finally {
            interrupt.end();
        }
        return code.get();
    }

    /**
     * Where the protocol is written: the launcher has put standard error in the place of standard output, so that not even
     * native code can write between the lines, and has kept the true one under a number that Java has no name for.
     */
    private static OutputStream protocol() {
        int kept = Integer.getInteger("soundlift.protocol", 1);
        if (kept == 1) return new FileOutputStream(FileDescriptor.out);
        try {
            Constructor<FileDescriptor> number = FileDescriptor.class.getDeclaredConstructor(int.class);
            number.setAccessible(true); // the launcher opens java.io to us
            return new FileOutputStream(number.newInstance(kept));
        } catch (ReflectiveOperationException anotherJava) {
            throw new IllegalStateException(anotherJava);
        }
    }
}
