package dev.soundlift.source;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.RangeReader;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file on a web server. Where the server gives parts, only those that are asked for are fetched, and kept for a while;
 * otherwise the whole is spooled as it comes. A dropped connection is taken up again. Thread-safe.
 */
final class RemoteFile implements AutoCloseable {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    private final Retries retries;
    private final Http http;
    private final Access access;
    private final String name;
    private final Cancellation cancellation;
    private final Chunks chunks = new Chunks();
    private final ReadAhead readAhead = ReadAhead.sparing();

    private final URI start;
    /** Where that led to, redirects and all. */
    private URI there;

    private String version = "";
    private @Nullable Spool spool;
    private long size = -1;
    private long transferred;

    private RemoteFile(MediaSource.RemoteUrl source, Http http, Access access, Cancellation cancellation) {
        this.start = source.uri();
        this.there = start;
        this.name = source.displayName();
        this.http = http;
        this.access = access;
        this.cancellation = cancellation;
        this.retries = new Retries(source.uri().getHost(), cancellation);
    }

    static RemoteFile open(MediaSource.RemoteUrl source, Access access, Cancellation cancellation)
            throws ExtractionException {
        Http http = new Http(address -> access.privateAddresses() || Addresses.isPublic(address), cancellation);
        return open(source, http, access, cancellation);
    }

    static RemoteFile open(MediaSource.RemoteUrl source, Http http, Access access, Cancellation cancellation)
            throws ExtractionException {
        RemoteFile file = new RemoteFile(source, http, access, cancellation);
        file.begin();
        return file;
    }

    /** The first request tells whether the server gives parts, and how large the whole is. */
    private void begin() throws ExtractionException {
        retries.run(() -> {
            Http.Answer answer = first();
            there = answer.uri();
            version = version(answer);
            if (answer.status() == 200) {
                long length = answer.packed() ? -1 : number(answer.header("Content-Length"));
                spool = new Spool(new WholeBody(http, start, answer, retries), length, access.mostBytes());
                return;
            }
            try (answer) {
                if (answer.status() == 416) throw empty();
                take(answer, 0, ReadAhead.FIRST_BYTES);
            }
        });
    }

    private Http.Answer first() throws IOException, ExtractionException {
        Http.Answer answer = http.get(start, start, range(0, ReadAhead.FIRST_BYTES));
        if (answer.status() != 206 || !answer.packed()) return answer;
        answer.close(); // a part of something packed is of no use; the whole is
        return http.get(start, start, "");
    }

    private static String range(long position, int length) {
        return "bytes=" + position + "-" + (position + length - 1);
    }

    /** What changes when the file does. */
    static String version(Http.Answer answer) {
        return answer.header("ETag") + " " + answer.header("Last-Modified");
    }

    private static long number(String header) {
        return header.matches("\\d{1,18}") ? Long.parseLong(header) : -1;
    }

    private ExtractionException empty() {
        return new ExtractionException(
                ErrorKind.UNREADABLE, Text.of("error.input-empty", name), Text.of("next.input-empty"));
    }

    /** Keeps what an answer brings; if it breaks off, what came until then. */
    private void take(Http.Answer answer, long position, int length) throws IOException, ExtractionException {
        Matcher range = CONTENT_RANGE.matcher(answer.header("Content-Range"));
        boolean fits = answer.status() == 206
                && !answer.packed()
                && range.matches()
                && Long.parseLong(range.group(1)) == position;
        if (!fits) throw new IOException("other bytes than those asked for");
        long whole = number(range.group(3));
        boolean changed = !version(answer).equals(version) || (size >= 0 && whole >= 0 && whole != size);
        if (changed) {
            throw new ExtractionException(ErrorKind.UNREADABLE, Text.of("error.changed"), Text.of("next.changed"));
        }
        if (whole < 0 && size < 0) throw new IOException("a part of unknown length");
        if (whole >= 0) size = whole;
        int wanted = (int) Math.min(length, Long.parseLong(range.group(2)) - position + 1);
        byte[] bytes = new byte[Math.max(0, wanted)];
        int got = 0;
        try (var body = answer.body()) {
            for (int read; got < bytes.length && (read = body.read(bytes, got, bytes.length - got)) >= 0; ) got += read;
        } catch (IOException dropped) {
            if (got == 0) throw dropped;
            retries.dropped(dropped);
        } finally {
            transferred += got;
        }
        if (got == 0) throw new IOException("nothing came");
        if (transferred > access.mostBytes()) throw Spool.tooLarge(access.mostBytes());
        chunks.put(position, java.util.Arrays.copyOf(bytes, got));
        readAhead.got(position, got);
    }

    /** Where a redirect led is asked directly, until that address is refused: some are good for minutes only. */
    private Http.Answer ask(String range) throws IOException, ExtractionException {
        try {
            return http.get(start, there, range);
        } catch (ExtractionException refused) {
            if (there.equals(start)) throw refused;
            Http.Answer answer = http.get(start, start, range);
            there = answer.uri();
            return answer;
        }
    }

    private void fetch(long position) throws ExtractionException {
        int wanted = readAhead.from(position);
        int length = (int) Math.min(Math.min(wanted, size - position), chunks.freeAfter(position));
        retries.run(() -> {
            long asked = System.nanoTime();
            try (Http.Answer answer = ask(range(position, length))) {
                readAhead.answered(System.nanoTime() - asked);
                take(answer, position, length);
            }
        });
    }

    private synchronized int read(long position, ByteBuffer buffer) throws ExtractionException {
        if (position >= size) return -1;
        if (!buffer.hasRemaining()) return 0;
        if (!chunks.has(position)) fetch(position);
        return chunks.copy(position, buffer);
    }

    RangeReader reader() {
        if (spool != null) return spool.reader(cancellation);
        return new RangeReader() {
            @Override
            public OptionalLong size() {
                return OptionalLong.of(size);
            }

            @Override
            public int read(long position, ByteBuffer buffer) throws ExtractionException {
                cancellation.throwIfRequested();
                return RemoteFile.this.read(position, buffer);
            }

            @Override
            public long bytesRead() {
                return transferred;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {
        if (spool != null) spool.close();
    }
}
