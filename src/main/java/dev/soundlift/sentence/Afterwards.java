package dev.soundlift.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is to be done besides with the video or the result: delete, send, upload, play, burn, shut down, write a name into the
 * tags. Nothing of it is done here, and it must not pass for understood. Said as a purpose ("so I can play it in the
 * car", 方便发给朋友) the same words ask for nothing.
 */
final class Afterwards {
    private static final String BEGINS =
            "(?:^|[,.;:!?，。；、]|\\b(?:and|then|also|afterwards|finally|lastly|plus)\\b|&)\\s*"
                    + "(?:(?:and|then|also|please|pls|finally|afterwards|automatically|can you|could you|just|kindly)\\s+)*";

    private static final String IT = "(?:it|them|that|this|everything|a copy|the \\w+|my \\w+)\\b";

    private static final String MEDIA =
            "(?:video|file|movie|film|clip|original|source|recording|mp4|mkv|mov|webm|avi)s?";

    private static final Pattern ENGLISH = Pattern.compile("(?i)" + BEGINS + "(?<job>"
            + "(?:e-?mail|mail)(?: (?:me|us|him|her))? ?" + IT + "?(?: to [\\w@.]+(?: \\w+)?)?"
            + "|send " + IT + "(?! over\\b)(?: (?:by|via|to|over to|through|on) [\\w@.]+(?: \\w+)?)?"
            + "|(?:upload|share|post|publish|tweet|forward) " + IT
            + "(?! (?:to|in|into|on|with) (?:the |your )?(?:cloud|nemo))(?: (?:to|on|in|with|via) \\w+)?"
            + "|(?:upload|share|post|publish) (?:to|on) (?!(?:the |your )?(?:cloud|nemo))\\w+"
            + "|(?:delete|erase|trash|bin) (?:the|my|this|that|all)? ?(?:the )?(?:original|source|old|input)? ?" + MEDIA
            + "(?: (?:file|afterwards|after|too|video))?(?! (?:track|stream|part|portion|picture|image|of\\b|from\\b|in\\b)|,? (?:and |but )?(?:only |just )?(?:keep|leave))"
            + "|(?:play|open) (?:it|them|the (?:result|file|mp3|audio|sound|song|output))\\b"
            + "|burn (?:it|them|this|that|the \\w+)? ?(?:on)?to (?:a |an |the )?(?:cd|dvd|disc|disk|audio cd)s?"
            + "|(?:transcribe|summari[sz]e|print|zip) " + IT
            + ")\\b|\\b(?<other>(?:shut|power|switch|turn) ?(?:down|off) (?:the |my )?(?:computer|pc|laptop|machine|mac)"
            + "|(?<=(?:and|then|,) )(?:shut ?down|power off|restart|reboot|hibernate|go to sleep)"
            + "|with (?:artist|album|genre)(?: name| tag)? (?!and\\b)\\w+|with the (?:artist|album|genre) (?:name|tag|set to) \\w+"
            + "|(?:set|put|change|make|write) (?:the )?(?:artist|album|genre|author|composer|title tag)\\b(?: \\w+)*"
            + "|(?:artist|album|genre)(?: name)? (?:is|to|should be|=) ?\\w+"
            + "|tag (?:it|them) \\w+(?: \\w+)?)\\b");

    private static final String DOES =
            "(?:^|[，。；、,;]\\s*|然后|再|并且|并|同时|最后|接着|之后|完后|完|后|顺便|顺带|自动|帮我|记得|请)\\s*(?:帮我|给我|顺便|再|就|自动|把它|将它)?";

    private static final String FILM = "(?:原|源|这个|旧|老|那个)?(?:来的)?(?:视频|影片|文件|视频文件|原片|录像|母带|电影|mp4|MP4)";

    private static final Pattern CHINESE = Pattern.compile(
            "(?i)(?<job>[升降][一二两三四五六半\\d]{0,2}个?(?:半音|全音|调|key)|发(?:送|给|到)?[^，。；,;]{0,8}(?:邮箱|邮件|电邮|信箱|email|Email)(?!用)"
                    + "|(?:把|将)" + FILM + "(?:给)?(?:删了|删掉|删除|删)(?!画面|视频)"
                    + "|(?:上传|传|发布|分享|同步|转发|发)(?:到|至)(?:我的|我)?(?:网盘|百度|阿里|B站|b站|抖音|油管|[Yy]ou[Tt]ube|优酷|快手|公众号|小红书|朋友圈|服务器|群里|群|硬盘|U盘|u盘|qq|QQ)[^，。；,;]{0,4}"
                    + "|发朋友圈|歌手(?:名字|名)?(?:写|设|改|填|是|为|叫)[^，。；,;]{0,8}|艺术家(?:名)?(?:写|设|改|填|是|为|叫)[^，。；,;]{0,8}"
                    + "|标题(?:标签)?(?:写|设|改|填)(?:成|为|上)?[^，。；,;]{0,10}|专辑(?:名)?(?:写|设|改|填|是|为|叫)[^，。；,;]{0,8}"
                    + "|(?:自动)?(?:关机|关电脑|关闭电脑|重启电脑|休眠|让电脑睡眠))|" + DOES
                    + "(?<other>(?:删除|删掉|删了)" + FILM + "(?!画面|轨|流|部分|信号)"
                    + "|(?:播放|放)(?:它|一下|出来|给我听|给我|试听)?(?=$|[，。；！!,;])|打开(?:它|一下)?(?=$|[，。；！!,;])|(?:刻|刻录)(?:成|到|进)?(?:CD|cd|光盘|碟)"
                    + "|打印(?:出来)?|上传(?=$|[，。；！!,;])|翻译成?\\p{IsHan}{0,2}|总结(?:一下)?|通知我)");

    /** What comes after it in the same clause is what somebody means to do. */
    private static final Pattern PURPOSE = Pattern.compile(
            "(?i)\\b(?:so(?: that)? (?:i|we|he|she|they|you|my \\w+)|in order to|(?:which|where|that) (?:i|we|they)"
                    + "|i'll|i will|we'll|i'm going to|i am going to|can(?! you\\b))\\b[^.;!?]*$");

    /** What is never done anyway. */
    private static final Pattern KEEPS = Pattern.compile(
            "(?i)\\b(?<job>(?:do not|don't|dont|never|without|please keep|keep) ?(?:delet(?:e|ing)|eras(?:e|ing)|remov(?:e|ing)|mov(?:e|ing)|touch(?:ing)?)? "
                    + "(?:the |my |any |that )?(?<other>original|source|old|input)? ?" + MEDIA + ")\\b"
                    + "|(?<zh>(?:不要|别|不能|不用)(?:删|删除|删掉|动)(?:原|源)?(?:视频|文件|片|影片)|保留原(?:视频|文件|片|影片)|原(?:视频|文件|片|影片)(?:要|请)?(?:保留|留着|别删|不要删|不删))");

    private Afterwards() {}

    /** The same tokens, with one for each such wish that means nothing but that it is another job. */
    static List<Token> marked(String sentence, List<Token> tokens) {
        String plain = Traditional.plain(sentence);
        if (plain.length() != sentence.length()) return tokens;
        List<Token> marked = tokens;
        Matcher kept = KEEPS.matcher(plain);
        while (kept.find()) {
            boolean deleting = kept.start("job") < 0 || kept.group().matches("(?i).*(?:delet|eras|mov).*");
            if (deleting || kept.start("other") >= 0)
                marked = with(sentence, marked, kept.start(), kept.end(), "FILLER");
        }
        for (Pattern pattern : List.of(ENGLISH, CHINESE)) {
            Matcher wish = pattern.matcher(plain);
            while (wish.find()) {
                String group = wish.start("job") >= 0 ? "job" : "other";
                boolean purpose =
                        PURPOSE.matcher(plain).region(0, wish.start(group)).find();
                if (!purpose) marked = with(sentence, marked, wish.start(group), wish.end(group), "OTHERJOB");
            }
        }
        return marked;
    }

    private static List<Token> with(String sentence, List<Token> tokens, int from, int to, String kind) {
        List<Token> replaced = new ArrayList<>();
        int start = from;
        int end = to;
        boolean done = false;
        for (Token token : tokens) {
            boolean overlaps = token.start() < to && from < token.end();
            if (!overlaps) continue;
            if (token.is(Token.NAME)) {
                if (token.start() <= from) return tokens;
                end = Math.min(end, token.start());
            } else {
                start = Math.min(start, token.start());
                end = Math.max(end, token.end());
            }
        }
        for (Token token : tokens) {
            boolean inside = token.start() >= start && token.end() <= end;
            if (!inside) {
                replaced.add(token);
            } else if (!done) {
                String text = sentence.substring(start, end).strip();
                replaced.add(new Token(Map.of(kind, ""), text, start, start + text.length()));
                done = true;
            }
        }
        return replaced;
    }
}
