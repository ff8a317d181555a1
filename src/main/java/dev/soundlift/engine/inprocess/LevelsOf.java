package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;

import dev.soundlift.engine.LevelSum;
import dev.soundlift.failure.ExtractionException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/** Measures samples of any form as they come. */
final class LevelsOf implements AutoCloseable {
    private int format;
    private int rateHz;
    private int channels;
    private @Nullable LevelSum meter;
    /** Where the samples are something else. */
    private @Nullable FilterGraph floats;

    private float[][] planes = new float[0][0];
    private double peakDbfs = Double.NEGATIVE_INFINITY;
    private double integratedLufs = Double.NEGATIVE_INFINITY;

    void measure(AVFrame frame) throws ExtractionException {
        int count = frame.ch_layout().nb_channels();
        if (frame.format() != format || frame.sample_rate() != rateHz || count != channels || meter == null) {
            finish();
            format = frame.format();
            rateHz = frame.sample_rate();
            channels = count;
            meter = new LevelSum(frame.sample_rate(), LevelStage.weights(frame.ch_layout()));
            if (format != AV_SAMPLE_FMT_FLTP) floats = FilterGraph.of(frame, "aformat=sample_fmts=fltp");
        }
        if (floats != null) floats.push(frame, this::add);
        else add(frame);
    }

    /** Of planar floats. */
    private void add(AVFrame frame) {
        int count = frame.nb_samples();
        if (planes.length != channels || planes[0].length < count) planes = new float[channels][count];
        for (int channel = 0; channel < channels; channel++) {
            new FloatPointer(frame.extended_data(channel)).get(planes[channel], 0, count);
        }
        if (meter != null) meter.add(planes, count);
    }

    /** After the last samples, before the levels are asked for. */
    void finish() throws ExtractionException {
        if (floats != null) floats.finish(this::add);
        if (meter != null) {
            peakDbfs = Math.max(peakDbfs, meter.peakDbfs());
            integratedLufs = Math.max(integratedLufs, meter.lufs());
            meter = null;
        }
        close();
    }

    /** As in {@link dev.soundlift.engine.Heard}; of samples whose form changes midway, the loudest stretch counts. */
    double peakDbfs() {
        return peakDbfs;
    }

    double integratedLufs() {
        return integratedLufs;
    }

    @Override
    public void close() {
        if (floats != null) floats.close();
        floats = null;
    }
}
