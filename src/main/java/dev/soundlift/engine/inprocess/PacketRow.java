package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.*;

import dev.soundlift.failure.ExtractionException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;

/**
 * Packets of an encoder that gives nothing but bytes: when each begins, how long it lasts, and what of it players are to
 * drop, said as FFmpeg's encoders say it.
 */
final class PacketRow implements AutoCloseable {
    /** Two counts of samples, and a reason for each. */
    private static final int SKIP_BYTES = 10;

    private final int frameSize;
    private final Packet packet = new Packet();
    /** Of the next packet's first sample. */
    private long pts;
    /** Samples that have come, priming too, and are in no packet yet. */
    private long waiting;
    /** How many samples before the sound are still to be told. */
    private int untold;

    /** @param tellsPriming whether the first packet says what is dropped before the sound */
    PacketRow(EncoderForm form, long firstSample, boolean tellsPriming) {
        this.frameSize = form.frameSize();
        this.pts = firstSample - form.priming();
        this.waiting = form.priming();
        this.untold = tellsPriming ? form.priming() : 0;
    }

    void came(int samples) {
        waiting += samples;
    }

    /** Whether samples have come that are in no packet yet. */
    boolean isWaiting() {
        return waiting > 0;
    }

    /** Gives out a packet of these bytes. */
    void give(byte[] bytes, int from, int count, Encoder.PacketSink sink) throws ExtractionException {
        long duration = Math.max(0, Math.min(frameSize, waiting));
        Ffmpeg.require(av_new_packet(packet.raw(), count), "av_new_packet");
        new BytePointer(packet.raw().data()).put(bytes, from, count);
        packet.raw().pts(pts).dts(pts).duration(duration);
        packet.raw().flags(AV_PKT_FLAG_KEY);
        if (untold > 0 || duration < frameSize) tellDropped(untold, (int) (frameSize - duration));
        untold = 0;
        pts += frameSize;
        waiting -= duration;
        try {
            sink.accept(packet);
        } finally {
            packet.clear();
        }
    }

    private void tellDropped(int before, int after) {
        BytePointer told = av_packet_new_side_data(packet.raw(), AV_PKT_DATA_SKIP_SAMPLES, SKIP_BYTES);
        told.put(ByteBuffer.allocate(SKIP_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(before)
                .putInt(after)
                .array());
    }

    @Override
    public void close() {
        packet.close();
    }
}
