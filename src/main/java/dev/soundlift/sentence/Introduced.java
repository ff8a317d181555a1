package dev.soundlift.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What a sentence first tells about and then chooses: "the mic is on track 2 … only the mic", 左边是记者，右边是嘉宾，只要嘉宾. */
final class Introduced {
    /** @param words that it was called by */
    private record Called(Set<String> words, Consumer<Wishes> choice) {}

    private static final Set<String> POINTERS =
            Set.of("that", "that one", "those", "这段", "那段", "这一段", "那一段", "那条", "那一条", "这条", "那个", "这部分", "那部分");

    private final List<Called> all = new ArrayList<>();

    void call(Set<String> words, Consumer<Wishes> choice) {
        all.add(new Called(words, choice));
    }

    /** Takes what "only" and the like stand before, by a word that only one was called by. */
    void choose(List<Token> tokens, Wishes wishes) {
        boolean both =
                IntStream.range(0, tokens.size()).anyMatch(at -> tokens.get(at).is("BOTH") && !wishes.describes(at));
        if (both && all.size() == 2) {
            all.forEach(one -> one.choice().accept(wishes));
            return;
        }
        for (int at = 1; at < tokens.size(); at++) {
            String word = Traditional.plain(tokens.get(at).text());
            List<Called> meant =
                    all.stream().filter(one -> one.words().contains(word)).toList();
            if (meant.size() != 1 || !isChosen(tokens, at)) continue;
            meant.get(0).choice().accept(wishes);
            wishes.settle(at, at + 1);
        }
    }

    private static boolean isChosen(List<Token> tokens, int at) {
        int before = at - 1;
        while (before > 0 && isSmall(tokens.get(before))) before--;
        Token verb = tokens.get(before);
        return verb.is("ONLY") || verb.is("TAKEONLY") || verb.is("EXTRACT");
    }

    private static boolean isSmall(Token token) {
        return (token.isSoft() || token.is("SOURCE")) && !token.is("ONLY");
    }

    /** "… is the sermon, I only need that part", 里有一条评论音轨，我就听那条: what was told about is wanted after all. */
    static boolean isPointedAt(String told, List<Token> tokens) {
        boolean seen = false;
        boolean after = false;
        for (Token token : tokens) {
            if (token.is("PUNCTUATION")) {
                after |= seen;
                continue;
            }
            seen |= told.contains(token.text());
            if (after && (token.is("NOT") || token.is("SKIP") || token.is("REJECT"))) return false;
            if (after && POINTERS.contains(Traditional.plain(token.text()))) return true;
        }
        return false;
    }
}
