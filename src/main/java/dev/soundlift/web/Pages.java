package dev.soundlift.web;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.RangeReader;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.source.Keeper;
import dev.soundlift.text.Text;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The open pages, and the files that they keep. A page is asked for parts of a file over its socket; while the socket is
 * broken the question waits, and is asked again when the page is back. Thread-safe.
 */
final class Pages implements Keeper {
    /** An answer begins with the question's number, and this where the file could not be read. */
    private static final int HEADER_BYTES = 8;

    private static final int UNREADABLE = 1;
    private static final long LOOK_MILLIS = 100;

    private final Duration patience;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final Map<String, Kept> files = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /**
     * Nobody is there yet.
     *
     * @param patience so long a page that is gone may stay away
     */
    Pages(Duration patience) {
        this.patience = patience;
    }

    /** Where words for a page go. */
    interface Line {
        /** Sends, or does nothing where the line is broken: whoever is back asks for what was missed. */
        void send(String text);
    }

    /**
     * A file that a page has told of.
     *
     * @param upload where it is sent whole
     */
    private record Kept(String page, long size, Optional<Upload> upload) {}

    /** A question that has not been answered. */
    private record Question(String words, CompletableFuture<byte[]> answer) {}

    private static final class Page {
        private final Map<Integer, Question> open = new ConcurrentHashMap<>();
        private Optional<Line> line = Optional.empty();
        /** When something was last heard of it: whoever tells of a file before its line is there has not come yet, but will. */
        private long heardNanos = System.nanoTime();
        /** Since when it owes an answer, or the last thing was heard. */
        private long askedNanos = heardNanos;

        /** Whoever never had a line is not missed when there is none. */
        private boolean wasHere;

        private synchronized void ask(int number, Question question) {
            if (open.isEmpty()) askedNanos = System.nanoTime();
            open.put(number, question);
            line.ifPresent(there -> there.send(question.words()));
        }

        private synchronized void back(Line there) {
            line = Optional.of(there);
            wasHere = true;
            heard();
            open.values().forEach(question -> there.send(question.words()));
        }

        private synchronized void gone(Line where) {
            if (!line.equals(Optional.of(where))) return; // it is back already
            line = Optional.empty();
            heard();
        }

        private synchronized void heard() {
            heardNanos = System.nanoTime();
            askedNanos = heardNanos;
        }

        /** Whether there is no line, or one over which no answer comes: a browser stops pages that nobody looks at. */
        private synchronized boolean isAwayFor(Duration time) {
            if (line.isPresent() && open.isEmpty()) return false;
            return System.nanoTime() - (line.isPresent() ? askedNanos : heardNanos) > time.toNanos();
        }

        private synchronized boolean isMissedFor(Duration time) {
            return wasHere && isAwayFor(time);
        }

        private synchronized boolean isForgotten(Duration time) {
            return line.isEmpty() && isAwayFor(time);
        }

        private synchronized void send(String text) {
            line.ifPresent(there -> there.send(text));
        }
    }

    /** A page has come, or is back. */
    void opened(String page, Line line) {
        known(page).back(line);
    }

    private Page known(String page) {
        return pages.computeIfAbsent(page, name -> new Page());
    }

    /** A page that may have no line yet has told of something. */
    void came(String page) {
        known(page).heard();
    }

    /** A page has asked for something. */
    void heard(String page) {
        Page known = pages.get(page);
        if (known != null) known.heard();
    }

    int count() {
        return pages.size();
    }

    /** Whether a page has had no line for so long, or nobody knows it any more. One that owes an answer is there. */
    boolean isGoneFor(String page, Duration time) {
        Page known = pages.get(page);
        return known == null || known.isForgotten(time);
    }

    /** Whether a page that was here says nothing for so long: it is not there, or owes an answer. */
    boolean isMissedFor(String page, Duration time) {
        Page known = pages.get(page);
        return known != null && known.isMissedFor(time);
    }

    /** Forgets pages that have not been there for so long, and the files that they kept; says which. */
    Set<String> forgetAwayFor(Duration time) {
        Set<String> forgotten = new HashSet<>();
        pages.forEach((name, page) -> {
            if (page.isForgotten(time)) forgotten.add(name);
        });
        forgotten.forEach(this::leave);
        pages.keySet().removeAll(forgotten);
        return forgotten;
    }

    /** Forgets the files of a page. */
    void leave(String page) {
        files.forEach((id, kept) -> {
            if (kept.page().equals(page)) forget(id);
        });
    }

    void closed(String page, Line line) {
        Page known = pages.get(page);
        if (known != null) known.gone(line);
    }

    /** Tells a page something. */
    void tell(String page, String text) {
        Page known = pages.get(page);
        if (known != null) known.send(text);
    }

    /** A page has a file, under an id of ours. */
    void keep(String id, String page, long size) {
        files.put(id, new Kept(page, size, Optional.empty()));
    }

    /** A page is going to send a file, if there is room for it besides all that others are going to send. */
    synchronized void expect(String id, String page, long size, Upload upload) throws ExtractionException {
        long promised = files.values().stream()
                .flatMap(kept -> kept.upload().stream())
                .mapToLong(Upload::missing)
                .sum();
        upload.requireRoom(promised);
        files.put(id, new Kept(page, size, Optional.of(upload)));
    }

    /** Where a page sends a file that it has told of. */
    Upload upload(String id) throws ExtractionException {
        Kept kept = files.get(id);
        if (kept == null || kept.upload().isEmpty()) throw gone();
        return kept.upload().get();
    }

    void forget(String id) {
        Kept kept = files.remove(id);
        if (kept != null) kept.upload().ifPresent(Upload::close);
    }

    /** A page's answer: number of the question and state, 32 bits each in network order, then the bytes. */
    void answered(String page, ByteBuffer message) {
        Page known = pages.get(page);
        if (known == null || message.remaining() < HEADER_BYTES) return;
        known.heard();
        int number = message.getInt();
        int state = message.getInt();
        Question question = known.open.remove(number);
        if (question == null) return;
        if (state == UNREADABLE) {
            question.answer().completeExceptionally(unreadable());
            return;
        }
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        question.answer().complete(bytes);
    }

    private static ExtractionException unreadable() {
        return new ExtractionException(
                ErrorKind.UNREADABLE, Text.of("error.page-unreadable"), Text.of("next.page-unreadable"));
    }

    private static ExtractionException gone() {
        return new ExtractionException(ErrorKind.NETWORK, Text.of("error.page-gone"), Text.of("next.page-gone"));
    }

    @Override
    public long size(MediaSource.Handed file) throws ExtractionException {
        Kept kept = files.get(file.id());
        if (kept == null) throw gone();
        return kept.size();
    }

    @Override
    public byte[] slice(MediaSource.Handed file, long position, int length, Cancellation cancellation)
            throws ExtractionException {
        Kept kept = files.get(file.id());
        if (kept != null && kept.upload().isPresent())
            return kept.upload().get().slice(position, length, cancellation);
        return slices(file, new long[] {position, position + length}, cancellation);
    }

    @Override
    public byte[] slices(MediaSource.Handed file, long[] edges, Cancellation cancellation) throws ExtractionException {
        Kept kept = files.get(file.id());
        if (kept != null && kept.upload().isPresent()) return Keeper.super.slices(file, edges, cancellation);
        long length = 0;
        for (int i = 0; i < edges.length; i += 2) length += edges[i + 1] - edges[i];
        byte[] bytes = ask(file, "\"type\":\"read\",\"edges\":" + Arrays.toString(edges), cancellation);
        if (bytes.length == length) return bytes;
        throw unreadable();
    }

    /** The answer: where the walk ended, then for each piece its position, its length (64, 64 and 32 bits) and its bytes. */
    @Override
    public Walked walk(MediaSource.Handed file, RangeReader.Walk walk, int mostBytes, Cancellation cancellation)
            throws ExtractionException {
        Kept kept = files.get(file.id());
        if (kept != null && kept.upload().isPresent()) return Keeper.super.walk(file, walk, mostBytes, cancellation);
        String what = "\"type\":\"walk\",\"from\":%s,\"into\":%s,\"without\":%s,\"most\":%s"
                .formatted(walk.from(), walk.intoClusters(), walk.without(), mostBytes);
        ByteBuffer answer = ByteBuffer.wrap(ask(file, what, cancellation));
        long size = size(file);
        List<Piece> pieces = new ArrayList<>();
        try {
            long until = answer.getLong();
            boolean sane = until >= walk.from();
            while (sane && answer.hasRemaining()) {
                long position = answer.getLong();
                int length = answer.getInt();
                sane = length > 0 && length <= answer.remaining() && position >= 0 && position <= size - length;
                if (!sane) break;
                byte[] bytes = new byte[length];
                answer.get(bytes);
                pieces.add(new Piece(position, bytes));
            }
            if (sane) return new Walked(pieces, until);
        } catch (BufferUnderflowException cut) {
            // said below
        }
        throw unreadable();
    }

    private byte[] ask(MediaSource.Handed file, String what, Cancellation cancellation) throws ExtractionException {
        Kept kept = files.get(file.id());
        if (kept == null) throw gone();
        Page page = known(kept.page());
        int number = numbers.incrementAndGet();
        String words = "{\"number\":%s,\"file\":\"%s\",%s}".formatted(number, file.id(), what);
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        page.ask(number, new Question(words, answer));
        try {
            return await(answer, page, cancellation);
        } finally {
            page.open.remove(number);
        }
    }

    private byte[] await(CompletableFuture<byte[]> answer, Page page, Cancellation cancellation)
            throws ExtractionException {
        while (true) {
            cancellation.throwIfRequested();
            if (page.isAwayFor(patience)) throw gone();
            try {
                return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                // look whether anybody still waits for it
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof ExtractionException known) throw known;
                throw new IllegalStateException(failed);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new ExtractionException(
                        ErrorKind.INTERRUPTED, Text.of("error.interrupted"), Text.of("next.interrupted"), stopped);
            }
        }
    }
}
