package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import dev.soundlift.failure.ExtractionException;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVCodecParserContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * How many samples each packet gives, of codecs whose packets differ in length: only the packet itself says it, which
 * FFmpeg's parsers read; containers with a coarse clock round it.
 */
final class ParsedLengths implements AutoCloseable {
    /** PARSER_FLAG_COMPLETE_FRAMES of avcodec.h, which the binding leaves out. */
    private static final int COMPLETE_FRAMES = 0x0001;

    private final AVCodecParserContext parser;
    private final AVCodecContext context = avcodec_alloc_context3(null);
    private final PointerPointer<BytePointer> parsed = new PointerPointer<>(1);
    private final IntPointer parsedBytes = new IntPointer(1);

    ParsedLengths(AVCodecParameters parameters) throws ExtractionException {
        parser = av_parser_init(parameters.codec_id());
        Ffmpeg.require(avcodec_parameters_to_context(context, parameters), "avcodec_parameters_to_context");
        parser.flags(parser.flags() | COMPLETE_FRAMES);
    }

    static boolean areNeeded(AVCodecParameters parameters) {
        return parameters.codec_id() == AV_CODEC_ID_VORBIS || parameters.codec_id() == AV_CODEC_ID_FLAC;
    }

    /** Of any Vorbis packet, in samples; the block sizes are powers of two in the 29th byte of the first header (4.2.2). */
    static long longest(AVCodecParameters parameters) {
        BytePointer headers = parameters.extradata();
        for (int at = 0; at + 28 < Math.min(64, parameters.extradata_size()); at++) {
            if (headers.get(at) == 1 && headers.get(at + 1) == 'v' && headers.get(at + 2) == 'o') {
                return 1L << (headers.get(at + 28) >> 4 & 15) >> 1;
            }
        }
        return 0;
    }

    /** The packets must come in their order. */
    long samples(AVPacket packet) {
        long none = AV_NOPTS_VALUE;
        av_parser_parse2(parser, context, parsed, parsedBytes, packet.data(), packet.size(), none, none, -1);
        return Math.max(0, parser.duration());
    }

    @Override
    public void close() {
        av_parser_close(parser);
        avcodec_free_context(context);
        parsed.close();
        parsedBytes.close();
    }
}
