package dev.soundlift.web;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers with a file, or with the one part of it that is asked for (RFC 9110, section 14). All of it is written before
 * the handler returns, so that whoever opened the file may close it then.
 */
final class Parts {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private Parts() {}

    /** What is written goes to the visitor as it is, and at once when it is flushed: Javalin's own stream keeps it back. */
    static OutputStream straight(Context request) throws IOException {
        return request.res().getOutputStream();
    }

    /**
     * Writes.
     *
     * @param in at its beginning; nothing of it has been read
     * @param size of the whole, in bytes
     */
    static void write(Context request, InputStream in, long size, String type) throws IOException {
        request.contentType(type);
        request.header("Accept-Ranges", "bytes");
        long from = 0;
        long to = size;
        Matcher range = RANGE.matcher(String.valueOf(request.header(Header.RANGE)));
        boolean part =
                range.matches() && !(range.group(1).isEmpty() && range.group(2).isEmpty());
        if (part) {
            boolean suffix = range.group(1).isEmpty();
            from = suffix ? Math.max(0, size - Long.parseLong(range.group(2))) : Long.parseLong(range.group(1));
            if (!suffix && !range.group(2).isEmpty()) to = Math.min(size, Long.parseLong(range.group(2)) + 1);
            if (from >= to) {
                request.header("Content-Range", "bytes */" + size);
                request.status(HttpStatus.RANGE_NOT_SATISFIABLE);
                return;
            }
            request.status(HttpStatus.PARTIAL_CONTENT);
            request.header("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + size);
        }
        request.res().setContentLengthLong(to - from);
        in.skipNBytes(from);
        OutputStream out = straight(request);
        byte[] piece = new byte[1 << 14];
        for (long left = to - from; left > 0; ) {
            int read = in.read(piece, 0, (int) Math.min(piece.length, left));
            if (read < 0) throw new IOException("the file is shorter than it was");
            out.write(piece, 0, read);
            left -= read;
        }
    }
}
