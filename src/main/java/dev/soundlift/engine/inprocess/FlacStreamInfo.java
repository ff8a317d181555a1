package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_NEW_EXTRADATA;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_new_side_data;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.BytePointer;

/**
 * The header of a FLAC stream says how many samples there are, and their MD5 (RFC 9639, section 8.2). Of a part of the
 * stream neither is true.
 */
final class FlacStreamInfo {
    private static final int BYTES = 34;
    private static final int COUNT_AT = 13;
    private static final int MD5_AT = 18;

    private FlacStreamInfo() {}

    /** Takes out what is not true of a part: zeros mean that it is not known. */
    static void forget(AVCodecParameters parameters) {
        if (parameters.extradata_size() >= BYTES) count(parameters.extradata(), 0);
    }

    /** Has the muxer write, in the end, how many samples there are; the last packet that says so counts. */
    static void tell(AVPacket packet, AVCodecParameters parameters, long samples) {
        if (parameters.extradata_size() != BYTES) return;
        BytePointer data = av_packet_new_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, BYTES);
        if (data == null) throw new OutOfMemoryError("av_packet_new_side_data");
        for (int i = 0; i < BYTES; i++) data.put(i, parameters.extradata().get(i));
        count(data, samples);
    }

    /** 36 bits, the upper four of them in a byte that they share; then the MD5, which nobody knows. */
    private static void count(BytePointer info, long samples) {
        info.put(COUNT_AT, (byte) ((info.get(COUNT_AT) & 0xf0) | ((int) (samples >> 32) & 0x0f)));
        for (int i = 1; i <= 4; i++) info.put(COUNT_AT + i, (byte) (samples >> (32 - 8 * i)));
        for (int i = 0; i < 16; i++) info.put(MD5_AT + i, (byte) 0);
    }
}
