package dev.soundlift.sentence;

import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What no rule took: words that say nothing new, and those that are not understood.
 *
 * @param notUnderstood neighbours together, as they were written
 * @param problems where a word turns the meaning round or asks for more than was understood, so that the rest cannot be
 *     trusted
 */
record Leftovers(List<String> notUnderstood, List<Text> problems) {
    /** Without an object these only say that something is to be cut out for keeping. */
    private static final Set<String> KEEPS =
            Set.of("cut", "trim", "trimming", "strip", "take out", "cut out", "take off", "去");

    private static final Pattern ENDS_IN_PLACE =
            Pattern.compile("(?is).*(?:\\b(?:to|in|into|on|as|named|called|it)|叫|为|成|到|至|在|进|入)");

    /** What can be said not to be wished for. */
    private static final Set<String> DENIED = Set.of(
            "FORMAT",
            "OTHERFORMAT",
            "LANGUAGE",
            "TRACK",
            "SIDE",
            "CHANNELS",
            "COMMENTARY",
            "EXTRACT",
            "INTO",
            "SKIP",
            "FIRST",
            "LAST",
            "NUMBER",
            "CLOCK",
            "ORDINAL",
            "AUDIO",
            "NAME",
            "KBPS",
            "LOSSLESS",
            "OUTPUT",
            "DEPOSIT",
            "SPLIT",
            "MIX",
            "CHAPTER",
            "INTRO",
            "OUTRO",
            "START",
            "END",
            "LOUDER",
            "NORMALIZE",
            "OVERWRITE",
            "UPLOAD",
            "DEED",
            "OTHERJOB",
            "INSTRUMENT",
            "PIECE");

    private static final Set<String> WANTED =
            Set.of("want", "need", "want it", "need it", "it", "that", "them", "those", "one", "要", "需要", "用");

    private static final Set<String> WHERE = Set.of("in", "into", "on", "onto", "inside");

    private static final Pattern PLAYS = Pattern.compile("听|收听|看|用|播|播放|放|欣赏");

    private static final Set<String> COMMANDS = Set.of("EXPORT", "CREDITS", "STATUS", "SHOWTRACKS", "UPLOAD", "REDO");

    /** Words that only join others, and those whose wish is what is done anyway. */
    private static final List<String> JOINTS = List.of(
            "FROM",
            "TO",
            "INTO",
            "AND",
            "IN",
            "FOR",
            "PURPOSE",
            "LIKE",
            "SOURCE",
            "PER",
            "BETWEEN",
            "TAKEONLY",
            "AUDIO",
            "VIDEOFORMAT",
            "EXPORT",
            "MEASURE",
            "OUTPUT",
            "START",
            "TITLED",
            "HAVE",
            "SEPARATE",
            "ONEFILE");

    static Leftovers of(String sentence, List<Token> all, List<Token> left, Wishes wishes) {
        List<String> unknown = new ArrayList<>();
        List<Text> problems = new ArrayList<>();
        BitSet reasons = Reasons.in(all);
        for (Token token : left) {
            if (token.is("OTHERJOB") && !reasons.get(all.indexOf(token)) && !isSubject(all, all.indexOf(token)))
                problems.add(Text.of("ask.other-job", token.text()));
        }
        problems.addAll(new Lost(all, left, wishes).problems());
        Token previous = null;
        int told = 0;
        for (Token token : left) {
            int asked = nowhere(sentence, token, left);
            int place = Math.max(asked, somewhere(sentence, token, left, wishes));
            if (place > told) {
                unknown.add(sentence.substring(token.start(), place));
                if (asked > 0 || isUnknownPlace(left, place))
                    problems.add(Text.of("ask.place", sentence.substring(token.start(), place)));
                previous = null;
                told = place;
            }
            boolean turns =
                    (token.is("SKIP") && !KEEPS.contains(Traditional.plain(token.text()))) || token.is("REJECT");
            if (token.is("TROUBLE") && wishes.louder) continue;
            boolean part = token.is("INTRO") || token.is("OUTRO");
            if (part && wishes.isSettled(all.indexOf(token))) continue;
            if (turns && isIntroOfTimes(all, all.indexOf(token), wishes)) continue;
            // 能转成mp3不？
            if (token.text().equals("不") && endsSentence(sentence, token)) continue;
            boolean takenBack = token.value("RETAKE").equals("sure");
            boolean denies = (token.is("NOT") || token.is("INSTEAD")) && denies(all, all.indexOf(token), reasons);
            if ((turns && !reasons.get(all.indexOf(token))) || takenBack || denies) {
                problems.add(Text.of("ask.negation", token.text()));
            }
            if (token.start() < told) continue;
            if (!turns
                    && !token.is("OTHERJOB")
                    && !token.is("NOT")
                    && !token.is("INSTEAD")
                    && saysNothing(token, wishes)) {
                previous = null;
                continue;
            }
            if (previous != null && touches(sentence, previous, token)) {
                int last = unknown.size() - 1;
                unknown.set(last, unknown.get(last) + sentence.substring(previous.end(), token.end()));
            } else {
                unknown.add(token.text());
            }
            previous = token;
        }
        return new Leftovers(unknown, problems);
    }

    /** "The voiceover is on the second track": what is told of it is where it can be heard. */
    private static boolean isSubject(List<Token> all, int at) {
        Line line = new Line(all);
        boolean told = line.is(at + 1, "HAVE")
                && (line.is(at + 2, "PER") || line.is(at + 2, "IN") || line.is(at + 2, "ORDINAL"));
        for (int next = at + 2; told && next < all.size() && !line.is(next, "PUNCTUATION"); next++) {
            if (line.is(next, "TRACK") || line.is(next, "SIDE")) return true;
        }
        return false;
    }

    /** "Save it to the desktop": a place is meant, but not one that has a name here. Where it ends; 0: none is. */
    private static int nowhere(String sentence, Token token, List<Token> left) {
        if (!token.is("OUTPUT") || !ENDS_IN_PLACE.matcher(token.text()).matches()) return 0;
        return isPlayedThere(token, left) ? 0 : endOfPlace(sentence, token, left);
    }

    /** 放到收音机里面听: what becomes of the result is no place in a file system. */
    private static boolean isPlayedThere(Token output, List<Token> left) {
        int at = left.indexOf(output) + 1;
        while (at < left.size()
                && !left.get(at).is("PUNCTUATION")
                && left.get(at).start() == left.get(at - 1).end()) {
            if (PLAYS.matcher(Traditional.plain(left.get(at).text())).matches()) return true;
            at++;
        }
        return false;
    }

    /** "Put the sound of talk.mp4 in my podcast": the place after the name. */
    private static int somewhere(String sentence, Token token, List<Token> left, Wishes wishes) {
        if (!WHERE.contains(Traditional.plain(token.text())) || !isDeposited(wishes.tokens(), token)) return 0;
        int end = endOfPlace(sentence, token, left);
        boolean last = end > 0 && sentence.substring(end).matches("(?s)\\s*(?:[,.;!?，。；！？].*)?");
        Token noun = left.stream().filter(one -> one.end() == end).findFirst().orElse(token);
        boolean sound =
                Stream.of("FORMATNOUN", "AUDIO", "MEDIA", "PIECE", "ONEFILE").anyMatch(noun::is);
        return last && !sound ? end : 0;
    }

    /** Whether the clause of this word says before it that something is put somewhere. */
    private static boolean isDeposited(List<Token> tokens, Token word) {
        boolean deposited = false;
        for (Token token : tokens.subList(0, tokens.indexOf(word))) {
            if (token.is("PUNCTUATION")) deposited = false;
            if (token.is("DEPOSIT") || token.is("OUTPUT")) deposited = true;
        }
        return deposited;
    }

    /** Not "on my ipod", which is no place in a file system. */
    private static boolean isUnknownPlace(List<Token> left, int end) {
        return left.stream()
                .filter(token -> token.end() == end)
                .anyMatch(token -> !token.isKnown()
                        || token.text().equalsIgnoreCase("desktop")
                        || token.text().equalsIgnoreCase("my desktop"));
    }

    private static int endOfPlace(String sentence, Token token, List<Token> left) {
        Token place = token;
        do {
            int next = left.indexOf(place) + 1;
            if (next >= left.size() || !touches(sentence, place, left.get(next))) return 0;
            place = left.get(next);
        } while (place.isSoft() || place.is("SOURCE"));
        if (place.is("PUNCTUATION")) return 0;
        int end = place.end();
        for (Token more : left) {
            if (more.start() == end && !more.isKnown()) end = more.end();
        }
        return end;
    }

    /** Not in 奶奶眼睛不好, where nothing is named that could be wished for. */
    private static boolean denies(List<Token> all, int not, BitSet reasons) {
        if (reasons.get(not) || isInability(all, not)) return false;
        int begin = not;
        while (begin > 0 && !all.get(begin - 1).is("PUNCTUATION")) begin--;
        int end = not + 1;
        while (end < all.size() && !all.get(end).is("PUNCTUATION")) end++;
        // "Not dithered" at the end of what is asked for; "is not finished" only tells
        boolean state = end == not + 2
                && all.get(not + 1).text().matches("[a-z]{3,}ed")
                && (not == 0 || !all.get(not - 1).is("HAVE"));
        if (state) return true;
        List<Token> clause = all.subList(begin, end);
        boolean tells = clause.stream().anyMatch(token -> !token.isKnown() || token.is("MEDIA"));
        return !tells
                || clause.stream()
                        .anyMatch(token -> DENIED.stream().anyMatch(token::is)
                                || WANTED.contains(Traditional.plain(token.text())));
    }

    /** 传不出去, 听不清楚: a verb before, how far it gets behind. */
    private static boolean isInability(List<Token> all, int not) {
        boolean verb = not > 0 && Traditional.plain(all.get(not - 1).text()).matches(".*[听看传发放打播装存塞寄开读认弄搞拿找说讲跟]");
        return verb
                && all.get(not).text().matches("不|唔")
                && not + 1 < all.size()
                && Traditional.plain(all.get(not + 1).text()).matches("[出了上下动到清完开起过进住着见懂通].{0,2}");
    }

    /** "Skip the intro, start at 0:45": the times say it too. */
    private static boolean isIntroOfTimes(List<Token> all, int at, Wishes wishes) {
        int part = at + 1;
        while (part < all.size() && all.get(part).isSoft()) part++;
        if (part >= all.size()) return false;
        return (all.get(part).is("INTRO") && wishes.stretches.leavesOutStart())
                || (all.get(part).is("OUTRO") && wishes.stretches.leavesOutEnd());
    }

    private static boolean endsSentence(String sentence, Token token) {
        return sentence.substring(token.end()).matches("(?s)\\s*(?:[?？。!！，,].*)?");
    }

    private static boolean touches(String sentence, Token one, Token next) {
        return sentence.substring(one.end(), next.start()).isBlank();
    }

    private static boolean saysNothing(Token token, Wishes wishes) {
        if (token.isFiller() || JOINTS.stream().anyMatch(token::is)) return true;
        // One track is the usual one; "tracks" would be a question of which
        if (token.is("TRACK")) return !token.text().endsWith("s");
        if (token.is("SPLIT") || token.is("PIECE")) return wishes.stretches.said();
        return token.is("SKIP"); // those that turn the meaning round never get here
    }

    /** For the other commands: the words that name them. */
    List<String> commandWords(List<Token> all) {
        return all.stream()
                .filter(token -> COMMANDS.stream().anyMatch(token::is))
                .map(Token::text)
                .toList();
    }
}
