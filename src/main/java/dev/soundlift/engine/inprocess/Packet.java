package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_move_ref;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_ref;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;

import dev.soundlift.failure.ExtractionException;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** A compressed piece of a track. Used again and again; {@link #clear} lets go of its data. */
final class Packet implements AutoCloseable {
    private final AVPacket packet = av_packet_alloc();

    AVPacket raw() {
        return packet;
    }

    /** What this one holds, as a packet of its own; this one is empty then. */
    Packet moved() {
        Packet other = new Packet();
        av_packet_move_ref(other.packet, packet);
        return other;
    }

    /** Shares what this one holds, without copying it. */
    Packet reference() throws ExtractionException {
        Packet other = new Packet();
        Ffmpeg.require(av_packet_ref(other.packet, packet), "av_packet_ref");
        return other;
    }

    void clear() {
        av_packet_unref(packet);
    }

    @Override
    public void close() {
        av_packet_free(packet);
    }
}
