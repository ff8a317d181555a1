package dev.soundlift.plan;

import dev.soundlift.media.Container;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.SampleDepth;
import java.util.OptionalInt;

/**
 * What is to be written.
 *
 * @param codecName FFmpeg's name: any for a copy, that of a {@link dev.soundlift.media.Codec} for a transcode
 * @param bitsPerSecond for a lossy encoder at a constant bit rate
 * @param vbrLevel for a lossy encoder at a variable bit rate: 0 (best) to 9
 * @param sampleRateHz of the output; 0 where the source does not tell and it stays as it is
 * @param channels never {@link ChannelChoice.AsSource} where the codec cannot hold the source's channels
 * @param channelCount of the output; 0 where the source does not tell and it stays as it is
 * @param dither whether bits of the source are cut, so that noise of half a step must hide the rounding
 */
public record TargetSound(
        String codecName,
        Container container,
        OptionalInt bitsPerSecond,
        OptionalInt vbrLevel,
        int sampleRateHz,
        ChannelChoice channels,
        int channelCount,
        SampleDepth depth,
        boolean dither) {

    /**
     * What LAME multiplies every sample with at a constant bit rate, against clipping (its table of ABR presets; measured
     * at each bit rate); 1 for every other encoder. The result is to be as loud as the source, so it must be taken back.
     */
    public double encoderScale() {
        if (!codecName.equals("mp3") || bitsPerSecond.isEmpty()) return 1;
        int bitRate = bitsPerSecond.getAsInt();
        if (bitRate <= 160_000) return 0.95;
        return bitRate <= 192_000 ? 0.97 : bitRate <= 224_000 ? 0.98 : 1;
    }
}
