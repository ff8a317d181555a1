package dev.soundlift.web;

import dev.soundlift.media.MediaInfo;
import dev.soundlift.plan.Plan;
import dev.soundlift.plan.Route;
import dev.soundlift.plan.TargetSound;
import java.time.Duration;

/** How large an output will be, for somebody who chooses. */
final class Estimate {
    /** Of what LAME spends at each level on music in 44.1 kHz stereo, in kbit/s (its documentation of {@code -V}). */
    private static final int[] VBR_KILOBITS = {245, 225, 190, 175, 165, 130, 115, 100, 85, 65};

    /** Lossless coders leave of music and speech about so much. */
    private static final double LOSSLESS_SHARE = 0.6;

    private Estimate() {}

    /** 0 where the source does not tell how long it is. */
    static double seconds(Plan plan) {
        MediaInfo media = plan.media();
        Duration whole = plan.cut().end().or(media::duration).orElse(Duration.ZERO);
        return Math.max(0, whole.minus(plan.cut().start()).toNanos() / 1e9);
    }

    static double bytes(Plan plan) {
        return seconds(plan) * bitsPerSecond(plan) / 8;
    }

    private static double bitsPerSecond(Plan plan) {
        TargetSound target = plan.target();
        if (plan.route() == Route.COPY) {
            return plan.pick().track().bitsPerSecond().orElse(128_000);
        }
        if (target.bitsPerSecond().isPresent()) return target.bitsPerSecond().getAsInt();
        if (target.vbrLevel().isPresent()) {
            return VBR_KILOBITS[target.vbrLevel().getAsInt()] * 1000.0 * Math.max(1, target.channelCount()) / 2;
        }
        double plain = (double) Math.max(8000, target.sampleRateHz())
                * Math.max(1, target.channelCount())
                * target.depth().bits();
        return target.codecName().startsWith("pcm") ? plain : LOSSLESS_SHARE * plain;
    }
}
