package dev.soundlift.sentence;

import dev.soundlift.request.MediaTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a rule found in a sentence, and what stands around it. */
final class Match {
    /** @param read a {@link Times.Place} or {@link Times.Length} where the element is one, else the text */
    private record Bound(String element, Object read, Token token) {}

    private final List<Bound> bounds;
    private final List<Token> tokens;
    final int start;
    final int end;

    private Match(List<Bound> bounds, List<Token> tokens, int start, int end) {
        this.bounds = bounds;
        this.tokens = tokens;
        this.start = start;
        this.end = end;
    }

    MediaTime place(int index) {
        return ((Times.Place) nth("place", index)).time();
    }

    Duration length() {
        return length(0);
    }

    Duration length(int index) {
        return ((Times.Length) nth("length", index)).duration();
    }

    /** The unit that was said first, for numbers that have none. */
    String unitOfLength() {
        return ((Times.Length) nth("length", 0)).unit();
    }

    BigDecimal number(int index) {
        return new BigDecimal((String) nth("number", index));
    }

    /** All numbers and ordinals, in their order. */
    List<String> numbers() {
        return bounds.stream()
                .filter(bound ->
                        bound.element().equals("number") || bound.element().equals(Token.ORDINAL))
                .map(bound -> (String) bound.read())
                .toList();
    }

    String name() {
        return (String) nth("name", 0);
    }

    String folder() {
        return (String) nth("folder", 0);
    }

    String destination() {
        return (String) nth("destination", 0);
    }

    String word() {
        return (String) nth("word", 0);
    }

    boolean has(String element) {
        return bounds.stream().anyMatch(bound -> bound.element().equals(element));
    }

    int count(String element) {
        return (int)
                bounds.stream().filter(bound -> bound.element().equals(element)).count();
    }

    String value(String kind) {
        return value(kind, 0);
    }

    String value(String kind, int index) {
        return (String) nth(kind, index);
    }

    /** How the element was written, in plain form. */
    String text(String element) {
        return Traditional.plain(bounds.stream()
                .filter(bound -> bound.element().equals(element))
                .findFirst()
                .orElseThrow()
                .token()
                .text());
    }

    private Object nth(String element, int index) {
        return bounds.stream()
                .filter(bound -> bound.element().equals(element))
                .skip(index)
                .findFirst()
                .orElseThrow()
                .read();
    }

    /** Whether nothing follows that would make a place of the time that was read last. */
    boolean ends() {
        return !isNext("TO", "UNTIL", "ONWARD", "BEFORECN", "AND", "SKIP");
    }

    boolean isNext(String... kinds) {
        return end < tokens.size() && Stream.of(kinds).anyMatch(tokens.get(end)::is);
    }

    /** Whether it is a clause by itself, or all that follows a name. */
    boolean standsAlone() {
        boolean begins = start == 0 || follows("PUNCTUATION") || follows(Token.NAME);
        int after = end;
        while (after < tokens.size() && tokens.get(after).isSoft()) after++;
        return begins && (after >= tokens.size() || tokens.get(after).is("PUNCTUATION"));
    }

    /** Whether its clause says nothing else. */
    boolean isClause() {
        int before = start - 1;
        while (before >= 0 && isSmall(tokens.get(before))) before--;
        int after = end;
        while (after < tokens.size() && isSmall(tokens.get(after))) after++;
        return before >= 0
                && tokens.get(before).is("PUNCTUATION")
                && (after >= tokens.size() || tokens.get(after).is("PUNCTUATION"));
    }

    private static boolean isSmall(Token token) {
        return !token.is("PUNCTUATION") && !token.is("HAVE") && (token.isSoft() || token.isFiller());
    }

    /** Whether what is to come out stands elsewhere: in "it is 5.1, make it stereo" 5.1 is what goes in. */
    boolean isSource(String kind) {
        if (follows("INTO") || has("INTO")) return false;
        for (int at = 1; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            boolean other = token.is(kind) && !token.value(kind).equals(value(kind));
            if (other && tokens.get(at - 1).is("INTO")) return true;
        }
        return false;
    }

    boolean endsClause() {
        return end >= tokens.size() || isNext("PUNCTUATION");
    }

    boolean follows(String kind) {
        return start > 0 && tokens.get(start - 1).is(kind);
    }

    /** Whether a time stands right before. */
    boolean followsATime() {
        return Stream.of("UNIT", "HALF", "MARK", Token.NUMBER, Token.CLOCK).anyMatch(this::follows);
    }

    /** Whether what was read last is not said of a noun after it. */
    boolean endsPhrase() {
        return end >= tokens.size() || isNext("PUNCTUATION", "IN", "SOURCE", "SOFT", "AND", "INTO", Token.NAME);
    }

    boolean isTold() {
        return isTold(tokens, start);
    }

    /** Whether the clause has named before what this is said of: "my lecture is 30 minutes long". */
    static boolean isTold(List<Token> tokens, int begin) {
        for (int at = begin - 1; at >= 0 && !tokens.get(at).is("PUNCTUATION"); at--) {
            Token token = tokens.get(at);
            if (token.is("EXTRACT") || token.is("TAKEONLY")) return false;
            if (token.is("MEDIA") || token.is(Token.NAME) || token.is("HAVE")) return true;
        }
        return false;
    }

    /** Whether "is" stands before: said of what goes in. */
    boolean isDescribed() {
        int at = start - 1;
        while (at >= 0 && tokens.get(at).isSoft()) at--;
        if (at < 0 || !tokens.get(at).is("HAVE")) return false;
        return isTold(tokens, at) || isTold(tokens, at + 1);
    }

    /** "Give me a word for word transcript", 给我一份逐字稿: after a verb, with nothing between that is taken out instead. */
    boolean isWhatIsMade() {
        for (int at = start - 1; at >= 0 && !tokens.get(at).is("PUNCTUATION"); at--) {
            Token token = tokens.get(at);
            String text = Traditional.plain(token.text());
            if (text.matches(
                    "give me|make|making|get|create|produce|generate|write|need|want|i want|i need|给我|出|写|生成|整理|写出|出一份"))
                return true;
            // 给我 talk.mp4 的逐字稿
            boolean whose = token.is(Token.NAME)
                    && at == start - 2
                    && tokens.get(start - 1).text().equals("的");
            if (whose) continue;
            boolean other =
                    Stream.of("AUDIO", "FORMAT", "MEDIA", "INTO", Token.NAME).anyMatch(token::is);
            if (other || (at == start - 1 && (token.is("FOR") || token.is("PURPOSE")))) return false;
        }
        return false;
    }

    /** Whether the number that was read last counts what follows: in "track 1, 2 minutes" the 2 is no track. */
    boolean isCounted() {
        return isNext(
                "UNIT",
                "HALF",
                "KBPS",
                "HZ",
                "KHZ",
                "BITUNIT",
                "LUFS",
                "SIZE",
                "PERCENT",
                "OTHERUNIT",
                "CHANNELNOUN",
                "CHAPTER",
                Token.CLOCK);
    }

    /** Whether the number that was read last begins a stretch: "3 to 5 minutes". */
    boolean beginsStretch() {
        return tokens.get(end - 1).is(Token.NUMBER)
                && isNext("TO", "UNTIL")
                && end + 1 < tokens.size()
                && (tokens.get(end + 1).is(Token.NUMBER) || tokens.get(end + 1).is(Token.CLOCK));
    }

    /** How it was written, for messages. */
    String written() {
        int from = tokens.get(start).start();
        StringBuilder words = new StringBuilder();
        for (Token token : tokens.subList(start, end)) {
            if (words.length() > 0 && token.start() > from) words.append(' ');
            words.append(token.text());
            from = token.end();
        }
        return words.toString();
    }

    /** The words that tell what it is, of "my mic on track 2", "the left channel is the guitar". */
    Set<String> companions() {
        Set<String> words = new HashSet<>();
        for (int at = start - 1; at >= 0 && !isBorder(tokens.get(at)); at--) addName(words, at);
        for (int at = isNext("HAVE") ? end + 1 : tokens.size(); at < tokens.size() && !isBorder(tokens.get(at)); at++)
            addName(words, at);
        return words;
    }

    private static boolean isBorder(Token token) {
        return Stream.of("PUNCTUATION", "AND", "HAVE", "TRACK", "SIDE").anyMatch(token::is);
    }

    private void addName(Set<String> words, int at) {
        Token token = tokens.get(at);
        boolean name = !token.isKnown()
                || Stream.of("CHANNELNOUN", "PERSON", "INSTRUMENT", "MEDIA").anyMatch(token::is);
        if (name) words.add(Traditional.plain(token.text()));
    }

    /** The longest way in which the rule fits at this token. */
    static Optional<Match> of(Rule rule, Elements elements, int at) {
        Search search = new Search(rule, elements, at);
        search.from(0, at, new ArrayList<>());
        return Optional.ofNullable(search.best);
    }

    private static final class Search {
        /** So many small words may stand between two elements; the time for a heap of them stays bounded. */
        private static final int MOST_SOFT = 4;

        private final Rule rule;
        private final Elements elements;
        private final int start;
        private @org.jspecify.annotations.Nullable Match best;

        Search(Rule rule, Elements elements, int start) {
            this.rule = rule;
            this.elements = elements;
            this.start = start;
        }

        void from(int index, int at, List<Bound> bounds) {
            if (index == rule.elements().size()) {
                if (at > start && (best == null || at > best.end))
                    best = new Match(List.copyOf(bounds), elements.tokens(), start, at);
                return;
            }
            List<Token> tokens = elements.tokens();
            Rule.Element element = rule.elements().get(index);
            for (String kind : element.kinds()) {
                int position = at;
                do {
                    if (tryAt(kind, index, position, bounds)) break;
                } while (index > 0
                        && position - at < MOST_SOFT
                        && position < tokens.size()
                        && tokens.get(position++).isSoft());
            }
            if (element.optional()) from(index + 1, at, bounds);
        }

        private boolean tryAt(String kind, int index, int at, List<Bound> bounds) {
            Optional<Elements.Read> read = elements.read(kind, at);
            if (read.isEmpty()) return false;
            bounds.add(new Bound(kind, read.get().value(), elements.tokens().get(at)));
            from(index + 1, read.get().end(), bounds);
            bounds.remove(bounds.size() - 1);
            return true;
        }
    }
}
