package dev.soundlift.web;

import dev.soundlift.text.Text;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the page consists of; all of it comes from here, and no script or style but from here is obeyed. */
final class Static {
    private static final String PLACE = "/dev/soundlift/web/";

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private static final String NONCE = "nonce";

    private Static() {}

    /** The nonce is for the waveform's own style sheet, which its library makes. */
    private static String policy(String nonce, String host) {
        return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce + "';"
                + " img-src 'self' data:; media-src 'self'; connect-src 'self' ws://" + host + "; form-action 'self';"
                + " base-uri 'none'; frame-ancestors 'none'";
    }

    /** What every answer says. */
    static void guard(Context request) {
        String host = String.valueOf(request.header(Header.HOST)).replaceAll("[^\\w.:\\[\\]-]", "");
        String nonce = Gate.random();
        request.attribute(NONCE, nonce);
        request.header("Content-Security-Policy", policy(nonce, host));
        request.header("X-Content-Type-Options", "nosniff");
        request.header("Referrer-Policy", "no-referrer");
        request.header("Cross-Origin-Opener-Policy", "same-origin");
        request.header("Cross-Origin-Resource-Policy", "same-origin");
        request.header(Header.CACHE_CONTROL, "no-store");
    }

    /** The visitor's language, where the request tells one that we speak; in the words of the page. */
    static Locale locale(Context request, Locale usual) {
        String wished = String.valueOf(request.header(Gate.HEADER));
        boolean chinese = wished.startsWith("zh") || (!wished.startsWith("en") && isChinese(usual));
        return onPage(chinese ? Locale.CHINESE : Locale.ENGLISH);
    }

    private static boolean isChinese(Locale locale) {
        return locale.getLanguage().equals("zh");
    }

    /** A variant, whose sentences name what can be clicked where the others name what can be typed. */
    static Locale onPage(Locale locale) {
        return new Locale.Builder().setLocale(locale).setVariant("PAGES").build();
    }

    static void page(Context request) throws IOException {
        try (InputStream file = Objects.requireNonNull(Static.class.getResourceAsStream(PLACE + "index.html"))) {
            String page = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            request.html(page.replace("{{nonce}}", String.valueOf(request.<String>attribute(NONCE))));
        }
    }

    static void asset(Context request) throws IOException {
        String name = request.pathParam("name");
        if (name.matches("[a-z][a-z0-9-]*\\.(?:js|css|svg)")) give(request, name);
        else request.status(HttpStatus.NOT_FOUND);
    }

    private static void give(Context request, String name) throws IOException {
        try (InputStream file = Static.class.getResourceAsStream(PLACE + name)) {
            if (file == null) {
                request.status(HttpStatus.NOT_FOUND);
                return;
            }
            String ending = name.substring(name.lastIndexOf('.') + 1);
            request.contentType(TYPES.getOrDefault(ending, "application/octet-stream"));
            request.result(file.readAllBytes());
        }
    }

    /** What strangers need to see the entrance as it is meant. */
    static boolean isForAll(Context request) {
        return request.method().equals(HandlerType.GET)
                && (request.path().equals("/assets/style.css") || request.path().equals("/assets/icon.svg"));
    }

    /** For visitors who do not know the secret; no script is needed there. */
    static void entrance(Context request, Locale usual, Optional<Text> wrong) {
        Locale locale = spoken(request, usual);
        // A form of a page without referrers has no origin either, and would be refused
        request.header("Referrer-Policy", "same-origin");
        try (InputStream file = Objects.requireNonNull(Static.class.getResourceAsStream(PLACE + "entrance.html"))) {
            String page = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (String word : new String[] {"private", "token", "enter", "where"}) {
                page = page.replace(
                        "{{" + word + "}}", Text.of("web.entrance-" + word).in(locale));
            }
            page = page.replace("{{language}}", isChinese(locale) ? "zh-Hans" : "en");
            page = page.replace("{{wrong}}", wrong.map(text -> text.in(locale)).orElse(""));
            request.html(page.replace("{{invalid}}", Boolean.toString(wrong.isPresent())));
        } catch (IOException ours) {
            throw new UncheckedIOException(ours);
        }
    }

    /**
     * Goes on to the page by itself, so that the secret does not stay in the address bar. A redirect would do that too, but
     * belongs to the page that the link was in: from a web mail, the cookie would be kept back (RFC 6265bis, section 5.2.2).
     */
    static void onwards(Context request) {
        request.html("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Soundlift</title>"
                + "<link rel=\"icon\" href=\"/assets/icon.svg\"><meta http-equiv=\"refresh\" content=\"0;url=/\">"
                + "<a href=\"/\">Soundlift</a></html>");
    }

    /** What the browser says that its owner reads. */
    private static Locale spoken(Context request, Locale usual) {
        String accepted = String.valueOf(request.header(Header.ACCEPT_LANGUAGE)).toLowerCase(Locale.ROOT);
        int chinese = accepted.indexOf("zh");
        int english = accepted.indexOf("en");
        if (chinese < 0 && english < 0) return usual;
        return chinese >= 0 && (english < 0 || chinese < english) ? Locale.CHINESE : Locale.ENGLISH;
    }
}
