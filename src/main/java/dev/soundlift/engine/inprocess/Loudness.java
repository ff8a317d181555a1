package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_SEARCH_CHILDREN;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_get_double;

import org.bytedeco.ffmpeg.avfilter.AVFilterContext;

/** Reads what FFmpeg's ebur128 filter has measured so far. */
final class Loudness {
    /** The filter's gate: what it reports for silence (EBU Tech 3341, absolute gate at -70 LUFS). */
    private static final double GATE_LUFS = -70;

    private Loudness() {}

    static double integratedLufs(AVFilterContext ebur128) {
        double lufs = option(ebur128, "integrated");
        return lufs <= GATE_LUFS ? Double.NEGATIVE_INFINITY : lufs;
    }

    static double peakDbfs(AVFilterContext ebur128) {
        return option(ebur128, "sample_peak");
    }

    private static double option(AVFilterContext filter, String name) {
        double[] value = {Double.NEGATIVE_INFINITY};
        av_opt_get_double(filter, name, AV_OPT_SEARCH_CHILDREN, java.nio.DoubleBuffer.wrap(value));
        return value[0];
    }
}
