package dev.soundlift.sentence;

import dev.soundlift.text.Text;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the words after a stretch, a track or a format say of it. */
enum Verdict {
    /** Nothing, or that it is enough. */
    WANTED,
    /** "… can go", "… 不要", "… is only applause, cut that". */
    UNWANTED,
    /** "… is silence": no wish by itself. */
    TOLD;

    /** What a sentence ends with before a name that it says something of: "the first minute of a.mp4 can go". */
    private static final int MOST_BETWEEN = 6;

    /** Characters: 点名, 鼓掌环节. */
    private static final int MOST_OF_NOUN = 5;

    private static final Set<String> PRONOUNS = Set.of(
            "it", "that", "them", "those", "this", "these", "它", "佢", "佢哋", "这段", "那段", "这些", "那些", "这部分", "这个", "那个");
    private static final Set<String> PARTICLES =
            Set.of("out", "off", "away", "了", "咗", "吧", "掉", "佢", "please", "就行", "就好");
    /** Between a stretch and what is said of it in Chinese: 前十分钟我都不要. */
    private static final Set<String> BETWEEN =
            Set.of("我", "我们", "都", "就", "可以", "也", "全", "全部", "请", "麻烦", "能", "应该", "其实", "的", "内容", "把", "你", "部分");

    /** "The intro, that is, the first 20 seconds", 也就是前20秒. */
    private static final Set<String> IS_IT = Set.of(
            "that's",
            "that is",
            "that",
            "is",
            "it's",
            "it",
            "i.e",
            "ie",
            "namely",
            "which is",
            "which",
            "so",
            "about",
            "the",
            "就是",
            "也就是",
            "即",
            "是",
            "大概",
            "约");

    private static final Set<String> NEEDS =
            Set.of("need", "want", "care", "needed", "wanted", "需要", "用", "要", "必", "必要");
    private static final Pattern MOVES = Pattern.compile("(?:.* )?(?:go|goes)");

    /** What a word for leaving something out is said of, if it follows: then it is not said of what stands before. */
    private static final Set<String> OBJECTS = Set.of(
            "FORMAT",
            "VIDEOFORMAT",
            "OTHERFORMAT",
            "CHANNELS",
            "SIDE",
            "LANGUAGE",
            "CHAPTER",
            "TRACK",
            "COMMENTARY",
            "FIRST",
            "LAST",
            "START",
            "END",
            "INTRO",
            "OUTRO",
            "SILENCE",
            "TAGS",
            "NORMALIZE",
            "AUDIO",
            "ORDINAL",
            "NUMBER",
            "CLOCK",
            "FROM",
            "BEFORE",
            "AFTER",
            "NAME",
            "NOVIDEO",
            "OTHERJOB",
            "AD",
            "BETWEEN",
            "TRIMBOTH");

    /** "With the intro removed". */
    static boolean isGone(String word) {
        return word.matches("removed|gone|dropped|skipped|trimmed|chopped|excluded|omitted");
    }

    /** @param wishes which are told of the words that belong to it */
    static Verdict of(Match match, Wishes wishes) {
        Clause clause = new Clause(wishes.tokens(), wishes);
        return clause.saysWhatIsSkipped(match) ? UNWANTED : clause.verdict(match.end);
    }

    private record Clause(List<Token> tokens, Wishes wishes) {
        private boolean is(int at, String kind) {
            return at < tokens.size() && tokens.get(at).is(kind);
        }

        private String text(int at) {
            return at < tokens.size() ? Traditional.plain(tokens.get(at).text()) : "";
        }

        private boolean ends(int at) {
            return at >= tokens.size() || is(at, "PUNCTUATION");
        }

        /** "Cut the intro (first 20 seconds) off", 去掉片头，前15秒: the clause before names the part, this how long it is. */
        boolean saysWhatIsSkipped(Match match) {
            int at = match.start - 1;
            while (at >= 0 && !is(at, "PUNCTUATION") && (tokens.get(at).isSoft() || IS_IT.contains(text(at)))) at--;
            int after = match.end;
            while (after < tokens.size()
                    && !is(after, "ONLY")
                    && tokens.get(after).isSoft()) after++;
            if (at < 0 || !is(at, "PUNCTUATION") || is(after, "ONLY") || is(after, "INTO")) return false;
            boolean skipped = false;
            int part = -1;
            for (at--; at >= 0 && !is(at, "PUNCTUATION"); at--) {
                skipped |= is(at, "SKIP") || is(at, "REJECT") || isGone(text(at));
                if (part < 0 && (is(at, "INTRO") || is(at, "OUTRO"))) part = at;
            }
            boolean start = match.has("FIRST") || match.has("START") || match.has("INTRO");
            boolean end = match.has("LAST") || match.has("BACK") || match.has("COUNTDOWN");
            boolean named = skipped && part >= 0 && ((start && is(part, "INTRO")) || (end && is(part, "OUTRO")));
            if (named) wishes.settle(part, part + 1);
            return named;
        }

        /** "Slice the first 20 seconds off talk.mkv"; "take … off" is said of both. */
        private boolean isCutOff(int after) {
            int off = after;
            if (text(after).matches("[(（]"))
                while (off < tokens.size() && !text(off - 1).matches("[)）]")) off++;
            if (!text(off).equals("off")) return false;
            for (int at = after - 1; at >= 0 && !is(at, "PUNCTUATION"); at--) {
                if (text(at).equals("take")) wishes.problem(Text.of("ask.unclear", "take … off"));
                if (text(at).matches("slice|chop|crop|snip|clip|knock|hack|lop|nip|shave|saw")) return true;
            }
            return false;
        }

        Verdict verdict(int after) {
            if (isCutOff(after)) return UNWANTED;
            int at = after;
            while (at - after < MOST_BETWEEN && (goesOn(at) || isNamedSo(after, at))) at++;
            if (rejects(at, false)) return unwanted(after, at);
            int said = at;
            while (said - at < 3 && BETWEEN.contains(text(said))) said++;
            if (said > at && rejects(said, false)) return unwanted(after, at);
            // 头五分钟点名唔要: what it is, between
            int noun = at;
            while (noun - at < MOST_OF_NOUN && isNoun(noun)) noun++;
            while (noun > at && noun - at < MOST_OF_NOUN && BETWEEN.contains(text(noun))) noun++;
            if (noun > at && isChinese(at) && rejects(noun, false)) {
                wishes.settle(at, noun);
                return UNWANTED;
            }
            if (is(at, "PUNCTUATION") && deniesIt(at + 1)) return UNWANTED;
            // "文件是 a.mp4" after it says which file
            boolean told = (is(at, "HAVE") && !is(at + 1, Token.NAME))
                    || is(at, "SAYS")
                    || is(at, "TROUBLE")
                    || text(at).matches("没|没有|坏.*");
            if (!told && nextClauseRejects(at)) return UNWANTED;
            return told ? told(at + 1) : WANTED;
        }

        /** "It starts with 45 seconds of nothing, so please skip that". */
        private boolean nextClauseRejects(int from) {
            int at = from;
            while (!ends(at)) at++;
            while (is(at, "PUNCTUATION")) at++;
            int verb = pastSmall(at);
            boolean pronoun = (is(verb, "SKIP") && PRONOUNS.contains(text(verb + 1)))
                    || (is(verb, "REJECT") && text(verb).matches(".* (?:it|that|them|those)(?: .*)?"));
            boolean rejected = pronoun && at > from && rejects(verb, true);
            if (rejected) wishes.settle(from, at);
            return rejected;
        }

        /** "…, I don't want that one". */
        private boolean deniesIt(int begin) {
            int not = pastSmall(begin);
            boolean whole = is(not, "SKIP") && text(not).matches("(?:don'?t|do not) (?:want|need)");
            int pronoun = whole ? not + 1 : not + 2;
            boolean denies = whole || (is(not, "NOT") && NEEDS.contains(text(not + 1)));
            if (!denies || !PRONOUNS.contains(text(pronoun))) return false;
            int end = text(pronoun + 1).matches("ones?") ? pronoun + 2 : pronoun + 1;
            if (!ends(end) && !is(end, "AND") && !is(end, "FILLER")) return false;
            wishes.settle(not, end);
            return true;
        }

        private Verdict told(int begin) {
            int at = begin;
            boolean unwanted = false;
            for (; !ends(at) && !unwanted; at++) {
                if (is(at, "ENOUGH")) return WANTED;
                unwanted = rejects(at, false) || (is(at, "AND") && rejects(pastSmall(at + 1), true));
                if (is(at, "INTO") || is(at, Token.CLOCK)) return TOLD;
            }
            int next = at;
            while (is(next, "PUNCTUATION")) next++;
            unwanted = unwanted || rejects(pastSmall(next), true);
            if (unwanted) wishes.settle(begin - 1, begin);
            for (int word = begin; word < at; word++) {
                boolean what = Stream.of("OTHERJOB", "TROUBLE", "AD", "SILENCE", "LANGUAGE", "COMMENTARY")
                        .anyMatch(tokens.get(word)::is);
                if (unwanted || what) wishes.settle(word, word + 1);
            }
            return unwanted ? UNWANTED : TOLD;
        }

        /** 前五分钟的开场: what the stretch is called as well. */
        private boolean isNamedSo(int after, int at) {
            return (is(at, "INTRO") || is(at, "OUTRO"))
                    && at > 0
                    && (at == after || text(at - 1).matches("的|嘅"));
        }

        private Verdict unwanted(int after, int end) {
            for (int at = after; at < end; at++) if (isNamedSo(after, at)) wishes.settle(at, at + 1);
            return UNWANTED;
        }

        private boolean isNoun(int at) {
            return at < tokens.size()
                    && (!tokens.get(at).isKnown()
                            || Stream.of("INSTRUMENT", "AD", "INTRO", "OUTRO").anyMatch(kind -> is(at, kind)));
        }

        /** Of the same thing: "of talk.mp4", "part". */
        private boolean goesOn(int at) {
            if (at >= tokens.size() || is(at, "HAVE")) return false;
            boolean of = (is(at, "IN") || is(at, "SOURCE"))
                    && Stream.of(Token.NAME, "MEDIA", "AUDIO").anyMatch(kind -> is(at + 1, kind) || is(at + 2, kind));
            return of
                    || tokens.get(at).isSoft()
                    || Stream.of(Token.NAME, "MEDIA", "AUDIO", "PIECE", "EACH", "LANGNOUN", "TRACK")
                            .anyMatch(kind -> is(at, kind));
        }

        private int pastSmall(int begin) {
            int at = begin;
            while (at - begin < 4 && at < tokens.size() && small(at)) at++;
            return at;
        }

        private boolean small(int at) {
            boolean verdict = is(at, "REJECT") || is(at, "SKIP") || is(at, "NOT");
            return !verdict
                    && (is(at, "FILLER")
                            || tokens.get(at).isSoft()
                            || is(at, "AND")
                            || is(at, "SOURCE")
                            || is(at, "CONCLUSION"));
        }

        private boolean isChinese(int at) {
            return !text(at).isEmpty() && Character.isIdeographic(text(at).codePointAt(0));
        }

        /** 头十分钟skip咗佢: an English verb in a Chinese clause. */
        private boolean isBorrowed(int at) {
            return at > 0 && isChinese(at - 1) && text(at).matches("skip|cut|drop|delete|remove|trim");
        }

        /** @param anyLanguage whether English words may stand behind what they are said of: "…, cut that" */
        private boolean rejects(int at, boolean anyLanguage) {
            if (at >= tokens.size()) return false;
            int end = at + 1;
            if (is(at, "REJECT")) {
                boolean moved = MOVES.matcher(text(at)).matches()
                        && Stream.of("in", "into", "to", "on").anyMatch(text(end)::equals);
                if (moved) return false;
            } else if (is(at, "BESIDES")) {
                wishes.settle(at, end);
                return true;
            } else if (is(at, "SKIP") && (anyLanguage || isChinese(at) || isBorrowed(at))) {
                boolean pronoun = PRONOUNS.contains(text(end));
                if (pronoun) end++;
                if (anyLanguage && !isChinese(at) && !pronoun && !ends(end)) return false;
            } else if (is(at, "NOT") && NEEDS.contains(text(end))) {
                end++;
            } else if (is(at, "FILLER") && is(end, "NOT") && NEEDS.contains(text(end + 1))) {
                end += 2;
            } else {
                return false;
            }
            while (is(end, "REJECT") || is(end, "SKIP") || PARTICLES.contains(text(end))) end++;
            // "…没用，去掉"
            if (is(at, "REJECT") && is(end, "PUNCTUATION") && is(end + 1, "SKIP") && ends(end + 2)) end += 2;
            int next = end;
            while (next < tokens.size() && tokens.get(next).isSoft()) next++;
            int object = next;
            if (OBJECTS.stream().anyMatch(kind -> is(object, kind)) && !is(at, "REJECT")) return false;
            wishes.settle(at, end);
            return true;
        }
    }
}
