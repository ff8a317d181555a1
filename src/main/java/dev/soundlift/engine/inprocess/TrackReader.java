package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import dev.soundlift.engine.Loss;
import dev.soundlift.engine.Produced;
import dev.soundlift.engine.Timeline;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.Align;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one track and puts its samples where they lie on the media clock. Does not read: packets are given to it. What
 * it gives out is as it was decoded; who takes it has it {@linkplain #cleaned cleaned}, on another thread if he likes.
 */
final class TrackReader implements AutoCloseable {
    private final Plan plan;
    private final AudioTrack track;
    private final Demuxer media;
    private final AVStream source;
    /** What the source's time stamps count, as a fraction of seconds. */
    private final int tickNumerator;

    private final int tickDenominator;
    private final boolean alone;
    private final double originSeconds;
    private final Decoder decoder;
    private final SampleGuard guard = new SampleGuard();
    private final LargeFrames frames;

    /** Nothing before the first frame, which shows the rate. */
    private @Nullable Timeline timeline;

    private int rateHz;
    /** Where the first sample that was given out lies. */
    private Duration start = Duration.ZERO;

    private boolean given;
    private final FaultPlaces faults;
    private long firstTimestamp = AV_NOPTS_VALUE;

    TrackReader(Plan plan, AudioTrack track, Demuxer media) throws ExtractionException {
        this.plan = plan;
        this.track = track;
        this.media = media;
        this.source = media.stream(track);
        this.tickNumerator = source.time_base().num();
        this.tickDenominator = source.time_base().den();
        this.alone = media.isAlone();
        this.originSeconds = media.originMicros() / (double) Ffmpeg.MICROS_PER_SECOND;
        this.decoder = Decoder.open(source);
        this.frames = new LargeFrames();
        this.faults = new FaultPlaces(plan.cut().start());
    }

    AudioTrack track() {
        return track;
    }

    /** A taker of this reader's samples that passes them on without what is no sound. */
    PlacedSamples cleaned(PlacedSamples taker) {
        return new PlacedSamples() {
            @Override
            public void silence(AVFrame like, long samples) throws ExtractionException {
                taker.silence(like, samples);
            }

            @Override
            public void sound(AVFrame frame) throws ExtractionException {
                guard.clean(frame);
                taker.sound(frame);
            }
        };
    }

    void decode(Packet packet, PlacedSamples samples) throws ExtractionException {
        faults.met(FaultPlaces.isMarked(packet), position());
        long refused = decoder.undecodable();
        decoder.decode(packet, frame -> {
            place(frame, samples);
            faults.placed(position(), Timeline.duration(frame.nb_samples(), frame.sample_rate()));
        });
        if (complete()) flush(samples);
        faults.decoded(decoder.undecodable() > refused, position());
    }

    /** After the last packet: gives out what is still held back. */
    void drain(PlacedSamples samples) throws ExtractionException {
        if (!complete()) decoder.drain(frame -> place(frame, samples));
        flush(samples);
        faults.decoded(false, position());
    }

    /** Where what was wanted of the track is damaged. */
    List<Loss> lost() {
        return faults.within(plan.cut().start(), taken().end());
    }

    private void place(AVFrame frame, PlacedSamples samples) throws ExtractionException {
        if (complete()) return;
        Timeline line = timelineFor(frame.sample_rate());
        long timestamp = frame.best_effort_timestamp();
        int count = frame.nb_samples();
        Timeline.Placement placement =
                timestamp == AV_NOPTS_VALUE ? line.placeNext(count) : line.place(position(timestamp, count), count);
        if (placement.keep() == 0 && placement.silence() == 0) return;
        if (!given) {
            given = true;
            start = Timeline.duration(line.givenUntil() - placement.keep() - placement.silence(), rateHz);
        }
        if (placement.silence() > 0) {
            flush(samples);
            samples.silence(frame, placement.silence());
        }
        if (placement.keep() == 0) return;
        if (placement.keep() < count) Frame.trim(frame, placement.skip(), placement.keep());
        frames.add(frame, samples::sound);
    }

    private void flush(PlacedSamples samples) throws ExtractionException {
        frames.flush(samples::sound);
    }

    /** The same line goes on when the rate changes midway. */
    private Timeline timelineFor(int rate) throws ExtractionException {
        if (timeline != null && rate == rateHz) return timeline;
        long to = plan.cut().end().map(end -> Timeline.samples(end, rate)).orElse(Long.MAX_VALUE);
        if (aligned()) to = Math.min(to, media.endOfSound(track, rate));
        long length = Timeline.lengthOf(plan.media(), media.bytes(), rate);
        Timeline line = timeline == null
                ? new Timeline(rate, aligned(), Timeline.samples(plan.cut().start(), rate), to, length)
                : timeline.atRate(rate, to, length);
        timeline = line;
        rateHz = rate;
        return line;
    }

    /** Whether everything that is wanted has been decoded. */
    boolean complete() {
        return timeline != null && timeline.complete();
    }

    /** How far on the media clock. */
    Duration position() {
        return timeline == null ? Duration.ZERO : Timeline.duration(Math.max(0, timeline.position()), rateHz);
    }

    /** The stretch that was given out. */
    Produced.Taken taken() {
        return new Produced.Taken(start, timeline == null ? start : Timeline.duration(timeline.givenUntil(), rateHz));
    }

    List<Text> repairs() {
        List<Text> repairs = new ArrayList<>(timeline == null ? List.of() : timeline.repairs());
        if (guard.replaced() > 0) repairs.add(Text.of("repair.not-a-number", Long.toString(guard.replaced())));
        return repairs;
    }

    long undecodable() {
        return decoder.undecodable();
    }

    private boolean aligned() {
        return plan.align() == Align.VIDEO && media.hasClock();
    }

    /** Of a frame, in samples of the media clock; with nothing to be in sync with, the clock begins with the sound. */
    private long position(long timestamp, int frameSamples) {
        boolean first = firstTimestamp == AV_NOPTS_VALUE;
        if (first) firstTimestamp = timestamp;
        boolean coarseClock = tickDenominator / tickNumerator < rateHz;
        if (!first || !coarseClock) return samplesSince(zeroSeconds(), timestamp);
        if (!media.hasMoved()) return afterPriming(timestamp);
        return onLattice(samplesSince(zeroSeconds(), timestamp), frameSamples);
    }

    /** What comes after an encoder's priming at the file's start begins with the file's clock, to the sample. */
    private long afterPriming(long timestamp) {
        boolean atZero = source.codecpar().initial_padding() > 0
                && Math.abs(samplesSince(0, timestamp)) <= 1.5 * tickSamples()
                && !alone;
        return atZero ? Math.round(-zeroSeconds() * rateHz) : samplesSince(zeroSeconds(), timestamp);
    }

    private double tickSamples() {
        return tickNumerator * (double) rateHz / tickDenominator;
    }

    private double zeroSeconds() {
        if (!alone || media.hasMoved()) return originSeconds;
        return firstTimestamp == AV_NOPTS_VALUE ? 0 : seconds(firstTimestamp);
    }

    private long samplesSince(double zeroSeconds, long timestamp) {
        return Math.round((seconds(timestamp) - zeroSeconds) * rateHz);
    }

    private double seconds(long timestamp) {
        return timestamp * (double) tickNumerator / tickDenominator;
    }

    /**
     * Matroska rounds time stamps to a millisecond, which is many samples. After a seek the place of the first frame is
     * exact again if frames are of one size: they lie that far apart, counted from the track's beginning.
     */
    private long onLattice(long position, int frameSamples) {
        if (source.start_time() == AV_NOPTS_VALUE) return position;
        long start = samplesSince(zeroSeconds(), source.start_time());
        long fileStart = Math.round(-zeroSeconds() * rateHz) - source.codecpar().initial_padding();
        long origin = Math.abs(start - fileStart) <= 1.5 * tickSamples() ? fileStart : start;
        // FFmpeg's Opus decoder drops the priming wherever it starts, after a seek too
        int dropped = source.codecpar().codec_id() == AV_CODEC_ID_OPUS
                ? source.codecpar().initial_padding()
                : 0;
        double packet = frameSamples + dropped;
        long nearest = origin + dropped + Math.round(packet * Math.round((position - dropped - origin) / packet));
        return Math.abs(nearest - position) <= 1.5 * tickSamples() ? nearest : position;
    }

    @Override
    public void close() {
        frames.close();
        decoder.close();
    }
}
