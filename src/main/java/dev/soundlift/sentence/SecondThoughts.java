package dev.soundlift.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Corrections of oneself: "the first 2 minutes, no wait, 3", 前三分钟，哦不对，前五分钟. What is said anew takes the place of the same kind of
 * thing said before, so that the rules read only what is meant.
 */
final class SecondThoughts {
    private static final int MOST = 5;

    /** What can be said anew, and what makes it one kind of thing. */
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry(Token.NAME, "name"),
            Map.entry("FIRST", "edge"),
            Map.entry("LAST", "edge"),
            Map.entry("FORMAT", "format"),
            Map.entry("OTHERFORMAT", "format"),
            Map.entry("LOSSLESSFORMAT", "format"),
            Map.entry("LANGUAGE", "language"),
            Map.entry("CHANNELS", "channels"),
            Map.entry("SIDE", "channels"),
            Map.entry("BEST", "grade"),
            Map.entry("SMALL", "grade"),
            Map.entry("FROM", "from"),
            Map.entry("TO", "to"),
            Map.entry("UNTIL", "to"),
            Map.entry("SKIP", "skip"),
            Map.entry("CHAPTER", "chapter"),
            Map.entry("PODCAST", "standard"),
            Map.entry("BROADCAST", "standard"));

    /** @param unit of a time, for a number that has none */
    private record Item(String kind, String unit, int token, int start, int end) {
        boolean fits(Item other) {
            boolean counted = isCount() && other.isCount();
            return kind.equals(other.kind) || counted;
        }

        private boolean isCount() {
            return kind.equals("time") || kind.equals("number");
        }
    }

    private final String sentence;
    private final List<Token> tokens;

    private SecondThoughts(String sentence, List<Token> tokens) {
        this.sentence = sentence;
        this.tokens = tokens;
    }

    /** The sentence with what was said last; unchanged where it is not clear what is taken back. */
    static String last(String sentence, Surroundings surroundings) {
        String settled = sentence;
        for (int time = 0; time < MOST; time++) {
            List<Token> tokens = Lexer.tokens(settled, surroundings, Map.of());
            Optional<String> next = new SecondThoughts(settled, tokens).corrected();
            if (next.isEmpty()) break;
            settled = next.get();
        }
        return settled;
    }

    private Optional<String> corrected() {
        for (int at = 1; at < tokens.size(); at++) {
            if (!tokens.get(at).is("RETAKE")) continue;
            Optional<String> corrected = corrected(at);
            if (corrected.isPresent()) return corrected;
        }
        return Optional.empty();
    }

    private Optional<String> corrected(int marker) {
        int begin = marker + 1;
        while (begin < tokens.size() && isBetween(begin)) begin++;
        boolean chinese = Character.isIdeographic(tokens.get(marker).text().codePointAt(0));
        boolean clause = tokens.get(marker - 1).is("PUNCTUATION")
                || tokens.get(marker - 1).is("RETAKE");
        boolean doubtful = tokens.get(marker).value("RETAKE").equals("weak");
        List<Item> anew = items(begin, endOfClause(begin));
        List<Item> before = items(0, marker);
        if (doubtful && chinese && !clause) return Optional.empty();
        // "Track 2, sorry, track 3"
        int first = is(begin, "TRACK") || is(begin, "CHAPTER") ? begin + 1 : begin;
        if (anew.isEmpty()
                || (doubtful && anew.get(0).token() != begin && anew.get(0).token() != first)) return Optional.empty();
        int best = -1;
        int most = 0;
        for (int from = 0; from < before.size(); from++) {
            int same = same(before, from, anew);
            boolean unit = best >= 0
                    && !before.get(best).unit().equals(before.get(from).unit());
            boolean nearer = same == most
                    && !(unit && before.get(best).unit().equals(anew.get(0).unit()));
            if (same > most || (same > 0 && nearer)) {
                best = from;
                most = same;
            }
        }
        if (best < 0 || isDenied(before.get(best).token())) return Optional.empty();
        return Optional.of(replaced(before.subList(best, best + most), anew.subList(0, most), marker));
    }

    private static int same(List<Item> before, int from, List<Item> anew) {
        int same = 0;
        while (same < anew.size()
                && from + same < before.size()
                && before.get(from + same).fits(anew.get(same))) same++;
        return same;
    }

    private String replaced(List<Item> before, List<Item> anew, int marker) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (int i = 0; i < anew.size(); i++) {
            Item old = before.get(i);
            int end = old.end();
            // "The last 3 minutes … make that 4"
            if (anew.get(i).kind().equals("number") && old.kind().equals("time")) {
                end = tokens.get(old.token()).end();
            }
            text.append(sentence, from, old.start())
                    .append(sentence, anew.get(i).start(), anew.get(i).end());
            from = end;
        }
        int gone = marker;
        while (gone > 0
                && (tokens.get(gone - 1).is("PUNCTUATION")
                        || tokens.get(gone - 1).is("RETAKE"))) gone--;
        text.append(sentence, from, Math.max(from, tokens.get(gone).start()));
        return text.append(' ')
                .append(sentence.substring(pastUnit(
                        before.get(before.size() - 1).end(),
                        anew.get(anew.size() - 1).end())))
                .toString();
    }

    /** "128k, no make it 192k": the unit is there already. */
    private int pastUnit(int old, int anew) {
        Optional<Token> kept = startingAt(old);
        return startingAt(anew)
                .filter(unit -> kept.filter(same -> same.text().equalsIgnoreCase(unit.text()))
                        .isPresent())
                .filter(unit -> unit.is("KBPS") || unit.is("KHZ") || unit.is("HZ"))
                .map(Token::end)
                .orElse(anew);
    }

    private Optional<Token> startingAt(int place) {
        return tokens.stream().filter(token -> token.start() == place).findFirst();
    }

    /** "No wait, make it", 哦不对，应该是. */
    private boolean isBetween(int at) {
        Token token = tokens.get(at);
        return Stream.of("RETAKE", "PUNCTUATION", "EXTRACT", "TAKEONLY", "IS").anyMatch(token::is)
                || (token.isFiller() && !token.is(Token.NUMBER));
    }

    private int endOfClause(int begin) {
        int end = begin;
        while (end < tokens.size()
                && !tokens.get(end).is("PUNCTUATION")
                && !tokens.get(end).is("RETAKE")) end++;
        return end;
    }

    /** "Not mp3, actually wav": the first was not wanted anyway. */
    private boolean isDenied(int at) {
        for (int before = at - 1; before >= 0 && !tokens.get(before).is("PUNCTUATION"); before--) {
            if (tokens.get(before).is("NOT") || tokens.get(before).is("INSTEAD")) return true;
        }
        return false;
    }

    private List<Item> items(int from, int to) {
        Times times = new Times(tokens.subList(0, to));
        List<Item> items = new ArrayList<>();
        for (int at = from; at < to; ) {
            Optional<Times.Length> time = times.length(at);
            Token token = tokens.get(at);
            int next = time.map(Times.Length::end).orElse(at + 1);
            // "Make it two and a half"
            if (time.isEmpty() && token.is(Token.NUMBER) && is(at + 1, "AND") && is(at + 3, "HALF") && at + 3 < to)
                next = at + 4;
            Optional<String> kind = time.isPresent() || (token.is("UNIT") && !token.is(Token.ORDINAL))
                    ? Optional.of("time")
                    : kind(token);
            if (kind.isPresent()) {
                String unit = time.map(Times.Length::unit).orElse("");
                items.add(new Item(
                        kind.get(),
                        unit,
                        at,
                        token.start(),
                        tokens.get(next - 1).end()));
            }
            at = next;
        }
        return items;
    }

    private boolean is(int at, String kind) {
        return at < tokens.size() && tokens.get(at).is(kind);
    }

    private static Optional<String> kind(Token token) {
        if (token.is(Token.NUMBER)) return Optional.of("number");
        if (token.is(Token.ORDINAL) && !token.is("FIRST")) return Optional.of("ordinal");
        return token.meanings().keySet().stream()
                .filter(KINDS::containsKey)
                .sorted()
                .map(KINDS::get)
                .findFirst();
    }
}
