package dev.soundlift.stream;

import dev.soundlift.request.SampleDepth;

/**
 * What the samples of a stream are.
 *
 * @param sampleRateHz samples of one channel in a second
 * @param channels in the order of WAV files (Microsoft, WAVE_FORMAT_EXTENSIBLE): left, right, centre, low frequencies, …
 * @param depth of each sample; 24 bits are held in the upper ones of 32
 */
public record PcmFormat(int sampleRateHz, int channels, SampleDepth depth) {
    /** Refuses a rate or a number of channels below 1. */
    public PcmFormat {
        if (sampleRateHz < 1 || channels < 1) {
            throw new IllegalArgumentException(sampleRateHz + " Hz, " + channels + " channels");
        }
    }

    /** Of one sample of one channel in a {@link PcmBlock}: 2 or 4. */
    public int sampleBytes() {
        return depth == SampleDepth.BITS_16 ? Short.BYTES : Integer.BYTES;
    }

    /** Of one sample of all channels. */
    public int frameBytes() {
        return channels * sampleBytes();
    }
}
