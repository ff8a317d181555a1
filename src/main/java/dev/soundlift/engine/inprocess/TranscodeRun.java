package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_compare;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;

import dev.soundlift.engine.Produced;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * One transcode: decoded samples → cut → the encoder's form → packets → file. Encoder and file are set up when the
 * first samples show what they are really like; samples whose shape changes midway are brought to the first one's.
 */
final class TranscodeRun implements AutoCloseable {
    private final Plan plan;
    private final Muxer muxer;
    private final Optional<Cover> cover;
    private final AVStream source;
    private final long originMicros;
    private final SoundDetector detector = new SoundDetector();
    private final AVChannelLayout layout = new AVChannelLayout();

    private @Nullable Encoder encoder;
    private @Nullable FilterGraph filters;
    private @Nullable FilterGraph frames;
    private int format;
    private int rateHz;
    /** Where the first decoded sample lies on the media clock, in samples of the source. */
    private long firstPosition;
    /** Decoded so far, in samples of the source. */
    private long decoded;

    private long endPosition = Long.MAX_VALUE;

    TranscodeRun(Plan plan, Path file, Demuxer media, AVStream source) throws ExtractionException {
        this.plan = plan;
        this.source = source;
        this.originMicros = media.originMicros();
        this.cover = Cover.of(media.context());
        this.muxer = Muxer.create(file, plan);
    }

    void accept(AVFrame frame) throws ExtractionException {
        if (complete()) return;
        if (encoder == null) {
            begin(frame);
        } else if (shapeChanged(frame)) {
            finishFilters();
            rescalePositions(frame.sample_rate());
            filters = filtersFor(frame);
        }
        detector.listen(frame);
        decoded += frame.nb_samples();
        if (filters != null) filters.push(frame, this::regroup);
    }

    /** Whether everything that is wanted has been decoded. */
    boolean complete() {
        return encoder != null && firstPosition + decoded >= endPosition;
    }

    /** How far on the media clock. */
    Duration position() {
        return rateHz == 0 ? Duration.ZERO : duration(firstPosition + decoded, rateHz);
    }

    private void begin(AVFrame frame) throws ExtractionException {
        rateHz = frame.sample_rate();
        long timestamp = frame.best_effort_timestamp();
        double seconds = timestamp == AV_NOPTS_VALUE
                ? 0
                : Ffmpeg.seconds(timestamp, source.time_base()) - originMicros / (double) Ffmpeg.MICROS_PER_SECOND;
        firstPosition = Math.round(seconds * rateHz);
        endPosition = plan.cut().end().map(end -> samples(end, rateHz)).orElse(Long.MAX_VALUE);
        Encoder opened = Encoder.open(plan.target(), frame, muxer.wantsGlobalHeader());
        encoder = opened;
        filters = filtersFor(frame);
        AVCodecParameters parameters = avcodec_parameters_alloc();
        try {
            Ffmpeg.require(
                    avcodec_parameters_from_context(parameters, opened.context()), "avcodec_parameters_from_context");
            muxer.begin(parameters, opened.context().time_base(), plan, cover);
        } finally {
            avcodec_parameters_free(parameters);
        }
    }

    private FilterGraph filtersFor(AVFrame frame) throws ExtractionException {
        format = frame.format();
        rateHz = frame.sample_rate();
        av_channel_layout_copy(layout, frame.ch_layout());
        Encoder opened = java.util.Objects.requireNonNull(encoder);
        List<String> chain = new ArrayList<>();
        long next = firstPosition + decoded;
        long skip = Math.max(0, samples(plan.cut().start(), rateHz) - next);
        if (skip > 0 || endPosition != Long.MAX_VALUE) {
            String end = endPosition == Long.MAX_VALUE ? "" : ":end_sample=" + Math.max(skip, endPosition - next);
            chain.add("atrim=start_sample=" + skip + end);
        }
        if (plan.target().channels() instanceof ChannelChoice.Side side) {
            int channel = side.left() || frame.ch_layout().nb_channels() == 1 ? 0 : 1;
            chain.add("pan=mono|c0=c" + channel);
        }
        chain.add(opened.formatFilter());
        return FilterGraph.of(frame, String.join(",", chain));
    }

    private boolean shapeChanged(AVFrame frame) {
        return frame.format() != format
                || frame.sample_rate() != rateHz
                || av_channel_layout_compare(frame.ch_layout(), layout) != 0;
    }

    private void rescalePositions(int newRateHz) {
        firstPosition = Math.round(firstPosition * (double) newRateHz / rateHz);
        decoded = Math.round(decoded * (double) newRateHz / rateHz);
        endPosition = plan.cut().end().map(end -> samples(end, newRateHz)).orElse(Long.MAX_VALUE);
    }

    private static long samples(Duration time, int rateHz) {
        return Math.round(time.toNanos() / 1e9 * rateHz);
    }

    private static Duration duration(long samples, int rateHz) {
        return Duration.ofNanos(Math.round(samples * 1e9 / rateHz));
    }

    /** Cuts the samples into the frames that the encoder takes; one for all shapes, as only its last may be short. */
    private void regroup(AVFrame frame) throws ExtractionException {
        int size = encoder == null ? 0 : encoder.frameSize();
        if (size == 0) {
            encode(frame);
            return;
        }
        if (frames == null) {
            frames = FilterGraph.of(frame, "anull");
            frames.setFrameSize(size);
        }
        frames.push(frame, this::encode);
    }

    private void encode(AVFrame frame) throws ExtractionException {
        if (encoder != null) encoder.encode(frame, muxer::write);
    }

    private void finishFilters() throws ExtractionException {
        if (filters == null) return;
        filters.finish(this::regroup);
        filters.close();
        filters = null;
    }

    /** Completes the file and tells what went into it. */
    Produced finish(long bytesRead, dev.soundlift.engine.Damage damage) throws ExtractionException {
        if (encoder == null) {
            throw new ExtractionException(
                    ErrorKind.UNREADABLE,
                    Text.of("error.nothing-decoded", plan.pick().track().codecName()),
                    Text.of("next.nothing-decoded"));
        }
        finishFilters();
        if (frames != null) frames.finish(this::encode);
        if (encoder.samplesIn() == 0) {
            throw new ExtractionException(
                    ErrorKind.RANGE_OUTSIDE, Text.of("error.range-empty"), Text.of("next.range-outside"));
        }
        encoder.drain(muxer::write);
        muxer.finish();
        Duration start = duration(Math.max(firstPosition, samples(plan.cut().start(), rateHz)), rateHz);
        Duration end = duration(Math.min(firstPosition + decoded, endPosition), rateHz);
        return new Produced(
                bytesRead,
                new Produced.Taken(start, end),
                encoder.samplesIn(),
                Optional.empty(),
                detector.heard(),
                damage);
    }

    @Override
    public void close() {
        if (filters != null) filters.close();
        if (frames != null) frames.close();
        if (encoder != null) encoder.close();
        muxer.close();
        layout.close();
    }
}
