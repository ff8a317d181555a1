package dev.soundlift.request;

/** How much a lossy encoder may spend. */
public sealed interface Quality {
    Quality LIKE_THE_SOURCE = new LikeTheSource();

    /** Near the source's bit rate, inside the codec's useful range. */
    record LikeTheSource() implements Quality {}

    record BitRate(int bitsPerSecond) implements Quality {
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
        public Variable {
            if (level < 0 || level > 9) throw new IllegalArgumentException("not in 0..9: " + level);
        }
    }
}
