package dev.soundlift.request;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stretch that is wished for, before the file's length is known: either place may count from the end.
 *
 * @param end nothing for "to the end"
 */
public record RangeWish(MediaTime start, Optional<MediaTime> end) {
    private static final Pattern RANGE = Pattern.compile("(-?[^-]+)-(-?[^-]*)");

    /** From the beginning to the end. */
    public static final RangeWish WHOLE = new RangeWish(MediaTime.START, Optional.empty());

    /** Reads {@code A-B}; {@code 2:00-} is open to the end. Nothing where the text is not a range. */
    public static Optional<RangeWish> parse(String text) {
        Matcher range = RANGE.matcher(text.strip());
        if (!range.matches()) return Optional.empty();
        Optional<MediaTime> start = MediaTime.parse(range.group(1));
        Optional<MediaTime> end = MediaTime.parse(range.group(2));
        boolean open = range.group(2).isBlank();
        if (start.isEmpty() || (end.isEmpty() && !open)) return Optional.empty();
        return Optional.of(new RangeWish(start.get(), end));
    }

    /** From a place on, for a length; what reaches past the end is open to it. */
    public static RangeWish starting(MediaTime start, Duration length) {
        Duration end =
                start.fromEnd() ? start.offset().minus(length) : start.offset().plus(length);
        boolean reachesTheEnd = start.fromEnd() && (end.isNegative() || end.isZero());
        return new RangeWish(
                start, reachesTheEnd ? Optional.empty() : Optional.of(new MediaTime(end, start.fromEnd())));
    }

    /** Whether nothing is cut off. */
    public boolean isWhole() {
        return equals(WHOLE);
    }

    /** Whether both places count from the same side and the end is not after the start: wrong for any file. */
    public boolean isBackwards() {
        return end.filter(last -> last.fromEnd() == start.fromEnd()
                        && (start.fromEnd()
                                ? last.offset().compareTo(start.offset()) >= 0
                                : last.offset().compareTo(start.offset()) <= 0))
                .isPresent();
    }

    @Override
    public String toString() {
        return start + "-" + end.map(MediaTime::toString).orElse("");
    }
}
