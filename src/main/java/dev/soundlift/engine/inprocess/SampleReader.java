package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.SampleStream;
import dev.soundlift.engine.Sources;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Plan;
import dev.soundlift.text.Text;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** A plan's samples for somebody who asks for them. */
final class SampleReader implements SampleStream, PlacedSamples {
    /** What every long silence consists of, so that an hour of it needs no memory. */
    private static final FloatBuffer ZEROS = FloatBuffer.allocate(1 << 16).asReadOnlyBuffer();

    private final Plan plan;
    private final Cancellation cancellation;
    private final SoleReading reading;
    /** Decoded and not yet asked for: what came of one packet. */
    private final Deque<FloatBuffer> ready = new ArrayDeque<>();

    private @Nullable Input input;
    /** The filter that gives what is asked for; nothing before the first samples show what they are like. */
    private String form = "";

    private int rateHz;
    private int channels;
    private boolean ended;

    SampleReader(Plan plan, Sources sources, Cancellation cancellation) throws ExtractionException {
        this.plan = plan;
        this.cancellation = cancellation;
        this.reading = new SoleReading(plan, sources);
        try {
            while (ready.isEmpty() && !ended) advance();
            if (!ready.isEmpty()) return;
            throw new ExtractionException(
                    ErrorKind.RANGE_OUTSIDE, Text.of("error.range-empty"), Text.of("next.range-outside"));
        } catch (ExtractionException failed) {
            close();
            throw failed;
        }
    }

    @Override
    public int sampleRateHz() {
        return rateHz;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int read(FloatBuffer into) throws ExtractionException {
        while (ready.isEmpty()) {
            if (ended) return -1;
            advance();
        }
        FloatBuffer next = ready.element();
        int samples = Math.min(into.remaining(), next.remaining()) / channels;
        if (samples == 0) throw new IllegalArgumentException("no room for a sample: " + into);
        int floats = samples * channels;
        into.put(into.position(), next, next.position(), floats).position(into.position() + floats);
        next.position(next.position() + floats);
        if (!next.hasRemaining()) ready.remove();
        return samples;
    }

    private void advance() throws ExtractionException {
        cancellation.throwIfRequested();
        if (reading.advance(this)) return;
        finishInput();
        ended = true;
    }

    @Override
    public void silence(AVFrame like, long samples) throws ExtractionException {
        for (long left = samples; left > 0; ) {
            cancellation.throwIfRequested();
            int part = (int) Math.min(left, ZEROS.capacity() / 64);
            try (Frame silence = Frame.silent(like, part)) {
                sound(silence.raw());
            }
            left -= part;
        }
    }

    @Override
    public void sound(AVFrame frame) throws ExtractionException {
        Input current = input;
        if (current == null || !current.takes(frame)) {
            finishInput();
            current = inputFor(frame);
            input = current;
        }
        current.push(frame, this::keep);
    }

    private Input inputFor(AVFrame frame) throws ExtractionException {
        // Only for its form: what a file of this plan would have
        try (Encoder encoder = Encoder.open(plan.target(), frame, false)) {
            if (form.isEmpty()) {
                rateHz = encoder.context().sample_rate();
                channels = encoder.context().ch_layout().nb_channels();
                form = "aformat=sample_fmts=flt:sample_rates=%s:channel_layouts='%s'"
                        .formatted(
                                rateHz, FilterGraph.describe(encoder.context().ch_layout()));
            }
            return Input.of(frame, plan.target().channels(), encoder.context().ch_layout(), form);
        }
    }

    private void finishInput() throws ExtractionException {
        Input last = input;
        if (last == null) return;
        last.finish(this::keep);
        last.close();
        input = null;
    }

    private void keep(AVFrame frame) {
        int count = frame.nb_samples() * channels;
        FloatBuffer samples = new BytePointer(frame.data(0))
                .capacity(4L * count)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        boolean silent =
                count <= ZEROS.capacity() && samples.mismatch(ZEROS.duplicate().limit(count)) < 0;
        ready.add(
                silent
                        ? ZEROS.duplicate().limit(count)
                        : FloatBuffer.allocate(count).put(samples).flip());
    }

    @Override
    public void close() {
        if (input != null) input.close();
        reading.close();
    }
}
