package dev.soundlift.web;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.source.Access;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Servers for tests: on a free port of this machine, with patience that tests have. */
final class Served {
    private Served() {}

    static WebServer start(Path home) throws ExtractionException {
        return start(home, Duration.ofSeconds(20), Duration.ofHours(1));
    }

    static WebServer start(Path home, Duration away, Duration keep) throws ExtractionException {
        return start(home, away, keep, Optional.empty(), Optional.empty());
    }

    static WebServer start(Path home, Duration away, Duration keep, Optional<String> host, Optional<String> token)
            throws ExtractionException {
        return start(home, away, keep, host, token, EngineChoice.AUTO);
    }

    static WebServer start(
            Path home, Duration away, Duration keep, Optional<String> host, Optional<String> token, EngineChoice engine)
            throws ExtractionException {
        return WebServer.start(new WebOptions(
                host, 0, token, 2, keep, away, new Access(false, 1_000_000_000), engine, Locale.ENGLISH, home));
    }
}
