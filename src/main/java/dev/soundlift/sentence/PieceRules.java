package dev.soundlift.sentence;

import dev.soundlift.request.Pieces;
import dev.soundlift.text.Text;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Chapters, silences, pieces of one length. */
final class PieceRules {
    /** Not "cut": who cuts the silences wants to be rid of them. */
    private static final Set<String> DIVIDES =
            Set.of("split", "splitting", "divide", "segment", "分割", "切分", "拆分", "分段");

    static final List<Rule> RULES = List.of(
            Rule.of("CHAPTER number", one()),
            Rule.of("ORDINAL MEASURE? CHAPTER", (match, wishes) -> {
                String number = match.value("ORDINAL");
                if (!number.matches("[1-9]\\d{0,4}")) return false;
                wishes.stretches.split(new Pieces.OneChapter(Integer.parseInt(number)));
                return true;
            }),
            Rule.of("LAST CHAPTER", PieceRules::notOffered),
            Rule.of("CHAPTER TITLED? name", PieceRules::called),
            Rule.of("TITLED? name CHAPTER", PieceRules::called),
            // "The first ten minutes and the rest" are two files; "and the rest can go" is said anyway
            Rule.of("REST", PieceRules::rest).or((match, aside) -> true, (match, wishes) -> true),
            Rule.of("PART", (match, wishes) -> {
                wishes.remark(Remark.PART, match);
                return true;
            }),
            // "The bit of talk.mp4 where they laugh"
            Rule.of("PIECE IN name WHERE", (match, wishes) -> {
                wishes.files.input(match.name());
                wishes.remark(Remark.PART, match);
                return true;
            }),
            Rule.of("CHAPTER number AND|TO number", PieceRules::notOffered),
            Rule.of("CHAPTER number TO|UNTIL END", PieceRules::notOffered),
            Rule.of("CHAPTER number ONWARD", PieceRules::notOffered),
            Rule.of("ORDINAL MEASURE? CHAPTER TO|UNTIL|INTO END", PieceRules::notOffered),
            Rule.of("ORDINAL MEASURE? CHAPTER ONWARD", PieceRules::notOffered),
            Rule.of("AFTER|UNTIL|BEFORE CHAPTER number", PieceRules::notOffered),
            Rule.of("ALL UNIT PIECE|ONEFILE|SPLIT", (match, wishes) -> {
                wishes.stretches.split(new Pieces.Lengths(
                        Times.duration(BigDecimal.ONE, match.value("UNIT")).orElseThrow()));
                return true;
            }),
            Rule.of("KEEPREST", (match, wishes) -> {
                wishes.remark(Remark.KEEPS_REST, match);
                return true;
            }),
            // 之后全部要
            Rule.of("ONWARD|BACK ALL|EACH? EACH? TAKEONLY", (match, wishes) -> {
                String where = match.text(match.has("BACK") ? "BACK" : "ONWARD");
                boolean rest = where.matches("[之以]?后|后面|往后") && match.endsClause();
                if (rest) wishes.remark(Remark.KEEPS_REST, match);
                return rest;
            }),
            Rule.of("ORDINAL AND|TO ORDINAL CHAPTER", PieceRules::notOffered),
            Rule.of("FIRST number CHAPTER", PieceRules::notOffered),
            Rule.of("SEPARATE? ONEFILE? PER ALL? CHAPTER", chapters()),
            Rule.of("PER ALL? CHAPTER SPLIT|SEPARATE", chapters()),
            Rule.of("SPLIT|SEPARATE PER? ALL? CHAPTER", chapters()),
            Rule.of("SPLIT|SEPARATE INTO CHAPTER", chapters()),
            Rule.of("CHAPTER EACH? SPLIT|SEPARATE", chapters()),
            Rule.of("ALL CHAPTER PER|INTO? SEPARATE? A? ONEFILE?", chapters()),
            Rule.of(
                    "INTO CHAPTER",
                    (match, wishes) ->
                            !match.text("INTO").equals("用") && chapters().apply(match, wishes)),
            Rule.of("ONEFILE FOR|PURPOSE ALL CHAPTER", chapters()),
            Rule.of("SPLIT|SEPARATE PER|WHERE SILENCE", silences()),
            Rule.of(
                    "SPLIT SILENCE",
                    (match, wishes) ->
                            DIVIDES.contains(match.text("SPLIT")) && silences().apply(match, wishes)),
            Rule.of("PER SILENCE SPLIT?", silences()),
            Rule.of(
                    "SILENCE MARK? SPLIT",
                    (match, wishes) -> match.text("SPLIT").matches("切开|分开|断开|拆开|切分|分割|切|拆分")
                            && silences().apply(match, wishes)),
            Rule.of("ALL SILENCE SPLIT", silences()),
            Rule.of("SPLIT PER|INTO? ALL? length PIECE? LONG?", lengths()),
            Rule.of("SPLIT PER|INTO? ALL? length LONG? FORMAT PIECE", lengths()),
            Rule.of("length LONG? FORMAT PIECE", PieceRules::lengthsOfFormat),
            Rule.of("PER ALL? length PIECE? SPLIT", lengths()),
            Rule.of("ALL length PER|INTO? PIECE|ONEFILE?", lengths()),
            Rule.of("ALL TO? length SPLIT PER|INTO? PIECE?", lengths()),
            Rule.of("PER|INTO ALL? length LONG? FORMAT? PIECE", lengths()),
            Rule.of("PER|INTO length LONG? FORMAT", (match, wishes) -> {
                return match.text("FORMAT").endsWith("s") && lengths().apply(match, wishes);
            }),
            Rule.of("PER|INTO PIECE length LONG?", lengths()),
            Rule.of("SPLIT|SEPARATE? INTO number PIECE|ONEFILE|MEASURE", PieceRules::notInEqualParts),
            Rule.of("SPLIT|SEPARATE INTO? number PIECE|ONEFILE|MEASURE", PieceRules::notInEqualParts),
            Rule.of("PIECE FOR? ALL length", lengths()),
            Rule.of("SPLIT PER|INTO? ALL PIECE length", lengths()),
            Rule.of("ALL|SPLIT? INTO? PIECE? MOST length LONG? PIECE? EACH|ALL?", PieceRules::atMost),
            Rule.of(
                    "SPLIT? INTO? PIECE UNTIL length LONG? EACH?",
                    (match, wishes) -> match.text("UNTIL").equals("up to")
                            && match.text("PIECE").endsWith("s")
                            && StretchRules.did(() -> wishes.stretches.atMost(match.length()))),
            Rule.of("length PIECE ALL", lengths()),
            Rule.of(
                    "length PIECE SPLIT?",
                    (match, wishes) ->
                            match.text("PIECE").matches("chunks|segments|pieces|blocks|sections|一段|一个文件|一个|一份|一集|一节")
                                    && (!match.text("PIECE").startsWith("一") || match.has("SPLIT"))
                                    && lengths().apply(match, wishes)),
            Rule.of("SPLIT length LONG? PIECE ALL", lengths()));

    private PieceRules() {}

    private static Rule.Action one() {
        return (match, wishes) -> {
            int number = TrackRules.whole(match.number(0));
            if (number < 1) return false;
            wishes.stretches.split(new Pieces.OneChapter(number));
            return true;
        };
    }

    private static boolean rest(Match match, Wishes wishes) {
        wishes.problem(Text.of("ask.unclear", match.written()));
        return true;
    }

    private static boolean notOffered(Match match, Wishes wishes) {
        wishes.problem(Text.of("ask.one-chapter", match.written()));
        return true;
    }

    /** What is in quotes, or after "called", and is no file. */
    private static boolean called(Match match, Wishes wishes) {
        boolean title = match.has("TITLED")
                || wishes.tokens().subList(match.start, match.end).stream()
                        .anyMatch(token -> token.value("FORM").equals("quoted"));
        if (!title || match.name().contains(".") || wishes.files.exists(match.name())) return false;
        wishes.problem(Text.of("ask.which-chapter", match.written()));
        return true;
    }

    private static boolean notInEqualParts(Match match, Wishes wishes) {
        if (match.has("INTO") && match.text("INTO").equals("in")) return false;
        if (match.text("number").startsWith("第")) return false;
        // "成 24bit"
        if (match.has("PIECE") && match.text("PIECE").startsWith("bit")) return false;
        wishes.problem(Text.of("ask.equal-parts", match.written()));
        return true;
    }

    private static Rule.Action chapters() {
        return (match, wishes) -> {
            wishes.stretches.split(new Pieces.EveryChapter());
            return true;
        };
    }

    private static Rule.Action silences() {
        return (match, wishes) -> {
            wishes.stretches.split(new Pieces.Silences());
            return true;
        };
    }

    /** "At pauses, each piece at most 15 seconds"; where no pauses are named, of that length. */
    private static boolean atMost(Match match, Wishes wishes) {
        boolean pieces = match.has("ALL") || match.has("PIECE") || match.has("SPLIT") || match.has("EACH");
        boolean pauses = wishes.tokens().stream().anyMatch(token -> token.is("SILENCE"));
        boolean file = match.has("PIECE")
                && match.text("PIECE").matches("文件|files?")
                && !match.has("ALL")
                && !match.has("SPLIT")
                && !match.has("EACH");
        if (file || !(pieces || pauses) || match.length().compareTo(Duration.ofSeconds(1)) < 0) return false;
        if (match.text("MOST").matches("at least|至少|不低于|min(?:imum)?")) {
            wishes.problem(Text.of("ask.unclear", match.written()));
            return true;
        }
        wishes.stretches.atMost(match.length());
        return true;
    }

    /** "Ten minute mp3 chunks"; "a ten minute mp3 file" is one. */
    private static boolean lengthsOfFormat(Match match, Wishes wishes) {
        return match.text("PIECE").matches("chunks|segments|pieces|blocks|sections|parts|files|clips")
                && lengths().apply(match, wishes);
    }

    private static Rule.Action lengths() {
        return (match, wishes) -> {
            if (match.length().compareTo(Duration.ofSeconds(1)) < 0) return false;
            // "Trimmed to 15 seconds", not in pieces of it
            boolean trimmed = match.has("SPLIT") && match.text("SPLIT").equals("剪成");
            if (trimmed && !match.has("ALL") && !match.has("PIECE")) {
                wishes.stretches.first(match.length());
                return true;
            }
            // "Split at 5:00" is one cut
            boolean once = match.has("PER") && match.text("PER").matches("at|at the|on|在|于");
            if (once && !match.has("ALL") && !match.has("PIECE")) return false;
            wishes.stretches.split(new Pieces.Lengths(match.length()));
            if (match.has("FORMAT")) wishes.formats.target(match.value("FORMAT"), match);
            return true;
        };
    }
}
