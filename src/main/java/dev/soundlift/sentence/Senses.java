package dev.soundlift.sentence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of its meanings a word cannot have where it stands: "the drop" is nothing to be left out, a "small talk" no wish for a
 * small file, and who says 我做播客的 tells what he is.
 */
final class Senses {
    private static final Set<String> ARTICLES = Set.of("the", "a", "an");

    /** Said of a result, and of much else. */
    private static final Set<String> SIZES = Set.of("small", "tiny", "compact", "smaller", "小小的");

    private Senses() {}

    /** The same tokens, without the meanings that they do not have here. */
    static List<Token> of(List<Token> tokens) {
        List<Token> seen = new ArrayList<>(tokens);
        for (int at = 0; at < seen.size(); at++) {
            Token token = seen.get(at);
            if (token.is("SKIP") && isNoun(seen, at)) seen.set(at, without(token, "SKIP"));
            if (token.is("SMALL") && isOfSomethingElse(seen, at)) seen.set(at, without(token, "SMALL"));
            if (token.is("LAST") && isVerb(seen, at))
                seen.set(at, new Token(Map.of("HAVE", ""), token.text(), token.start(), token.end()));
            if (isSkippedPart(seen, at))
                seen.set(at, new Token(Map.of("FIRST", ""), token.text(), token.start(), token.end()));
            if (token.is("PODCAST") && isTrade(seen, at)) seen.set(at, without(token, "PODCAST"));
        }
        return seen;
    }

    private static Token without(Token token, String kind) {
        Map<String, String> meanings = new HashMap<>(token.meanings());
        meanings.remove(kind);
        return new Token(Map.copyOf(meanings), token.text(), token.start(), token.end());
    }

    /** "Grab me the drop". */
    private static boolean isNoun(List<Token> tokens, int at) {
        return at > 0
                && ARTICLES.contains(plain(tokens, at - 1))
                && plain(tokens, at).matches("drop|cut|skip|trim|strip|take away|take out");
    }

    /** "Small talk", "a tiny church", "small talk.mp4". */
    private static boolean isOfSomethingElse(List<Token> tokens, int at) {
        if (!SIZES.contains(plain(tokens, at)) || at + 1 >= tokens.size()) return false;
        Token next = tokens.get(at + 1);
        boolean talk = plain(tokens, at + 1)
                .matches("talks?|chat|gathering|group|crowd|room|hall|church|town|village|kids?|children");
        return talk || next.is(Token.NAME) || !next.isKnown() || next.is("PERSON");
    }

    /** "They start at 1:12:30 and last four minutes"; in "skip start 30 seconds and last 30 seconds" both are parts. */
    private static boolean isVerb(List<Token> tokens, int at) {
        if (!plain(tokens, at).equals("last") || !plain(tokens, at - 1).matches("and|should|will|would|to|they|must"))
            return false;
        for (int before = at - 1; before >= 0 && !tokens.get(before).is("PUNCTUATION"); before--) {
            if (tokens.get(before).is("FIRST") || tokens.get(before).is("SKIP")) return false;
            boolean part = plain(tokens, before).equals("start") && isLength(tokens, before + 1);
            if (part && before + 3 == at - 1) return false;
        }
        for (int before = at - 1; before >= 0 && !tokens.get(before).is("PUNCTUATION"); before--) {
            if (plain(tokens, before)
                    .matches("(?:starts?|begins?|runs?|goes)(?: .*)?|starting.*|beginning.*|kicks off.*")) return true;
        }
        return plain(tokens, at - 1).matches("should|will|would|must|they");
    }

    /** "Skip start 30 seconds": how much of it, and not where. */
    private static boolean isSkippedPart(List<Token> tokens, int at) {
        int before = at - 1;
        while (before >= 0 && (tokens.get(before).isSoft() || ARTICLES.contains(plain(tokens, before)))) before--;
        return plain(tokens, at).matches("(?:the )?(?:start|beginning)")
                && before >= 0
                && tokens.get(before).is("SKIP")
                && isLength(tokens, at + 1);
    }

    private static boolean isLength(List<Token> tokens, int at) {
        return at + 1 < tokens.size()
                && tokens.get(at).is(Token.NUMBER)
                && tokens.get(at + 1).is("UNIT");
    }

    /** 我做播客的. */
    private static boolean isTrade(List<Token> tokens, int at) {
        boolean makes = at > 0 && plain(tokens, at - 1).matches("做|搞|弄|录|制作");
        boolean one = plain(tokens, at + 1).equals("的")
                && (at + 2 >= tokens.size() || tokens.get(at + 2).is("PUNCTUATION"));
        return makes && one;
    }

    private static String plain(List<Token> tokens, int at) {
        return at >= 0 && at < tokens.size() ? Traditional.plain(tokens.get(at).text()) : "";
    }
}
