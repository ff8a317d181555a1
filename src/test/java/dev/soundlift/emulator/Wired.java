package dev.soundlift.emulator;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small HTTP server on bare sockets, so that it can misbehave to the byte: hang, cut off, send half a character. One
 * request for each connection.
 */
final class Wired implements AutoCloseable {
    private static final int LARGE = 32 << 20;

    private final ServerSocket server;
    /** Where redirects point. */
    volatile String elsewhere = "http://127.0.0.1:9";

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "emulator");
        thread.setDaemon(true);
        return thread;
    });

    /** Answers a request. */
    @FunctionalInterface
    interface Handler {
        void handle(Exchange exchange) throws IOException;
    }

    Wired(int port, Handler handler) throws IOException {
        server = new ServerSocket(port, 200, InetAddress.getByName("127.0.0.1"));
        threads.execute(() -> accept(handler));
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void accept(Handler handler) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket, handler));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket, Handler handler) {
        try (socket) {
            Exchange exchange = Exchange.read(socket, elsewhere);
            if (exchange != null) handler.handle(exchange);
        } catch (IOException gone) {
            return; // the other side went away: its right
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) socket.close();
        threads.shutdownNow();
    }

    /** One request and the way to answer it. */
    record Exchange(
            Socket socket, String method, String path, Map<String, String> headers, byte[] body, String elsewhere) {
        private static Exchange read(Socket socket, String elsewhere) throws IOException {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String first = line(in);
            if (first.isEmpty()) return null;
            String[] words = first.split(" ");
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            byte[] body = "chunked".equals(headers.get("transfer-encoding"))
                    ? chunked(in)
                    : sized(in, Long.parseLong(headers.getOrDefault("content-length", "0")));
            return new Exchange(socket, words[0], words[1], headers, body, elsewhere);
        }

        /** Of what is larger than anything that is converted only the two ends are kept. */
        private static byte[] sized(InputStream in, long length) throws IOException {
            if (length <= LARGE) return in.readNBytes((int) length);
            ByteArrayOutputStream ends = new ByteArrayOutputStream();
            ends.write(in.readNBytes(LARGE / 2));
            in.skipNBytes(length - LARGE);
            ends.write(in.readNBytes(LARGE / 2));
            return ends.toByteArray();
        }

        private static byte[] chunked(InputStream in) throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                body.write(in.readNBytes(size));
                line(in);
            }
            return body.toByteArray();
        }

        private static String line(InputStream in) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) if (b != '\r') line.write(b);
            return line.toString(StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        void json(int status, String json) throws IOException {
            reply(status, "application/json", json.getBytes(StandardCharsets.UTF_8), "");
        }

        void reply(int status, String type, byte[] body, String moreHeaders) throws IOException {
            reply(status, type, body, body.length, moreHeaders);
        }

        /** Announces more bytes than it sends, if so wished: then the connection is cut. */
        void reply(int status, String type, byte[] body, long announced, String moreHeaders) throws IOException {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            out.write(head(status, type, moreHeaders + "Content-Length: " + announced + "\r\n"));
            out.write(body);
            out.flush();
            socket.shutdownOutput();
        }

        private static byte[] head(int status, String type, String more) {
            String head =
                    "HTTP/1.1 " + status + " x\r\nContent-Type: " + type + "\r\nConnection: close\r\n" + more + "\r\n";
            return head.getBytes(StandardCharsets.UTF_8);
        }

        /** A stream in chunks: each piece is on its way before the next is made. */
        Stream stream() throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(head(200, "text/event-stream; charset=utf-8", "Transfer-Encoding: chunked\r\n"));
            out.flush();
            return new Stream(out);
        }

        /** Waits until the other side gives up. */
        void hang() throws IOException {
            while (socket.getInputStream().read() >= 0) continue;
        }

        void drop() throws IOException {
            socket.setSoLinger(true, 0); // a reset, not a polite end
            socket.close();
        }
    }

    /** The body of a streamed answer. */
    record Stream(OutputStream out) {
        void send(byte[] piece) throws IOException {
            if (piece.length == 0) return;
            out.write((Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(piece);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        void end() throws IOException {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
