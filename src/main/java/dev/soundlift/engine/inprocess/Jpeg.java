package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avfilter.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.failure.ExtractionException;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/** A video's frame as a picture for a cover: as players show it, and no larger than they need. */
final class Jpeg {
    /** Of the longer side, in pixels. */
    private static final int LONGEST_SIDE = 1400;

    /** Of 2 (best) to 31: artefacts are not seen, and the file stays below half a megabyte. */
    private static final int QUALITY = 3;

    private Jpeg() {}

    static byte[] of(AVFrame frame, AVStream stream) throws ExtractionException {
        AVFilterGraph graph = avfilter_graph_alloc();
        graph.nb_threads(1);
        try (Frame picture = new Frame();
                BytePointer chain = Ffmpeg.utf8(chain(frame, stream))) {
            AVFilterInOut none = new AVFilterInOut(null);
            Ffmpeg.require(avfilter_graph_parse_ptr(graph, chain, none, new AVFilterInOut(null), null), "filters");
            Ffmpeg.require(avfilter_graph_config(graph, null), "filters");
            AVFilterContext in = avfilter_graph_get_filter(graph, "buffer@in");
            AVFilterContext out = avfilter_graph_get_filter(graph, "buffersink@out");
            Ffmpeg.require(av_buffersrc_add_frame_flags(in, frame, AV_BUFFERSRC_FLAG_KEEP_REF), "picture");
            Ffmpeg.require(av_buffersrc_add_frame_flags(in, null, 0), "picture");
            Ffmpeg.require(av_buffersink_get_frame(out, picture.raw()), "picture");
            return encoded(picture.raw());
        } finally {
            avfilter_graph_free(graph);
        }
    }

    private static String chain(AVFrame frame, AVStream stream) {
        AVRational shape =
                frame.sample_aspect_ratio().num() > 0 ? frame.sample_aspect_ratio() : stream.sample_aspect_ratio();
        double aspect = shape.num() > 0 && shape.den() > 0 ? shape.num() / (double) shape.den() : 1;
        double width = frame.width() * Math.max(aspect, 1);
        double height = frame.height() * Math.max(1 / aspect, 1);
        double factor = Math.min(1, LONGEST_SIDE / Math.max(width, height));
        return String.format(
                Locale.ROOT,
                "buffer@in=width=%d:height=%d:pix_fmt=%d:time_base=1/1:sar=1/1:colorspace=%d:range=%d,"
                        // Pictures are full range and BT.601 by definition (JFIF 1.02)
                        + "scale=%d:%d:flags=bicubic:out_range=pc:out_color_matrix=bt601%s,format=yuvj420p,"
                        + "buffersink@out",
                frame.width(),
                frame.height(),
                frame.format(),
                frame.colorspace(),
                frame.color_range(),
                Math.max(1, Math.round(width * factor)),
                Math.max(1, Math.round(height * factor)),
                turn(stream));
    }

    /** Phones film upright and leave it to the player to turn the picture. */
    private static String turn(AVStream stream) {
        for (int i = 0; i < stream.codecpar().nb_coded_side_data(); i++) {
            AVPacketSideData data = stream.codecpar().coded_side_data().getPointer(i);
            if (data.type() != AV_PKT_DATA_DISPLAYMATRIX) continue;
            double counterclockwise = av_display_rotation_get(new IntPointer(data.data()));
            int clockwise = Math.floorMod(-Math.round(counterclockwise), 360);
            return switch (clockwise) {
                case 90 -> ",transpose=clock";
                case 180 -> ",hflip,vflip";
                case 270 -> ",transpose=cclock";
                default -> "";
            };
        }
        return "";
    }

    private static byte[] encoded(AVFrame picture) throws ExtractionException {
        AVCodecContext encoder = avcodec_alloc_context3(avcodec_find_encoder(AV_CODEC_ID_MJPEG));
        try (Packet packet = new Packet();
                AVRational second = new AVRational().num(1).den(1)) {
            encoder.width(picture.width()).height(picture.height());
            encoder.pix_fmt(picture.format()).color_range(AVCOL_RANGE_JPEG);
            encoder.time_base(second);
            encoder.flags(encoder.flags() | AV_CODEC_FLAG_QSCALE);
            encoder.global_quality(QUALITY * FF_QP2LAMBDA);
            Ffmpeg.require(avcodec_open2(encoder, encoder.codec(), (AVDictionary) null), "mjpeg");
            picture.quality(encoder.global_quality());
            picture.pts(0);
            Ffmpeg.require(avcodec_send_frame(encoder, picture), "mjpeg");
            Ffmpeg.require(avcodec_send_frame(encoder, null), "mjpeg");
            Ffmpeg.require(avcodec_receive_packet(encoder, packet.raw()), "mjpeg");
            byte[] bytes = new byte[packet.raw().size()];
            packet.raw().data().get(bytes);
            return bytes;
        } finally {
            avcodec_free_context(encoder);
        }
    }
}
