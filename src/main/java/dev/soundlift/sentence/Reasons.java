package dev.soundlift.sentence;

import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Clauses that say why: what they name counts only where the rest names nothing of the kind. */
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

    private static final int MOST_BEFORE_INTENT = 3;
    private static final int MOST_BEFORE_PURPOSE = 4;

    private Reasons() {}

    /** Which tokens they are. */
    static BitSet in(List<Token> tokens) {
        BitSet reasons = intents(tokens);
        int sentence = 0;
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            if (token.is("BECAUSE") || (isSo(token) && isPurpose(tokens, at))) {
                reasons.set(at, endOfClause(tokens, at));
            } else if (token.is("CONCLUSION") && (!isSo(token) || followsAComma(tokens, at))) {
                reasons.set(sentence, at);
            }
            if (ENDS.contains(token.text())) sentence = at + 1;
        }
        return reasons;
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
