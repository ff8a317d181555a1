package dev.soundlift.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets in whoever knows the secret, and only under a name of this machine: a stranger's page can make a browser send
 * requests here, but can neither send the cookie (SameSite) nor a Host that it rebound (DNS) nor our header.
 */
final class Gate {
    /** With every request that changes something; a stranger's page may not set it. */
    static final String HEADER = "X-Soundlift";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String KEY = "key";

    private final String secret;
    private final boolean anyAddress;
    private int port;

    /**
     * A closed gate.
     *
     * @param secret nothing: one that nobody guesses
     * @param anyAddress whether other machines may come, under any numeric address of this one
     */
    Gate(Optional<String> secret, boolean anyAddress) {
        this.secret = secret.orElseGet(Gate::random);
        this.anyAddress = anyAddress;
    }

    /** 128 bits as text. */
    static String random() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    void at(int here) {
        port = here;
    }

    /** The address that lets in whoever opens it. */
    URI address(String host) {
        return URI.create("http://" + host + ":" + port + "/?" + KEY + "=" + secret);
    }

    /** Cookies do not tell ports apart, so that two servers need two names. */
    private String cookie() {
        return "soundlift-" + port;
    }

    /** Whether the request may go on; otherwise it has been answered. */
    boolean admits(Context request) {
        if (!isOurs(request.header("Host"))) return refuse(request, HttpStatus.MISDIRECTED_REQUEST);
        String key = request.queryParam(KEY);
        if (key != null && request.path().equals("/") && matches(key)) {
            request.cookie(new Cookie(cookie(), secret, "/", -1, false, true, null, SameSite.STRICT));
            request.redirect("/", HttpStatus.SEE_OTHER); // the secret does not stay in the address bar
            return false;
        }
        if (!matches(request.cookie(cookie()))) return refuse(request, HttpStatus.UNAUTHORIZED);
        String origin = request.header("Origin");
        if (origin != null && !origin.equals("http://" + request.header("Host")))
            return refuse(request, HttpStatus.FORBIDDEN);
        boolean reads =
                request.method().equals(HandlerType.GET) || request.method().equals(HandlerType.HEAD);
        if (!reads && request.header(HEADER) == null) return refuse(request, HttpStatus.FORBIDDEN);
        return true;
    }

    /** A socket is opened with a GET that no header of ours can be added to, so its origin must be told. */
    boolean admitsSocket(Context request) {
        return admits(request) && (request.header("Origin") != null || refuse(request, HttpStatus.FORBIDDEN));
    }

    private boolean isOurs(@Nullable String host) {
        if (host == null) return false;
        int colon = host.lastIndexOf(':');
        boolean ported = colon > 0 && host.substring(colon + 1).equals(Integer.toString(port));
        if (!ported) return false;
        String name = host.substring(0, colon);
        return LOOPBACK.contains(name) || (anyAddress && name.matches("[0-9.]+|\\[[0-9a-fA-F:.]+]"));
    }

    private boolean matches(@Nullable String told) {
        return told != null
                && MessageDigest.isEqual(
                        told.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean refuse(Context request, HttpStatus status) {
        request.status(status);
        return false;
    }
}
