package dev.soundlift.sentence;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Clauses that say why or when: what they name counts only where the rest names nothing of the kind. */
final class Reasons {
    private static final Set<String> ENDS = Set.of(".", "!", "?", "。", "！", "？", ";", "；");

    /** After "so" these make a purpose of what follows: "so I can listen to it". */
    private static final Set<String> PURPOSES =
            Set.of("that", "can", "could", "may", "might", "i'll", "we'll", "he'll", "she'll", "they'll", "will");

    /** What somebody says after whom it is a wish: "my boss wants …". */
    private static final Set<String> WISHES = Set.of(
            "wants",
            "wanted",
            "needs",
            "needed",
            "asked",
            "asks",
            "would",
            "has",
            "have",
            "likes",
            "requires",
            "想要",
            "要求",
            "想",
            "让");

    private static final Set<String> REMARKS =
            Set.of("it's", "its", "that's", "thats", "there's", "theres", "they're", "theyre");
    private static final Set<String> POINTERS = Set.of("that", "this", "it", "those", "these", "they");
    private static final Set<String> HEDGES =
            Set.of("just", "mostly", "mainly", "basically", "all", "nothing but", "like", "only");

    private static final Set<String> OCCASIONS = Set.of("when", "while", "whenever");
    private static final Set<String> PRONOUNS =
            Set.of("i", "i'm", "you", "we", "he", "she", "they", "it", "my", "people");

    private static final int MOST_BEFORE_INTENT = 3;
    private static final int MOST_BEFORE_PURPOSE = 4;

    private Reasons() {}

    /** Which tokens they are. */
    static BitSet in(List<Token> tokens) {
        BitSet reasons = intents(tokens);
        int sentence = 0;
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            if (token.is("BECAUSE")
                    || isRemark(tokens, at)
                    || isOccasion(tokens, at)
                    || (isSo(token) && isPurpose(tokens, at))) {
                reasons.set(at, endOfClause(tokens, at));
            } else if (token.is("CONCLUSION") && (!isSo(token) || followsAComma(tokens, at))) {
                reasons.set(sentence, at);
            }
            if (ENDS.contains(token.text())) sentence = at + 1;
        }
        return reasons;
    }

    /** With what is only told about the file. */
    static BitSet told(List<Token> tokens) {
        BitSet told = in(tokens);
        told.or(Descriptions.in(tokens));
        return told;
    }

    /** What somebody does himself, before or after: "I'll cut the silence later", 之后我会发给客户. */
    static BitSet intents(List<Token> tokens) {
        BitSet intents = new BitSet();
        int clause = 0;
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            if (token.is("PUNCTUATION")) clause = at + 1;
            boolean early = at - clause <= MOST_BEFORE_INTENT;
            boolean wish = at + 1 < tokens.size()
                    && (tokens.get(at + 1).is("TAKEONLY")
                            || WISHES.contains(
                                    Traditional.plain(tokens.get(at + 1).text())));
            if (token.value("INTENT").equals("self")) intents.set(clause, endOfClause(tokens, at));
            else if (token.is("INTENT") && early && !wish) intents.set(at, endOfClause(tokens, at));
        }
        return intents;
    }

    /** "Skip the first minute, its just crowd noise", "… that is only me". */
    private static boolean isRemark(List<Token> tokens, int at) {
        boolean told = REMARKS.contains(plain(tokens.get(at)));
        boolean inFull = POINTERS.contains(plain(tokens.get(at)))
                && at + 1 < tokens.size()
                && tokens.get(at + 1).is("HAVE");
        int hedge = inFull ? at + 2 : at + 1;
        return (told || inFull) && hedge < tokens.size() && HEDGES.contains(plain(tokens.get(hedge)));
    }

    /** "When I drop it in Resolve": not "stop when he says hello". */
    private static boolean isOccasion(List<Token> tokens, int at) {
        if (at == 0 || at + 1 >= tokens.size() || !OCCASIONS.contains(plain(tokens.get(at)))) return false;
        Token before = tokens.get(at - 1);
        boolean place = Stream.of("FROM", "UNTIL", "START", "END", "SKIP", "PIECE", "TO", "SPLIT", "EXTRACT")
                .anyMatch(before::is);
        return !place && PRONOUNS.contains(plain(tokens.get(at + 1)));
    }

    private static String plain(Token token) {
        return Traditional.plain(token.text());
    }

    private static boolean isSo(Token token) {
        return token.text().equalsIgnoreCase("so");
    }

    private static boolean isPurpose(List<Token> tokens, int at) {
        return tokens.subList(at + 1, Math.min(tokens.size(), at + 1 + MOST_BEFORE_PURPOSE)).stream()
                .anyMatch(token -> PURPOSES.contains(Traditional.plain(token.text())));
    }

    private static boolean followsAComma(List<Token> tokens, int at) {
        return at > 0
                && (tokens.get(at - 1).is("PUNCTUATION") || tokens.get(at - 1).is("AND"));
    }

    private static int endOfClause(List<Token> tokens, int at) {
        int end = at + 1;
        while (end < tokens.size() && !tokens.get(end).is("PUNCTUATION")) end++;
        return end;
    }
}
