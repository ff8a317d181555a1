package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.engine.Level;
import dev.soundlift.engine.Leveller;
import dev.soundlift.failure.ExtractionException;
import java.nio.DoubleBuffer;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Frames on their way to the encoder, brought to another level. */
final class LevelStage implements AutoCloseable {
    private static final long BEHIND = AV_CH_BACK_LEFT
            | AV_CH_BACK_CENTER
            | AV_CH_BACK_RIGHT
            | AV_CH_SIDE_LEFT
            | AV_CH_SIDE_RIGHT
            | AV_CH_TOP_BACK_LEFT
            | AV_CH_TOP_BACK_CENTER
            | AV_CH_TOP_BACK_RIGHT
            | AV_CH_SURROUND_DIRECT_LEFT
            | AV_CH_SURROUND_DIRECT_RIGHT;
    private static final long LOW = AV_CH_LOW_FREQUENCY | AV_CH_LOW_FREQUENCY_2;

    private final Leveller leveller;
    private final int rateHz;
    private final FilterGraph toEncoder;
    private final Frame like = new Frame();

    /**
     * For planar doubles like these.
     *
     * @param together how many outputs get this level's gain
     * @param form the filter that brings them into the encoder's form
     */
    LevelStage(Level level, int together, AVFrame first, String form) throws ExtractionException {
        this.rateHz = first.sample_rate();
        this.leveller = new Leveller(level, together, rateHz, weights(first.ch_layout()));
        av_channel_layout_copy(like.raw().ch_layout(), first.ch_layout());
        try {
            this.toEncoder = FilterGraph.of(first, form);
        } catch (ExtractionException failed) {
            like.close();
            throw failed;
        }
    }

    /** How much each channel counts (ITU-R BS.1770-4, table 3); low frequency effects do not. */
    static double[] weights(AVChannelLayout layout) {
        double[] weights = new double[layout.nb_channels()];
        for (int i = 0; i < weights.length; i++) {
            int channel = av_channel_layout_channel_from_index(layout, i);
            long place = channel >= 0 && channel < 64 ? 1L << channel : 0;
            weights[i] = (place & LOW) != 0 ? 0 : (place & BEHIND) != 0 ? 1.41 : 1;
        }
        return weights;
    }

    static DoubleBuffer[] planes(AVFrame frame) {
        DoubleBuffer[] planes = new DoubleBuffer[frame.ch_layout().nb_channels()];
        for (int i = 0; i < planes.length; i++) planes[i] = Samples.plane(frame, i, frame.nb_samples());
        return planes;
    }

    void push(AVFrame frame, Frame.Sink results) throws ExtractionException {
        DoubleBuffer[] inputs = planes(frame);
        int count = frame.nb_samples();
        give(count, outputs -> leveller.level(inputs, count, outputs), results);
    }

    /** Gives out what is held back; nothing may come after that. */
    void finish(Frame.Sink results) throws ExtractionException {
        if (leveller.delay() > 0) give(leveller.delay(), leveller::drain, results);
        toEncoder.finish(results);
    }

    /** Fills planes and says with how many samples. */
    private interface Filling {
        int into(DoubleBuffer[] outputs);
    }

    private void give(int most, Filling samples, Frame.Sink results) throws ExtractionException {
        try (Frame out = new Frame()) {
            AVFrame raw = out.raw();
            raw.format(AV_SAMPLE_FMT_DBLP).sample_rate(rateHz).nb_samples(most);
            av_channel_layout_copy(raw.ch_layout(), like.raw().ch_layout());
            Ffmpeg.require(av_frame_get_buffer(raw, 0), "av_frame_get_buffer");
            raw.nb_samples(samples.into(planes(raw)));
            if (raw.nb_samples() > 0) toEncoder.push(raw, results);
        }
    }

    /** What it did, and to what end. */
    Leveller leveller() {
        return leveller;
    }

    @Override
    public void close() {
        like.close();
        toEncoder.close();
    }
}
