package dev.soundlift.request;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which stretches of the media are wished for; each becomes a file of its own. */
public sealed interface Pieces {
    /** A number and its unit; decimal units as disks are sold, binary ones as memory is. */
    Pattern SIZE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?) ?((?:[kmg]i?)?b?|[kmg])", Pattern.CASE_INSENSITIVE);

    /** All of it, as one piece. */
    Pieces WHOLE = new Ranges(List.of(RangeWish.WHOLE));

    /** Stretches given by times; not empty. */
    record Ranges(List<RangeWish> ranges) implements Pieces {
        /** Refuses an empty list. */
        public Ranges {
            ranges = List.copyOf(ranges);
            if (ranges.isEmpty()) throw new IllegalArgumentException("no range is given");
        }
    }

    /** One of the file's chapters, counted from 1. */
    record OneChapter(int number) implements Pieces {
        /** Refuses a number below 1. */
        public OneChapter {
            if (number < 1) throw new IllegalArgumentException("chapters are counted from 1: " + number);
        }

        @Override
        public String toString() {
            return Integer.toString(number);
        }
    }

    /** Every chapter. */
    record EveryChapter() implements Pieces {
        @Override
        public String toString() {
            return "chapters";
        }
    }

    /** Pieces of one length, the last one shorter. */
    record Lengths(Duration each) implements Pieces {
        /** Refuses a length that is not positive. */
        public Lengths {
            if (each.isNegative() || each.isZero()) throw new IllegalArgumentException("no length: " + each);
        }

        @Override
        public String toString() {
            return MediaTime.print(each);
        }
    }

    /**
     * Cut in silences.
     *
     * @param longest that a piece may be; nothing: each stretch of sound is a piece
     * @param largestBytes that a piece may have, likewise
     */
    record Silences(Optional<Duration> longest, OptionalLong largestBytes) implements Pieces {
        /** Refuses a longest piece of less than a second, and a largest one of no byte. */
        public Silences {
            if (longest.filter(length -> length.toSeconds() < 1).isPresent()) {
                throw new IllegalArgumentException("too short: " + longest);
            }
            if (largestBytes.isPresent() && largestBytes.getAsLong() < 1) {
                throw new IllegalArgumentException("too small: " + largestBytes);
            }
        }

        /** Each stretch of sound. */
        public Silences() {
            this(Optional.empty(), OptionalLong.empty());
        }

        /** Whether a piece has a greatest length or size. */
        public boolean limited() {
            return longest.isPresent() || largestBytes.isPresent();
        }

        /** Reads {@code 25MB}, {@code 800 kB}, {@code 25MiB}; a bare number is bytes. Nothing where it is no size. */
        public static OptionalLong parseSize(String text) {
            Matcher size = SIZE.matcher(text.strip());
            if (!size.matches()) return OptionalLong.empty();
            long unit = switch (size.group(2).toLowerCase(Locale.ROOT)) {
                case "k", "kb" -> 1000;
                case "m", "mb" -> 1_000_000;
                case "g", "gb" -> 1_000_000_000;
                case "kib" -> 1L << 10;
                case "mib" -> 1L << 20;
                case "gib" -> 1L << 30;
                default -> 1;
            };
            long bytes = Math.round(Double.parseDouble(size.group(1)) * unit);
            return bytes < 1 ? OptionalLong.empty() : OptionalLong.of(bytes);
        }

        /** As on the command line. */
        public static String printSize(long bytes) {
            if (bytes % 1_000_000 == 0) return bytes / 1_000_000 + "MB";
            if (bytes % (1 << 20) == 0) return bytes / (1 << 20) + "MiB";
            return bytes % 1000 == 0 ? bytes / 1000 + "kB" : Long.toString(bytes);
        }

        @Override
        public String toString() {
            return "silence";
        }
    }

    /** One stretch. */
    static Pieces of(RangeWish range) {
        return new Ranges(List.of(range));
    }

    /** Reads what {@code --split} takes: {@code chapters}, {@code silence}, or a length of at least a second. */
    static Optional<Pieces> parseSplit(String text) {
        if (text.equals("chapters")) return Optional.of(new EveryChapter());
        if (text.equals("silence")) return Optional.of(new Silences());
        Function<MediaTime, Optional<Pieces>> length =
                time -> time.fromEnd() || time.offset().toSeconds() < 1
                        ? Optional.empty()
                        : Optional.of(new Lengths(time.offset()));
        return MediaTime.parse(text).flatMap(length);
    }
}
