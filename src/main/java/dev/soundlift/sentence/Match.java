package dev.soundlift.sentence;

import dev.soundlift.request.MediaTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a rule found in a sentence. */
final class Match {
    /** @param read a {@link Times.Place} or {@link Times.Length} where the element is one, else the text */
    private record Bound(String element, Object read, Token token) {}

    private final List<Bound> bounds;
    final int start;
    final int end;

    private Match(List<Bound> bounds, int start, int end) {
        this.bounds = bounds;
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
                if (at > start && (best == null || at > best.end)) best = new Match(List.copyOf(bounds), start, at);
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
