package dev.soundlift.request;

import java.util.Optional;

/** How much a lossy encoder may spend. */
public sealed interface Quality {
    /** Near that of the source. */
    Quality LIKE_THE_SOURCE = new LikeTheSource();

    /** Near the source's bit rate, inside the codec's useful range. */
    record LikeTheSource() implements Quality {}

    /** A rate to keep, in bits per second of all channels. */
    record BitRate(int bitsPerSecond) implements Quality {
        /** Refuses a rate that is not positive. */
        public BitRate {
            if (bitsPerSecond <= 0) throw new IllegalArgumentException("not positive: " + bitsPerSecond);
        }

        /** As on the command line: {@code 192k}. */
        @Override
        public String toString() {
            return bitsPerSecond % 1000 == 0 ? bitsPerSecond / 1000 + "k" : Integer.toString(bitsPerSecond);
        }
    }

    /** A variable bit rate of level 0 (best) to 9, as LAME counts. */
    record Variable(int level) implements Quality {
        /** Refuses what is not in 0 to 9. */
        public Variable {
            if (level < 0 || level > 9) throw new IllegalArgumentException("not in 0..9: " + level);
        }
    }

    /** Reads {@code 192k} and {@code 192000}; a bare 192 can only mean kilobits. */
    static Optional<Quality> parseBitRate(String text) {
        if (!text.matches("[1-9]\\d{0,6}[kK]?")) return Optional.empty();
        boolean kilo = text.endsWith("k") || text.endsWith("K");
        int number = Integer.parseInt(kilo ? text.substring(0, text.length() - 1) : text);
        if (kilo && number > 10_000) return Optional.empty();
        return Optional.of(new BitRate(kilo || number < 1000 ? number * 1000 : number));
    }

    /** Reads the level. */
    static Optional<Quality> parseVariable(String text) {
        return text.matches("\\d") ? Optional.of(new Variable(Integer.parseInt(text))) : Optional.empty();
    }
}
