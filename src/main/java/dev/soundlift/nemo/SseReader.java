package dev.soundlift.nemo;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Server-sent events as the WHATWG frames them. Our own instead of okhttp-sse, because comments, empty data and an event
 * that the connection cut off mean something here, and that library swallows them.
 */
final class SseReader {
    private static final int LONGEST_EVENT = 8 << 20;

    private final Reader in;
    private boolean skipLineFeed;
    private boolean started;
    private boolean ended;

    SseReader(InputStream stream) {
        this.in = new InputStreamReader(stream, StandardCharsets.UTF_8);
    }

    /**
     * A comment, or an event.
     *
     * @param name of the event; empty where it has none
     * @param hasData whether there was a data field, be it empty
     * @param whole false for a last event without the blank line that ends it
     */
    record Item(boolean comment, String name, String data, boolean hasData, boolean whole) {}

    /** The next one; nothing at the end of the stream. */
    Optional<Item> next() throws IOException {
        StringBuilder data = new StringBuilder();
        String name = "";
        boolean hasData = false;
        while (!ended) {
            Optional<String> read = line();
            if (read.isEmpty()) break;
            String line = read.get();
            if (line.isEmpty()) {
                if (hasData || !name.isEmpty())
                    return Optional.of(new Item(false, name, data.toString(), hasData, true));
                continue;
            }
            // A comment says at once that the other side lives; an event that it interrupts goes on
            if (line.startsWith(":")) {
                if (!hasData && name.isEmpty()) return Optional.of(new Item(true, "", "", false, true));
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            if (value.startsWith(" ")) value = value.substring(1);
            if (field.equals("data")) {
                if (hasData) data.append('\n');
                data.append(value);
                hasData = true;
                if (data.length() > LONGEST_EVENT) throw new IOException("an event is endless");
            } else if (field.equals("event")) {
                name = value;
            }
        }
        boolean rest = hasData || !name.isEmpty();
        return rest ? Optional.of(new Item(false, name, data.toString(), hasData, false)) : Optional.empty();
    }

    /** Ended by CR, LF or both; nothing at the end of the stream. */
    private Optional<String> line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int c = in.read();
            if (!started && c == 0xFEFF) {
                started = true;
                continue;
            }
            started = true;
            if (skipLineFeed && c == '\n') {
                skipLineFeed = false;
                continue;
            }
            skipLineFeed = c == '\r';
            if (c < 0) {
                ended = true;
                return line.length() == 0 ? Optional.empty() : Optional.of(line.toString());
            }
            if (c == '\r' || c == '\n') return Optional.of(line.toString());
            line.append((char) c);
            if (line.length() > LONGEST_EVENT) throw new IOException("a line is endless");
        }
    }
}
