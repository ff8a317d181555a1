package dev.soundlift.engine.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.TargetSound;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/** What FFmpeg's decoder makes of packets, in which it must find no fault. */
final class DecodedPackets {
    private DecodedPackets() {}

    /** All samples of every channel, those before the sound too, and some silence after them. */
    static float[][] of(TargetSound target, Frame like, List<byte[]> packets) throws ExtractionException {
        AVCodecContext decoder;
        int channels;
        try (Encoder encoder = Encoder.open(target, like.raw(), true, Optional.empty())) {
            AVCodecParameters parameters = avcodec_parameters_alloc();
            avcodec_parameters_from_context(parameters, encoder.context());
            parameters.initial_padding(0);
            channels = parameters.ch_layout().nb_channels();
            decoder = avcodec_alloc_context3(avcodec_find_decoder(parameters.codec_id()));
            avcodec_parameters_to_context(decoder, parameters);
            avcodec_parameters_free(parameters);
        }
        float[][] heard = new float[channels][(packets.size() + 4) * 1152];
        int[] at = {0};
        decoder.pkt_timebase(new AVRational().num(1).den(decoder.sample_rate()));
        decoder.flags2(AV_CODEC_FLAG2_SKIP_MANUAL);
        Ffmpeg.require(avcodec_open2(decoder, decoder.codec(), (AVDictionary) null), "avcodec_open2");
        long complaints = Complaints.count();
        try (Packet packet = new Packet();
                Frame frame = new Frame()) {
            for (byte[] bytes : packets) {
                if (bytes.length == 0) continue;
                av_new_packet(packet.raw(), bytes.length);
                new BytePointer(packet.raw().data()).put(bytes);
                Ffmpeg.require(avcodec_send_packet(decoder, packet.raw()), "avcodec_send_packet");
                packet.clear();
                while (avcodec_receive_frame(decoder, frame.raw()) >= 0) {
                    int count = frame.raw().nb_samples();
                    assertThat(frame.raw().format()).isEqualTo(AV_SAMPLE_FMT_FLTP);
                    for (int c = 0; c < channels; c++) {
                        new FloatPointer(frame.raw().extended_data(c)).get(heard[c], at[0], count);
                    }
                    at[0] += count;
                    frame.clear();
                }
            }
        }
        avcodec_free_context(decoder);
        assertThat(Complaints.count()).as(Complaints.last()).isEqualTo(complaints);
        return heard;
    }
}
