package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avfilter.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.failure.ExtractionException;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** A chain of FFmpeg's audio filters for samples of one shape, written as FFmpeg writes them. */
final class FilterGraph implements AutoCloseable {
    private static final int KEEP_REFERENCE = AV_BUFFERSRC_FLAG_KEEP_REF;

    private final AVFilterGraph graph;
    private final AVFilterContext source;
    private final AVFilterContext sink;
    /** What frames are taken for that do not say which speakers they are for. */
    private final String layout;

    private final Frame out = new Frame();

    private FilterGraph(AVFilterGraph graph, AVFilterContext source, AVFilterContext sink, String layout) {
        this.graph = graph;
        this.source = source;
        this.sink = sink;
        this.layout = layout;
    }

    /**
     * Builds the chain.
     *
     * @param first a frame of the shape that will go in
     * @param filters such as {@code atrim=start_sample=5,aformat=sample_fmts=s16}; an empty chain is {@code anull}
     */
    static FilterGraph of(AVFrame first, String filters) throws ExtractionException {
        return of(first, describe(first.ch_layout()), filters);
    }

    /** The same for channels that are taken for those of another layout. */
    static FilterGraph of(AVFrame first, String layout, String filters) throws ExtractionException {
        return of(first.sample_rate(), Ffmpeg.text(av_get_sample_fmt_name(first.format())), layout, filters);
    }

    /** For samples of this rate, format and layout, both named as FFmpeg does. */
    static FilterGraph of(int rateHz, String format, String layout, String filters) throws ExtractionException {
        AVFilterGraph graph = avfilter_graph_alloc();
        // Numbers as %s: %d would write them in the digits of the JVM's language
        // The chains here are short and cheap: threads would cost more than they give
        graph.nb_threads(1);
        String whole = "abuffer@in=time_base=1/%s:sample_rate=%s:sample_fmt=%s:channel_layout='%s',%s,abuffersink@out"
                .formatted(rateHz, rateHz, format, layout, filters);
        AVFilterInOut inputs = new AVFilterInOut(null);
        AVFilterInOut outputs = new AVFilterInOut(null);
        try (BytePointer description = Ffmpeg.utf8(whole)) {
            Ffmpeg.require(avfilter_graph_parse_ptr(graph, description, inputs, outputs, null), "filters " + whole);
            Ffmpeg.require(avfilter_graph_config(graph, null), "filters " + whole);
        } catch (ExtractionException failed) {
            avfilter_graph_free(graph);
            throw failed;
        }
        return new FilterGraph(
                graph,
                avfilter_graph_get_filter(graph, "abuffer@in"),
                avfilter_graph_get_filter(graph, "abuffersink@out"),
                layout);
    }

    /** FFmpeg's name of a layout; one without an order of speakers gets the usual order for its number of channels. */
    static String describe(AVChannelLayout layout) {
        try (AVChannelLayout usual = new AVChannelLayout()) {
            AVChannelLayout known = layout;
            if (layout.order() == AV_CHANNEL_ORDER_UNSPEC) {
                av_channel_layout_default(usual, layout.nb_channels());
                known = usual;
            }
            byte[] name = new byte[256];
            int length = av_channel_layout_describe(known, name, name.length);
            String described = new String(name, 0, Math.max(0, length - 1), StandardCharsets.UTF_8);
            // More channels than any usual layout has: "16 channels", which is parsed as "16c"
            return described.endsWith(" channels") ? known.nb_channels() + "c" : described;
        }
    }

    /** For encoders that take frames of one size only; the last may be shorter. */
    void setFrameSize(int samples) {
        av_buffersink_set_frame_size(sink, samples);
    }

    void push(AVFrame frame, Frame.Sink sinkOfResults) throws ExtractionException {
        boolean speakersUnknown = frame.ch_layout().order() == AV_CHANNEL_ORDER_UNSPEC;
        int channels = frame.ch_layout().nb_channels();
        if (speakersUnknown) {
            try (BytePointer name = Ffmpeg.utf8(layout)) {
                av_channel_layout_from_string(frame.ch_layout(), name);
            }
        }
        int added = av_buffersrc_add_frame_flags(source, frame, KEEP_REFERENCE);
        // It goes on to others, who may take it for something else
        if (speakersUnknown) frame.ch_layout().order(AV_CHANNEL_ORDER_UNSPEC).nb_channels(channels);
        Ffmpeg.require(added, "av_buffersrc_add_frame");
        pull(sinkOfResults);
    }

    void finish(Frame.Sink sinkOfResults) throws ExtractionException {
        Ffmpeg.require(av_buffersrc_add_frame_flags(source, null, 0), "av_buffersrc_add_frame");
        pull(sinkOfResults);
    }

    private void pull(Frame.Sink results) throws ExtractionException {
        while (true) {
            int got = av_buffersink_get_frame(sink, out.raw());
            if (Ffmpeg.isTryAgain(got) || Ffmpeg.isEnd(got)) return;
            Ffmpeg.require(got, "av_buffersink_get_frame");
            try {
                results.accept(out.raw());
            } finally {
                out.clear();
            }
        }
    }

    @Override
    public void close() {
        out.close();
        avfilter_graph_free(graph);
    }
}
