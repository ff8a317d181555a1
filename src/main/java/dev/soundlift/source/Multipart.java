package dev.soundlift.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Several parts of a file in one answer (RFC 9110, section 14.6), in the order in which they were asked for. */
final class Multipart {
    private static final Pattern CONTENT_RANGE =
            Pattern.compile("(?i)Content-Range:\\s*bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})\\s*");
    private static final int LONGEST_LINE = 1000;
    private static final int MOST_LINES = 20;

    private final InputStream body;
    private final long size;
    private final byte[] line = new byte[LONGEST_LINE];

    /** @param size of the whole file */
    Multipart(InputStream body, long size) {
        this.body = body;
        this.size = size;
    }

    static boolean is(Http.Answer answer) {
        return answer.status() == 206
                && !answer.packed()
                && answer.header("Content-Type").regionMatches(true, 0, "multipart/byteranges", 0, 20);
    }

    /** The next part, which must be this one. */
    byte[] next(long from, long to) throws IOException {
        boolean announced = false;
        for (int lines = 0; lines < MOST_LINES; lines++) {
            String line = line();
            if (line.isEmpty() && announced) return bytes((int) (to - from));
            Matcher range = CONTENT_RANGE.matcher(line);
            if (!range.matches()) continue;
            announced = Long.parseLong(range.group(1)) == from
                    && Long.parseLong(range.group(2)) == to - 1
                    && Long.parseLong(range.group(3)) == size;
            if (!announced) break;
        }
        throw new Unfit();
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = body.readNBytes(length);
        if (bytes.length < length) throw new IOException("a part that ends early");
        return bytes;
    }

    private String line() throws IOException {
        for (int length = 0; length < LONGEST_LINE; length++) {
            int next = body.read();
            if (next < 0) throw new IOException("an answer that ends early");
            if (next == '\n') return new String(line, 0, length, StandardCharsets.ISO_8859_1).strip();
            line[length] = (byte) next;
        }
        throw new Unfit();
    }

    /** Other parts than those asked for: merged, or in another order, as a server may send them. */
    static final class Unfit extends IOException {
        private static final long serialVersionUID = 1;

        Unfit() {
            super("other parts than those asked for");
        }
    }
}
