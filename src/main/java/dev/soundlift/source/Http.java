package dev.soundlift.source;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Requests to a web server: redirects followed, but not far and not everywhere. Thread-safe. */
final class Http {
    private static final int MOST_REDIRECTS = 5;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final OkHttpClient client;
    private final Cancellation cancellation;

    /**
     * Without a proxy: behind one it could not be seen where a connection ends.
     *
     * @param allowed which addresses may be connected to
     */
    Http(Predicate<InetAddress> allowed, Cancellation cancellation) {
        this(client(allowed), cancellation);
    }

    private Http(OkHttpClient client, Cancellation cancellation) {
        this.client = client;
        this.cancellation = cancellation;
    }

    private static OkHttpClient client(Predicate<InetAddress> allowed) {
        return new OkHttpClient.Builder()
                .socketFactory(new GuardedSockets(allowed))
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .connectTimeout(CONNECT)
                .readTimeout(SILENCE)
                .build();
    }

    /** Over the same connections, for somebody who may be stopped alone. */
    Http under(Cancellation alone) {
        return new Http(client, alone);
    }

    /** Hangs up where nobody waits for an answer. */
    void hangUp() {
        client.connectionPool().evictAll();
    }

    /** What a server sends. The caller closes it. */
    static final class Answer implements AutoCloseable {
        private final URI uri;
        private final Call call;
        private final Response response;
        private final Cancellation.Listening listening;

        private Answer(URI uri, Call call, Response response, Cancellation.Listening listening) {
            this.uri = uri;
            this.call = call;
            this.response = response;
            this.listening = listening;
        }

        /** After all redirects. */
        URI uri() {
            return uri;
        }

        int status() {
            return response.code();
        }

        /** Empty where it is missing. */
        String header(String name) {
            String value = response.header(name);
            return value == null ? "" : value;
        }

        boolean packed() {
            String coding = header("Content-Encoding");
            return !coding.isEmpty() && !coding.equalsIgnoreCase("identity");
        }

        /** Unpacked, should the server have packed it although it was asked not to. */
        InputStream body() throws IOException {
            InputStream raw = response.body().byteStream();
            if (!packed()) return raw;
            if (header("Content-Encoding").toLowerCase(java.util.Locale.ROOT).endsWith("gzip")) {
                return new GZIPInputStream(raw);
            }
            throw new IOException("Content-Encoding: " + header("Content-Encoding"));
        }

        /** Takes no more of it, not even in order to use the connection again. */
        void hangUp() {
            call.cancel();
        }

        @Override
        public void close() {
            listening.close();
            response.close();
        }
    }

    /**
     * Asks for a file or a part of it.
     *
     * @param start where the user said; a login in it is for that server alone
     * @param uri where to ask: there, or where that led before
     * @param range such as {@code bytes=0-99}; empty for the whole
     * @throws IOException where it may help to try again
     */
    Answer get(URI start, URI uri, String range) throws IOException, ExtractionException {
        URI at = uri;
        for (int redirects = 0; ; redirects++) {
            Answer answer = ask(at, start, range);
            boolean elsewhere =
                    answer.status() / 100 == 3 && !answer.header("Location").isEmpty();
            if (!elsewhere) return accepted(answer);
            try (answer) {
                if (redirects == MOST_REDIRECTS) throw bad("error.redirects", Integer.toString(MOST_REDIRECTS));
                HttpUrl from = HttpUrl.get(at.toString());
                HttpUrl next = from.resolve(answer.header("Location"));
                if (next == null) throw bad("error.redirect-scheme", scheme(answer.header("Location")));
                at = next.uri();
            }
        }
    }

    private static String scheme(String location) {
        int colon = location.indexOf(':');
        return colon < 0 ? location : location.substring(0, colon);
    }

    private static ExtractionException bad(String key, String detail) {
        return new ExtractionException(ErrorKind.UNREADABLE, Text.of(key, detail), Text.of("next.http"));
    }

    private Answer ask(URI uri, URI start, String range) throws IOException, ExtractionException {
        HttpUrl url = address(uri);
        Request.Builder request = new Request.Builder()
                .url(url)
                .header("User-Agent", "Soundlift")
                // What is packed on the way has no positions that could be asked for
                .header("Accept-Encoding", "identity");
        if (!range.isEmpty()) request.header("Range", range);
        HttpUrl first = address(start);
        boolean sameServer =
                url.host().equals(first.host()) && url.port() == first.port() && url.isHttps() == first.isHttps();
        if (sameServer && !first.username().isEmpty()) {
            String login = first.username() + ":" + first.password();
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        Call call = client.newCall(request.build());
        Cancellation.Listening listening = cancellation.onRequest(call::cancel);
        try {
            return new Answer(uri, call, call.execute(), listening);
        } catch (IOException failed) {
            listening.close();
            cancellation.throwIfRequested();
            if (failed instanceof GuardedSockets.Refused refused) {
                throw new ExtractionException(
                        ErrorKind.UNREADABLE,
                        Text.of("error.private-address", url.host(), String.valueOf(refused.getMessage())),
                        Text.of("next.private-address"));
            }
            throw failed;
        }
    }

    private static HttpUrl address(URI uri) throws ExtractionException {
        try {
            return HttpUrl.get(uri.toString());
        } catch (IllegalArgumentException wrong) {
            throw bad("error.bad-url", String.valueOf(uri.getHost()));
        }
    }

    private static Answer accepted(Answer answer) throws IOException, ExtractionException {
        int status = answer.status();
        if (status == 200 || status == 206 || status == 416) return answer;
        try (answer) {
            if (status >= 500 || status == 408 || status == 429) throw new IOException("HTTP " + status);
            boolean closedDoor = status == 401 || status == 403;
            throw new ExtractionException(
                    ErrorKind.UNREADABLE,
                    Text.of("error.http-status", Integer.toString(status)),
                    Text.of(closedDoor ? "next.http-denied" : "next.http"));
        }
    }
}
