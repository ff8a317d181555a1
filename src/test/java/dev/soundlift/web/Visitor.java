package dev.soundlift.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Speaks HTTP to the server byte by byte, so that it can also lie. */
final class Visitor {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String host;
    private final int port;
    private final Map<String, String> usual = new LinkedHashMap<>();

    /** Somebody who knows nothing but the port. */
    Visitor(int port) {
        this("127.0.0.1", port);
    }

    /** Somebody who comes by another address of the machine; one of IPv6 in brackets. */
    Visitor(String host, int port) {
        this.host = host;
        this.port = port;
        usual.put("Host", host + ":" + port);
        usual.put("Connection", "close");
    }

    /** Somebody who has opened the address. */
    static Visitor letIn(URI address) {
        Visitor visitor = new Visitor(address.getHost(), address.getPort());
        Answer opened = visitor.get("/?" + address.getRawQuery());
        visitor.usual.put("Cookie", opened.header("set-cookie").replaceAll(";.*", ""));
        visitor.usual.put(Gate.HEADER, "en");
        return visitor;
    }

    record Answer(int status, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException none) {
                throw new UncheckedIOException(none);
            }
        }
    }

    Answer get(String path) {
        return send("GET", path, Map.of(), "");
    }

    Answer post(String path, String body) {
        return send("POST", path, Map.of(), body);
    }

    /** @param changed headers; an empty value leaves one out */
    Answer send(String method, String path, Map<String, String> changed, String body) {
        return send(method, path, changed, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer send(String method, String path, Map<String, String> changed, byte[] content) {
        try (Socket socket = begin(method, path, changed, content)) {
            if (changed.containsKey("Content-Length")) socket.shutdownOutput(); // that is all
            return read(socket.getInputStream());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sends a request, perhaps less of it than it says, and stays there; its caller hangs up. */
    Socket begin(String method, String path, Map<String, String> changed, byte[] content) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>(usual);
        headers.putAll(changed);
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        headers.forEach((name, value) -> {
            if (!value.isEmpty())
                request.append(name).append(": ").append(value).append("\r\n");
        });
        if (content.length > 0 && !headers.containsKey("Content-Length"))
            request.append("Content-Length: ").append(content.length).append("\r\n");
        request.append("\r\n");
        Socket socket = new Socket(host.replaceAll("[\\[\\]]", ""), port);
        socket.setSoTimeout(60_000);
        var out = socket.getOutputStream();
        out.write(request.toString().getBytes(StandardCharsets.UTF_8));
        try {
            out.write(content);
        } catch (IOException refused) {
            // it has heard enough, and its answer says why
        }
        return socket;
    }

    private static Answer read(InputStream in) throws IOException {
        String status = line(in);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String length = headers.get("content-length");
        byte[] body = "chunked".equals(headers.get("transfer-encoding"))
                ? chunks(in)
                : length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        return new Answer(Integer.parseInt(status.split(" ")[1]), headers, body);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            all.write(in.readNBytes(size));
            line(in);
        }
        return all.toByteArray();
    }

    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int letter = in.read(); letter != '\n'; letter = in.read()) {
            if (letter < 0) throw new EOFException("broken off");
            if (letter != '\r') line.write(letter);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
