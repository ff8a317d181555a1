package dev.soundlift.sentence;

import dev.soundlift.request.MediaTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
    static Optional<Match> of(Rule rule, List<Token> tokens, int at, Times times, Surroundings surroundings) {
        Search search = new Search(rule, tokens, at, times, surroundings);
        search.from(0, at, new ArrayList<>());
        return Optional.ofNullable(search.best);
    }

    private static final class Search {
        /** So many small words may stand between two elements; the time for a heap of them stays bounded. */
        private static final int MOST_SOFT = 4;

        private final Rule rule;
        private final List<Token> tokens;
        private final int start;
        private final Times times;
        private final Surroundings surroundings;
        private @org.jspecify.annotations.Nullable Match best;

        Search(Rule rule, List<Token> tokens, int start, Times times, Surroundings surroundings) {
            this.rule = rule;
            this.tokens = tokens;
            this.start = start;
            this.times = times;
            this.surroundings = surroundings;
        }

        void from(int index, int at, List<Bound> bounds) {
            if (index == rule.elements().size()) {
                if (at > start && (best == null || at > best.end)) best = new Match(List.copyOf(bounds), start, at);
                return;
            }
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
            if (at >= tokens.size()) return false;
            Token token = tokens.get(at);
            Object read;
            int end = at + 1;
            if (kind.equals("place")) {
                Optional<Times.Place> place = times.place(at);
                if (place.isEmpty()) return false;
                read = place.get();
                end = place.get().end();
            } else if (kind.equals("length")) {
                Optional<Times.Length> length = times.length(at);
                if (length.isEmpty()) return false;
                read = length.get();
                end = length.get().end();
            } else {
                Optional<String> text = switch (kind) {
                    case "folder" -> folder(token, at);
                    case "destination" -> destination(token, at);
                    default -> simple(kind, token);
                };
                if (text.isEmpty()) return false;
                read = text.get();
            }
            bounds.add(new Bound(kind, read, token));
            from(index + 1, end, bounds);
            bounds.remove(bounds.size() - 1);
            return true;
        }

        private Optional<String> simple(String kind, Token token) {
            return switch (kind) {
                case "number" ->
                    token.is(Token.NUMBER)
                            ? Optional.of(token.value(Token.NUMBER))
                            : token.text().startsWith("第") && token.is(Token.ORDINAL)
                                    ? Optional.of(token.value(Token.ORDINAL))
                                    : Optional.empty();
                case "name" -> token.is(Token.NAME) ? Optional.of(token.value(Token.NAME)) : Optional.empty();
                case "word" ->
                    token.is(Token.NAME)
                            ? Optional.of(token.value(Token.NAME))
                            : token.isKnown() ? Optional.empty() : Optional.of(token.text());
                default -> token.is(kind) ? Optional.of(token.value(kind)) : Optional.empty();
            };
        }

        /** A name, or a word that can be one: it is there, or not known, or has a capital, or "folder" follows. */
        private static final Set<String> NOUNS = Set.of(
                "MEDIA", "FILLER", "AUDIO", "FORMATNOUN", "CHANNELNOUN", "LANGNOUN", "PIECE", "ONEFILE", "EXPORT");

        /** Everyday words that are folders' names too. */
        private static final Set<String> PLACES = Set.of(
                ("music songs podcasts results recordings lectures videos films movies interviews meetings episodes"
                                + " talks shows concerts notes audiobooks albums")
                        .split(" "));

        /** A name, or one word, unknown or a folder's, that the clause ends with. */
        private Optional<String> destination(Token token, int at) {
            if (token.is(Token.NAME)) return Optional.of(token.value(Token.NAME));
            String text = token.text();
            boolean last = at + 1 >= tokens.size()
                    || Stream.of("PUNCTUATION", "INTO", "AND", "FOLDER").anyMatch(tokens.get(at + 1)::is);
            boolean word = text.matches("[\\p{L}\\p{N}_-]{2,}");
            boolean unknown = !token.isKnown() && word;
            return last && (unknown || PLACES.contains(text)) ? Optional.of(text) : Optional.empty();
        }

        private Optional<String> folder(Token token, int at) {
            if (token.is(Token.NAME)) return Optional.of(token.value(Token.NAME));
            String text = token.text();
            boolean word = text.length() > 1 && Character.isLetter(text.charAt(0));
            boolean plain = NOUNS.containsAll(token.meanings().keySet());
            boolean capital = Character.isUpperCase(text.codePointAt(0));
            boolean called = at + 1 < tokens.size() && tokens.get(at + 1).is("FOLDER");
            boolean named =
                    called || !token.isKnown() || capital || surroundings.look(text) == Surroundings.Kind.FOLDER;
            return word && plain && named ? Optional.of(text) : Optional.empty();
        }
    }
}
