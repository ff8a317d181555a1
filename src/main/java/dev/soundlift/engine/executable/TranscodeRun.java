package dev.soundlift.engine.executable;

import dev.soundlift.engine.Damage;
import dev.soundlift.engine.Heard;
import dev.soundlift.engine.Losses;
import dev.soundlift.engine.Produced;
import dev.soundlift.engine.Timeline;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.Align;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.text.Text;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** One transcode: a program decodes, the timeline says where each frame belongs, another program encodes. */
final class TranscodeRun {
    /** Decoders need some packets before they are themselves again after a seek (Opus: 80 ms, RFC 7845, section 4.6). */
    private static final double LEAD_IN_SECONDS = 1;

    /** So many frames may come out after the program has read something broken and before the gap that it left. */
    private static final int READ_AHEAD = 8;

    private final ExecutableEngine.Job job;
    private final Plan plan;
    private final Stream track;
    private final SampleForm form;
    private final int rateHz;
    private final int frameBytes;
    private final Clock clock;
    private final boolean aligned;
    private final Timeline timeline;

    private OptionalLong firstTimestamp = OptionalLong.empty();
    private Optional<Long> firstGiven = Optional.empty();
    private double peak;
    private long replaced;
    private final Losses losses = new Losses();
    private long faults;
    private long sinceFault = Long.MAX_VALUE / 2;

    TranscodeRun(ExecutableEngine.Job job) throws ExtractionException {
        this.job = job;
        this.plan = job.plan();
        this.track = job.probed().stream(plan.pick().track());
        this.form = track.sampleForm();
        this.rateHz = track.sampleRateHz();
        this.frameBytes = form.bytes() * track.channels();
        this.clock = job.probed().clock(track);
        this.aligned = plan.align() == Align.VIDEO && clock.running();
        this.timeline = timeline();
    }

    private Timeline timeline() {
        long end = plan.cut().end().map(to -> Timeline.samples(to, rateHz)).orElse(Long.MAX_VALUE);
        if (aligned) end = Math.min(end, clock.endOfSound());
        long length = Timeline.lengthOf(
                plan.media(), OptionalLong.of(job.source().toFile().length()), rateHz);
        return new Timeline(rateHz, aligned, Timeline.samples(plan.cut().start(), rateHz), end, length);
    }

    Produced run() throws ExtractionException {
        List<String> decode = Arguments.decode(job.program(), job.source(), track, seekTo());
        try (Decoding decoding = new Decoding(decode, track, job.cancellation())) {
            Optional<Decoding.Frame> frame = decoding.next();
            if (frame.isEmpty()) throw nothing(decoding);
            List<String> encode = Arguments.encode(job.program(), track, plan.target(), job.attire(), job.pending());
            try (Writing writing = new Writing(encode, plan.target(), job.cancellation())) {
                while (frame.isPresent() && !timeline.complete()) {
                    accept(frame.get(), writing);
                    job.advancedTo(Timeline.duration(Math.max(0, timeline.position()), rateHz));
                    if (!timeline.complete()) frame = decoding.next();
                }
                if (firstGiven.isEmpty()) {
                    throw new ExtractionException(
                            ErrorKind.RANGE_OUTSIDE, Text.of("error.range-empty"), Text.of("next.range-outside"));
                }
                Damage damage = timeline.complete() ? decoding.damageSoFar() : decoding.damage();
                if (damage.faults() > faults && !timeline.complete()) losses.add(position(), position());
                long written = writing.finish();
                if (written == 0) throw tooShort();
                return produced(decoding.bytesRead(), written, damage);
            }
        }
    }

    /** A moment before the cut, on the container's clock. */
    private OptionalDouble seekTo() {
        double start = plan.cut().start().toNanos() / 1e9 - LEAD_IN_SECONDS;
        return clock.seekable() && start > 0
                ? OptionalDouble.of(start + clock.originSeconds())
                : OptionalDouble.empty();
    }

    /** A resampler makes nothing of fewer samples than its filter is long. */
    private ExtractionException tooShort() {
        return new ExtractionException(
                ErrorKind.DOES_NOT_FIT,
                Text.of(
                        "error.too-short",
                        Long.toString(timeline.givenUntil() - firstGiven.orElse(0L)),
                        Integer.toString(plan.target().sampleRateHz())),
                Text.of("next.too-short"));
    }

    private ExtractionException nothing(Decoding decoding) throws ExtractionException {
        decoding.damage();
        boolean cut = !plan.cut().start().isZero();
        return cut
                ? new ExtractionException(
                        ErrorKind.RANGE_OUTSIDE, Text.of("error.range-empty"), Text.of("next.range-outside"))
                : ExecutableProber.nothingDecoded(plan.pick().track());
    }

    private void accept(Decoding.Frame frame, Writing writing) throws ExtractionException {
        Duration before = position();
        Timeline.Placement placement = frame.timestamp().isPresent()
                ? timeline.place(position(frame.timestamp().getAsLong()), frame.count())
                : timeline.placeNext(frame.count());
        // What was complained of lies between the last good sample and the next one, or in this frame
        Duration start = position().minus(Timeline.duration(frame.count(), rateHz));
        boolean gap = start.compareTo(before) > 0;
        sinceFault = frame.faults() > faults ? 0 : sinceFault + 1;
        faults = frame.faults();
        if (gap && sinceFault <= READ_AHEAD) losses.add(before, start);
        else if (sinceFault == 0) losses.add(before, position());
        if (placement.keep() == 0 && placement.silence() == 0) return;
        if (firstGiven.isEmpty()) {
            firstGiven = Optional.of(timeline.givenUntil() - placement.keep() - placement.silence());
        }
        giveSilence(placement.silence(), writing);
        if (placement.keep() == 0) return;
        ByteBuffer samples = frame.samples().slice(placement.skip() * frameBytes, placement.keep() * frameBytes);
        replaced += form.clean(samples);
        // Of a stereo track with one silent side, the side that is wanted counts
        peak = Math.max(peak, form.peak(samples, track.channels(), side()));
        writing.write(samples);
    }

    /** How far on the media clock. */
    private Duration position() {
        return Timeline.duration(timeline.position(), rateHz);
    }

    private int side() {
        if (!(plan.target().channels() instanceof ChannelChoice.Side side)) return -1;
        return side.left() || track.channels() == 1 ? 0 : 1;
    }

    /** A long gap, a second at a time. */
    private void giveSilence(long samples, Writing writing) throws ExtractionException {
        if (samples == 0) return;
        byte[] second = new byte[(int) Math.min(samples, rateHz) * frameBytes];
        Arrays.fill(second, form.silence());
        for (long left = samples; left > 0; left -= rateHz) {
            job.cancellation().throwIfRequested();
            writing.write(ByteBuffer.wrap(second, 0, (int) Math.min(left, rateHz) * frameBytes));
        }
    }

    /** In samples of the media clock; with nothing to be in sync with, the clock begins with the sound. */
    private long position(long timestamp) {
        if (firstTimestamp.isEmpty()) firstTimestamp = OptionalLong.of(timestamp);
        return timestamp - Math.round(zeroSeconds() * rateHz);
    }

    private double zeroSeconds() {
        if (!clock.alone()) return clock.originSeconds();
        if (plan.cut().start().isZero()) return firstTimestamp.orElse(0) / (double) rateHz;
        return track.startTicks().isPresent() ? track.seconds(track.startTicks().getAsLong()) : 0;
    }

    private Produced produced(long bytesRead, long samplesIn, Damage damage) {
        List<Text> repairs = new ArrayList<>(timeline.repairs());
        if (replaced > 0) repairs.add(Text.of("repair.not-a-number", Long.toString(replaced)));
        return new Produced(
                bytesRead,
                new Produced.Taken(
                        Timeline.duration(firstGiven.orElse(0L), rateHz),
                        Timeline.duration(timeline.givenUntil(), rateHz)),
                samplesIn,
                Optional.empty(),
                peak > Math.pow(10, Heard.SOUND_DBFS / 20),
                repairs,
                damage.at(losses.within(plan.cut().start(), Timeline.duration(timeline.givenUntil(), rateHz))));
    }
}
