package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_compare;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_uninit;

import dev.soundlift.engine.Produced;
import dev.soundlift.engine.Timeline;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.Align;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    /** A container's length is that of its longest track, more or less. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Plan plan;
    private final Demuxer media;
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
    private @Nullable Timeline timeline;
    /** Where the first sample that was given out lies. */
    private Duration start = Duration.ZERO;

    private boolean given;
    private long firstTimestamp = AV_NOPTS_VALUE;
    private final SampleGuard guard = new SampleGuard();

    TranscodeRun(Plan plan, Path file, Demuxer media, AVStream source) throws ExtractionException {
        this.plan = plan;
        this.media = media;
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
            adopt(frame);
        }
        Timeline line = Objects.requireNonNull(timeline);
        long timestamp = frame.best_effort_timestamp();
        Timeline.Placement placement = timestamp == AV_NOPTS_VALUE
                ? line.placeNext(frame.nb_samples())
                : line.place(position(frame), frame.nb_samples());
        if (placement.keep() == 0 && placement.silence() == 0) return;
        if (!given) {
            given = true;
            start = duration(line.givenUntil() - placement.keep() - placement.silence(), rateHz);
        }
        giveSilence(frame, placement.silence());
        if (placement.keep() == 0) return;
        Frame.trim(frame, placement.skip(), placement.keep());
        // Of a stereo track with one silent side, the side that is wanted counts
        if (!(plan.target().channels() instanceof ChannelChoice.Side)) detector.listen(frame);
        give(frame);
    }

    private void giveSilence(AVFrame like, long samples) throws ExtractionException {
        if (samples == 0) return;
        int most = (int) Math.min(samples, like.sample_rate()); // a long gap, a second at a time
        for (long left = samples; left > 0; left -= most) {
            try (Frame silence = Frame.silent(like, (int) Math.min(left, most))) {
                give(silence.raw());
            }
        }
    }

    private void give(AVFrame frame) throws ExtractionException {
        if (filters != null) filters.push(frame, this::regroup);
    }

    /** Whether everything that is wanted has been decoded. */
    boolean complete() {
        return timeline != null && timeline.complete();
    }

    /** How far on the media clock. */
    Duration position() {
        return timeline == null ? Duration.ZERO : duration(Math.max(0, timeline.position()), rateHz);
    }

    private boolean aligned() {
        return plan.align() == Align.VIDEO && media.hasClock();
    }

    /** Of a frame, in samples of the media clock; with nothing to be in sync with, the clock begins with the sound. */
    private long position(AVFrame frame) {
        long timestamp = frame.best_effort_timestamp();
        boolean first = firstTimestamp == AV_NOPTS_VALUE;
        if (first) firstTimestamp = timestamp;
        long position = samplesSince(zeroSeconds(), timestamp);
        boolean coarseClock = source.time_base().den() / source.time_base().num() < rateHz;
        return first && coarseClock && !plan.cut().start().isZero()
                ? onLattice(position, frame.nb_samples())
                : position;
    }

    private double zeroSeconds() {
        if (!media.isAlone()) return originMicros / (double) Ffmpeg.MICROS_PER_SECOND;
        boolean fromTheStart = plan.cut().start().isZero();
        long begin = fromTheStart ? firstTimestamp : source.start_time();
        return begin == AV_NOPTS_VALUE ? 0 : Ffmpeg.seconds(begin, source.time_base());
    }

    private long samplesSince(double zeroSeconds, long timestamp) {
        return Math.round((Ffmpeg.seconds(timestamp, source.time_base()) - zeroSeconds) * rateHz);
    }

    /**
     * Matroska rounds time stamps to a millisecond, which is many samples. After a seek the place of the first frame is
     * exact again if frames are of one size: they lie that far apart, counted from the track's beginning.
     */
    private long onLattice(long position, int frameSamples) {
        if (source.start_time() == AV_NOPTS_VALUE) return position;
        long origin = samplesSince(zeroSeconds(), source.start_time())
                - source.codecpar().initial_padding();
        long nearest = origin + frameSamples * Math.round((position - origin) / (double) frameSamples);
        double tickSamples =
                source.time_base().num() * (double) rateHz / source.time_base().den();
        return Math.abs(nearest - position) <= 1.5 * tickSamples ? nearest : position;
    }

    private void begin(AVFrame frame) throws ExtractionException {
        Encoder opened = Encoder.open(plan.target(), frame, muxer.wantsGlobalHeader());
        encoder = opened;
        adopt(frame);
        AVCodecParameters parameters = avcodec_parameters_alloc();
        try {
            Ffmpeg.require(
                    avcodec_parameters_from_context(parameters, opened.context()), "avcodec_parameters_from_context");
            muxer.begin(parameters, opened.context().time_base(), plan, cover);
        } finally {
            avcodec_parameters_free(parameters);
        }
    }

    /** Sets up for frames of this shape, from where those of the last one ended. */
    private void adopt(AVFrame frame) throws ExtractionException {
        int rate = frame.sample_rate();
        if (timeline == null || rate != rateHz) {
            long to = plan.cut().end().map(end -> Timeline.samples(end, rate)).orElse(Long.MAX_VALUE);
            if (aligned()) to = Math.min(to, media.endOfSound(plan.pick().track(), rate));
            long length = plan.media().durationEstimated()
                    ? Long.MAX_VALUE
                    : plan.media()
                            .duration()
                            .map(all -> Timeline.samples(all.plus(MARGIN), rate))
                            .orElse(Long.MAX_VALUE);
            timeline = timeline == null
                    ? new Timeline(rate, aligned(), Timeline.samples(plan.cut().start(), rate), to, length)
                    : timeline.atRate(rate, to, length);
        }
        rateHz = rate;
        format = frame.format();
        av_channel_layout_copy(layout, frame.ch_layout());
        filters = FilterGraph.of(frame, chain(frame));
    }

    private String chain(AVFrame frame) {
        String toEncoder = Objects.requireNonNull(encoder).formatFilter();
        if (!(plan.target().channels() instanceof ChannelChoice.Side side)) return toEncoder;
        int channel = side.left() || frame.ch_layout().nb_channels() == 1 ? 0 : 1;
        return "pan=mono|c0=c" + channel + "," + toEncoder;
    }

    private boolean shapeChanged(AVFrame frame) {
        return frame.format() != format
                || frame.sample_rate() != rateHz
                || av_channel_layout_compare(frame.ch_layout(), layout) != 0;
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
        guard.clean(frame);
        detector.listen(frame);
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
        List<Text> repairs = new ArrayList<>(timeline == null ? List.of() : timeline.repairs());
        if (guard.replaced() > 0) repairs.add(Text.of("repair.not-a-number", Long.toString(guard.replaced())));
        Duration end = timeline == null ? start : duration(timeline.givenUntil(), rateHz);
        return new Produced(
                bytesRead,
                new Produced.Taken(start, end),
                encoder.samplesIn(),
                Optional.empty(),
                detector.heard(),
                repairs,
                damage);
    }

    @Override
    public void close() {
        if (filters != null) filters.close();
        if (frames != null) frames.close();
        if (encoder != null) encoder.close();
        muxer.close();
        av_channel_layout_uninit(layout);
        layout.close();
    }
}
