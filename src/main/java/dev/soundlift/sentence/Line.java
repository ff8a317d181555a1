package dev.soundlift.sentence;

import java.util.List;

/** The tokens of a sentence, to be looked at by their places; beyond its ends there is nothing. */
record Line(List<Token> tokens) {
    Token get(int at) {
        return tokens.get(at);
    }

    int size() {
        return tokens.size();
    }

    boolean is(int at, String kind) {
        return at >= 0 && at < tokens.size() && tokens.get(at).is(kind);
    }

    /** Whether it stands earlier in the same clause. */
    boolean isInClause(int at, String kind) {
        for (int before = at - 1; before >= 0 && !is(before, "PUNCTUATION"); before--) {
            if (is(before, kind)) return true;
        }
        return false;
    }

    /** As they were written. */
    String words(int from, int to) {
        if (from < 0 || from >= tokens.size()) return "";
        StringBuilder words = new StringBuilder(tokens.get(from).text());
        for (int at = from + 1; at < Math.min(to, tokens.size()); at++) {
            if (tokens.get(at).start() > tokens.get(at - 1).end()) words.append(' ');
            words.append(tokens.get(at).text());
        }
        return words.toString();
    }
}
