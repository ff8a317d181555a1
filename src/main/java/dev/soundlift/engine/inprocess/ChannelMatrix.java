package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.global.swresample.swr_build_matrix2;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVDownmixInfo;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * How the channels of one layout become those of another: what each output takes of each input. Centre and surrounds go
 * at -3 dB to either side and the low frequency effects are left out (ITU-R BS.775-3, Annex 4), so that dialogue sounds as
 * loud as before; nothing is turned down as a whole. A track's own levels count (ETSI TS 102 366, E.1.2.2: Lo/Ro).
 * Stereo becomes mono as the mean of both sides, which cannot clip.
 */
final class ChannelMatrix {
    private static final double MINUS_3_DB = Math.sqrt(0.5);
    /** More than any layout has. */
    private static final int STRIDE = 64;

    /** By output, then by input. */
    private final double[][] gains;

    private final Levels levels;

    private ChannelMatrix(double[][] gains, Levels levels) {
        this.gains = gains;
        this.levels = levels;
    }

    /** At which the centre and the surrounds go to either side. */
    record Levels(double centre, double surround) {
        static final Levels USUAL = new Levels(MINUS_3_DB, MINUS_3_DB);

        /** As the track's own metadata says, as far as that makes sense. */
        static Levels of(AVFrame frame) {
            AVFrameSideData data = av_frame_get_side_data(frame, AV_FRAME_DATA_DOWNMIX_INFO);
            if (data == null || data.isNull()) return USUAL;
            AVDownmixInfo info = new AVDownmixInfo((Pointer) data.data());
            double centre = info.center_mix_level();
            double surround = info.surround_mix_level();
            boolean sensible = centre > 0 && centre <= Math.sqrt(2) && surround >= 0 && surround <= Math.sqrt(2);
            return sensible ? new Levels(centre, surround) : USUAL;
        }

        /** Levels in metadata are rounded: 0.707. */
        boolean isUsual() {
            return Math.abs(centre - MINUS_3_DB) < 0.01 && Math.abs(surround - MINUS_3_DB) < 0.01;
        }
    }

    /** From the frame's layout to another. */
    static ChannelMatrix of(AVFrame frame, AVChannelLayout to) throws ExtractionException {
        int inputs = frame.ch_layout().nb_channels();
        int outputs = to.nb_channels();
        Levels levels = Levels.of(frame);
        if (inputs == 2 && outputs == 1) return new ChannelMatrix(new double[][] {{0.5, 0.5}}, Levels.USUAL);
        double[] flat = new double[STRIDE * STRIDE];
        try (AVChannelLayout from = new AVChannelLayout();
                BytePointer name = Ffmpeg.utf8(FilterGraph.describe(frame.ch_layout()))) {
            av_channel_layout_from_string(from, name);
            double anything = 1000; // no sum of gains is turned down
            int built = swr_build_matrix2(
                    from,
                    to,
                    levels.centre(),
                    levels.surround(),
                    0,
                    anything,
                    1,
                    flat,
                    STRIDE,
                    AV_MATRIX_ENCODING_NONE,
                    null);
            if (built < 0) throw unknown(frame, outputs);
        }
        double[][] gains = new double[outputs][];
        for (int out = 0; out < outputs; out++) {
            gains[out] = Arrays.copyOfRange(flat, out * STRIDE, out * STRIDE + inputs);
        }
        return new ChannelMatrix(gains, levels);
    }

    private static ExtractionException unknown(AVFrame frame, int outputs) {
        return new ExtractionException(
                ErrorKind.DOES_NOT_FIT,
                Text.of("error.no-downmix", FilterGraph.describe(frame.ch_layout()), Integer.toString(outputs)),
                Text.of("next.no-downmix"));
    }

    int outputs() {
        return gains.length;
    }

    /** What an output takes of an input. */
    double gain(int output, int input) {
        return gains[output][input];
    }

    Levels levels() {
        return levels;
    }

    /** Whether inputs that stay below full scale may add up to more. */
    boolean mayClip() {
        return Arrays.stream(gains)
                .anyMatch(row -> Arrays.stream(row).map(Math::abs).sum() > 1 + 1e-9);
    }

    /**
     * The filter, with a comma behind it, for one channel that goes to two: FFmpeg takes it for the centre and turns it
     * down by 3 dB, but who makes stereo of mono expects the same samples on both sides. Empty where nothing needs to be
     * said.
     */
    static String widening(AVFrame from, String speakers) {
        return from.ch_layout().nb_channels() == 1 && speakers.equals("stereo") ? "pan=stereo|c0=c0|c1=c0," : "";
    }
}
