package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Damage;
import dev.soundlift.engine.Level;
import dev.soundlift.engine.SampleStream;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.text.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** The samples that a plan for PCM would write, for somebody who asks for them. */
final class SampleReader implements SampleStream, PlacedSamples {
    /** What every long silence consists of, so that an hour of it needs no memory. */
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(1 << 18).asReadOnlyBuffer();

    private static final int SILENCE_AT_ONCE = 1024;

    private final Plan plan;
    private final Optional<Level> level;
    private final Cancellation cancellation;
    private final SampleSource source;
    private final SampleGuard guard = new SampleGuard();
    /** Decoded and not yet asked for: what came of one packet. */
    private final Deque<ByteBuffer> ready = new ArrayDeque<>();

    /** Tells the form, and encodes nothing; nothing before the first samples show what they are like. */
    private @Nullable Encoder encoder;

    private @Nullable Shapes shapes;
    /** Nothing before the first samples, and where the samples keep their level. */
    private @Nullable LevelStage leveller;

    private int frameBytes;
    private boolean ended;

    /**
     * Reads as far as the first samples.
     *
     * @param level what the samples are brought to; nothing: they keep their own
     * @param source is closed by this
     */
    SampleReader(Plan plan, Optional<Level> level, SampleSource source, Cancellation cancellation)
            throws ExtractionException {
        this.plan = plan;
        this.level = level;
        this.cancellation = cancellation;
        this.source = source;
        try {
            while (ready.isEmpty() && !ended) advance();
            if (!ready.isEmpty()) return;
            throw nothing();
        } catch (ExtractionException | RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    private ExtractionException nothing() {
        if (source.damage().undecodable() > 0) {
            return new ExtractionException(
                    ErrorKind.UNREADABLE,
                    Text.of("error.nothing-decoded", plan.pick().track().codecName()),
                    Text.of("next.nothing-decoded"));
        }
        return new ExtractionException(
                ErrorKind.RANGE_OUTSIDE, Text.of("error.range-empty"), Text.of("next.range-outside"));
    }

    private Encoder form() {
        if (encoder == null) throw new IllegalStateException("nothing was decoded");
        return encoder;
    }

    @Override
    public int sampleRateHz() {
        return form().context().sample_rate();
    }

    @Override
    public int channels() {
        return form().context().ch_layout().nb_channels();
    }

    @Override
    public SampleDepth depth() {
        return plan.target().depth();
    }

    @Override
    public int read(ByteBuffer into) throws ExtractionException {
        while (ready.isEmpty()) {
            if (ended) return -1;
            advance();
        }
        ByteBuffer next = ready.element();
        int samples = Math.min(into.remaining(), next.remaining()) / frameBytes;
        if (samples == 0) throw new IllegalArgumentException("no room for a sample: " + into);
        int bytes = samples * frameBytes;
        into.put(into.position(), next, next.position(), bytes).position(into.position() + bytes);
        next.position(next.position() + bytes);
        if (!next.hasRemaining()) ready.remove();
        return samples;
    }

    @Override
    public Damage damage() {
        return source.damage();
    }

    private void advance() throws ExtractionException {
        cancellation.throwIfRequested();
        if (source.advance(this)) return;
        if (shapes != null) shapes.finish();
        if (leveller != null) leveller.finish(this::keep);
        ended = true;
    }

    @Override
    public void silence(AVFrame like, long samples) throws ExtractionException {
        for (long left = samples; left > 0; left -= SILENCE_AT_ONCE) {
            cancellation.throwIfRequested();
            try (Frame silence = Frame.silent(like, (int) Math.min(left, SILENCE_AT_ONCE))) {
                sound(silence.raw());
            }
        }
    }

    @Override
    public void sound(AVFrame frame) throws ExtractionException {
        Shapes known = shapes;
        if (known == null) {
            Encoder form = Encoder.open(plan.target(), frame, false);
            encoder = form;
            frameBytes = form.sampleBytes();
            known = new Shapes(
                    plan.target().channels(),
                    form.context().ch_layout(),
                    level.isPresent() ? form.doublesFilter() : form.formatFilter(),
                    this::take);
            shapes = known;
        }
        known.push(frame);
    }

    private void take(AVFrame frame) throws ExtractionException {
        guard.clean(frame);
        if (level.isEmpty()) {
            keep(frame);
            return;
        }
        int outputs = plan.levelling().orElseThrow().outputs();
        if (leveller == null) leveller = new LevelStage(level.get(), outputs, frame, form().formatFilter());
        leveller.push(frame, this::keep);
    }

    private void keep(AVFrame frame) {
        int count = frame.nb_samples() * frameBytes;
        ByteBuffer bytes = new BytePointer(frame.data(0)).capacity(count).asByteBuffer();
        boolean silent =
                count <= ZEROS.capacity() && bytes.mismatch(ZEROS.duplicate().limit(count)) < 0;
        ready.add(silent ? ZEROS.duplicate().limit(count) : kept(bytes));
    }

    private ByteBuffer kept(ByteBuffer samples) {
        ByteBuffer copy = ByteBuffer.allocate(samples.limit())
                .order(ByteOrder.nativeOrder())
                .put(samples)
                .flip();
        if (depth() == SampleDepth.BITS_24) { // encoders take the upper bits, whatever is below
            for (int at = 0; at < copy.limit(); at += Integer.BYTES) copy.putInt(at, copy.getInt(at) & ~0xff);
        }
        return copy;
    }

    @Override
    public void close() {
        if (leveller != null) leveller.close();
        if (shapes != null) shapes.close();
        if (encoder != null) encoder.close();
        source.close();
    }
}
