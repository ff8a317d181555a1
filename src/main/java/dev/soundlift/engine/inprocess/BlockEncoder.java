package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.EncodedBy;
import dev.soundlift.failure.ExtractionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Encodes blocks of the sound on all cores, each with an encoder of its own, and joins their packets. Which block has
 * which frames depends on its number alone, so the packets are the same however many threads there are. Where two blocks
 * do not fit together, the earlier one's encoder goes on with the later one's samples, as if there had been one block.
 */
final class BlockEncoder implements SampleEncoder {
    /** Of samples in a block, if its frames are not unusually large. */
    private static final int BLOCK_BYTES = 4 << 20;

    private static final int MOST_FRAMES = 512;
    private static final int FEWEST_FRAMES = 64;
    /** So many blocks share out a short sound evenly; after them they are longer where each costs frames before it. */
    private static final int SHORT_BLOCKS = 8;

    private static final int LONGER = 2;

    private final Encoder pattern;
    private final Seam seam;
    private final Workers workers;
    /** Of the first blocks. */
    private final int blockFrames;

    /** The latest frames, from the first that the next block needs. */
    private final Deque<Frame> window = new ArrayDeque<>();
    /** How many frames have come. */
    private long frames;
    /** The first frame of the next block, which gets some before it too. */
    private long nextBlock;

    private final Deque<Future<Block>> running = new ArrayDeque<>();
    private volatile boolean givenUp;
    /** The block whose packets are going out. */
    private @Nullable Block current;
    /** The first frame of the block after that. */
    private long nextSeam;

    private long samplesIn;

    private int blocks;
    private int seamsRefused;

    /**
     * An encoder with nothing encoded.
     *
     * @param pattern tells what the encoders are like; it stays the caller's and encodes nothing
     * @param seam becomes the encoder's
     */
    BlockEncoder(Encoder pattern, Seam seam, Workers workers) {
        this(pattern, seam, workers, blockFrames(pattern));
    }

    BlockEncoder(Encoder pattern, Seam seam, Workers workers, int blockFrames) {
        this.pattern = pattern;
        this.seam = seam;
        this.workers = workers;
        this.blockFrames = blockFrames;
    }

    private static int blockFrames(Encoder pattern) {
        int fitting = BLOCK_BYTES / (pattern.frameSize() * pattern.sampleBytes());
        return Math.max(FEWEST_FRAMES, Math.min(MOST_FRAMES, fitting));
    }

    /** The first frame after the block that begins with this one. */
    private long after(long first) {
        boolean longer = first >= (long) SHORT_BLOCKS * blockFrames && seam.warmUp() > 0;
        return first + (longer ? LONGER : 1) * (long) blockFrames;
    }

    EncodedBy encodedBy() {
        return pattern.encodedBy(blocks, seamsRefused);
    }

    @Override
    public void encode(AVFrame frame, Encoder.PacketSink sink) throws ExtractionException {
        seam.listen(frame);
        window.add(Frame.reference(frame));
        frames++;
        samplesIn += frame.nb_samples();
        if (frames == after(nextBlock) + seam.overhang()) start(false, sink);
    }

    @Override
    public void drain(Encoder.PacketSink sink) throws ExtractionException {
        start(true, sink);
        while (!running.isEmpty()) joinFirst(sink);
        Block rest = current;
        if (rest != null) rest.give(Long.MAX_VALUE, finished(rest, sink));
    }

    private void start(boolean last, Encoder.PacketSink sink) throws ExtractionException {
        while (!workers.mayStart(running.size())) joinFirst(sink);
        List<Frame> mine = new ArrayList<>();
        long first = frames - window.size();
        boolean handedOn = false;
        try {
            for (Frame frame : window) mine.add(Frame.reference(frame.raw()));
            running.add(workers.start(() -> encode(first, mine, last)));
            handedOn = true;
        } finally {
            if (!handedOn) mine.forEach(Frame::close);
        }
        blocks++;
        nextBlock = after(nextBlock);
        while (!window.isEmpty() && frames - window.size() < nextBlock - seam.warmUp()) {
            window.remove().close();
        }
    }

    /** On one of the workers' threads. Whatever is thrown, errors of the libraries too: native memory is let go. */
    private Block encode(long first, List<Frame> mine, boolean last) throws ExtractionException {
        @Nullable Block block = null;
        boolean done = false;
        try {
            block = new Block(pattern, pattern.another(first * pattern.frameSize()), first, mine, last);
            Block encoded = block.encode(() -> givenUp);
            done = true;
            return encoded;
        } finally {
            if (!done && block == null) mine.forEach(Frame::close);
            if (!done && block != null) block.close();
        }
    }

    private void joinFirst(Encoder.PacketSink sink) throws ExtractionException {
        Block next = workers.result(running.remove());
        Block earlier = current;
        if (earlier == null) {
            current = next;
        } else {
            join(earlier, next, sink);
        }
        nextSeam = after(nextSeam);
    }

    private void join(Block earlier, Block next, Encoder.PacketSink sink) throws ExtractionException {
        OptionalLong seamAt;
        boolean joined = false;
        try {
            seamAt = seam.join(earlier, next, nextSeam);
            earlier.give(seamAt.orElse(nextSeam), finished(earlier, sink));
            if (seamAt.isEmpty()) earlier.goOn(next);
            joined = true;
        } finally {
            if (!joined) next.close();
        }
        if (seamAt.isEmpty()) {
            seamsRefused++;
            next.close();
            return;
        }
        current = next;
        earlier.close();
        next.give(seamAt.getAsLong(), dropped -> {});
    }

    private Encoder.PacketSink finished(Block from, Encoder.PacketSink sink) {
        return packet -> {
            seam.finish(packet, from.start() - 1);
            sink.accept(packet);
        };
    }

    @Override
    public long samplesIn() {
        return samplesIn;
    }

    /** Waits until no thread uses what is let go here, which is not longer than encoding a frame takes. */
    @Override
    public void close() {
        givenUp = true;
        for (Future<Block> block : running) {
            try {
                workers.result(block).close();
            } catch (ExtractionException | RuntimeException failed) {
                // An earlier failure is on its way already, and the block has been let go
            }
        }
        running.clear();
        window.forEach(Frame::close);
        window.clear();
        if (current != null) current.close();
        current = null;
        seam.close();
    }
}
