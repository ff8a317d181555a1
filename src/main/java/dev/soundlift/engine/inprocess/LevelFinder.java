package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Level;
import dev.soundlift.engine.LevelCurve;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Plan;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Measures how loud outputs would be: the same samples, mixed down and resampled as for the file, but not written. */
final class LevelFinder implements PlacedSamples, AutoCloseable {
    private final Plan plan;
    private final Cancellation cancellation;
    /** Only for its form; nothing before the first samples. */
    private @Nullable Encoder encoder;

    private @Nullable Shapes shapes;
    private @Nullable LevelCurve curve;

    LevelFinder(Plan plan, Cancellation cancellation) {
        this.plan = plan;
        this.cancellation = cancellation;
    }

    @Override
    public void silence(AVFrame like, long samples) throws ExtractionException {
        Silence.give(like, samples, cancellation, this::sound);
    }

    @Override
    public void sound(AVFrame frame) throws ExtractionException {
        Shapes known = shapes;
        if (known == null) {
            Encoder form = Encoder.open(plan.target(), frame, false);
            encoder = form;
            known = new Shapes(
                    plan.target().channels(), form.context().ch_layout(), form.doublesFilter(), this::measure);
            shapes = known;
        }
        known.push(frame);
    }

    private void measure(AVFrame frame) throws ExtractionException {
        LevelCurve open = curve;
        if (open == null) {
            open = new LevelCurve(frame.sample_rate(), LevelStage.weights(frame.ch_layout()));
            curve = open;
        }
        open.add(LevelStage.planes(frame), frame.nb_samples());
    }

    /** After the last samples of one output. */
    void finishInput() throws ExtractionException {
        if (shapes != null) shapes.finish();
    }

    /** That brings all of it to the planned loudness. */
    Level level() {
        LevelCurve sound = curve == null ? new LevelCurve(48_000, new double[1]) : curve;
        return Level.towards(plan.levelling().orElseThrow().target().lufs(), sound);
    }

    @Override
    public void close() {
        if (shapes != null) shapes.close();
        if (encoder != null) encoder.close();
    }
}
