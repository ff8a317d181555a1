package dev.soundlift.sentence;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is told about the file and not wished for: "the recording is 48 kHz", "film.mkv has an English and a German track",
 * 里有国语和英语两条音轨.
 */
final class Descriptions {
    /** Between what is told about and the verb. */
    private static final Set<String> BETWEEN = Set.of(
            "which",
            "that",
            "already",
            "itself",
            "also",
            "currently",
            "里",
            "里面",
            "里头",
            "中",
            "本身",
            "一共",
            "总共",
            "现在",
            "本来",
            "其实",
            "原本");

    /** Where somebody begins to speak of what he wants. */
    private static final Set<String> WISHER = Set.of(
            "i", "i'd", "i'm", "we", "we'd", "you", "can", "could", "please", "pls", "want", "need", "should", "must",
            "but", "so", "我", "我们", "请", "帮", "帮我", "想", "想要", "但", "但是", "麻烦", "给我", "需要", "要");

    private Descriptions() {}

    /** Which tokens belong to one. */
    static BitSet in(List<Token> tokens) {
        BitSet told = new BitSet();
        for (int at = 1; at < tokens.size(); at++) {
            if (!tokens.get(at).is("HAVE") || plain(tokens, at + 1).equals("to") || !hasSubject(tokens, at)) continue;
            int end = at + 1;
            while (end < tokens.size() && !ends(tokens, end)) end++;
            if (isAsked(tokens, at, end)) continue;
            told.set(at, end);
        }
        return told;
    }

    /** "Does film.mkv have a German track?" */
    private static boolean isAsked(List<Token> tokens, int verb, int end) {
        int begin = verb;
        while (begin > 0 && !tokens.get(begin - 1).is("PUNCTUATION")) begin--;
        boolean asks =
                tokens.subList(begin, verb + 1).stream().anyMatch(token -> token.is("ASKS") && !token.is("HAVE"));
        return asks
                || plain(tokens, end - 1).matches("吗|么|没|没有|嘛|冇|不")
                || plain(tokens, end).matches("[?？]");
    }

    private static boolean hasSubject(List<Token> tokens, int verb) {
        int at = verb - 1;
        while (at > 0 && BETWEEN.contains(plain(tokens, at))) at--;
        Token subject = tokens.get(at);
        return subject.is("MEDIA")
                || subject.is(Token.NAME)
                || plain(tokens, at).matches("there|original|source");
    }

    private static boolean ends(List<Token> tokens, int at) {
        Token token = tokens.get(at);
        boolean into = token.is("INTO") && !plain(tokens, at).matches("in|as|to|用|为");
        return into
                || Stream.of("PUNCTUATION", "EXTRACT", "TAKEONLY", "ONLY").anyMatch(token::is)
                || tokens.get(at - 1).is(Token.NAME)
                || isWisher(plain(tokens, at));
    }

    /** "I", also of "i want"; 我 of 我要. */
    private static boolean isWisher(String text) {
        int blank = text.indexOf(' ');
        return WISHER.contains(text)
                || WISHER.contains(blank < 0 ? text : text.substring(0, blank))
                || text.startsWith("我");
    }

    private static String plain(List<Token> tokens, int at) {
        return at < tokens.size() ? Traditional.plain(tokens.get(at).text()) : "";
    }
}
