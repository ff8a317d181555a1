package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.*;

import dev.soundlift.failure.ExtractionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Decodes blocks of a track's packets on all cores, each with a fresh decoder that gets some packets before its block to
 * become what one decoder would be there. For whole, ordinary tracks only: at the least sign of something else it
 * {@linkplain #doubts doubts} what it gave, and one decoder must do it again.
 */
final class BlockDecoder implements PacketDecoder {
    private static final int LOSSY_PACKETS = 512;
    /** Their frames are several times as long. */
    private static final int LOSSLESS_PACKETS = 64;
    /** Of a block, for each channel: packets of strangers' files may hold much. */
    private static final long MOST_SAMPLES = 1 << 20;
    /** What a packet may hold that does not say how long it is (RFC 9639, section 9.1). */
    private static final long LONGEST_PACKET = 1 << 16;

    /** What a fresh decoder of Opus drops, wherever it begins, must be over before its block: in samples. */
    private static final int MOST_PRE_SKIP = 32 * 120;

    /** As it was at first: reading on may change the stream's own, while blocks are decoded. */
    private final AVCodecParameters track;

    private final AVRational timeBase;
    private final Workers workers;
    private final int before;
    private final int blockPackets;

    /** The packets of the next block, after those before it. */
    private final List<Packet> collected = new ArrayList<>();
    /** How many of them are before it. */
    private int collectedBefore;

    /** In the packets of the next block. */
    private long collectedSamples;

    private final Deque<Future<List<Frame>>> running = new ArrayDeque<>();
    private volatile boolean doubts;
    private volatile boolean givenUp;

    /** @param before packets that a decoder gets before its block, see {@link #before} */
    BlockDecoder(AVStream stream, int before, Workers workers) throws ExtractionException {
        this(stream, before, workers, before == 0 ? LOSSLESS_PACKETS : LOSSY_PACKETS);
    }

    BlockDecoder(AVStream stream, int before, Workers workers, int blockPackets) throws ExtractionException {
        this.track = avcodec_parameters_alloc();
        this.timeBase = new AVRational()
                .num(stream.time_base().num())
                .den(stream.time_base().den());
        Ffmpeg.require(avcodec_parameters_copy(track, stream.codecpar()), "avcodec_parameters_copy");
        this.before = before;
        this.workers = workers;
        this.blockPackets = blockPackets;
    }

    /** After how many packets a decoder of this track is what it always was; nothing where that is not known. */
    static OptionalInt before(AVStream stream) {
        return switch (stream.codecpar().codec_id()) {
            case AV_CODEC_ID_FLAC, AV_CODEC_ID_ALAC -> OptionalInt.of(0);
            // Each overlaps with the next
            case AV_CODEC_ID_AAC -> OptionalInt.of(4);
            // The bit reservoir holds 511 bytes (ISO/IEC 11172-3, 2.4.3.4), the smallest frames have 24
            case AV_CODEC_ID_MP3 -> OptionalInt.of(32);
            // RFC 7845, section 4.6: 80 ms, which are 32 of the shortest packets
            case AV_CODEC_ID_OPUS ->
                stream.codecpar().initial_padding() < MOST_PRE_SKIP ? OptionalInt.of(40) : OptionalInt.empty();
            default -> OptionalInt.empty();
        };
    }

    @Override
    public void decode(Packet packet, Frame.Sink sink) throws ExtractionException {
        // What changes midway only one decoder follows
        if (changes(packet.raw())) doubts = true;
        if (doubts) return;
        collected.add(packet.reference());
        collectedSamples += samples(packet.raw());
        boolean full = collected.size() == collectedBefore + blockPackets || collectedSamples >= MOST_SAMPLES;
        if (full) start(sink);
    }

    private static boolean changes(AVPacket packet) {
        return has(packet, AV_PKT_DATA_NEW_EXTRADATA) || has(packet, AV_PKT_DATA_PARAM_CHANGE);
    }

    private static boolean has(AVPacket packet, int sideData) {
        if (packet.side_data_elems() == 0) return false;
        BytePointer found = av_packet_get_side_data(packet, sideData, (SizeTPointer) null);
        return found != null && !found.isNull();
    }

    private long samples(AVPacket packet) {
        if (packet.duration() <= 0) return LONGEST_PACKET;
        return Math.round(packet.duration() * (double) timeBase.num() * track.sample_rate() / timeBase.den());
    }

    @Override
    public void drain(Frame.Sink sink) throws ExtractionException {
        start(sink);
        while (!running.isEmpty()) giveFirst(sink);
    }

    private void start(Frame.Sink sink) throws ExtractionException {
        while (!workers.mayStart(running.size())) giveFirst(sink);
        List<Packet> mine = List.copyOf(collected);
        int skipped = collectedBefore;
        collected.clear();
        collectedSamples = 0;
        for (Packet packet : mine.subList(Math.max(0, mine.size() - before), mine.size())) {
            collected.add(packet.reference());
        }
        collectedBefore = collected.size();
        running.add(workers.start(() -> decoded(mine, skipped)));
    }

    /** On one of the workers' threads. */
    private List<Frame> decoded(List<Packet> mine, int skipped) throws ExtractionException {
        List<Frame> frames = new ArrayList<>();
        boolean done = false;
        Frame.Sink kept = frame -> frames.add(Frame.reference(frame));
        try (Decoder decoder = Decoder.open(track, timeBase);
                LargeFrames large = new LargeFrames()) {
            for (Packet packet : mine.subList(0, skipped)) decoder.decode(packet, frame -> {});
            long complaints = Complaints.count();
            long refused = decoder.undecodable();
            for (Packet packet : mine.subList(skipped, mine.size())) {
                if (givenUp) break;
                decoder.decode(packet, frame -> large.add(frame, kept));
            }
            long wanted = decoder.frames();
            decoder.drain(frame -> large.add(frame, kept));
            large.flush(kept);
            boolean heldBack = decoder.frames() > wanted;
            if (heldBack || Complaints.count() > complaints || decoder.undecodable() > refused) doubts = true;
            done = true;
            return frames;
        } finally {
            if (!done) frames.forEach(Frame::close);
            mine.forEach(Packet::close);
        }
    }

    private void giveFirst(Frame.Sink sink) throws ExtractionException {
        List<Frame> frames = workers.result(running.remove());
        try {
            for (Frame frame : frames) sink.accept(frame.raw());
        } finally {
            frames.forEach(Frame::close);
        }
    }

    @Override
    public boolean doubts() {
        return doubts;
    }

    /** None: where there was one, all is in doubt. */
    @Override
    public long undecodable() {
        return 0;
    }

    @Override
    public void close() {
        givenUp = true;
        for (Future<List<Frame>> block : running) {
            try {
                workers.result(block).forEach(Frame::close);
            } catch (ExtractionException | RuntimeException failed) {
                // An earlier failure is on its way already, and the block has let go of what it had
            }
        }
        running.clear();
        collected.forEach(Packet::close);
        collected.clear();
        avcodec_parameters_free(track);
        timeBase.close();
    }
}
