package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CONFIG_CHANNEL_LAYOUT;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_supported_config;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.plan.Layouts;
import dev.soundlift.plan.TargetSound;
import dev.soundlift.request.ChannelChoice;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/** Which speakers an output's channels are for. */
final class ChannelLayouts {
    private ChannelLayouts() {}

    /**
     * The source's layout where the encoder has it, else one that it has for as many channels.
     *
     * @param chosen is set
     */
    static void choose(AVCodec encoder, TargetSound target, AVChannelLayout source, AVChannelLayout chosen) {
        // The plan's count, because a file's first frame may not be like the rest
        int count = target.channelCount() > 0 ? target.channelCount() : source.nb_channels();
        boolean asSource = !(target.channels() instanceof ChannelChoice.Side)
                && count == source.nb_channels()
                && source.order() != AV_CHANNEL_ORDER_UNSPEC;
        Optional<String> fixed = Layouts.fixedBy(target.codecName(), count);
        if (fixed.isPresent()) {
            // FFmpeg's encoders take no others, but do not all list them
            try (BytePointer name = Ffmpeg.utf8(fixed.get())) {
                av_channel_layout_from_string(chosen, name);
            }
            return;
        }
        List<AVChannelLayout> offered = offered(encoder);
        if (asSource && takes(offered, source)) {
            av_channel_layout_copy(chosen, source);
            return;
        }
        av_channel_layout_default(chosen, count);
        if (takes(offered, chosen)) return;
        for (AVChannelLayout layout : offered) {
            if (layout.nb_channels() != count) continue;
            av_channel_layout_copy(chosen, layout);
            return;
        }
    }

    private static boolean takes(List<AVChannelLayout> offered, AVChannelLayout wanted) {
        return offered.isEmpty() || offered.stream().anyMatch(layout -> av_channel_layout_compare(layout, wanted) == 0);
    }

    /** Empty where the encoder takes any. */
    private static List<AVChannelLayout> offered(AVCodec encoder) {
        try (PointerPointer<AVChannelLayout> values = new PointerPointer<>(1);
                IntPointer count = new IntPointer(1)) {
            int code = avcodec_get_supported_config(null, encoder, AV_CODEC_CONFIG_CHANNEL_LAYOUT, 0, values, count);
            if (code < 0 || values.get() == null) return List.of();
            AVChannelLayout first = new AVChannelLayout(values.get());
            return IntStream.range(0, count.get())
                    .mapToObj(i -> first.getPointer(AVChannelLayout.class, i))
                    .toList();
        }
    }
}
