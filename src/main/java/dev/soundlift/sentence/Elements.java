package dev.soundlift.sentence;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the elements that rules are made of, see {@link Rule}, at a place of one sentence. */
final class Elements {
    /** What an element stands for here, and the first token after it. */
    record Read(Object value, int end) {}

    /** Kinds of everyday words that folders are called too. */
    private static final Set<String> NOUNS =
            Set.of("MEDIA", "FILLER", "AUDIO", "FORMATNOUN", "CHANNELNOUN", "LANGNOUN", "PIECE", "ONEFILE", "EXPORT");

    /** Everyday words that are folders' names too. */
    private static final Set<String> PLACES =
            Set.of(("music songs podcasts results recordings lectures videos films movies interviews meetings episodes"
                            + " talks shows concerts notes audiobooks albums")
                    .split(" "));

    /** What happens in a video; any of it has a time. */
    private static final Set<String> THINGS = Set.of(
            "FILLER",
            "AD",
            "SPLIT",
            "SILENCE",
            "AUDIO",
            "MEDIA",
            "CREDITS",
            "ENOUGH",
            "INTRO",
            "OUTRO",
            "SOFT",
            "END",
            "PIECE",
            "ONEFILE",
            "SOURCE",
            "OTHERJOB",
            "INSTRUMENT",
            "DEED",
            "HAVE",
            "SAYS");

    /** With these a sentence goes on after a title, even if they are written with a capital. */
    private static final Set<String> GOES_ON =
            Set.of("INTO", "FROM", "FOR", "AND", "CHANNELS", "FORMAT", "ONLY", "SKIP", "OUTPUT", "TAKEONLY", "SIDE");

    private static final Set<String> FAREWELLS =
            Set.of("thanks", "thank", "please", "thx", "ty", "cheers", "regards", "kindly");

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_-]{2,}");

    private final List<Token> tokens;
    private final Times times;
    private final Surroundings surroundings;

    Elements(List<Token> tokens, Surroundings surroundings) {
        this.tokens = tokens;
        this.times = new Times(tokens);
        this.surroundings = surroundings;
    }

    List<Token> tokens() {
        return tokens;
    }

    /** Nothing where this is not what stands here. */
    Optional<Read> read(String element, int at) {
        if (at >= tokens.size()) return Optional.empty();
        Token token = tokens.get(at);
        return switch (element) {
            case "place" -> times.place(at).map(place -> new Read(place, place.end()));
            case "length" -> times.length(at).map(length -> new Read(length, length.end()));
            case "number" -> number(token).map(text -> new Read(text, at + 1));
            case "name" -> token.is(Token.NAME) ? one(token.value(Token.NAME), at) : Optional.empty();
            case "thing" -> THINGS.containsAll(token.meanings().keySet()) ? one(token.text(), at) : Optional.empty();
            case "word" -> word(token).map(text -> new Read(text, at + 1));
            case "folder" -> folder(token, at).map(text -> title(text, at));
            case "destination" -> destination(token, at).map(text -> title(text, at));
            default -> token.is(element) ? one(token.value(element), at) : Optional.empty();
        };
    }

    /** With the words of the same name that follow: "Kids Audio". */
    private Read title(String text, int at) {
        StringBuilder title = new StringBuilder(text);
        int end = endOfTitle(at);
        for (int word = at + 1; word < end; word++)
            title.append(' ').append(tokens.get(word).text());
        return new Read(title.toString(), end);
    }

    /** In a sentence that is not written in capitals throughout. */
    private int endOfTitle(int at) {
        boolean amongSmall = at > 0 && !isCapital(tokens.get(at - 1));
        int end = at + 1;
        if (!amongSmall || tokens.get(at).is(Token.NAME) || !isCapital(tokens.get(at))) return end;
        while (end < tokens.size()
                && isCapital(tokens.get(end))
                && !tokens.get(end).is(Token.NAME)
                && !endsTitle(tokens.get(end).text())
                && tokens.get(end).start() == tokens.get(end - 1).end() + 1) end++;
        return end;
    }

    /** In "save to Kids Audio As Mono Thanks" the title is two words long. */
    static boolean endsTitle(String word) {
        return Lexer.words(word).stream()
                .anyMatch(token -> GOES_ON.stream().anyMatch(token::is)
                        || FAREWELLS.contains(token.text().toLowerCase(Locale.ROOT)));
    }

    private static boolean isCapital(Token token) {
        return token.text().matches("\\p{Lu}\\p{Ll}[\\p{L}\\p{N} _-]*");
    }

    /** Whether it is what folders are called everywhere. */
    static boolean isPlace(String word) {
        String plain = word.toLowerCase(Locale.ROOT);
        return PLACES.contains(plain) || plain.matches("downloads|documents|pictures|desktop");
    }

    private static Optional<Read> one(String text, int at) {
        return Optional.of(new Read(text, at + 1));
    }

    private static Optional<String> number(Token token) {
        if (token.is(Token.NUMBER)) return Optional.of(token.value(Token.NUMBER));
        boolean counted = token.is(Token.ORDINAL) && token.text().startsWith("第");
        return counted ? Optional.of(token.value(Token.ORDINAL)) : Optional.empty();
    }

    private static Optional<String> word(Token token) {
        if (token.is(Token.NAME)) return Optional.of(token.value(Token.NAME));
        boolean noun = Set.of("CHANNELNOUN", "PERSON", "INSTRUMENT", "MEDIA")
                .containsAll(token.meanings().keySet());
        return noun ? Optional.of(token.text()) : Optional.empty();
    }

    /** A name, or one word, unknown or a folder's, that the clause ends with. */
    private Optional<String> destination(Token token, int at) {
        if (token.is(Token.NAME)) return Optional.of(token.value(Token.NAME));
        String text = token.text();
        int next = endOfTitle(at);
        boolean last = next >= tokens.size()
                || Stream.of("PUNCTUATION", "INTO", "AND", "FOLDER").anyMatch(tokens.get(next)::is);
        if (!last) return Optional.empty();
        boolean unknown = !token.isKnown() && WORD.matcher(text).matches();
        return unknown || PLACES.contains(text) ? Optional.of(text) : Optional.empty();
    }

    /** A name, or a word that can be one: it is there, or not known, or has a capital, or "folder" follows. */
    private Optional<String> folder(Token token, int at) {
        if (token.is(Token.NAME)) return Optional.of(token.value(Token.NAME));
        String text = token.text();
        boolean word = text.length() > 1
                && Character.isLetter(text.charAt(0))
                && NOUNS.containsAll(token.meanings().keySet());
        if (!word) return Optional.empty();
        boolean hasNext = at + 1 < tokens.size();
        boolean called = hasNext && tokens.get(at + 1).is("FOLDER");
        // "There's a folder"
        if (hasNext && tokens.get(at + 1).is("A")) return Optional.empty();
        boolean named = called
                || !token.isKnown()
                || Character.isUpperCase(text.codePointAt(0))
                || surroundings.look(text) == Surroundings.Kind.FOLDER;
        return named ? Optional.of(text) : Optional.empty();
    }
}
