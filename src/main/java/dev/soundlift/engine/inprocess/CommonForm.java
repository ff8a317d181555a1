package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Joined;
import dev.soundlift.text.Text;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * The form to which several tracks are brought before they are joined: the highest rate, the most channels, and samples
 * that lose nothing.
 *
 * @param format FFmpeg's sample format, planar
 * @param channels of each track
 * @param layout FFmpeg's name of the joined sound's speakers
 */
record CommonForm(int format, int rateHz, int channels, String layout) {
    /** Of these tracks, by their first samples. */
    static CommonForm of(Joined joined, List<AVFrame> firsts) throws ExtractionException {
        int rate = firsts.stream().mapToInt(AVFrame::sample_rate).max().orElseThrow();
        if (joined.how() == Joined.How.MIXED) {
            AVFrame widest = firsts.get(0);
            for (AVFrame first : firsts) {
                if (first.ch_layout().nb_channels() > widest.ch_layout().nb_channels()) widest = first;
            }
            // 53 bits: sums of 32 bit samples are exact
            return new CommonForm(
                    AV_SAMPLE_FMT_DBLP,
                    rate,
                    widest.ch_layout().nb_channels(),
                    FilterGraph.describe(widest.ch_layout()));
        }
        for (AVFrame first : firsts) {
            if (first.ch_layout().nb_channels() == 1) continue;
            throw new ExtractionException(
                    ErrorKind.DOES_NOT_FIT,
                    Text.of(
                            "error.group-not-mono",
                            joined.label(),
                            Integer.toString(
                                    joined.tracks().get(firsts.indexOf(first)).number()),
                            Integer.toString(first.ch_layout().nb_channels())),
                    Text.of("next.group-not-mono"));
        }
        long formats = firsts.stream()
                .mapToInt(first -> av_get_packed_sample_fmt(first.format()))
                .distinct()
                .count();
        int format = formats == 1 ? av_get_planar_sample_fmt(firsts.get(0).format()) : AV_SAMPLE_FMT_DBLP;
        return new CommonForm(format, rate, 1, joined.layout());
    }

    String filtersFor(AVFrame frame) {
        String speakers = channels == 1 ? "mono" : layout;
        return ChannelMatrix.widening(frame, speakers)
                + "aformat=sample_fmts=%s:sample_rates=%s:channel_layouts='%s'"
                        .formatted(Ffmpeg.text(av_get_sample_fmt_name(format)), rateHz, speakers);
    }
}
