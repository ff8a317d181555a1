package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.*;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/** Turns a track's packets into samples; goes on after packets that it cannot decode, and counts them. */
final class Decoder implements PacketDecoder {
    private final AVCodecContext context;
    private final Frame frame = new Frame();
    private long undecodable;
    private long frames;

    private Decoder(AVCodecContext context) {
        this.context = context;
    }

    static Decoder open(AVStream stream) throws ExtractionException {
        return open(stream.codecpar(), stream.time_base());
    }

    /** For packets whose time stamps count so many seconds. */
    static Decoder open(AVCodecParameters track, AVRational timeBase) throws ExtractionException {
        AVCodec codec = avcodec_find_decoder(track.codec_id());
        if (codec == null) throw missing(track);
        AVCodecContext context = avcodec_alloc_context3(codec);
        Decoder decoder = new Decoder(context);
        avcodec_parameters_to_context(context, track);
        // Needed to trim what the container says is padding (AV_PKT_DATA_SKIP_SAMPLES)
        context.pkt_timebase(timeBase);
        if (avcodec_open2(context, codec, (AVDictionary) null) < 0) {
            decoder.close();
            throw new ExtractionException(
                    ErrorKind.UNREADABLE,
                    Text.of("error.decoder-refused", Ffmpeg.text(avcodec_get_name(track.codec_id()))),
                    Text.of("next.nothing-decoded"));
        }
        return decoder;
    }

    private static ExtractionException missing(AVCodecParameters track) {
        String name = Ffmpeg.text(avcodec_get_name(track.codec_id()));
        return new ExtractionException(
                ErrorKind.UNSUPPORTED_CODEC, Text.of("error.no-decoder", name), Text.of("next.no-decoder"));
    }

    /** What comes next has nothing to do with what came before. */
    void leap() {
        avcodec_flush_buffers(context);
    }

    @Override
    public void decode(Packet packet, Frame.Sink sink) throws ExtractionException {
        send(packet.raw(), sink);
    }

    @Override
    public void drain(Frame.Sink sink) throws ExtractionException {
        send(null, sink);
    }

    private void send(@Nullable AVPacket packet, Frame.Sink sink) throws ExtractionException {
        if (avcodec_send_packet(context, packet) < 0) undecodable++;
        while (true) {
            int received = avcodec_receive_frame(context, frame.raw());
            if (Ffmpeg.isTryAgain(received) || Ffmpeg.isEnd(received)) return;
            if (received < 0) {
                undecodable++;
                return;
            }
            try {
                if (frame.raw().nb_samples() > 0) {
                    frames++;
                    sink.accept(frame.raw());
                }
            } finally {
                frame.clear();
            }
        }
    }

    /** Given out so far. */
    long frames() {
        return frames;
    }

    @Override
    public long undecodable() {
        return undecodable;
    }

    @Override
    public void close() {
        frame.close();
        avcodec_free_context(context);
    }
}
