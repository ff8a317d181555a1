package dev.soundlift.sentence;

import dev.soundlift.request.MediaTime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads lengths and places of the media clock from tokens. */
final class Times {
    /**
     * A length that was read.
     *
     * @param unit the first unit that was named, for a number before it that has none ("2 to 5 minutes"); empty: none
     * @param end index of the first token after it
     */
    record Length(Duration duration, String unit, int end) {}

    /** A place and the first token after it. */
    record Place(MediaTime time, String unit, int end) {}

    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final BigDecimal LONGEST = BigDecimal.valueOf(360_000_000);

    /** What a bare number after a time would count, if it stands behind it. */
    private static final Set<String> COUNTED = Set.of(
            "UNIT",
            "HALF",
            "KBPS",
            "KHZ",
            "HZ",
            "BITUNIT",
            "CHANNELNOUN",
            "CHANNELS",
            "MEASURE",
            "PIECE",
            "ONEFILE",
            "MEDIA",
            "CHAPTER",
            "TRACK",
            "AUDIO",
            "FORMAT",
            "LUFS",
            "SIZE",
            "PERCENT",
            "OTHERUNIT",
            "BITRATE",
            "CBR");

    private final List<Token> tokens;
    private final Map<Integer, Optional<Length>> lengths = new HashMap<>();

    Times(List<Token> tokens) {
        this.tokens = tokens;
    }

    private boolean is(int at, String kind) {
        return at < tokens.size() && tokens.get(at).is(kind);
    }

    private BigDecimal number(int at) {
        return new BigDecimal(tokens.get(at).value(Token.NUMBER));
    }

    private static BigDecimal seconds(String unit) {
        return switch (unit) {
            case "h" -> BigDecimal.valueOf(3600);
            case "q" -> BigDecimal.valueOf(900);
            case "m" -> BigDecimal.valueOf(60);
            case "ms" -> new BigDecimal("0.001");
            default -> BigDecimal.ONE;
        };
    }

    static Optional<Duration> duration(BigDecimal number, String unit) {
        BigDecimal seconds = number.multiply(seconds(unit));
        if (seconds.compareTo(LONGEST) > 0) return Optional.empty();
        return Optional.of(Duration.ofNanos(
                seconds.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact()));
    }

    /** A length of time that begins at this token. */
    Optional<Length> length(int at) {
        Optional<Length> known = lengths.get(at);
        if (known != null) return known;
        Optional<Length> read = read(at);
        lengths.put(at, read);
        return read;
    }

    private Optional<Length> read(int at) {
        Optional<Length> found = clock(at);
        if (found.isEmpty()) found = unitFirst(at);
        if (found.isEmpty()) found = half(at);
        if (found.isEmpty()) found = components(at);
        return found.map(length -> {
            int end = length.end();
            while (is(end, "MARK")) end++;
            return new Length(length.duration(), length.unit(), end);
        });
    }

    private Optional<Length> clock(int at) {
        if (!is(at, Token.CLOCK)) return Optional.empty();
        String text = tokens.get(at).value(Token.CLOCK);
        if (text.indexOf(':') < 0) {
            String[] parts = text.replaceAll("\\D+", " ").strip().split(" ", 2);
            return Optional.of(new Length(
                    Duration.ofMinutes(Long.parseLong(parts[0])).plusSeconds(Long.parseLong(parts[1])), "", at + 1));
        }
        return MediaTime.parse(text).map(time -> new Length(time.offset(), "", at + 1));
    }

    /** {@code minute 2}, {@code minute 2 second 30}, {@code minute 2:30}. */
    private Optional<Length> unitFirst(int at) {
        if (!is(at, "UNIT") || at + 1 >= tokens.size()) return Optional.empty();
        String unit = tokens.get(at).value("UNIT");
        if (is(at + 1, Token.CLOCK)) return clock(at + 1);
        if (!is(at + 1, Token.NUMBER) || is(at + 2, "UNIT")) return Optional.empty();
        if (!tokens.get(at).text().matches("(?i)[a-z]{3,}")) return Optional.empty();
        Optional<Duration> first = duration(number(at + 1), unit);
        if (first.isEmpty()) return Optional.empty();
        int half = halfAfter(at + 2);
        if (half > 0) {
            return duration(number(at + 1).add(HALF), unit).map(length -> new Length(length, unit, half));
        }
        Optional<Length> more = unitFirst(at + 2);
        boolean descends = more.isPresent() && !unit.equals(more.get().unit()) && !unit.equals("s");
        return Optional.of(
                descends
                        ? new Length(
                                first.get().plus(more.get().duration()),
                                unit,
                                more.get().end())
                        : new Length(first.get(), unit, at + 2));
    }

    /** Past "and a half", which counts no unit of its own; 0: it does not stand here. */
    private int halfAfter(int at) {
        if (!is(at, "AND")) return 0;
        int half = is(at + 1, "A") ? at + 2 : at + 1;
        return is(half, "HALF") && !is(half + 1, "UNIT") && !is(half + 1, "A") ? half + 1 : 0;
    }

    /** {@code half a minute}, {@code half an hour}, {@code 半分钟}, {@code 半个小时}, {@code a quarter of an hour}. */
    private Optional<Length> half(int at) {
        boolean quarters = is(at, Token.NUMBER) && is(at + 1, "QUARTER");
        boolean quarter = quarters || is(at, "QUARTER") || (is(at, "A") && is(at + 1, "QUARTER"));
        if (!is(at, "HALF") && !quarter) return Optional.empty();
        BigDecimal count = quarters ? number(at) : BigDecimal.ONE;
        int unit = is(at, "A") || quarters ? at + 2 : at + 1;
        while (is(unit, "A") || is(unit, "SOFT")) unit++;
        if (!is(unit, "UNIT")) return Optional.empty();
        String name = tokens.get(unit).value("UNIT");
        int end = unit + 1;
        return duration(quarter ? HALF.multiply(HALF).multiply(count) : HALF, name)
                .map(length -> new Length(length, name, end));
    }

    private Optional<Length> components(int at) {
        Duration sum = Duration.ZERO;
        String first = "";
        String previous = "";
        int next = at;
        while (true) {
            int begin = previous.isEmpty() ? next : afterJoint(next);
            Optional<Length> component = component(begin);
            if (component.isEmpty()) break;
            String unit = component.get().unit();
            if (!previous.isEmpty() && seconds(unit).compareTo(seconds(previous)) >= 0) break;
            sum = sum.plus(component.get().duration());
            if (first.isEmpty()) first = unit;
            previous = unit;
            next = component.get().end();
        }
        if (first.isEmpty()) return Optional.empty();
        String smaller = previous.equals("h") ? "m" : "s";
        if (isRest(next) && (previous.equals("h") || previous.equals("m"))) {
            sum = sum.plus(duration(number(next), smaller).orElse(Duration.ZERO));
            next++;
        }
        return Optional.of(new Length(sum, first, next));
    }

    /** The bare number in 两分三十 and in "two minutes thirty": nothing may follow that it could count. */
    private boolean isRest(int at) {
        if (!is(at, Token.NUMBER) || number(at).compareTo(BigDecimal.valueOf(60)) >= 0) return false;
        boolean chinese = Character.isIdeographic(tokens.get(at - 1).text().codePointAt(0));
        boolean touching = tokens.get(at - 1).end() == tokens.get(at).start();
        if (chinese) return touching && !(is(at + 1, "MEASURE") || is(at + 1, "KBPS") || is(at + 1, "HZ"));
        return at + 1 >= tokens.size()
                || (tokens.get(at + 1).isKnown()
                        && (is(at + 1, "SOFT") || COUNTED.stream().noneMatch(tokens.get(at + 1)::is)));
    }

    /** Past "and", a comma, 零 in 一小时零五分. */
    private int afterJoint(int at) {
        if (is(at, "AND") && at + 1 < tokens.size()) return at + 1;
        boolean comma = at < tokens.size() && tokens.get(at).text().equals(",");
        return comma ? at + 1 : at;
    }

    /** One number with its unit, halves included. */
    private Optional<Length> component(int at) {
        int next = at;
        BigDecimal number;
        if (is(at, Token.NUMBER)) {
            number = number(at);
        } else if (isCountedMark(at)) {
            number = new BigDecimal(tokens.get(at).value(Token.ORDINAL));
        } else if (is(at, "A") && (is(at + 1, "UNIT") || (is(at + 1, "A") && is(at + 2, "UNIT")))) {
            number = BigDecimal.ONE;
        } else if (is(at, "A")
                && is(at + 1, "FILLER")
                && tokens.get(at + 1).text().equals("couple")) {
            number = BigDecimal.valueOf(2);
            next = at + 1;
        } else {
            return Optional.empty();
        }
        next++;
        boolean half = false;
        if (is(next, "AND") && is(next + 1, "A") && is(next + 2, "HALF")) {
            half = true;
            next += 3;
        }
        while (is(next, "SOFT")) next++;
        if (is(next, "HALF") && is(next + 1, "UNIT")) {
            half = true;
            next++;
        }
        if (!is(next, "UNIT")) return Optional.empty();
        String unit = tokens.get(next++).value("UNIT");
        if (is(next, "HALF") && !is(next + 1, "UNIT")) {
            half = true;
            next++;
        } else if (halfAfter(next) > 0) {
            half = true;
            next = halfAfter(next);
        }
        int end = next;
        return duration(half ? number.add(HALF) : number, unit).map(length -> new Length(length, unit, end));
    }

    /** 第二分钟, the 2nd minute; "second" alone is a unit, "first minute" a stretch. */
    private boolean isCountedMark(int at) {
        if (!is(at, Token.ORDINAL) || !is(at + 1, "UNIT")) return false;
        return !tokens.get(at).is("FIRST") && !tokens.get(at).is("UNIT");
    }

    /** A place: a time, the start, the end, or a time before the end. */
    Optional<Place> place(int at) {
        if (at >= tokens.size()) return Optional.empty();
        int begin = at;
        while (is(begin, "SOFT") && !tokens.get(begin).is("LAST")) begin++;
        if (is(begin, "COUNTDOWN") || is(begin, "LAST")) {
            int time = begin + 1;
            Optional<Length> back = length(time);
            boolean marked = is(begin, "COUNTDOWN");
            if (back.isPresent() && (marked || at > 0)) {
                return back.map(
                        length -> new Place(new MediaTime(length.duration(), true), length.unit(), length.end()));
            }
        }
        Optional<Length> length = length(begin);
        if (length.isPresent()) {
            int end = length.get().end();
            boolean back = is(end, "BEFOREEND");
            int after = back ? end + 1 : end;
            return length.map(found -> new Place(new MediaTime(found.duration(), back), found.unit(), after));
        }
        return Optional.empty();
    }
}
