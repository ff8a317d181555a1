package dev.soundlift.sentence;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Verbs that nothing is known of, in a place where something is wished: "… and reverse it", 然后寄给老师. To go on without them would
 * be to leave out half of what was asked for.
 */
final class Deeds {
    /** What a wish begins after, besides the sentence, a clause, and "and". */
    private static final Set<String> LEADERS = Set.of(
            "then",
            "also",
            "please",
            "pls",
            "plz",
            "kindly",
            "just",
            "afterwards",
            "finally",
            "you",
            "but",
            "so",
            "me");

    /** After these nothing but a verb is to be expected. */
    private static final Set<String> URGENT = Set.of("then", "please", "pls", "plz", "kindly", "could you", "can you");

    /** "Burn to CD". */
    private static final Set<String> AIMS = Set.of("to", "on", "onto", "by", "via");

    private static final Set<String> ABLE = Set.of("can", "could", "would", "will");

    private static final Set<String> OBJECTS = Set.of(
            ("it them the this that these those all everything my a an each every both any me us him her its their our your"
                            + " whatever out down off away up")
                    .split(" "));

    private static final Set<String> CHINESE_LEADERS = Set.of(
            "再", "然后", "并", "并且", "顺便", "顺带", "帮我", "帮忙", "麻烦", "麻烦你", "接着", "记得", "同时", "之后", "最后", "完了", "还要", "另外");

    private static final Set<String> CHINESE_OBJECTS =
            Set.of("到", "至", "给", "掉", "一下", "起来", "上去", "回", "进", "为", "成", "在一起", "一起", "到一起");

    private static final Set<String> MAKES = Set.of(
            "make create produce generate give me want need get draw build put stick insert play 做 弄 整 来 生成 制作 出 搞 要 画"
                    .split(" "));

    private static final Set<String> MEASURES = Set.of("个", "一个", "一份", "份", "一张", "张", "一段", "一套", "套");

    private static final int MOST_OF_OBJECT = 5;

    private final List<Token> all;
    private final BitSet reasons;

    Deeds(List<Token> all) {
        this.all = all;
        this.reasons = Reasons.told(all);
    }

    /** Of a word that no rule took, and nothing is known of but that it is no work of ours. */
    boolean isWished(int at) {
        if (reasons.get(at) || (all.get(at).isKnown() && !all.get(at).is("DEED"))) return false;
        String text = all.get(at).text();
        if (Character.isIdeographic(text.codePointAt(0))) return isWishedInChinese(at);
        if (isMade(at)) return true;
        boolean word =
                text.length() > 1 && text.matches("[\\p{L} -]+") && (at == 0 || Character.isLowerCase(text.charAt(0)));
        if (!word || !begins(at)) return false;
        String before = plain(at - 1);
        if (all.get(at).is("DEED") && at + 1 < all.size() && plain(at + 1).equals("and")) return true;
        boolean asked = URGENT.contains(before) || (before.equals("you") && ABLE.contains(plain(at - 2)));
        return asked || isObject(at + 1) || (all.get(at).is("DEED") && AIMS.contains(plain(at + 1)));
    }

    boolean isReason(int at) {
        return reasons.get(at);
    }

    private boolean isWishedInChinese(int at) {
        int begin = at;
        while (isUnknownChinese(begin - 1)) begin--;
        int end = at + 1;
        while (isUnknownChinese(end)) end++;
        if (isMade(begin)) return true;
        int object = all.get(at).is("DEED") ? pastObject(begin) : begin;
        boolean done = moved(object, begin) && plain(at + 1).matches("[了过咗]|给.*了");
        // 发您之前先转成 mp3
        boolean before = Stream.of(1, 2, 3).anyMatch(next -> plain(at + next).matches("之前|以前|前|时|之后|以后|后"));
        if (done || (moved(object, begin) && before)) return false;
        boolean moved = moved(object, begin);
        begin = object;
        boolean led = begin == 0
                || moved
                || Stream.of(
                                "START",
                                "END",
                                "INTRO",
                                "OUTRO",
                                "OUTPUT",
                                "FORMAT",
                                "AUDIO",
                                "PICTURE",
                                "INSTRUMENT",
                                "PERSON")
                        .anyMatch(all.get(begin - 1)::is)
                || CHINESE_LEADERS.contains(plain(begin - 1))
                || all.get(begin - 1).is("PUNCTUATION");
        if (all.get(at).is("DEED")) {
            boolean urged = begin > 0 && CHINESE_LEADERS.contains(plain(begin - 1));
            boolean clause = begin > 0 && all.get(begin - 1).is("PUNCTUATION") && isClauseOf(at);
            return led && (urged || clause || begin < at || !all.get(at).isFiller());
        }
        // 调亮一点
        boolean more = plain(end).matches("一?[点些]")
                || (plain(end).equals("一") && plain(end + 1).matches("[点些]"));
        return more || CHINESE_LEADERS.contains(plain(begin - 1)) || CHINESE_OBJECTS.contains(plain(end));
    }

    private static boolean moved(int object, int begin) {
        return object < begin;
    }

    /** "…，播放", "…，分享给同事"; 发给我 says no more than that it is wanted. */
    private boolean isClauseOf(int at) {
        int end = at + 1;
        while (plain(end).matches("一下|它|听听|听|看看")) end++;
        boolean alone = end >= all.size() || all.get(end).is("PUNCTUATION");
        boolean aimed = plain(at).matches(".*[给到]") || plain(at + 1).matches("给|到");
        return alone
                || (aimed
                        && !plain(plain(at + 1).matches("给|到") ? at + 2 : at + 1)
                                .startsWith("我"));
    }

    /** "Make a spectrogram of talk.mp4", "mp3 with a jingle", 做个波形图: a thing that is made, and it is none of ours. */
    private boolean isMade(int at) {
        boolean measured = MEASURES.contains(plain(at - 1));
        if (at < 2 || !(all.get(at - 1).is("A") || measured)) return false;
        int verb = measured && plain(at - 2).equals("一") ? at - 3 : at - 2;
        boolean with = plain(verb).equals("with")
                && verb > 0
                && !all.get(verb - 1).is("MEDIA")
                && all.get(verb - 1).isKnown();
        int end = at;
        while (end < all.size() && !all.get(end).isKnown()) end++;
        boolean last = end >= all.size()
                || Stream.of("PUNCTUATION", "IN", "SOURCE", "FOR", "AND", "ENOUGH", "PER", Token.NAME)
                        .anyMatch(all.get(end)::is);
        return (with || MAKES.contains(plain(verb))) && last;
    }

    /** 然后把它发给朋友: what it is done to stands between. */
    private int pastObject(int begin) {
        int at = begin;
        while (begin - at < MOST_OF_OBJECT && at > 0 && !all.get(at - 1).is("PUNCTUATION")) {
            at--;
            if (plain(at).equals("把") || plain(at).equals("将")) return at;
        }
        return begin;
    }

    private boolean isUnknownChinese(int at) {
        if (at < 0 || at >= all.size() || all.get(at).isKnown()) return false;
        return Character.isIdeographic(all.get(at).text().codePointAt(0));
    }

    private boolean begins(int at) {
        if (at == 0) return true;
        Token before = all.get(at - 1);
        boolean clause = Stream.of(",", ".", ";", ":", "!", "?", "-", "&", "+").anyMatch(before.text()::equals);
        return clause || before.text().equalsIgnoreCase("and") || LEADERS.contains(plain(at - 1));
    }

    private boolean isObject(int at) {
        return at < all.size() && (all.get(at).is(Token.NAME) || OBJECTS.contains(plain(at)));
    }

    private String plain(int at) {
        return at < 0 || at >= all.size() ? "" : Traditional.plain(all.get(at).text());
    }
}
