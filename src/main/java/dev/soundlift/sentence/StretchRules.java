package dev.soundlift.sentence;

import dev.soundlift.request.MediaTime;
import dev.soundlift.text.Text;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** From when to when. */
final class StretchRules {
    private static final Pattern SAYS_LAST = Pattern.compile("(?i)\\b(?:last|final|closing)\\b");

    /** What is wanted, unless the words after it say something else. */
    private static final List<Rule> WANTED = List.of(
            Rule.of("FROM place TO|UNTIL|INTO place BEFORECN?", range()),
            Rule.of("BETWEEN place AND|TO place MARK?", range()),
            Rule.of("FOR? place TO|UNTIL place BEFORECN?", range()),
            Rule.of("FOR place TO END", (match, wishes) -> from(wishes, match.place(0))),
            Rule.of("FROM? number TO|UNTIL|INTO length BEFORECN?", shared()),
            Rule.of("BETWEEN number AND|TO length", shared()),
            Rule.of("FROM|BETWEEN? UNIT number TO|UNTIL|AND|INTO number", unitFirst()),
            Rule.of("FROM? START TO|UNTIL|INTO place BEFORECN?", (match, wishes) -> to(wishes, match.place(0))),
            Rule.of("FROM? place TO|UNTIL|INTO END", (match, wishes) -> from(wishes, match.place(0))),
            Rule.of("FROM|BETWEEN place AND|TO END", (match, wishes) -> from(wishes, match.place(0))),
            // "Right to the end", "right up to 5:00": no side
            Rule.of(
                    "FROM? place SIDE TO|UNTIL|INTO END",
                    (match, wishes) -> match.text("SIDE").equals("right") && from(wishes, match.place(0))),
            Rule.of(
                    "FROM? place SIDE TO|UNTIL place",
                    (match, wishes) -> match.text("SIDE").equals("right") && range().apply(match, wishes)),
            Rule.of(
                    "FROM? START SIDE TO|UNTIL place",
                    (match, wishes) -> match.text("SIDE").equals("right") && to(wishes, match.place(0))),
            Rule.of("FROM|START name FROM|PER|IN place ONWARD?", (match, wishes) -> {
                wishes.files.input(match.name());
                return from(wishes, match.place(0));
            }),
            Rule.of("FROM place ONWARD?", (match, wishes) -> from(wishes, match.place(0))),
            Rule.of("FROM length IN|INTO ONWARD?", (match, wishes) -> from(wishes, at(match.length()))),
            Rule.of("FROM length IN|INTO? UNTIL|TO END", (match, wishes) -> from(wishes, at(match.length()))),
            Rule.of("FROM|BETWEEN number TO|UNTIL|AND|INTO number", StretchRules::withoutUnit),
            Rule.of("FIRST|LAST number", StretchRules::withoutUnit),
            Rule.of("SKIP FIRST|LAST number", StretchRules::withoutUnit),
            Rule.of("AFTER place", (match, wishes) -> from(wishes, match.place(0))),
            Rule.of("place ONWARD TO END", (match, wishes) -> from(wishes, match.place(0))),
            Rule.of("FROM place ONWARD TO END", (match, wishes) -> from(wishes, match.place(0))),
            Rule.of("place ONWARD", (match, wishes) -> from(wishes, match.place(0))),
            Rule.of(
                    "AFTER|BEFORE number",
                    (match, wishes) ->
                            match.text(match.has("AFTER") ? "AFTER" : "BEFORE").matches("(everything )?(after|before)")
                                    && withoutUnit(match, wishes)),
            Rule.of(
                    "SKIP? AND? AFTER|BEFORE number",
                    (match, wishes) -> match.has("SKIP") && withoutUnit(match, wishes)),
            // "Two minutes in until 30 seconds before the end"
            Rule.of("FROM? length IN|INTO TO|UNTIL place", (match, wishes) -> {
                wishes.stretches.range(at(match.length()), match.place(0));
                return true;
            }),
            Rule.of("length IN ONWARD", (match, wishes) -> isEnglish(match, "IN") && from(wishes, at(match.length()))),
            // "…, from 0:35, 25 seconds"
            Rule.of("length LONG?", StretchRules::bareLength),
            Rule.of("UNTIL|BEFORE place BEFORECN?", (match, wishes) -> to(wishes, match.place(0))),
            Rule.of("place BEFORECN", (match, wishes) -> to(wishes, match.place(0))),
            Rule.of(
                    "TO place BEFORECN?",
                    (match, wishes) -> match.text("TO").matches("to|到|至")
                            && !SAYS_LAST.matcher(match.written()).find()
                            && to(wishes, match.place(0))),
            Rule.of("DOWNTO FIRST? length", (match, wishes) -> did(() -> wishes.stretches.first(match.length()))),
            Rule.of("DOWNTO LAST length", (match, wishes) -> did(() -> wishes.stretches.last(match.length()))),
            Rule.of("FIRST length", (match, wishes) -> did(() -> wishes.stretches.first(match.length()))),
            Rule.of("length FROM|IN START", (match, wishes) -> did(() -> wishes.stretches.first(match.length()))),
            Rule.of("START PUNCTUATION? place PUNCTUATION? AND? END PUNCTUATION? place", range()),
            Rule.of("START length ONWARD", (match, wishes) -> chineseStart(match) && from(wishes, at(match.length()))),
            Rule.of("FROM? place ONWARD PUNCTUATION? AND? place END|BEFORECN", range()),
            Rule.of("START length IN", (match, wishes) -> from(wishes, at(match.length()))),
            Rule.of("FIRST UNIT AND A? HALF", (match, wishes) -> did(() -> wishes.stretches.first(oneAndAHalf(match)))),
            Rule.of("LAST UNIT AND A? HALF", (match, wishes) -> did(() -> wishes.stretches.last(oneAndAHalf(match)))),
            Rule.of(
                    "ORDINAL MEASURE? UNIT",
                    (match, wishes) -> match.value("ORDINAL").equals("1")
                            && match.ends()
                            && did(() -> wishes.stretches.first(one(match)))),
            // "Start 1:05"; 开头30秒 is what it begins with
            Rule.of(
                    "START place FOR length LONG?",
                    (match, wishes) -> isVerb(match) && starting().apply(match, wishes)),
            Rule.of("START place PUNCTUATION? LONG PUNCTUATION? length", starting()),
            Rule.of(
                    "END place",
                    (match, wishes) -> match.text("END").matches(".*(?:时间|点)|终止|end|end time|end point|out point")
                            && to(wishes, match.place(0))),
            Rule.of(
                    "length IN PUNCTUATION? FOR|TAKEONLY length LONG?",
                    (match, wishes) -> did(() -> wishes.stretches.starting(at(match.length(0)), match.length(1)))),
            Rule.of("START place TO|UNTIL place", (match, wishes) -> isVerb(match) && range().apply(match, wishes)),
            Rule.of(
                    "START length",
                    (match, wishes) -> isVerb(match)
                            ? from(wishes, at(match.length()))
                            : did(() -> wishes.stretches.first(match.length()))),
            Rule.of("FIRST UNIT", (match, wishes) -> did(() -> wishes.stretches.first(one(match)))),
            Rule.of("LAST length", (match, wishes) -> did(() -> wishes.stretches.last(match.length()))),
            Rule.of(
                    "length PER END",
                    (match, wishes) ->
                            match.text("PER").startsWith("at") && did(() -> wishes.stretches.last(match.length()))),
            // "Until the credits at 1:30:00"
            Rule.of(
                    "UNTIL|BEFORE thing thing? PER place",
                    (match, wishes) -> match.text("PER").equals("at") && to(wishes, match.place(0))),
            Rule.of(
                    "FROM|AFTER thing thing? PER place",
                    (match, wishes) -> match.text("PER").equals("at") && from(wishes, match.place(0))),
            Rule.of("COUNTDOWN length", StretchRules::counted),
            // What it begins with is hardly what is wanted; the words after it say so, or they are asked for
            Rule.of("OPENSWITH length", (match, wishes) -> did(() -> wishes.stretches.first(match.length()))),
            Rule.of("CLOSESWITH length", (match, wishes) -> did(() -> wishes.stretches.last(match.length()))),
            // 十分钟后要用
            Rule.of("length ONWARD|BACK|IN|AFTER DEADLINE", (match, wishes) -> true),
            Rule.of("LAST|END|OUTRO FOR length", (match, wishes) -> did(() -> wishes.stretches.last(match.length()))),
            Rule.of(
                    "FIRST|START|INTRO FOR length",
                    (match, wishes) -> did(() -> wishes.stretches.first(match.length()))),
            Rule.of("LAST|END? OUTRO length", (match, wishes) -> did(() -> wishes.stretches.last(match.length()))),
            Rule.of("FIRST|START? INTRO length", (match, wishes) -> did(() -> wishes.stretches.first(match.length()))),
            // 后半小时, but not 5分钟后半小时
            Rule.of(
                    "BACK length",
                    (match, wishes) -> !match.followsATime() && did(() -> wishes.stretches.last(match.length()))),
            Rule.of("ORDINAL MEASURE? UNIT", StretchRules::nth),
            Rule.of("FROM|BETWEEN? ORDINAL TO|UNTIL|AND ORDINAL UNIT", StretchRules::fromTo),
            Rule.of("LAST UNIT", (match, wishes) -> did(() -> wishes.stretches.last(one(match)))),
            Rule.of(
                    "FIRST AND LAST UNIT",
                    (match, wishes) -> did(() -> {
                        wishes.stretches.first(one(match));
                        wishes.stretches.last(one(match));
                    })),
            Rule.of(
                    "FIRST AND LAST length",
                    (match, wishes) -> did(() -> {
                        wishes.stretches.first(match.length());
                        wishes.stretches.last(match.length());
                    })),
            // A start and a length
            Rule.of("FOR? length MEDIA|PIECE|RINGTONE? FROM|AFTER place ONWARD?", starting()),
            Rule.of("FOR|TAKEONLY? length IN? name FROM|AFTER|START place ONWARD?", (match, wishes) -> {
                wishes.files.input(match.name());
                return starting().apply(match, wishes);
            }),
            Rule.of("FROM? place ONWARD FOR? length LONG?", starting()),
            Rule.of("FROM? place ONWARD LONG length", starting()),
            Rule.of("FROM? place FOR length LONG?", starting()),
            Rule.of("FROM place length LONG", starting()),
            Rule.of(
                    "FROM|FOR|TAKEONLY|EXTRACT? place FIRST length LONG?",
                    (match, wishes) ->
                            match.text("FIRST").equals("开始的") && starting().apply(match, wishes)),
            Rule.of("FROM place LONG length", starting()),
            Rule.of("FROM? place ONWARD PUNCTUATION LONG length", starting()),
            Rule.of("FROM place PUNCTUATION LONG length", starting()),
            Rule.of("FROM place PUNCTUATION length LONG", starting()),
            Rule.of("FROM place PUNCTUATION? AND? TAKEONLY? NEXT length", starting()),
            Rule.of("FROM? place ONWARD PUNCTUATION? AND? TAKEONLY? NEXT length", starting()),
            Rule.of("FOR length LONG?", (match, wishes) -> did(() -> wishes.stretches.length(match.length()))),
            Rule.of("TAKEONLY length LONG?", (match, wishes) -> {
                if (!match.ends()) return false;
                // Which 45 seconds, is not said by "I need 45 seconds" alone
                wishes.stretches.amount(match.length(), match.written());
                return true;
            }),
            // "Grab 90 seconds", where the start is said elsewhere
            Rule.of("EXTRACT length LONG?", StretchRules::amount),
            // "Make it 30 seconds long"; said of a video it only describes it
            Rule.of("length LONG", StretchRules::lasts),
            Rule.of("LONG length", StretchRules::lasts),
            // "It starts at 31:15 and lasts 42 minutes"
            Rule.of("HAVE FOR? length LONG?", (match, wishes) -> {
                boolean piece = wishes.stretches.isOpen()
                        && !wishes.describes(match)
                        && (match.endsClause() || match.isNext("AND"));
                if (piece) wishes.stretches.length(match.length());
                return piece;
            }),
            Rule.of(
                    "A? length LONG? RINGTONE|CLIP",
                    (match, wishes) -> did(() -> wishes.stretches.length(match.length()))));

    static final List<Rule> RULES = Stream.concat(WANTED.stream().map(StretchRules::tellable), SkipRules.RULES.stream())
            .toList();

    private StretchRules() {}

    /** Rules for what may be told about, or unwanted: "the last three minutes are applause", "… can go". */
    private static Rule tellable(Rule rule) {
        return rule.or(
                (match, aside) -> {
                    aside.remark(Remark.STRETCH_TOLD, match);
                    return rule.action().apply(match, aside);
                },
                (match, wishes) -> {
                    Wishes unwanted = wishes.aside();
                    if (!rule.action().apply(match, unwanted)) return false;
                    boolean rest = wishes.stretches.leaveOut(unwanted.stretches);
                    if (!rest) wishes.problem(Text.of("ask.cut-out", match.written()));
                    return true;
                });
    }

    static boolean did(Runnable wish) {
        wish.run();
        return true;
    }

    static boolean from(Wishes wishes, MediaTime place) {
        return did(() -> wishes.stretches.from(place));
    }

    static boolean to(Wishes wishes, MediaTime place) {
        return did(() -> wishes.stretches.to(place));
    }

    static MediaTime at(Duration time) {
        return new MediaTime(time, false);
    }

    static MediaTime beforeEnd(Duration time) {
        return new MediaTime(time, true);
    }

    /** "The first minute". */
    static Duration one(Match match) {
        return Times.duration(BigDecimal.ONE, match.value("UNIT")).orElse(Duration.ZERO);
    }

    /** 第二个小时; 第二分钟 is a place. */
    private static boolean nth(Match match, Wishes wishes) {
        BigDecimal number = new BigDecimal(match.value("ORDINAL"));
        boolean measured = match.has("MEASURE") || match.text("UNIT").startsWith("个");
        boolean counted = measured && number.compareTo(BigDecimal.ONE) > 0;
        if (!counted || !match.ends()) return false;
        Optional<Duration> end = Times.duration(number, match.value("UNIT"));
        end.ifPresent(time -> wishes.stretches.range(at(time.minus(one(match))), at(time)));
        return end.isPresent();
    }

    /** "The 5th to the 10th minute". */
    private static boolean fromTo(Match match, Wishes wishes) {
        Optional<Duration> start = Times.duration(new BigDecimal(match.value("ORDINAL")), match.value("UNIT"));
        Optional<Duration> end = Times.duration(new BigDecimal(match.value("ORDINAL", 1)), match.value("UNIT"));
        if (start.isEmpty() || end.isEmpty() || (match.has("AND") && !match.has("BETWEEN"))) return false;
        return did(() -> wishes.stretches.range(at(start.get()), at(end.get())));
    }

    /** 倒数两分钟; 倒数第二分钟 is one minute. */
    private static boolean counted(Match match, Wishes wishes) {
        Duration length = match.length();
        boolean one =
                match.text("COUNTDOWN").endsWith("第") && !match.unitOfLength().isEmpty();
        Duration rest = one
                ? length.minus(
                        Times.duration(BigDecimal.ONE, match.unitOfLength()).orElse(length))
                : Duration.ZERO;
        if (rest.isZero()) wishes.stretches.last(length);
        else wishes.stretches.range(beforeEnd(length), beforeEnd(rest));
        return true;
    }

    private static boolean amount(Match match, Wishes wishes) {
        if (!match.endsPhrase() || !match.ends()) return false;
        wishes.stretches.amount(match.length(), match.written());
        return true;
    }

    private static boolean isVerb(Match match) {
        return match.text("START").matches("start|begin|start time|start point|in point|.*[始起](?:时间|点)|起点|起始");
    }

    private static boolean bareLength(Match match, Wishes wishes) {
        boolean piece = wishes.stretches.isOpen()
                && match.isClause()
                && !match.unitOfLength().isEmpty();
        if (piece) wishes.stretches.length(match.length());
        return piece;
    }

    private static boolean isEnglish(Match match, String element) {
        return !Character.isIdeographic(match.text(element).codePointAt(0));
    }

    private static boolean lasts(Match match, Wishes wishes) {
        boolean wished = match.endsClause() && !match.isTold();
        if (wished) wishes.stretches.length(match.length());
        return wished;
    }

    static Duration oneAndAHalf(Match match) {
        return Times.duration(new BigDecimal("1.5"), match.value("UNIT")).orElse(Duration.ZERO);
    }

    /** 开始十二分钟后; not "the start, ten minutes on". */
    private static boolean chineseStart(Match match) {
        return Character.isIdeographic(match.text("START").codePointAt(0));
    }

    static Rule.Action range() {
        return (match, wishes) -> did(() -> wishes.stretches.range(match.place(0), match.place(1)));
    }

    private static Rule.Action starting() {
        return (match, wishes) -> {
            if (match.place(0).fromEnd() && match.place(0).offset().compareTo(match.length()) < 0) return false;
            return did(() -> wishes.stretches.starting(match.place(0), match.length()));
        };
    }

    private static boolean withoutUnit(Match match, Wishes wishes) {
        // "The first one" is one of several
        boolean counts = match.has("FIRST") || match.has("LAST");
        if (!match.ends()
                || match.isCounted()
                || (counts && match.text("number").equals("one"))) return false;
        return did(() -> wishes.problem(Text.of("ask.no-unit", match.written())));
    }

    /** "2 to 5 minutes": the first number has the unit of the second. */
    private static Rule.Action shared() {
        return (match, wishes) -> !match.unitOfLength().isEmpty()
                && between(
                        match.number(0),
                        match.unitOfLength(),
                        (start, ignored) -> wishes.stretches.range(at(start), at(match.length())));
    }

    /** "Minutes 2 to 5". */
    private static Rule.Action unitFirst() {
        return (match, wishes) -> !Character.isIdeographic(match.text("UNIT").codePointAt(0))
                && between(
                        match.number(0),
                        match.value("UNIT"),
                        (start, unit) -> Times.duration(match.number(1), unit)
                                .ifPresent(end -> wishes.stretches.range(at(start), at(end))));
    }

    private static boolean between(BigDecimal number, String unit, BiConsumer<Duration, String> wish) {
        Optional<Duration> start = Times.duration(number, unit);
        start.ifPresent(time -> wish.accept(time, unit));
        return start.isPresent();
    }
}
