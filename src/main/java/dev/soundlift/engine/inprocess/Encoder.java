package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.engine.EncodedBy;
import dev.soundlift.engine.OpusChannels;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.TargetSound;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** Turns samples into packets of the wanted codec. */
final class Encoder implements SampleEncoder {
    /**
     * Where FFmpeg's own first one, 120, creeps to what the sound needs, which is 500 to many thousands, it encodes every
     * frame several times for seconds, and is further from the source. A multiplier too high is corrected in a few frames.
     */
    private static final int AAC_UNDER_WAY = 1500;

    private final AVCodecContext context;
    private final TargetSound target;
    private final Optional<SystemCodec> system;
    private final Packet packet = new Packet();
    private long samplesIn;
    /** Nothing before it is known who encodes. */
    private @Nullable Maker maker;

    private Encoder(AVCodecContext context, TargetSound target, Optional<SystemCodec> system) {
        this.context = context;
        this.target = target;
        this.system = system;
    }

    /**
     * Who encodes.
     *
     * @param opener of encoders from this machine's own library; nothing for FFmpeg's
     */
    private record Maker(String name, Optional<SystemCodec.Opener> opener) {}

    /** Takes packets as they come. The packet is the giver's: it is valid only during the call. */
    @FunctionalInterface
    interface PacketSink {
        void accept(Packet packet) throws ExtractionException;
    }

    /**
     * Opens the encoder for what is wanted.
     *
     * @param first a decoded frame: what the target leaves as in the source is taken from it
     * @param globalHeader whether the container keeps the codec's set-up apart from the packets
     */
    static Encoder open(TargetSound target, AVFrame first, boolean globalHeader) throws ExtractionException {
        return open(target, first, globalHeader, SystemCodec.of(target.codecName()));
    }

    /** @param system whose library {@linkplain #another others like this} may be made by, if it is here */
    static Encoder open(TargetSound target, AVFrame first, boolean globalHeader, Optional<SystemCodec> system)
            throws ExtractionException {
        AVCodec codec = find(target.codecName());
        if (codec == null) throw missing(target.codecName());
        AVCodecContext context = avcodec_alloc_context3(codec);
        Encoder encoder = new Encoder(context, target, system);
        int rate = target.sampleRateHz() > 0 ? target.sampleRateHz() : first.sample_rate();
        context.sample_rate(rate);
        setTimeBase(context, rate);
        context.sample_fmt(
                target.encoderScale() < 1 ? AV_SAMPLE_FMT_FLTP : sampleFormat(codec, target, first.format()));
        ChannelLayouts.choose(codec, target, first.ch_layout(), context.ch_layout());
        if (target.depth() == SampleDepth.BITS_24) context.bits_per_raw_sample(24);
        if (target.depth() == SampleDepth.BITS_32) {
            context.bits_per_raw_sample(32);
            // FFmpeg still calls FLAC's 32 bits experimental; RFC 9639 has them, and flac 1.4 reads them
            context.strict_std_compliance(FF_COMPLIANCE_EXPERIMENTAL);
        }
        target.bitsPerSecond().ifPresent(context::bit_rate);
        target.vbrLevel().ifPresent(level -> {
            context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
            context.global_quality(level * FF_QP2LAMBDA);
        });
        if (globalHeader) context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        return encoder.opened(codec);
    }

    /** One that is set up as this one is, for the same sound from a later sample on. May be called by any thread. */
    SampleEncoder another(long firstSample) throws ExtractionException {
        Optional<SystemCodec.Opener> opener = maker().opener();
        if (opener.isPresent()) return opener.get().open(form(), firstSample);
        AVCodec codec = context.codec();
        AVCodecContext same = avcodec_alloc_context3(codec);
        Encoder encoder = new Encoder(same, target, system);
        encoder.samplesIn = firstSample;
        same.sample_rate(context.sample_rate());
        setTimeBase(same, context.sample_rate());
        same.sample_fmt(context.sample_fmt());
        av_channel_layout_copy(same.ch_layout(), context.ch_layout());
        same.bits_per_raw_sample(context.bits_per_raw_sample());
        same.strict_std_compliance(context.strict_std_compliance());
        same.bit_rate(context.bit_rate());
        same.flags(context.flags());
        same.global_quality(firstSample > 0 ? qualityUnderWay() : context.global_quality());
        encoder.opened(codec);
        same.global_quality(context.global_quality());
        return encoder;
    }

    /**
     * The quality to open an encoder with for a sound that is under way. FFmpeg's AAC encoder makes it the first multiplier
     * of its rate control, even at a bit rate.
     */
    private int qualityUnderWay() {
        boolean aacAtRate = codecName().equals("aac") && context.global_quality() == 0;
        return aacAtRate ? AAC_UNDER_WAY : context.global_quality();
    }

    /** Who encodes, in so many blocks. */
    EncodedBy encodedBy(int blocks, int refused) {
        Maker who = maker();
        return new EncodedBy(who.name(), who.opener().isPresent(), blocks, refused);
    }

    /** One for the whole sound: where this machine's library does not do what FFmpeg's does, FFmpeg's encodes all of it. */
    private synchronized Maker maker() {
        Maker known = maker;
        if (known == null) maker = known = chosen();
        return known;
    }

    private Maker chosen() {
        Optional<SystemCodec.Opener> opener = system.flatMap(SystemCodec::opener);
        if (opener.isPresent()) {
            try {
                opener.get().open(form(), 0).close();
                return new Maker(system.get().status().detail(), opener);
            } catch (LinkageError other) {
                // An encoder that is not like FFmpeg's is not used
            }
        }
        return new Maker(codecName(), Optional.empty());
    }

    private EncoderForm form() {
        return new EncoderForm(context, target.encoderScale());
    }

    private static void setTimeBase(AVCodecContext context, int rateHz) {
        try (AVRational sample = new AVRational().num(1).den(rateHz)) {
            context.time_base(sample);
        }
    }

    private Encoder opened(AVCodec codec) throws ExtractionException {
        int channels = context.ch_layout().nb_channels();
        if (OpusChannels.needFamilyOne(target.codecName(), channels)) {
            av_opt_set_int(context.priv_data(), "mapping_family", 1, 0);
        }
        long complaints = Complaints.count();
        int opened = avcodec_open2(context, codec, (AVDictionary) null);
        if (opened >= 0) {
            Complaints.forgetSince(complaints);
            return this;
        }
        close();
        throw new ExtractionException(
                ErrorKind.DOES_NOT_FIT,
                Text.of("error.encoder-refused", codecName(), Ffmpeg.message(opened)),
                Text.of("next.encoder-refused"));
    }

    /** Filters that the encoder's form alone does not ask for; each ends with a comma. */
    private static String preparation(TargetSound target) {
        double scale = target.encoderScale();
        if (scale < 1) {
            return String.format(Locale.ROOT, "aformat=sample_fmts=fltp,volume=%.9f:precision=float,", 1 / scale);
        }
        if (!target.dither()) return "";
        return "aresample=osf=%s:output_sample_bits=%s:dither_method=triangular,"
                .formatted(
                        target.depth() == SampleDepth.BITS_16 ? "s16" : "s32",
                        target.depth().bits());
    }

    /** The encoder that we use for a codec; FFmpeg's own MP3 and Opus are absent or experimental. */
    static @Nullable AVCodec find(String codecName) {
        return switch (codecName) {
            case "mp3" -> avcodec_find_encoder_by_name("libmp3lame");
            case "opus" -> avcodec_find_encoder_by_name("libopus");
            default -> avcodec_find_encoder_by_name(codecName);
        };
    }

    private static ExtractionException missing(String codecName) {
        return new ExtractionException(
                ErrorKind.NO_ENGINE, Text.of("error.no-encoder", codecName), Text.of("next.no-encoder"));
    }

    /** The source's own format where the encoder takes it and the depth allows, so that nothing is converted twice. */
    private static int sampleFormat(AVCodec codec, TargetSound target, int sourceFormat) {
        List<Integer> wanted = switch (target.depth()) {
            case BITS_16 -> List.of(AV_SAMPLE_FMT_S16, AV_SAMPLE_FMT_S32, AV_SAMPLE_FMT_FLT);
            case BITS_24, BITS_32 -> List.of(AV_SAMPLE_FMT_S32, AV_SAMPLE_FMT_FLT, AV_SAMPLE_FMT_S16);
            case FLOAT_32 -> List.of(AV_SAMPLE_FMT_FLT, AV_SAMPLE_FMT_S32, AV_SAMPLE_FMT_S16);
        };
        boolean lossy = target.bitsPerSecond().isPresent() || target.vbrLevel().isPresent();
        int packedSource = av_get_packed_sample_fmt(sourceFormat);
        int[] offered = supported(codec, AV_CODEC_CONFIG_SAMPLE_FORMAT);
        if (lossy) {
            for (int format : offered) if (av_get_packed_sample_fmt(format) == packedSource) return format;
            wanted = List.of(AV_SAMPLE_FMT_FLT, AV_SAMPLE_FMT_S32, AV_SAMPLE_FMT_S16);
        }
        for (int preferred : wanted) {
            for (int format : offered) if (av_get_packed_sample_fmt(format) == preferred) return format;
        }
        return offered.length > 0 ? offered[0] : AV_SAMPLE_FMT_S16;
    }

    private static int[] supported(AVCodec codec, int what) {
        try (PointerPointer<IntPointer> values = new PointerPointer<>(1);
                IntPointer count = new IntPointer(1)) {
            int code = avcodec_get_supported_config(null, codec, what, 0, values, count);
            if (code < 0 || values.get() == null) return new int[0];
            int[] list = new int[count.get()];
            new IntPointer(values.get()).get(list);
            return list;
        }
    }

    AVCodecContext context() {
        return context;
    }

    /** The filter that brings any samples into the form that this encoder takes. */
    String formatFilter() {
        return preparation(target)
                + "aformat=sample_fmts=%s:sample_rates=%s:channel_layouts='%s'"
                        .formatted(
                                Ffmpeg.text(av_get_sample_fmt_name(context.sample_fmt())),
                                context.sample_rate(),
                                FilterGraph.describe(context.ch_layout()));
    }

    /** The filter that brings any samples to this encoder's rate and channels, as planar doubles. */
    String doublesFilter() {
        return "aformat=sample_fmts=dblp:sample_rates=%s:channel_layouts='%s'"
                .formatted(context.sample_rate(), FilterGraph.describe(context.ch_layout()));
    }

    /** FFmpeg's name of the encoder. */
    String codecName() {
        return Ffmpeg.text(context.codec().name());
    }

    /** Of one sample of all channels. */
    int sampleBytes() {
        return av_get_bytes_per_sample(context.sample_fmt())
                * context.ch_layout().nb_channels();
    }

    /** Samples a frame must have, or 0 for any number. */
    int frameSize() {
        boolean any = (context.codec().capabilities() & AV_CODEC_CAP_VARIABLE_FRAME_SIZE) != 0;
        return any ? 0 : context.frame_size();
    }

    @Override
    public long samplesIn() {
        return samplesIn;
    }

    /** Samples that the encoder puts before the sound. */
    int priming() {
        return context.initial_padding();
    }

    @Override
    public void encode(AVFrame frame, PacketSink sink) throws ExtractionException {
        frame.pts(samplesIn);
        samplesIn += frame.nb_samples();
        send(frame, sink);
    }

    @Override
    public void drain(PacketSink sink) throws ExtractionException {
        send(null, sink);
    }

    private void send(@Nullable AVFrame frame, PacketSink sink) throws ExtractionException {
        long complaints = Complaints.count();
        Ffmpeg.require(avcodec_send_frame(context, frame), "avcodec_send_frame");
        Complaints.forgetSince(complaints);
        while (true) {
            int received = avcodec_receive_packet(context, packet.raw());
            if (Ffmpeg.isTryAgain(received) || Ffmpeg.isEnd(received)) return;
            Ffmpeg.require(received, "avcodec_receive_packet");
            sink.accept(packet);
            packet.clear();
        }
    }

    @Override
    public void close() {
        packet.close();
        avcodec_free_context(context);
    }
}
