package dev.soundlift.engine.inprocess;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Measures how loud an output would be: the same samples, mixed down and resampled as for the file, but not written. */
final class LevelFinder implements PlacedSamples, AutoCloseable {
    private final Plan plan;
    private final SampleGuard guard = new SampleGuard();
    private final List<TruePeak> curves = new ArrayList<>();
    private double peak;
    /** Only for its form; nothing before the first samples. */
    private @Nullable Encoder encoder;

    private @Nullable Input input;
    private @Nullable FilterGraph meter;

    LevelFinder(Plan plan) {
        this.plan = plan;
    }

    @Override
    public void silence(AVFrame like, long samples) throws ExtractionException {
        for (long left = samples; left > 0; ) {
            int part = (int) Math.min(left, like.sample_rate());
            try (Frame silence = Frame.silent(like, part)) {
                sound(silence.raw());
            }
            left -= part;
        }
    }

    @Override
    public void sound(AVFrame frame) throws ExtractionException {
        Encoder form = encoder;
        if (form == null) {
            form = Encoder.open(plan.target(), frame, false);
            encoder = form;
        }
        Input current = input;
        if (current == null || !current.takes(frame)) {
            finishInput();
            current = Input.of(frame, plan.target().channels(), form.context().ch_layout(), form.doublesFilter());
            input = current;
        }
        current.push(frame, this::measure);
    }

    private void measure(AVFrame frame) throws ExtractionException {
        guard.clean(frame);
        FilterGraph open = meter;
        if (open == null) {
            open = FilterGraph.of(frame, "ebur128@meter=framelog=quiet");
            meter = open;
        }
        for (int channel = 0; channel < frame.ch_layout().nb_channels(); channel++) {
            if (curves.size() == channel) curves.add(new TruePeak());
            peak = curves.get(channel).highest(Samples.plane(frame, channel, frame.nb_samples()), peak);
        }
        open.push(frame, ignored -> {});
    }

    private void finishInput() throws ExtractionException {
        Input last = input;
        if (last == null) return;
        last.finish(this::measure);
        last.close();
        input = null;
    }

    /** After the last samples. */
    Level finish() throws ExtractionException {
        finishInput();
        double lufs = Double.NEGATIVE_INFINITY;
        FilterGraph open = meter;
        if (open != null) {
            open.finish(ignored -> {});
            lufs = Loudness.integratedLufs(open.filter("ebur128@meter"));
        }
        return new Level(lufs, plan.loudness().orElseThrow().lufs(), peak);
    }

    @Override
    public void close() {
        if (input != null) input.close();
        if (meter != null) meter.close();
        if (encoder != null) encoder.close();
    }
}
