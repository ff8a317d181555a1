package dev.soundlift.request;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place on the media clock as people write it: {@code 90}, {@code 90s}, {@code 1:30}, {@code 1:02:03.500},
 * {@code 2m}, {@code 1h2m3s}; with a minus sign in front it counts from the end.
 *
 * @param offset not negative; distance from the start, or from the end
 */
public record MediaTime(Duration offset, boolean fromEnd) {
    private static final String FRACTION = "(?:[.,](\\d{1,9}))?";
    private static final Pattern CLOCK = Pattern.compile("(?:(\\d{1,9}):)?(\\d{1,9}):([0-5]?\\d)" + FRACTION);
    private static final Pattern UNITS = Pattern.compile(
            "(?:(\\d{1,9})h)?(?:(\\d{1,9})m(?!s))?(?:(\\d{1,9})" + FRACTION + "s?)?", Pattern.CASE_INSENSITIVE);

    /** A century: no recording is longer, and it still counts in nanoseconds. */
    public static final Duration LONGEST = Duration.ofDays(36_525);

    /** Where every file begins. */
    public static final MediaTime START = new MediaTime(Duration.ZERO, false);

    /** Refuses a negative offset: what counts from the end says so. */
    public MediaTime {
        if (offset.isNegative()) throw new IllegalArgumentException("negative: " + offset);
    }

    /** Nothing where the text is not a time. */
    public static Optional<MediaTime> parse(String text) {
        String trimmed = text.strip();
        boolean fromEnd = trimmed.startsWith("-");
        return length(fromEnd ? trimmed.substring(1) : trimmed)
                .filter(offset -> offset.compareTo(LONGEST) <= 0)
                .map(offset -> new MediaTime(offset, fromEnd));
    }

    private static Optional<Duration> length(String text) {
        Matcher clock = CLOCK.matcher(text);
        if (clock.matches()) {
            // 1:75:00 is a slip of the pen; 75:00 is a podcast
            if (clock.group(1) != null && Integer.parseInt(clock.group(2)) > 59) return Optional.empty();
            return Optional.of(sum(clock.group(1), clock.group(2), clock.group(3), clock.group(4)));
        }
        Matcher units = UNITS.matcher(text);
        if (text.isEmpty() || !units.matches()) return Optional.empty();
        boolean bareNumberAfterUnit = (units.group(1) != null || units.group(2) != null)
                && units.group(3) != null
                && Character.isDigit(text.charAt(text.length() - 1));
        if (bareNumberAfterUnit) return Optional.empty();
        return Optional.of(sum(units.group(1), units.group(2), units.group(3), units.group(4)));
    }

    private static Duration sum(String hours, String minutes, String seconds, String fraction) {
        Duration sum =
                Duration.ofHours(number(hours)).plusMinutes(number(minutes)).plusSeconds(number(seconds));
        return fraction == null
                ? sum
                : sum.plusNanos(
                        new BigDecimal("0." + fraction).movePointRight(9).longValueExact());
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** Canonical form: {@code [H:]MM:SS[.fff]} without needless zeros, as in {@code 0:10} and {@code 1:02:03.5}. */
    @Override
    public String toString() {
        return (fromEnd ? "-" : "") + print(offset);
    }

    /** As above; a time before the clock's zero has a minus sign. */
    public static String print(Duration time) {
        if (time.isNegative()) return "-" + print(time.negated());
        StringBuilder text = new StringBuilder();
        if (time.toHours() > 0) {
            text.append(time.toHours()).append(':');
            if (time.toMinutesPart() < 10) text.append('0');
        }
        text.append(time.toMinutesPart()).append(':');
        if (time.toSecondsPart() < 10) text.append('0');
        text.append(time.toSecondsPart());
        if (time.toNanosPart() != 0) {
            String fraction = BigDecimal.valueOf(time.toNanosPart(), 9)
                    .stripTrailingZeros()
                    .toPlainString();
            text.append(fraction.substring(1));
        }
        return text.toString();
    }
}
