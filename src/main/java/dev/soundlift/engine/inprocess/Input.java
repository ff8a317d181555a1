package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.AV_CHANNEL_ORDER_UNSPEC;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.text.Text;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * The way of samples of one shape into the encoder's form: straight, or mixed to other channels first.
 *
 * @param filters to the encoder's form, or to what is mixed down
 */
record Input(FrameShape shape, FilterGraph filters, Optional<Mixing> mixing) implements AutoCloseable {
    /** Other channels, and from there to the encoder's form. */
    record Mixing(Downmix downmix, FilterGraph toEncoder) {}

    /** For frames like this one. */
    static Input of(AVFrame frame, ChannelChoice channels, AVChannelLayout wanted, String form)
            throws ExtractionException {
        int count = frame.ch_layout().nb_channels();
        if (channels instanceof ChannelChoice.Side side) {
            int channel = side.left() || count == 1 ? 0 : 1;
            return straight(frame, "pan=mono|c0=c" + channel + "," + form);
        }
        String speakers = FilterGraph.describe(wanted);
        // A recorder's four microphones are nobody's centre: what has no speakers gets those of the output
        boolean free = frame.ch_layout().order() == AV_CHANNEL_ORDER_UNSPEC && count == wanted.nb_channels();
        boolean fits = free || FilterGraph.describe(frame.ch_layout()).equals(speakers);
        // Channels that come to share a speaker would all be turned down by FFmpeg, so that they cannot clip
        boolean mixed = count > wanted.nb_channels()
                || (!fits && count > 1 && ChannelMatrix.of(frame, wanted).mayClip());
        if (!mixed) {
            String layout = free ? speakers : FilterGraph.describe(frame.ch_layout());
            FilterGraph filters = FilterGraph.of(frame, layout, ChannelMatrix.widening(frame, speakers) + form);
            return new Input(new FrameShape(frame), filters, Optional.empty());
        }
        Downmix downmix = new Downmix(frame, wanted);
        FilterGraph toEncoder = FilterGraph.of(frame.sample_rate(), "dblp", speakers, form);
        try {
            return new Input(
                    new FrameShape(frame),
                    FilterGraph.of(frame, "aformat=sample_fmts=dblp"),
                    Optional.of(new Mixing(downmix, toEncoder)));
        } catch (ExtractionException failed) {
            toEncoder.close();
            throw failed;
        }
    }

    private static Input straight(AVFrame frame, String filters) throws ExtractionException {
        return new Input(new FrameShape(frame), FilterGraph.of(frame, filters), Optional.empty());
    }

    boolean takes(AVFrame frame) {
        return shape.isOf(frame);
    }

    void push(AVFrame frame, Frame.Sink results) throws ExtractionException {
        filters.push(frame, mixing.isEmpty() ? results : mixed(mixing.get(), results));
    }

    private static Frame.Sink mixed(Mixing mixing, Frame.Sink results) {
        return frame -> mixing.downmix().push(frame, fewer -> mixing.toEncoder().push(fewer, results));
    }

    void finish(Frame.Sink results) throws ExtractionException {
        filters.finish(mixing.isEmpty() ? results : mixed(mixing.get(), results));
        if (mixing.isEmpty()) return;
        mixing.get().downmix().finish(fewer -> mixing.get().toEncoder().push(fewer, results));
        mixing.get().toEncoder().finish(results);
    }

    /** What mixing down did beyond the usual. */
    List<Text> repairs() {
        return mixing.map(made -> made.downmix().repairs()).orElse(List.of());
    }

    /** What the user should know of it. */
    Optional<Text> warning() throws ExtractionException {
        return mixing.isEmpty() ? Optional.empty() : mixing.get().downmix().warning();
    }

    @Override
    public void close() {
        mixing.ifPresent(made -> made.toEncoder().close());
        filters.close();
        shape.close();
    }
}
