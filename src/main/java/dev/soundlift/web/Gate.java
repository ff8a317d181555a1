package dev.soundlift.web;

import dev.soundlift.text.Text;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets in whoever knows the secret, and only under a name of this machine: a stranger's page can make a browser send
 * requests here, but can neither send the cookie (SameSite) nor a Host that it rebound (DNS) nor our header.
 */
final class Gate {
    /** With every request that changes something; a stranger's page may not set it. */
    static final String HEADER = "X-Soundlift";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String KEY = "key";
    /** Host and Origin leave it out. */
    private static final int USUAL_PORT = 80;

    private static final String LOOPBACK = "127.0.0.1";
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[^:\\[\\]/@]+)(?::(\\d{1,5}))?");
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|\\[.*]");

    private final String secret;
    /** What the cookie holds, so that nobody who sees a cookie knows the secret. */
    private final String session = random();
    /** Who guesses a word that a person has chosen; one of ours nobody guesses. */
    private final Optional<Guesses> guesses;

    private final Optional<String> host;
    private final Set<String> names = new HashSet<>(Set.of("localhost", LOOPBACK, "[::1]"));
    private int port;

    /**
     * A closed gate.
     *
     * @param token nothing: one that nobody guesses
     * @param host where other machines may come, under any numeric address or name of this one
     */
    Gate(Optional<String> token, Optional<String> host) {
        this.secret = token.orElseGet(Gate::random);
        this.guesses = token.map(chosen -> new Guesses(System::nanoTime));
        this.host = host.map(name -> name.replaceAll("^\\[|]$", ""));
        if (this.host.isEmpty()) return;
        names.add(bracketed(this.host.get()).toLowerCase(Locale.ROOT));
        ownName().ifPresent(name -> names.addAll(Set.of(name, name + ".local")));
    }

    /** 128 bits as text. */
    static String random() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    private static Optional<String> ownName() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException nameless) {
            return Optional.empty();
        }
    }

    void at(int here) {
        port = here;
    }

    /** What to listen on. */
    String listened() {
        return host.orElse(LOOPBACK);
    }

    /** The address that lets in whoever opens it. */
    URI address() {
        String shown = port == USUAL_PORT ? "" : ":" + port;
        String key = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return URI.create("http://" + bracketed(openable(listened())) + shown + "/?" + KEY + "=" + key);
    }

    /** A URI writes a numeric address of IPv6 in brackets (RFC 3986, section 3.2.2). */
    private static String bracketed(String name) {
        return name.contains(":") ? "[" + name.replaceAll("%.*", "") + "]" : name;
    }

    /** All addresses of this machine together are none that a browser could open: one of them is. */
    private static String openable(String listened) {
        try {
            if (!InetAddress.getByName(listened).isAnyLocalAddress()) return listened;
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .min(Comparator.comparing(address -> !address.isSiteLocalAddress())) // the house's own first
                    .map(InetAddress::getHostAddress)
                    .orElse(LOOPBACK);
        } catch (UnknownHostException | SocketException unknown) {
            return listened;
        }
    }

    /** Cookies do not tell ports apart, so that two servers need two names. */
    private String cookie() {
        return "soundlift-" + port;
    }

    /** Whether the request may go on; otherwise it has been answered. */
    boolean admits(Context request, Locale usual) {
        if (!isOurs(request.header(Header.HOST))) return refuse(request, HttpStatus.MISDIRECTED_REQUEST);
        String origin = request.header(Header.ORIGIN);
        if (origin != null && !origin.equalsIgnoreCase("http://" + request.header(Header.HOST)))
            return refuse(request, HttpStatus.FORBIDDEN);
        if (request.path().equals("/") && isTold(request, usual)) return false;
        if (!equal(request.cookie(cookie()), session)) {
            if (Static.isForAll(request)) return true;
            refuse(request, HttpStatus.UNAUTHORIZED);
            if (request.path().equals("/")) Static.entrance(request, usual, Optional.empty());
            return false;
        }
        boolean reads =
                request.method().equals(HandlerType.GET) || request.method().equals(HandlerType.HEAD);
        if (!reads && request.header(HEADER) == null) return refuse(request, HttpStatus.FORBIDDEN);
        return true;
    }

    /** Whether the request tells a secret, in the link that was printed or in the form; then it has been answered. */
    private boolean isTold(Context request, Locale usual) {
        boolean form = request.method().equals(HandlerType.POST);
        String told = form ? request.formParam(KEY) : request.queryParam(KEY);
        if (told == null) return false;
        // A picture in a stranger's page is no guess of its reader's (W3C Fetch Metadata)
        boolean strange = "cross-site".equals(request.header("Sec-Fetch-Site"))
                && !"navigate".equals(request.header("Sec-Fetch-Mode"));
        if (strange) {
            refuse(request, HttpStatus.FORBIDDEN);
            return true;
        }
        String from = String.valueOf(request.req().getRemoteAddr());
        Duration pause = guesses.map(known -> known.begin(from)).orElse(Duration.ZERO);
        if (!pause.isZero()) {
            String seconds = Long.toString(pause.toSeconds() + 1);
            request.status(HttpStatus.TOO_MANY_REQUESTS);
            request.header(Header.RETRY_AFTER, seconds);
            Static.entrance(request, usual, Optional.of(Text.of("web.guess-pause", seconds)));
        } else if (equal(told, secret)) {
            guesses.ifPresent(known -> known.right(from));
            request.cookie(new Cookie(cookie(), session, "/", -1, false, true, null, SameSite.STRICT));
            Static.onwards(request);
        } else {
            request.status(HttpStatus.UNAUTHORIZED);
            Static.entrance(request, usual, Optional.of(Text.of("web.guess-wrong")));
        }
        return true;
    }

    /** A socket is opened with a GET that no header of ours can be added to, so its origin must be told. */
    boolean admitsSocket(Context request, Locale usual) {
        return admits(request, usual)
                && (request.header(Header.ORIGIN) != null || refuse(request, HttpStatus.FORBIDDEN));
    }

    /** Whether a Host header names this machine and our port. */
    boolean isOurs(@Nullable String told) {
        if (told == null) return false;
        Matcher parts = HOST.matcher(told.toLowerCase(Locale.ROOT));
        if (!parts.matches()) return false;
        int there = parts.group(2) == null ? USUAL_PORT : Integer.parseInt(parts.group(2));
        if (there != port) return false;
        String name = parts.group(1);
        return names.contains(name)
                || (host.isPresent() && NUMERIC.matcher(name).matches());
    }

    private static boolean equal(@Nullable String told, String known) {
        return told != null
                && MessageDigest.isEqual(told.getBytes(StandardCharsets.UTF_8), known.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean refuse(Context request, HttpStatus status) {
        request.status(status);
        return false;
    }
}
