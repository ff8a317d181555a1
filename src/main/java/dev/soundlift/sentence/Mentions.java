package dev.soundlift.sentence;

import dev.soundlift.request.TrackChoice;
import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a sentence names tracks, stretches and files: several of one kind are wished for together only where the words between
 * them join them. "Game sound on track 1 and my mic on track 2" tells of two; nobody has asked for both.
 */
final class Mentions {
    private enum Kind {
        NAME,
        TRACK,
        STRETCH
    }

    private record Mention(Kind kind, int start, int end) {}

    private static final Set<String> EITHER = Set.of("or", "或", "或者", "或是", "还是");

    private final List<Token> tokens;
    private final Wishes wishes;
    private final List<Mention> mentions = new ArrayList<>();
    private List<TrackChoice> tracks = List.of();
    private int stretches;
    private int names;

    Mentions(List<Token> tokens, Wishes wishes) {
        this.tokens = tokens;
        this.wishes = wishes;
    }

    /** Sees what a phrase has added to the wishes. */
    void see(Match match) {
        List<TrackChoice> now = List.copyOf(wishes.tracks);
        if (!now.containsAll(tracks)) mentions.removeIf(mention -> mention.kind() == Kind.TRACK);
        if (!tracks.containsAll(now)) add(Kind.TRACK, match);
        if (wishes.stretches.named() > stretches) add(Kind.STRETCH, match);
        if (match.has("name") && wishes.files.inputs().size() > names) add(Kind.NAME, match);
        tracks = now;
        stretches = wishes.stretches.named();
        names = wishes.files.inputs().size();
    }

    private void add(Kind kind, Match match) {
        int before = match.start - 1;
        while (before > 0 && tokens.get(before).isSoft()) before--;
        // "Lop off the last minute", with whatever verb
        boolean off = before >= 0 && tokens.get(before).text().equalsIgnoreCase("off");
        if (off && kind == Kind.STRETCH)
            wishes.problem(Text.of("ask.negation", tokens.get(before).text()));
        mentions.add(new Mention(kind, match.start, match.end));
    }

    void findProblems(List<Token> left) {
        if (!wishes.mix && !wishes.said(Remark.MIXED)) join(Kind.TRACK, "--track", left);
        join(Kind.STRETCH, "--range", left);
        for (int at = 1; at + 1 < tokens.size(); at++) {
            if (isEither(at))
                wishes.problem(Text.of(
                        "ask.unclear",
                        tokens.get(at - 1).text() + " " + tokens.get(at).text() + " "
                                + tokens.get(at + 1).text()));
        }
        if (names > 1 && (isEachOfItsOwn(Kind.STRETCH) || isEachOfItsOwn(Kind.TRACK)))
            wishes.problem(Text.of("ask.which-of-them"));
    }

    private void join(Kind kind, String option, List<Token> left) {
        List<Mention> same =
                mentions.stream().filter(mention -> mention.kind() == kind).toList();
        for (int i = 1; i < same.size(); i++) {
            List<Token> between = tokens.subList(
                    same.get(i - 1).end(),
                    Math.max(same.get(i - 1).end(), same.get(i).start()));
            boolean either = between.stream()
                    .anyMatch(token -> token.is("RETAKE") || EITHER.contains(Traditional.plain(token.text())));
            // 主持人在第一轨，嘉宾在第二轨，分别导出
            boolean separate =
                    tokens.subList(same.get(i).end(), tokens.size()).stream().anyMatch(token -> token.is("SEPARATE"));
            boolean listed =
                    kind == Kind.STRETCH || separate || between.stream().allMatch(token -> isJoint(token, left));
            if (either || !listed) wishes.problem(Text.of("ask.two-values", option));
        }
    }

    /** "Track 2 or 3". */
    private boolean isEither(int at) {
        if (!EITHER.contains(Traditional.plain(tokens.get(at).text()))) return false;
        int measured = tokens.get(at - 1).is("MEASURE") && at > 1 ? at - 2 : at - 1;
        return Stream.of(Token.NUMBER, Token.ORDINAL, Token.CLOCK, "LANGUAGE", "SIDE", "CHANNELS")
                .anyMatch(kind ->
                        tokens.get(measured).is(kind) && tokens.get(at + 1).is(kind));
    }

    /** What lists are made with, and what is understood by itself. */
    private static boolean isJoint(Token token, List<Token> left) {
        if (!left.contains(token)) return true;
        return !token.is("HAVE")
                && (token.isFiller()
                        || Stream.of(
                                        "AND",
                                        "FROM",
                                        "TRACK",
                                        "MEASURE",
                                        "AUDIO",
                                        "LANGNOUN",
                                        "SEPARATE",
                                        "INTO",
                                        "TAKEONLY")
                                .anyMatch(token::is));
    }

    /** "The first minute of a.mp4 and the last one of b.mp4": a call has its stretches for all of its files. */
    private boolean isEachOfItsOwn(Kind kind) {
        StringBuilder order = new StringBuilder();
        for (Mention mention : mentions) {
            if (mention.kind() == Kind.NAME) order.append('N');
            if (mention.kind() == kind) order.append('-');
        }
        return order.toString().matches(".*(?:N-+N|-N+-).*");
    }
}
