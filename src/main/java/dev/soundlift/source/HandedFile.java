package dev.soundlift.source;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.RangeReader;
import dev.soundlift.engine.Stretches;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** A file that a {@link Keeper} has: only what is asked for travels, and is kept for a while. Thread-safe. */
final class HandedFile {
    /** Little after a leap, and more the longer it goes straight on. */
    private static final int FEWEST_TOGETHER_BYTES = 16 << 10;

    private static final int MOST_TOGETHER_BYTES = 512 << 10;
    private static final int MOST_STRETCHES = 1000;
    /** So many walks in a row may lead nowhere before no more are asked for. */
    private static final int MOST_VAIN_WALKS = 8;

    private final Keeper keeper;
    private final MediaSource.Handed file;
    private final Cancellation cancellation;
    private final long size;
    private final Chunks chunks = new Chunks();
    private final ReadAhead readAhead = ReadAhead.hurrying();
    private long transferred;

    /** What the last walk has covered. */
    private long walkedFrom;

    private long walkedUntil;
    private boolean walkedInto;
    private Set<Long> walkedWithout = Set.of();
    private int walkBytes = FEWEST_TOGETHER_BYTES;
    private int vainWalks;

    private final Foreseen foreseen = new Foreseen(MOST_STRETCHES);

    HandedFile(Keeper keeper, MediaSource.Handed file, Cancellation cancellation) throws ExtractionException {
        this.keeper = keeper;
        this.file = file;
        this.cancellation = cancellation;
        this.size = keeper.size(file);
    }

    private synchronized int read(long position, ByteBuffer buffer) throws ExtractionException {
        if (position >= size) return -1;
        if (!buffer.hasRemaining()) return 0;
        if (!chunks.has(position) && !fetchExpected(position)) fetch(position);
        return chunks.copy(position, buffer);
    }

    private void fetch(long position) throws ExtractionException {
        int wanted = readAhead.from(position);
        int length = (int) Math.min(Math.min(wanted, size - position), chunks.freeAfter(position));
        long asked = System.nanoTime();
        byte[] bytes = keeper.slice(file, position, length, cancellation);
        readAhead.answered(System.nanoTime() - asked);
        readAhead.got(position, bytes.length);
        transferred += bytes.length;
        chunks.put(position, bytes);
    }

    /** With as much of what is going to be read after it as may come in one answer; not if nobody has told of it. */
    private boolean fetchExpected(long position) throws ExtractionException {
        long[] edges = foreseen.from(position, size);
        if (edges.length == 0) return false;
        byte[] bytes = keeper.slices(file, edges, cancellation);
        int at = 0;
        for (int i = 0; i < edges.length; i += 2) {
            int end = at + (int) (edges[i + 1] - edges[i]);
            chunks.put(edges[i], Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        transferred += bytes.length;
        return true;
    }

    private synchronized void expect(Stretches stretches) {
        foreseen.expect(stretches);
    }

    /** Has the keeper walk where no walk has been. What did not come of it is asked for when it is read. */
    private synchronized void ahead(RangeReader.Walk walk) throws ExtractionException {
        // A walk that only looked where clusters begin has not been in them
        boolean alike = walkedInto == walk.intoClusters() && walkedWithout.equals(walk.without());
        boolean covered = alike && walk.from() >= walkedFrom && walk.from() < walkedUntil;
        if (covered || walk.from() >= size || vainWalks >= MOST_VAIN_WALKS) return;
        walkBytes = walk.from() == walkedUntil ? Math.min(MOST_TOGETHER_BYTES, 2 * walkBytes) : FEWEST_TOGETHER_BYTES;
        Keeper.Walked walked = keeper.walk(file, walk, walkBytes, cancellation);
        for (Keeper.Piece piece : walked.pieces()) {
            transferred += piece.bytes().length;
            chunks.put(piece.position(), piece.bytes());
        }
        vainWalks = walked.until() > walk.from() ? 0 : vainWalks + 1;
        walkedFrom = walk.from();
        walkedUntil = walked.until();
        walkedInto = walk.intoClusters();
        walkedWithout = walk.without();
    }

    private synchronized long transferred() {
        return transferred;
    }

    RangeReader reader() {
        return new RangeReader() {
            @Override
            public OptionalLong size() {
                return OptionalLong.of(size);
            }

            @Override
            public int read(long position, ByteBuffer buffer) throws ExtractionException {
                cancellation.throwIfRequested();
                return HandedFile.this.read(position, buffer);
            }

            @Override
            public void ahead(Walk walk) throws ExtractionException {
                cancellation.throwIfRequested();
                HandedFile.this.ahead(walk);
            }

            @Override
            public void expect(Supplier<Stretches> stretches) {
                HandedFile.this.expect(stretches.get());
            }

            @Override
            public long bytesRead() {
                return transferred();
            }

            @Override
            public void close() {}
        };
    }
}
