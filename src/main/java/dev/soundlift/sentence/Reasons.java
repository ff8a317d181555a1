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

    private static final int MOST_BEFORE_PURPOSE = 4;

    private Reasons() {}

    /** Which tokens they are. */
    static BitSet in(List<Token> tokens) {
        BitSet reasons = new BitSet();
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
