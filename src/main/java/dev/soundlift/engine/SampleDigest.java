package dev.soundlift.engine;

import java.util.Locale;

/**
 * What identifies samples, however they were put into packets: equal for equal samples, and as good as never otherwise.
 *
 * @param format FFmpeg's name of how they lie in memory; digests of different formats say nothing of each other
 * @param crc32 of their bytes in memory, in hexadecimal; where channels lie apart, one for each
 */
public record SampleDigest(String format, String crc32) {
    /** Eight digits. */
    public static String hexadecimal(long crc32) {
        return String.format(Locale.ROOT, "%08x", crc32);
    }
}
