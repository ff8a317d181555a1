package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Joined;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one sound of several tracks, whose samples all begin at the same moment: added up, or side by side. A track that
 * ends before the others is silent from there on.
 */
final class Joiner implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Joined joined;
    private final double gain;
    private final List<Lane> lanes = new ArrayList<>();
    private @Nullable CommonForm common;

    /**
     * A joiner on which nothing has come.
     *
     * @param gain by which a mix is multiplied; side by side everything stays as it is
     */
    Joiner(Joined joined, double gain) {
        this.joined = joined;
        this.gain = gain;
        for (int i = 0; i < joined.tracks().size(); i++) lanes.add(new Lane());
    }

    Lane lane(int number) {
        return lanes.get(number);
    }

    /** Whether any of the tracks had sound, whatever became of it in the sum. */
    boolean heardSound() {
        return lanes.stream().anyMatch(Lane::heardSound);
    }

    /** Of memory, for samples whose counterparts have not come yet. */
    long waitingBytes() {
        return lanes.stream().mapToLong(Lane::waitingBytes).sum();
    }

    /** Gives out all for which every track has samples. */
    void advance(Frame.Sink results) throws ExtractionException {
        CommonForm form = common == null ? begin() : common;
        if (form == null) return;
        while (true) {
            int samples = available();
            if (samples == 0) return;
            try (Frame out = empty(form, samples)) {
                fill(out.raw(), form, samples);
                results.accept(out.raw());
            }
        }
    }

    /** Once every track has shown its first samples, or that it has none. */
    private @Nullable CommonForm begin() throws ExtractionException {
        for (Lane lane : lanes) if (lane.first() == null && !lane.hasEnded()) return null;
        List<AVFrame> firsts =
                lanes.stream().map(Lane::first).flatMap(Stream::ofNullable).toList();
        if (firsts.isEmpty()) return null;
        CommonForm form = CommonForm.of(joined, firsts);
        lanes.forEach(lane -> lane.begin(form));
        common = form;
        return form;
    }

    private int available() throws ExtractionException {
        int least = BLOCK;
        int most = 0;
        for (Lane lane : lanes) {
            int ready = lane.ready(BLOCK);
            most = Math.max(most, ready);
            if (!lane.isExhausted()) least = Math.min(least, ready);
        }
        // Where all that still have something are exhausted, the longest decides
        return Math.min(least, most);
    }

    private Frame empty(CommonForm form, int samples) throws ExtractionException {
        Frame frame = new Frame();
        boolean mixed = joined.how() == Joined.How.MIXED;
        AVFrame raw = frame.raw();
        raw.format(form.format()).sample_rate(form.rateHz()).nb_samples(samples);
        try (BytePointer name = Ffmpeg.utf8(form.layout())) {
            av_channel_layout_from_string(raw.ch_layout(), name);
        }
        Ffmpeg.require(av_frame_get_buffer(raw, 0), "av_frame_get_buffer");
        int channels = mixed ? form.channels() : lanes.size();
        av_samples_set_silence(raw.extended_data(), 0, samples, channels, form.format());
        return frame;
    }

    private void fill(AVFrame out, CommonForm form, int samples) throws ExtractionException {
        int bytes = av_get_bytes_per_sample(form.format());
        try (Frame part = new Frame()) {
            AVFrame raw = part.raw();
            raw.format(form.format()).sample_rate(form.rateHz()).nb_samples(samples);
            av_channel_layout_default(raw.ch_layout(), form.channels());
            Ffmpeg.require(av_frame_get_buffer(raw, 0), "av_frame_get_buffer");
            for (int i = 0; i < lanes.size(); i++) {
                int has = Math.min(samples, lanes.get(i).ready(samples));
                lanes.get(i).take(raw, has);
                if (joined.how() == Joined.How.MIXED) {
                    for (int channel = 0; channel < form.channels(); channel++) {
                        add(Samples.plane(raw, channel, has), Samples.plane(out, channel, has));
                    }
                } else {
                    Pointer.memcpy(out.extended_data(i), raw.extended_data(0), (long) has * bytes);
                }
            }
        }
        if (gain == 1 || joined.how() != Joined.How.MIXED) return;
        for (int channel = 0; channel < form.channels(); channel++) {
            DoubleBuffer values = Samples.plane(out, channel, samples);
            for (int i = 0; i < samples; i++) values.put(i, values.get(i) * gain);
        }
    }

    private static void add(DoubleBuffer part, DoubleBuffer sum) {
        for (int i = 0; i < part.limit(); i++) sum.put(i, sum.get(i) + part.get(i));
    }

    @Override
    public void close() {
        lanes.forEach(Lane::close);
    }
}
