package dev.soundlift.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** A real web server on this machine, with the faults that real ones have. */
public final class FaultyServer implements AutoCloseable {
    private static final Pattern STRETCH = Pattern.compile("(\\d+)-(\\d+)");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

    static {
        // Else it waits 40 ms between an answer's head and its body
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    public final AtomicInteger requests = new AtomicInteger();
    public final AtomicLong bytes = new AtomicLong();

    /** Answers one request. */
    public interface Handler {
        void answer(Request request) throws IOException;
    }

    public FaultyServer() {
        this("127.0.0.1");
    }

    public FaultyServer(String address) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            Handler handler = handlers.get(exchange.getRequestURI().getPath());
            try (exchange) {
                Request request = new Request(exchange);
                if (handler == null) request.status(404);
                else handler.answer(request);
            }
        });
        server.start();
    }

    public URI serve(String path, Handler handler) {
        handlers.put(path, handler);
        return uri(path);
    }

    /** What no address may hold is escaped. */
    public URI uri(String path) {
        InetSocketAddress here = server.getAddress();
        try {
            return new URI("http", null, here.getAddress().getHostAddress(), here.getPort(), path, null, null);
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    public URI ranges(String path, Path file) {
        byte[] whole = read(file);
        return serve(path, request -> request.part(whole, Integer.MAX_VALUE));
    }

    public static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** One request, and ways to answer it. */
    public final class Request {
        public final HttpExchange exchange;

        Request(HttpExchange exchange) {
            this.exchange = exchange;
        }

        public void status(int code) throws IOException {
            exchange.sendResponseHeaders(code, -1);
        }

        public void redirect(String location) throws IOException {
            exchange.getResponseHeaders().set("Location", location);
            status(302);
        }

        /** The part that is asked for, but the connection drops after so many bytes of the answer. */
        public void part(byte[] file, int dropAfter) throws IOException {
            Matcher range =
                    RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
            if (!range.matches()) {
                whole(file, dropAfter);
                return;
            }
            int from = Integer.parseInt(range.group(1));
            if (from >= file.length) {
                status(416);
                return;
            }
            int to = range.group(2).isEmpty()
                    ? file.length
                    : Math.min(file.length, Integer.parseInt(range.group(2)) + 1);
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + file.length);
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            send(206, Arrays.copyOfRange(file, from, to), dropAfter);
        }

        /** As Apache and nginx do: where several parts are asked for, all of them in one answer. Returns how many. */
        public int parts(byte[] file) throws IOException {
            String asked = String.valueOf(exchange.getRequestHeaders().getFirst("Range"));
            if (!asked.contains(",")) {
                part(file, Integer.MAX_VALUE);
                return 1;
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            List<MatchResult> stretches = STRETCH.matcher(asked).results().toList();
            for (MatchResult stretch : stretches) {
                int from = Integer.parseInt(stretch.group(1));
                int to = Integer.parseInt(stretch.group(2)) + 1;
                String head = "\r\n--x\r\nContent-Type: video/x-matroska\r\nContent-Range: bytes " + from + "-"
                        + (to - 1) + "/" + file.length + "\r\n\r\n";
                body.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
                body.write(file, from, to - from);
            }
            body.writeBytes("\r\n--x--\r\n".getBytes(StandardCharsets.US_ASCII));
            exchange.getResponseHeaders().set("Content-Type", "multipart/byteranges; boundary=x");
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            send(206, body.toByteArray(), Integer.MAX_VALUE);
            return stretches.size();
        }

        public void whole(byte[] file, int dropAfter) throws IOException {
            send(200, file, dropAfter);
        }

        public void gzipped(byte[] file) throws IOException {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(file);
            }
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            send(200, packed.toByteArray(), Integer.MAX_VALUE);
        }

        private void send(int code, byte[] body, int dropAfter) throws IOException {
            exchange.sendResponseHeaders(code, body.length);
            int length = Math.min(body.length, dropAfter);
            exchange.getResponseBody().write(body, 0, length);
            exchange.getResponseBody().flush();
            bytes.addAndGet(length);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
