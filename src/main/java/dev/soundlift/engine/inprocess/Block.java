package dev.soundlift.engine.inprocess;

import dev.soundlift.failure.ExtractionException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A stretch of the sound and the encoder that encodes it, from the first frame of which on packets are numbered through:
 * packet n holds what a single encoder's packet n would. Used by one thread at a time.
 */
final class Block implements AutoCloseable {
    private final SampleEncoder encoder;
    private final Deque<Frame> frames;
    private final boolean last;
    private final int frameSize;
    private final int priming;
    private final Deque<Packet> packets = new ArrayDeque<>();
    /** Number of the next frame that the encoder gets. */
    private long nextFrame;
    /** Number of the first packet that is here. */
    private long firstPacket;
    /** Whether the block's own packets have begun to come. */
    private boolean begun;
    /** Number of the first packet that is not where it should be in time, as an encoder's very last may be. */
    private long misplaced = Long.MAX_VALUE;

    /**
     * A block with nothing encoded.
     *
     * @param pattern tells what its encoder is like
     * @param encoder becomes the block's; it takes the first of the frames next
     * @param first number of the first of the frames in the whole sound
     * @param frames become the block's
     * @param last whether the sound ends with them
     */
    Block(Encoder pattern, SampleEncoder encoder, long first, List<Frame> frames, boolean last) {
        this.encoder = encoder;
        this.frames = new ArrayDeque<>(frames);
        this.last = last;
        this.frameSize = pattern.frameSize();
        this.priming = pattern.priming();
        this.nextFrame = first;
        this.firstPacket = first;
    }

    /** Encodes all of it, or gives up between two frames when told to. */
    Block encode(BooleanSupplier givenUp) throws ExtractionException {
        for (Frame frame : frames) {
            if (givenUp.getAsBoolean()) return this;
            encoder.encode(frame.raw(), this::keep);
            nextFrame++;
        }
        if (last) encoder.drain(this::keep);
        return this;
    }

    private void keep(Packet packet) {
        long place = packet.raw().pts() + priming;
        if (!begun) firstPacket = place / frameSize;
        begun = true;
        if (place != end() * frameSize) misplaced = Math.min(misplaced, end());
        packets.add(packet.moved());
    }

    /** Goes on with another block's frames from where this one's ended. */
    void goOn(Block with) throws ExtractionException {
        long skipped = nextFrame - (with.nextFrame - with.frames.size());
        for (Frame frame : with.frames) {
            if (skipped-- > 0) continue;
            encoder.encode(frame.raw(), this::keep);
            nextFrame++;
        }
        if (with.last) encoder.drain(this::keep);
    }

    /** Number of the first packet that is here. */
    long start() {
        return firstPacket;
    }

    /** Number of the packet after the last one that is here. */
    long end() {
        return firstPacket + packets.size();
    }

    /** Number of the packet after the last one that is here and where it should be in time. */
    long orderedEnd() {
        return Math.min(end(), misplaced);
    }

    /** Packets from the one before that number back to the first. */
    Iterable<Packet> before(long number) {
        return () -> {
            var backwards = packets.descendingIterator();
            for (long n = end(); n > number; n--) backwards.next();
            return backwards;
        };
    }

    Packet packet(long number) {
        return before(number + 1).iterator().next();
    }

    /** Gives out the packets up to a number, without it, and forgets them. */
    void give(long until, Encoder.PacketSink sink) throws ExtractionException {
        while (firstPacket < until && !packets.isEmpty()) {
            firstPacket++;
            try (Packet packet = packets.remove()) {
                sink.accept(packet);
            }
        }
    }

    @Override
    public void close() {
        frames.forEach(Frame::close);
        frames.clear();
        packets.forEach(Packet::close);
        packets.clear();
        encoder.close();
    }
}
