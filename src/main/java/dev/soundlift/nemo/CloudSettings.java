package dev.soundlift.nemo;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.source.Addresses;
import dev.soundlift.text.Text;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the service is, who asks, and where this machine keeps what it must remember (PROTOCOL.md, section 1).
 *
 * @param api base address of the calls, without a slash at the end; HTTPS, or loopback
 * @param web base address of links for people
 * @param configured the token from {@code NEMO_TOKEN}; then no other is fetched
 * @param clientId from {@code NEMO_CLIENT_ID}, which wins over the file
 * @param clientIdFile one line that names this machine; not a secret
 * @param store tokens and the last session, readable by the user alone
 */
public record CloudSettings(
        URI api,
        URI web,
        Optional<Token> configured,
        Optional<String> clientId,
        Attribution attribution,
        Path clientIdFile,
        Path store,
        Pace pace) {
    private static final String API = "https://mega-api-prod.nemovideo.ai";
    private static final String WEB = "https://nemovideo.com";

    /** As the environment of this process says. */
    public static CloudSettings fromEnvironment() throws ExtractionException {
        Map<String, String> environment = System.getenv();
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return from(environment, Path.of(home), Path.of(System.getProperty("java.class.path", ".")));
    }

    static CloudSettings from(Map<String, String> environment, Path home, Path program) throws ExtractionException {
        Path config = home.resolve(".config");
        return new CloudSettings(
                api(value(environment, "NEMO_API_URL").orElse(API)),
                address("NEMO_WEB_URL", value(environment, "NEMO_WEB_URL").orElse(WEB)),
                token(value(environment, "NEMO_TOKEN")),
                clientId(value(environment, "NEMO_CLIENT_ID")),
                Attribution.of(environment, program),
                config.resolve("nemovideo").resolve("client_id"),
                config.resolve("soundlift").resolve("nemovideo.json"),
                pace(value(environment, "SOUNDLIFT_CLOUD_TIME_SCALE").orElse("1")));
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A token must not travel in the clear, so plain HTTP is for an emulator on this machine only. */
    private static URI api(String text) throws ExtractionException {
        URI uri = address("NEMO_API_URL", text);
        if (!uri.getScheme().equals("https") && !isLoopbackName(uri.getHost())) {
            throw new ExtractionException(
                    ErrorKind.USAGE, Text.of("error.cloud-not-https", uri.getHost()), Text.of("next.cloud-settings"));
        }
        return uri;
    }

    private static URI address(String name, String text) throws ExtractionException {
        try {
            URI uri = new URI(text.replaceAll("/+$", ""));
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) return uri;
        } catch (URISyntaxException malformed) {
            throw bad(name, text);
        }
        throw bad(name, text);
    }

    /** It travels in a header; what it is must not be told even if it is wrong. */
    private static Optional<Token> token(Optional<String> text) throws ExtractionException {
        if (text.isPresent() && !Token.isUsable(text.get())) throw bad("NEMO_TOKEN", "…");
        return text.map(Token::new);
    }

    private static Optional<String> clientId(Optional<String> text) throws ExtractionException {
        if (text.isPresent() && !ClientId.isUsable(text.get())) throw bad("NEMO_CLIENT_ID", "…");
        return text;
    }

    private static Pace pace(String text) throws ExtractionException {
        try {
            return new Pace(Double.parseDouble(text));
        } catch (IllegalArgumentException noFactor) {
            throw bad("SOUNDLIFT_CLOUD_TIME_SCALE", text);
        }
    }

    static ExtractionException bad(String name, String value) {
        return new ExtractionException(
                ErrorKind.USAGE,
                Text.of("error.bad-value", name, Redaction.line(value)),
                Text.of("next.cloud-settings"));
    }

    /** The host, for people. */
    public String host() {
        return api.getHost();
    }

    static boolean isLoopbackName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }

    /** Whether the service could fetch from there: not from an address inside somebody's own network. */
    public boolean reachable(URI address) {
        if (address.getHost() == null) return false;
        if (isLoopbackName(address.getHost())) return isEmulated();
        try {
            for (InetAddress place : InetAddress.getAllByName(address.getHost())) {
                if (!Addresses.isPublic(place)) return false;
            }
            return true;
        } catch (UnknownHostException unknownHere) {
            return !address.getHost().endsWith(".local") && address.getHost().contains(".");
        }
    }

    boolean isEmulated() {
        return isLoopbackName(api.getHost());
    }
}
