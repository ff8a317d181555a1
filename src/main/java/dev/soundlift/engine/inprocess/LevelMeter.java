package dev.soundlift.engine.inprocess;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.SoundMap;
import java.time.Duration;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/** Measures the level of placed samples in the windows of a {@link SoundMap}: of each, its loudest channel. */
final class LevelMeter implements PlacedSamples, AutoCloseable {
    private static final String AS_FLOATS = "aformat=sample_fmts=fltp";

    /** Samples at full scale sum up to less; what is beyond is a fault of the file, and loud. */
    private static final float LOUDEST = 1e6f;

    private float[] decibels = new float[60 * SoundMap.WINDOWS_PER_SECOND];
    private int windows;

    /** Sums of squares in the window that is being filled, by channel. */
    private double[] power = new double[1];

    private int inWindow;
    private @Nullable FilterGraph floats;
    private @Nullable FrameShape shape;
    private float[] samples = new float[0];

    private int rateHz;
    /** Windows before the rate became what it is, and samples since then. */
    private int windowsBefore;

    private long samplesSince;

    @Override
    public void silence(AVFrame like, long count) throws ExtractionException {
        adopt(like);
        for (long left = count; left > 0; ) {
            int part = (int) Math.min(left, samplesToWindowEnd());
            advance(part);
            left -= part;
        }
    }

    @Override
    public void sound(AVFrame frame) throws ExtractionException {
        adopt(frame);
        if (floats != null) floats.push(frame, this::measure);
    }

    private void adopt(AVFrame frame) throws ExtractionException {
        if (shape != null && shape.isOf(frame)) return;
        closeInput();
        shape = new FrameShape(frame);
        floats = FilterGraph.of(frame, AS_FLOATS);
        int channels = frame.ch_layout().nb_channels();
        if (channels > power.length) power = Arrays.copyOf(power, channels);
        if (frame.sample_rate() == rateHz) return;
        if (inWindow > 0) finishWindow();
        rateHz = frame.sample_rate();
        windowsBefore = windows;
        samplesSince = 0;
    }

    /** Windows begin at whole hundredths of a second, where that is not a whole number of samples at the next one. */
    private int samplesToWindowEnd() {
        long next = windows - windowsBefore + 1L;
        long end = (next * rateHz + SoundMap.WINDOWS_PER_SECOND - 1) / SoundMap.WINDOWS_PER_SECOND;
        return Math.toIntExact(Math.max(1, end - samplesSince));
    }

    private void measure(AVFrame frame) {
        int channels = frame.ch_layout().nb_channels();
        int count = frame.nb_samples();
        if (samples.length < count) samples = new float[count];
        for (int at = 0; at < count; ) {
            int part = Math.min(count - at, samplesToWindowEnd());
            for (int channel = 0; channel < channels; channel++) {
                try (FloatPointer plane = new FloatPointer(frame.extended_data(channel))) {
                    plane.position(at).get(samples, 0, part);
                }
                power[channel] += sumOfSquares(part);
            }
            advance(part);
            at += part;
        }
    }

    private double sumOfSquares(int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            float sample = samples[i];
            if (!Float.isNaN(sample)) sum += Math.min(sample * sample, LOUDEST);
        }
        return sum;
    }

    private void advance(int count) {
        int toEnd = samplesToWindowEnd();
        samplesSince += count;
        inWindow += count;
        if (count >= toEnd) finishWindow();
    }

    private void finishWindow() {
        if (windows == decibels.length) decibels = Arrays.copyOf(decibels, windows * 2);
        double loudest = Arrays.stream(power).max().orElse(0);
        decibels[windows++] = (float) (10 * Math.log10(loudest / inWindow));
        Arrays.fill(power, 0);
        inWindow = 0;
    }

    /** What was measured; the meter is done with. */
    SoundMap finish(Duration start, Duration end) throws ExtractionException {
        closeInput();
        if (inWindow > 0) finishWindow();
        return new SoundMap(start, end, Arrays.copyOf(decibels, windows));
    }

    private void closeInput() throws ExtractionException {
        if (floats != null) {
            floats.finish(this::measure);
            floats.close();
            floats = null;
        }
        if (shape != null) {
            shape.close();
            shape = null;
        }
    }

    @Override
    public void close() {
        if (floats != null) floats.close();
        if (shape != null) shape.close();
    }
}
