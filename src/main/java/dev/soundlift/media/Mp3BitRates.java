package dev.soundlift.media;

import java.util.List;

/** The constant bit rates of MPEG audio layer III, which depend on the sample rate. In bits per second. */
final class Mp3BitRates {
    /** ISO/IEC 11172-3, section 2.4.2.3: 32, 44.1 and 48 kHz; only those from 128k, which is what we promise. */
    private static final List<Integer> MPEG_1 = List.of(128_000, 160_000, 192_000, 224_000, 256_000, 320_000);
    /** ISO/IEC 13818-3, section 2.4.2.3: 16 to 24 kHz. */
    private static final List<Integer> MPEG_2 = List.of(
            8_000, 16_000, 24_000, 32_000, 40_000, 48_000, 56_000, 64_000, 80_000, 96_000, 112_000, 128_000, 144_000,
            160_000);
    /** The common extension to 8 to 12 kHz; LAME writes no more than this. */
    private static final List<Integer> MPEG_2_5 = MPEG_2.subList(0, 8);

    private Mp3BitRates() {}

    /** The lowest that is not below the wanted one, else the highest. */
    static int nearest(long wanted, int sampleRateHz) {
        List<Integer> rates = sampleRateHz >= 32_000 ? MPEG_1 : sampleRateHz >= 16_000 ? MPEG_2 : MPEG_2_5;
        return rates.stream().filter(rate -> rate >= wanted).findFirst().orElse(rates.get(rates.size() - 1));
    }
}
