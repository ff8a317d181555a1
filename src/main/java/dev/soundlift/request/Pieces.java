package dev.soundlift.request;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which stretches of the media are wished for; each becomes a file of its own. */
public sealed interface Pieces {
    Pieces WHOLE = new Ranges(List.of(RangeWish.WHOLE));

    /** Stretches given by times; not empty. */
    record Ranges(List<RangeWish> ranges) implements Pieces {
        public Ranges {
            ranges = List.copyOf(ranges);
            if (ranges.isEmpty()) throw new IllegalArgumentException("no range is given");
        }
    }

    /** One of the file's chapters, counted from 1. */
    record OneChapter(int number) implements Pieces {
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
        public Lengths {
            if (each.isNegative() || each.isZero()) throw new IllegalArgumentException("no length: " + each);
        }

        @Override
        public String toString() {
            return MediaTime.print(each);
        }
    }

    /** Cut in silences. */
    record Silences() implements Pieces {
        @Override
        public String toString() {
            return "silence";
        }
    }

    static Pieces of(RangeWish range) {
        return new Ranges(List.of(range));
    }

    /** Reads what {@code --split} takes: {@code chapters}, or a length of at least a second. */
    static Optional<Pieces> parseSplit(String text) {
        if (text.equals("chapters")) return Optional.of(new EveryChapter());
        Function<MediaTime, Optional<Pieces>> length =
                time -> time.fromEnd() || time.offset().toSeconds() < 1
                        ? Optional.empty()
                        : Optional.of(new Lengths(time.offset()));
        return MediaTime.parse(text).flatMap(length);
    }
}
