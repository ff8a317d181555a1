package dev.soundlift.cli;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.source.Access;
import dev.soundlift.text.Text;
import dev.soundlift.web.WebOptions;
import dev.soundlift.web.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code soundlift web}: serves the local page until it is told to end. */
@Command(name = "web", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
final class WebCommand implements Callable<Integer> {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration AWAY = Duration.ofMinutes(10);

    private final Console console;

    @Option(names = "--port", paramLabel = "N", descriptionKey = "web-port", order = 1)
    private String port = "0";

    @Option(names = "--no-open", descriptionKey = "web-no-open", order = 2)
    private boolean noOpen;

    @Option(names = "--host", paramLabel = "ADDRESS", descriptionKey = "web-host", order = 3)
    private @Nullable String host;

    @Option(names = "--token", paramLabel = "TOKEN", descriptionKey = "web-token", order = 4)
    private @Nullable String token;

    @Option(names = "--engine", paramLabel = "ENGINE", descriptionKey = "web-engine", order = 15)
    private @Nullable String engine;

    @Option(names = "--ffmpeg", paramLabel = "PATH", descriptionKey = "ffmpeg", order = 15)
    private @Nullable String ffmpeg;

    @Mixin
    private final AccessOptions elsewhere = new AccessOptions();

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    WebCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws ExtractionException, InterruptedException {
        WebOptions options;
        try {
            options = options();
        } catch (UsageErrors.BadValue bad) {
            console.error("", bad.text(), Text.of("next.usage", "soundlift web"));
            return ExitCode.USAGE;
        }
        CountDownLatch end = new CountDownLatch(1);
        Cancellation cancellation = new Cancellation();
        AtomicInteger code = new AtomicInteger(ExitCode.OK);
        try (WebServer server = WebServer.start(options)) {
            Interrupt interrupt = Signals.orElse(cancellation, code);
            Cancellation.Listening listening = cancellation.onRequest(end::countDown);
            String address = server.address().toString();
            console.result(address);
            if (!global.quiet) {
                console.say(Text.of("web.end"));
            }
            if (!noOpen) open(address);
            end.await();
            listening.close();
            interrupt.end();
        }
        return code.get();
    }

    private WebOptions options() {
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw ConvertOptions.bad("--port", port, "0 … 65535");
        }
        Optional<String> secret = Optional.ofNullable(token);
        if (host != null && secret.isEmpty()) throw new UsageErrors.BadValue(Text.of("error.web-needs-token"));
        if (secret.isPresent() && secret.get().length() < WebOptions.SHORTEST_TOKEN) {
            throw new UsageErrors.BadValue(
                    Text.of("error.web-short-token", Integer.toString(WebOptions.SHORTEST_TOKEN)));
        }
        return new WebOptions(
                Optional.ofNullable(host),
                Integer.parseInt(port),
                secret,
                Runtime.getRuntime().availableProcessors(),
                KEPT,
                AWAY,
                elsewhere.access(),
                engine(),
                console.locale(),
                Path.of("").toAbsolutePath());
    }

    private EngineChoice engine() {
        EngineChoice.Kind kind =
                ConvertOptions.one(EngineChoice.Kind.class, "--engine", engine, EngineChoice.Kind.AUTO);
        if (kind == EngineChoice.Kind.CLOUD) throw ConvertOptions.bad("--engine", "cloud", "auto, local, executable");
        return new EngineChoice(kind, Optional.ofNullable(ffmpeg), false);
    }

    /** Where there is a screen; otherwise the address that was printed must do. */
    private static void open(String address) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        List<String> command = system.contains("win")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
                : system.contains("mac") ? List.of("open", address) : List.of("xdg-open", address);
        boolean screen = command.size() > 2
                || !command.get(0).equals("xdg-open")
                || System.getenv("DISPLAY") != null
                || System.getenv("WAYLAND_DISPLAY") != null;
        if (!screen) return;
        try {
            Process unused = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException none) {
            // the address is printed
        }
    }

    /** Serves its first page to itself, for {@link Rehearsal}: the page ends only with its process, so it is not called like the rest. */
    static void rehearse(PrintStream err) {
        WebOptions options = new WebOptions(
                Optional.empty(),
                0,
                Optional.empty(),
                1,
                KEPT,
                AWAY,
                Access.DEFAULT,
                new EngineChoice(EngineChoice.Kind.AUTO, Optional.empty(), false),
                Locale.ENGLISH,
                Path.of("").toAbsolutePath());
        CookieHandler.setDefault(new CookieManager()); // the secret of the address goes into one
        try (WebServer server = WebServer.start(options);
                InputStream door = server.address().toURL().openStream();
                InputStream page = server.address().resolve("/").toURL().openStream()) {
            door.transferTo(OutputStream.nullOutputStream());
            page.transferTo(OutputStream.nullOutputStream());
        } catch (IOException | ExtractionException offline) {
            err.println(offline); // where the build has no network, the page alone starts more slowly
        }
    }
}
