package dev.soundlift.web;

import dev.soundlift.request.EngineChoice;
import dev.soundlift.source.Access;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How the page is served.
 *
 * @param host to listen on: nothing for this machine alone, else an address, which needs a token
 * @param port 0: any that is free
 * @param token that visitors must know; nothing: a secret in the address
 * @param jobs at the same time
 * @param keep how long results stay
 * @param away how long a job waits for a page that is gone
 * @param access what may be fetched for addresses that are typed
 * @param engine who works; never the cloud, which is asked for on the page
 * @param locale of the page until its visitor chooses
 * @param home where paths that are typed begin
 */
public record WebOptions(
        Optional<String> host,
        int port,
        Optional<String> token,
        int jobs,
        Duration keep,
        Duration away,
        Access access,
        EngineChoice engine,
        Locale locale,
        Path home) {
    /** Shorter ones are guessed. */
    public static final int SHORTEST_TOKEN = 8;

    public WebOptions {
        if (port < 0 || port > 65_535) throw new IllegalArgumentException("no port: " + port);
        boolean cloud = engine.kind() == EngineChoice.Kind.CLOUD || engine.uploadAllowed();
        if (cloud) throw new IllegalArgumentException("the cloud is asked for on the page");
        if (jobs < 1) throw new IllegalArgumentException("no jobs: " + jobs);
        if (host.isPresent() && token.isEmpty()) throw new IllegalArgumentException("open to all without a token");
        if (token.isPresent() && token.get().length() < SHORTEST_TOKEN) {
            throw new IllegalArgumentException("a token of fewer than " + SHORTEST_TOKEN + " letters");
        }
    }
}
