package dev.soundlift.cli;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.source.Access;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the build does once so that every start is fast: usual calls, one after the other in one process. What they need
 * goes into the class-data archive (pom.xml), which a single call would fill with its own classes only.
 */
final class Rehearsal {
    /** Ends each call. */
    private static final String NEXT = "then";

    private Rehearsal() {}

    static boolean isWished() {
        return Boolean.getBoolean("soundlift.rehearsal");
    }

    /** The worst exit code. */
    static int run(String[] words, PrintStream out, PrintStream err) {
        int worst = ExitCode.OK;
        List<String> call = new ArrayList<>();
        for (String word : words) {
            if (!word.equals(NEXT)) {
                call.add(word);
            } else {
                worst = Math.max(worst, Main.run(call.toArray(new String[0]), out, err, true));
                call.clear();
            }
        }
        page(err);
        return worst;
    }

    /** The page ends only with its process, so it is not called like the rest. */
    private static void page(PrintStream err) {
        EngineChoice here = new EngineChoice(EngineChoice.Kind.AUTO, Optional.empty(), false);
        WebOptions options = new WebOptions(
                Optional.empty(),
                0,
                Optional.empty(),
                1,
                Duration.ofHours(1),
                Duration.ofMinutes(1),
                Access.DEFAULT,
                here,
                Locale.ENGLISH,
                Path.of("").toAbsolutePath());
        CookieHandler.setDefault(new CookieManager()); // the secret of the address goes into one
        try (WebServer server = WebServer.start(options);
                InputStream page = server.address().toURL().openStream()) {
            page.transferTo(OutputStream.nullOutputStream());
        } catch (IOException | ExtractionException offline) {
            err.println(offline); // where the build has no network, the page alone starts more slowly
        }
    }
}
