package dev.soundlift.sentence;

import static dev.soundlift.sentence.StretchRules.at;
import static dev.soundlift.sentence.StretchRules.beforeEnd;
import static dev.soundlift.sentence.StretchRules.did;
import static dev.soundlift.sentence.StretchRules.one;
import static dev.soundlift.sentence.StretchRules.range;
import static dev.soundlift.sentence.StretchRules.to;

import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What is to be left out at the start and at the end. */
final class SkipRules {
    /** Said of what is to be kept as well: "trim from 1:00 to 2:00". */
    private static final Set<String> KEEPS = Set.of("trim", "cut", "trimming", "剪");

    static final List<Rule> RULES = List.of(
            Rule.of("SKIP TO FIRST length", (match, wishes) -> did(() -> wishes.stretches.first(match.length()))),
            Rule.of("SKIP TO LAST length", (match, wishes) -> did(() -> wishes.stretches.last(match.length()))),
            Rule.of("SKIP FIRST length", (match, wishes) -> StretchRules.from(wishes, at(match.length()))),
            Rule.of("SKIP START length", (match, wishes) -> StretchRules.from(wishes, at(match.length()))),
            Rule.of("SKIP BACK length", (match, wishes) -> to(wishes, beforeEnd(match.length()))),
            Rule.of("SKIP length PER|IN|FROM END|OUTRO", (match, wishes) -> to(wishes, beforeEnd(match.length()))),
            Rule.of(
                    "SKIP length PER|IN|FROM START|INTRO",
                    (match, wishes) -> StretchRules.from(wishes, at(match.length()))),
            Rule.of("SKIP FIRST UNIT", (match, wishes) -> StretchRules.from(wishes, at(one(match)))),
            Rule.of(
                    "SKIP FIRST UNIT AND A? HALF",
                    (match, wishes) -> StretchRules.from(wishes, at(StretchRules.oneAndAHalf(match)))),
            Rule.of(
                    "SKIP LAST UNIT AND A? HALF",
                    (match, wishes) -> to(wishes, beforeEnd(StretchRules.oneAndAHalf(match)))),
            Rule.of("SKIP INTRO FOR? length", (match, wishes) -> StretchRules.from(wishes, at(match.length()))),
            // "Drop the intro, that's 45 seconds"
            Rule.of(
                    "SKIP INTRO PUNCTUATION FILLER|SOURCE? HAVE|FILLER? length LONG?",
                    (match, wishes) -> isItsLength(match) && StretchRules.from(wishes, at(match.length()))),
            Rule.of(
                    "SKIP OUTRO PUNCTUATION FILLER|SOURCE? HAVE|FILLER? length LONG?",
                    (match, wishes) -> isItsLength(match) && to(wishes, beforeEnd(match.length()))),
            Rule.of(
                    "INTRO SKIP PUNCTUATION INTRO? FILLER|HAVE? FILLER|HAVE? length LONG?",
                    (match, wishes) ->
                            chinese(match) && match.endsClause() && StretchRules.from(wishes, at(match.length()))),
            Rule.of(
                    "OUTRO SKIP PUNCTUATION OUTRO? FILLER|HAVE? FILLER|HAVE? length LONG?",
                    (match, wishes) -> chinese(match) && match.endsClause() && to(wishes, beforeEnd(match.length()))),
            Rule.of("SKIP length INTRO", (match, wishes) -> StretchRules.from(wishes, at(match.length()))),
            Rule.of(
                    "SKIP length FROM|IN|FILLER? START",
                    (match, wishes) -> StretchRules.from(wishes, at(match.length()))),
            Rule.of("SKIP TO place", SkipRules::skipTo),
            Rule.of(
                    "SKIP place",
                    (match, wishes) -> match.place(0).fromEnd()
                            ? to(wishes, match.place(0))
                            : StretchRules.from(wishes, match.place(0))),
            Rule.of("SKIP LAST length", (match, wishes) -> to(wishes, beforeEnd(match.length()))),
            Rule.of("SKIP END length", (match, wishes) -> to(wishes, beforeEnd(match.length()))),
            Rule.of("SKIP LAST UNIT", (match, wishes) -> to(wishes, beforeEnd(one(match)))),
            Rule.of("SKIP OUTRO FOR? length", (match, wishes) -> to(wishes, beforeEnd(match.length()))),
            Rule.of("SKIP length OUTRO", (match, wishes) -> to(wishes, beforeEnd(match.length()))),
            Rule.of("SKIP length FROM|IN|FILLER? END", (match, wishes) -> to(wishes, beforeEnd(match.length()))),
            Rule.of("SKIP FIRST length AND? LAST|BACK|END|OUTRO length", both()),
            Rule.of("SKIP INTRO length AND? OUTRO|LAST|BACK length", both()),
            Rule.of("SKIP FIRST AND LAST length", (match, wishes) -> skipBoth(wishes, match.length(), match.length())),
            Rule.of("TRIMBOTH EACH? length", SkipRules::bothEnds),
            Rule.of("TRIMBOTH EACH? SKIP length", SkipRules::bothEnds),
            Rule.of(
                    "TRIMBOTH EACH EXTRACT length",
                    (match, wishes) -> match.text("EXTRACT").matches("[剪截裁切]") && bothEnds(match, wishes)),
            Rule.of("SKIP TRIMBOTH EACH? length", SkipRules::bothEnds),
            Rule.of("SKIP length EACH? FROM|IN|FILLER? TRIMBOTH", SkipRules::bothEnds),
            // "Trim party.mp4 to 1:00-2:30"
            Rule.of("SKIP name TO place TO place", (match, wishes) -> {
                if (!KEEPS.contains(match.text("SKIP"))) return false;
                wishes.files.input(match.name());
                return range().apply(match, wishes);
            }),
            // 去掉 vlog.mp4 片尾的 20 秒
            Rule.of("SKIP name LAST|END|OUTRO length", (match, wishes) -> {
                wishes.files.input(match.name());
                return to(wishes, beforeEnd(match.length()));
            }),
            Rule.of(
                    "SKIP name FIRST|START|INTRO length AND|PUNCTUATION? LAST|BACK|END|OUTRO length",
                    (match, wishes) -> {
                        wishes.files.input(match.name());
                        return skipBoth(wishes, match.length(0), match.length(1));
                    }),
            Rule.of("SKIP name FIRST|START|INTRO length", (match, wishes) -> {
                wishes.files.input(match.name());
                return StretchRules.from(wishes, at(match.length()));
            }),
            Rule.of("SKIP name AFTER place", (match, wishes) -> {
                wishes.files.input(match.name());
                return to(wishes, match.place(0));
            }),
            Rule.of("SKIP name BEFORE place", (match, wishes) -> {
                wishes.files.input(match.name());
                return StretchRules.from(wishes, match.place(0));
            }),
            // "… from 6:40, nothing before that"
            Rule.of(
                    "SKIP|NOT ALL? FILLER|SOURCE? FILLER? FILLER? BEFORE FILLER|SOURCE?",
                    (match, wishes) -> wishes.stretches.begins() && match.endsClause()),
            Rule.of(
                    "SKIP|NOT ALL? FILLER|SOURCE? FILLER? FILLER? AFTER FILLER|SOURCE?",
                    (match, wishes) -> wishes.stretches.ends() && match.endsClause()),
            Rule.of(
                    "SKIP|NOT ALL? FILLER",
                    (match, wishes) -> match.endsClause()
                            && ((match.text("FILLER").equals("before that") && wishes.stretches.begins())
                                    || (match.text("FILLER").equals("after that") && wishes.stretches.ends()))),
            // 从 2:15 开始，前面的不要
            Rule.of(
                    "FIRST|BEFORE|LAST|BACK|ONWARD EACH? SKIP|REJECT",
                    (match, wishes) -> match.endsClause()
                            && ((match.written().matches("(?:之|以)?前.*") && wishes.stretches.begins())
                                    || (match.written().matches("(?:之|以)?[后後].*") && wishes.stretches.ends()))),
            Rule.of("SKIP BEFORE place AND? AFTER place", range()),
            Rule.of("SKIP AFTER place AND? BEFORE place", (match, wishes) -> {
                wishes.stretches.range(match.place(1), match.place(0));
                return true;
            }),
            Rule.of("SKIP place BEFORECN AND? place ONWARD", range()),
            Rule.of("SKIP AFTER place", (match, wishes) -> to(wishes, match.place(0))),
            Rule.of("SKIP BEFORE|UNTIL place", (match, wishes) -> StretchRules.from(wishes, match.place(0))),
            Rule.of("SKIP FROM? place ONWARD", (match, wishes) -> to(wishes, match.place(0))),
            Rule.of("SKIP FROM? place TO END", (match, wishes) -> to(wishes, match.place(0))),
            Rule.of("SKIP place BEFORECN", (match, wishes) -> StretchRules.from(wishes, match.place(0))),
            Rule.of("FROM? place ONWARD EACH? SKIP", (match, wishes) -> chinese(match) && to(wishes, match.place(0))),
            Rule.of(
                    "place BEFORECN EACH? SKIP",
                    (match, wishes) -> chinese(match) && StretchRules.from(wishes, match.place(0))),
            front("FIRST|START|INTRO HAVE? length AD PUNCTUATION? SKIP"),
            back("LAST|END|OUTRO HAVE? length AD PUNCTUATION? SKIP"),
            front("INTRO HAVE length PUNCTUATION? SKIP"),
            back("OUTRO HAVE length PUNCTUATION? SKIP"),
            front("FIRST|START length HAVE AD PUNCTUATION? SKIP"),
            back("LAST|END length HAVE AD PUNCTUATION? SKIP"),
            front("FIRST|START? INTRO length EACH? SKIP"),
            back("LAST|END? OUTRO length EACH? SKIP"),
            front("FIRST|START|INTRO length SKIP"),
            front("length INTRO SKIP"),
            back("LAST|END|OUTRO length SKIP"),
            Rule.of(
                    "FIRST|INTRO length AND LAST|BACK|OUTRO length EACH? SKIP|REJECT",
                    (match, wishes) -> (match.has("REJECT") || chinese(match))
                            && skipBoth(wishes, match.length(0), match.length(1))),
            Rule.of("SKIP FROM|BETWEEN? place TO|UNTIL|AND|INTO place", (match, wishes) -> {
                if (KEEPS.contains(match.text("SKIP"))) return range().apply(match, wishes);
                return did(() -> wishes.problem(Text.of("ask.cut-out", match.written())));
            }),
            // Keep it, or be rid of it: both are said so
            Rule.of("SKIP PIECE", SkipRules::cutOut));

    private SkipRules() {}

    /** Chinese says what goes before it says that it goes. */
    private static Rule front(String pattern) {
        return Rule.of(pattern, (match, wishes) -> chinese(match) && StretchRules.from(wishes, at(match.length())));
    }

    private static Rule back(String pattern) {
        return Rule.of(pattern, (match, wishes) -> chinese(match) && to(wishes, beforeEnd(match.length())));
    }

    /** "Skip to 5:00", but "trim to five minutes"; "cut to" is said for both. */
    private static boolean skipTo(Match match, Wishes wishes) {
        String how = match.text("SKIP");
        if (how.matches("cut|剪")) return did(() -> wishes.problem(Text.of("ask.unclear", match.written())));
        return how.matches("trim|trimming") ? to(wishes, match.place(0)) : StretchRules.from(wishes, match.place(0));
    }

    private static boolean cutOut(Match match, Wishes wishes) {
        boolean either = match.text("SKIP").matches("cut out|take out")
                && match.text("PIECE").matches("parts?|sections?|bits?|pieces?|segments?");
        if (either) wishes.problem(Text.of("ask.cut-out", match.written()));
        return either;
    }

    private static boolean chinese(Match match) {
        return Character.isIdeographic(match.text("SKIP").codePointAt(0));
    }

    private static Rule.Action both() {
        return (match, wishes) -> skipBoth(wishes, match.length(0), match.length(1));
    }

    private static boolean bothEnds(Match match, Wishes wishes) {
        return skipBoth(wishes, match.length(), match.length());
    }

    private static boolean skipBoth(Wishes wishes, Duration first, Duration last) {
        return StretchRules.from(wishes, at(first)) && to(wishes, beforeEnd(last));
    }

    private static boolean isItsLength(Match match) {
        boolean said = match.has("HAVE")
                || (match.has("FILLER") && match.text("FILLER").matches("that'?s|it'?s"));
        boolean bracket = match.text("PUNCTUATION").matches("[(（]") && !match.has("FILLER");
        return match.endsClause() && !match.unitOfLength().isEmpty() && (said || bracket);
    }
}
