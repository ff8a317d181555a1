package dev.soundlift.source;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.RangeReader;
import dev.soundlift.engine.Stretches;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.text.Text;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A file on a web server. Where the server gives parts, only those that are asked for are fetched, and kept for a while;
 * otherwise the whole is spooled as it comes. A dropped connection is taken up again. Thread-safe.
 */
final class RemoteFile implements AutoCloseable {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    private static final int MOST_TOGETHER = 64;
    private static final ClusterWalk.Effort EFFORT = new ClusterWalk.Effort(6, 12 << 20, 1, true);
    /** What one more question costs, and one more part in it: on a line of 5 MB/s and 20 ms with so many on their way. */
    private static final int QUESTION_BYTES = 16 << 10;

    private static final int PART_BYTES = 2 << 10;

    private final Line main;
    private final Access access;
    private final String name;
    private final Cancellation cancellation;
    private final Chunks chunks = new Chunks();
    private final ReadAhead readAhead = ReadAhead.sparing();
    private final AtOnce few = new AtOnce(EFFORT.threads());
    private final Foreseen foreseen = new Foreseen(MOST_TOGETHER);

    private final URI start;
    /** Where that led to, redirects and all. */
    private volatile URI there;

    private String version = "";
    private @Nullable Spool spool;
    private volatile long size = -1;
    private final AtomicLong transferred = new AtomicLong();
    /** Whether the server gives several parts in one answer, as far as is known; and whether that was tried. */
    private volatile boolean givesSeveral = true;

    private volatile boolean triedSeveral;
    private final Object trial = new Object();

    /** How somebody asks. */
    private record Line(Http http, Retries retries) {}

    private RemoteFile(MediaSource.RemoteUrl source, Http http, Access access, Cancellation cancellation) {
        this.start = source.uri();
        this.there = start;
        this.name = source.displayName();
        this.access = access;
        this.cancellation = cancellation;
        this.main = line(http, cancellation);
    }

    private Line line(Http http, Cancellation cancellation) {
        return new Line(http, new Retries(String.valueOf(start.getHost()), cancellation));
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
        main.retries().run(() -> {
            Http.Answer answer = first();
            there = answer.uri();
            version = version(answer);
            givesSeveral = answer.header("x-amz-request-id").isEmpty(); // object stores would send the whole
            if (answer.status() == 200) {
                long length = answer.packed() ? -1 : number(answer.header("Content-Length"));
                spool = new Spool(
                        new WholeBody(main.http(), start, answer, main.retries()), length, access.mostBytes());
                return;
            }
            try (answer) {
                if (answer.status() == 416) throw empty();
                readAhead.got(0, take(answer, 0, ReadAhead.FIRST_BYTES, main));
            }
        });
    }

    private Http.Answer first() throws IOException, ExtractionException {
        Http.Answer answer = main.http().get(start, start, range(0, ReadAhead.FIRST_BYTES));
        if (answer.status() != 206 || !answer.packed()) return answer;
        answer.close(); // a part of something packed is of no use; the whole is
        return main.http().get(start, start, "");
    }

    private static String range(long position, long length) {
        return range(new long[] {position, position + length});
    }

    private static String range(long[] edges) {
        return IntStream.range(0, edges.length / 2)
                .mapToObj(i -> edges[2 * i] + "-" + (edges[2 * i + 1] - 1))
                .collect(Collectors.joining(",", "bytes=", ""));
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

    /** Keeps what an answer brings; if it breaks off, what came until then. Returns how much. */
    private int take(Http.Answer answer, long position, long length, Line line)
            throws IOException, ExtractionException {
        Matcher range = CONTENT_RANGE.matcher(answer.header("Content-Range"));
        boolean fits = answer.status() == 206
                && !answer.packed()
                && range.matches()
                && Long.parseLong(range.group(1)) == position;
        if (!fits) throw new IOException("other bytes than those asked for");
        long whole = number(range.group(3));
        requireUnchanged(answer, whole);
        if (whole < 0 && size < 0) throw new IOException("a part of unknown length");
        if (whole >= 0) size = whole;
        int wanted = (int) Math.min(length, Long.parseLong(range.group(2)) - position + 1);
        byte[] bytes = new byte[Math.max(0, wanted)];
        int got = 0;
        try (var body = answer.body()) {
            for (int read; got < bytes.length && (read = body.read(bytes, got, bytes.length - got)) >= 0; ) got += read;
        } catch (IOException dropped) {
            if (got == 0) throw dropped;
            line.retries().dropped(dropped);
        } finally {
            transferred.addAndGet(got);
        }
        if (got == 0) throw new IOException("nothing came");
        requireFew();
        chunks.put(position, Arrays.copyOf(bytes, got));
        return got;
    }

    private void requireUnchanged(Http.Answer answer, long whole) throws ExtractionException {
        if (version(answer).equals(version) && (size < 0 || whole < 0 || whole == size)) return;
        throw new ExtractionException(ErrorKind.UNREADABLE, Text.of("error.changed"), Text.of("next.changed"));
    }

    private void requireFew() throws ExtractionException {
        if (transferred.get() > access.mostBytes()) throw Spool.tooLarge(access.mostBytes());
    }

    /** Keeps what an answer brings that holds several parts; nothing if it holds others. */
    private void takeSeveral(Http.Answer answer, long[] edges) throws IOException, ExtractionException {
        if (!Multipart.is(answer)) {
            givesSeveral = false;
            answer.hangUp();
            return;
        }
        requireUnchanged(answer, -1);
        try (InputStream body = new BufferedInputStream(answer.body())) {
            Multipart parts = new Multipart(body, size);
            for (int i = 0; i < edges.length; i += 2) {
                byte[] part = parts.next(edges[i], edges[i + 1]);
                transferred.addAndGet(part.length);
                chunks.put(edges[i], part);
            }
        } catch (Multipart.Unfit unfit) {
            givesSeveral = false;
            answer.hangUp();
        }
        requireFew();
    }

    /**
     * Asks for several parts in one answer. A server that does not give those sends the whole, and much of it is on its way
     * before it hears that nobody wants it: so one tries it first, and the others wait for what comes of that.
     */
    private void fetchTogether(long[] edges, Line line) throws ExtractionException {
        if (!triedSeveral) {
            synchronized (trial) {
                if (!triedSeveral) {
                    trySeveral(edges, line);
                    return;
                }
            }
        }
        if (givesSeveral) askForSeveral(edges, line);
    }

    /** Some take whoever asks for many parts for an attacker, or break down over it. */
    private void trySeveral(long[] edges, Line line) throws ExtractionException {
        try {
            askOnceForSeveral(edges, line);
        } catch (IOException failed) {
            line.retries().dropped(failed);
            givesSeveral = false;
        } catch (ExtractionException refused) {
            if (refused.kind() != ErrorKind.UNREADABLE) throw refused;
            givesSeveral = false;
        }
        triedSeveral = true;
    }

    private void askForSeveral(long[] edges, Line line) throws ExtractionException {
        line.retries().run(() -> askOnceForSeveral(edges, line));
    }

    private void askOnceForSeveral(long[] edges, Line line) throws IOException, ExtractionException {
        try (Http.Answer answer = ask(range(edges), line)) {
            takeSeveral(answer, edges);
        }
    }

    /** Where a redirect led is asked directly, until that address is refused: some are good for minutes only. */
    private Http.Answer ask(String range, Line line) throws IOException, ExtractionException {
        try {
            return line.http().get(start, there, range);
        } catch (ExtractionException refused) {
            if (there.equals(start)) throw refused;
            Http.Answer answer = line.http().get(start, start, range);
            there = answer.uri();
            return answer;
        }
    }

    private void fetch(long position) throws ExtractionException {
        int wanted = readAhead.from(position);
        long length = Math.min(Math.min(wanted, size - position), chunks.freeAfter(position));
        main.retries().run(() -> {
            long asked = System.nanoTime();
            try (Http.Answer answer = ask(range(position, length), main)) {
                readAhead.answered(System.nanoTime() - asked);
                readAhead.got(position, take(answer, position, length, main));
            }
        });
    }

    /** With what is going to be read after it, in one answer; not if nobody has told of it. */
    private boolean fetchForeseen(long position) throws ExtractionException {
        long[] edges = foreseen.from(position, size);
        if (edges.length == 0) return false;
        fetch(edges, main);
        return chunks.has(position);
    }

    /** In one answer, or else some at a time. */
    private void fetch(long[] edges, Line line) throws ExtractionException {
        long[] missing = chunks.missing(edges);
        if (missing.length > 2 && givesSeveral) {
            fetchTogether(missing, line);
            missing = chunks.missing(missing);
        }
        if (missing.length == 2) fetch(missing[0], missing[1], line);
        if (missing.length <= 2) return;
        List<AtOnce.Task> each = new ArrayList<>();
        for (int i = 0; i < missing.length; i += 2) {
            long from = missing[i];
            long to = missing[i + 1];
            each.add(() -> fetch(from, to, line));
        }
        few.all(each);
    }

    private void fetch(long from, long to, Line line) throws ExtractionException {
        for (long at = chunks.missingFrom(from); at < to; at = chunks.missingFrom(at)) {
            long position = at;
            line.retries().run(() -> {
                try (Http.Answer answer = ask(range(position, to - position), line)) {
                    take(answer, position, to - position, line);
                }
            });
        }
    }

    private synchronized int read(long position, ByteBuffer buffer) throws ExtractionException {
        if (position >= size) return -1;
        if (!buffer.hasRemaining()) return 0;
        int copied = chunks.copy(position, buffer);
        while (copied == 0) { // others fetch too, for whom what came here may have been forgotten again
            if (!fetchForeseen(position)) fetch(position);
            copied = chunks.copy(position, buffer);
        }
        return copied;
    }

    private synchronized void expect(Stretches stretches) {
        foreseen.expect(stretches);
    }

    RangeReader reader() {
        return spool != null ? spool.reader(cancellation) : new Parts();
    }

    long bytesRead() {
        return spool != null ? spool.filled() : transferred.get();
    }

    /** One reader, and those who walk ahead of it. */
    private final class Parts implements RangeReader, ClusterWalk.Fetch {
        private final Cancellation alone = new Cancellation();
        private final Cancellation.Listening listening = cancellation.onRequest(alone::request);
        private final Line line = line(main.http().under(alone), alone);
        private final ClusterWalk walk = new ClusterWalk(this, this, size, EFFORT);
        private final LongPredicate awaited = walk::awaits;

        Parts() {
            chunks.keep(awaited);
        }

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
        public void ahead(Walk next) throws ExtractionException {
            cancellation.throwIfRequested();
            walk.ahead(next);
        }

        @Override
        public void expect(Supplier<Stretches> stretches) {
            RemoteFile.this.expect(stretches.get());
        }

        @Override
        public byte[] fetch(long[] edges) throws IOException, ExtractionException {
            RemoteFile.this.fetch(edges, line);
            return chunks.all(edges);
        }

        @Override
        public int together() {
            return givesSeveral ? MOST_TOGETHER : 1;
        }

        @Override
        public int worthBytes() {
            return givesSeveral ? PART_BYTES : QUESTION_BYTES;
        }

        @Override
        public long bytesRead() {
            return transferred.get();
        }

        @Override
        public void close() {
            alone.request();
            listening.close();
            walk.close();
            chunks.letGo(awaited);
        }
    }

    @Override
    public void close() {
        if (spool != null) spool.close();
        few.close();
        main.http().hangUp();
    }
}
