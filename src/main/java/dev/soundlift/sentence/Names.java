package dev.soundlift.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a sentence calls by name: URLs, quotations, files, folders and patterns. */
final class Names {
    /** @param text without quotation marks */
    record Name(String text, int start, int end, boolean quoted) {}

    private static final Pattern URL =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^\\s\"<>“”‘’«»\\u3000-\\u303f\\u4e00-\\u9fff\\uff00-\\uffef]+");
    /** A URL may have Chinese in its path, if that ends like a file. */
    private static final Pattern URL_OF_FILE = Pattern.compile(
            "[A-Za-z][A-Za-z0-9+.-]*://[^\\s\"<>“”‘’«»\\u3000-\\u303f\\uff00-\\uffef]{1,300}?\\.([A-Za-z0-9]{2,5})(?![A-Za-z0-9/.])");
    /** What goes on after a title in brackets as the same file's name. */
    private static final Pattern REST_OF_NAME =
            Pattern.compile("(?![和与及跟、的转在里])[\\p{L}\\p{N}_ -]{0,30}\\.([A-Za-z0-9]{2,5})(?![A-Za-z0-9])");

    private static final Pattern QUOTED = Pattern.compile(
            "(?<!\\d)\"([^\"]+)\"|[“„]([^”“]+)[”“]|«([^»]+)»|»([^«]+)«|＂([^＂]+)＂|「([^」]+)」|『([^』]+)』|《([^》]+)》"
                    + "|`([^`]+)`|(?<![\\p{L}\\p{N}&&[^\\p{IsHan}]])'((?:[^']|(?<=\\p{L})'(?=\\p{L}))+)'(?![\\p{L}\\p{N}&&[^\\p{IsHan}]])|‘([^’]+)’");

    /** A comma beside a Chinese character is one of the sentence. */
    private static final Pattern WORD = Pattern.compile(
            "(?:(?!,\\p{IsHan}|…|\\.\\.\\.|(?<=\\.\\.)\\.|(?<=\\p{IsHan}),|(?<=\\p{IsHan}\\)),|(?<=\\.[A-Za-z0-9]{3,4}),)[^\\s\"“”„«»＂「」『』《》，。！？；：、（）|<>])+");

    private static final Set<String> EXTENSIONS =
            Set.of(("3g2 3gp aac ac3 aif aiff alac amr ape asf avi caf dts dv f4v flac"
                            + " flv m1v m2t m2ts m2v m4a m4b m4v mka mkv mod mov mp1 mp2 mp3 mp4 mpe mpeg mpg mts mxf oga ogg ogm"
                            + " ogv opus pcm qt ra rm rmvb ts tta vob w64 wav wave webm wma wmv wv")
                    .split(" "));
    private static final Pattern EXTENSION_AT_END = Pattern.compile("\\.[A-Za-z0-9]{2,5}$|[/\\\\*]");

    private static final Pattern SAYS = Pattern.compile(
            "(?i)(?:[:：]|\\b(?:said|says|asked|asks|wrote|writes|message|request)\\b[ ,]*(?:is|was|that)?|说|问|原话|要求是|需求是|留言)\\s*$");

    private static final Pattern CLAUSES = Pattern.compile("[,;，；。、!?！？]\\s*\\S");
    private static final int LONGEST_SAID_NAME = 6;

    static final Pattern EXTENSION = Pattern.compile("\\.([A-Za-z0-9]{2,5})(?![A-Za-z0-9])");

    /** What stands before a name without a blank in Chinese; no name has these in it. */
    private static final Pattern LEAD = Pattern.compile(
            "^.*?(?:(?<=.)(?:了个|了一个|有个|有一个|了段|了一段)(?:视频|录像|文件|片子|視頻|錄像|影片)?|给我|給我|帮忙|截取一下|剪辑一下|剪一下|弄一下|一下|截取|去掉|去除|删掉|删除|我要|我想要|把|将|將|保存到|保存为|保存為|另存为|另存為|命名为|命名為|存为|存為|存到|存成|放到"
                    + "|放进|放進|放在|输出到|輸出到|输出为|輸出為|导出到|導出到|转成|轉成|转为|轉為|转换成|轉換成|替换成|替換成|换成|換成|叫做|叫|帮我看看|帮我看一下|看看|看一下|帮我|上传|提取出|提取|抽取|转换|轉換|转一下|取出|处理|處理)");

    /** Names have these as well: they stand before one where all before them is known. */
    private static final Pattern SMALL_LEAD = Pattern.compile("^.*?(?:从|從|给|給|到|是|这个|這個|文件|视频|視頻|和|与|與|跟|及|用|在|由)");

    /** A verb or a joint with letters of a name behind it: 在健身房听gig.mp4. */
    private static final Pattern LATIN_LEAD = Pattern.compile(
            "(?:\\p{IsHan}{6,}|\\p{IsHan}*(?:请问|請問|请|請|麻烦|麻煩|我|你|您|帮我|幫我|这个|這個|那个|那個|下面|先|再|所以|因此|录像|錄像|视频|視頻|文件|材料|录音|片子|影片|听|聽|看|把|将|將|如果|要是|假如|用|从|從|给|給|到|是|叫|拿|取|放|存|转|轉|弄|剪|截|听听|处理|處理|下载|上传|和|与|跟|把|的|在|要|了))(?=[A-Za-z])");

    /** What a request begins with; no file is called so. */
    private static final Pattern OPENING = Pattern.compile(
            "(?:请问一下|請問一下|请问|請問|能不能把|能不能|可不可以|能否|可否|麻烦您|麻煩您|麻烦你|麻煩你|劳驾|勞駕|我需要|请帮我|請幫我|帮我把|幫我把|帮我|幫我|请把|請把)+"
                    + "(?:为什么|為什麼|为啥|為啥|怎么把|怎麼把|怎么|怎麼|如何把|如何)?(?=[^.])");

    /** Only where a name stands before them, or nothing that is one can follow. */
    private static final Pattern JOINT = Pattern.compile("和|与|與|跟|及|用|在|由|到|是");

    private static final Pattern NAMES_IT = Pattern.compile(".*(?:叫做|叫|为|為|存成)$");

    /** Of Windows, also right behind Chinese. */
    private static final Pattern ROOTED =
            Pattern.compile("(?<![A-Za-z0-9])[A-Za-z]:[\\\\/][^\\s\"“”，。；！？、<>|]*[^\\s\"“”，。；！？、<>|.,;:!?)]");

    /** Before the first slash: where a path begins that is not relative to a folder with a name. */
    private static final Pattern ROOT = Pattern.compile("(?:[A-Za-z]:|~|\\.{1,2}|(?<=[\\u4e00-\\u9fff]))$");

    /** Rooted, of Windows, with a star, or ending in a slash. */
    private static final Pattern PATH = Pattern.compile(
            "(?:\\.{1,2}/|~/|/\\w|[A-Za-z]:\\\\).*" + "|(?:[^*]*/)?\\*(?:\\.\\w+)?|.*/\\*.*|[^/*]+(?:/[^/*]+)*/[.,;]?");

    /** A folder's or file's name that looks like any word. */
    private static final Pattern LIKELY = Pattern.compile("[\\p{L}\\p{N}_.-]{2,}");

    private final String sentence;
    private final Surroundings surroundings;
    private final List<Name> found = new ArrayList<>();

    private Names(String sentence, Surroundings surroundings) {
        this.sentence = sentence;
        this.surroundings = surroundings;
    }

    /** In the order of the sentence; none overlaps another. */
    static List<Name> in(String sentence, Surroundings surroundings) {
        Names names = new Names(sentence, surroundings);
        names.urls();
        names.quotations();
        FolderNames folders = new FolderNames(sentence, surroundings);
        folders.named().forEach(names::add);
        names.files();
        folders.chinese().forEach(names::add);
        names.found.sort((one, other) -> Integer.compare(one.start(), other.start()));
        return names.found;
    }

    private void add(Name name) {
        add(name.start(), name.end(), name.text(), name.quoted());
    }

    private void add(int start, int end, String text, boolean quoted) {
        boolean taken = found.stream().anyMatch(name -> start < name.end() && name.start() < end);
        if (!taken && !text.isBlank()) found.add(new Name(text, start, end, quoted));
    }

    private void urls() {
        Matcher file = URL_OF_FILE.matcher(sentence);
        while (file.find()) {
            if (!isMedia(file.group(1))) continue;
            Matcher whole = URL.matcher(sentence).region(file.start(), sentence.length());
            int end = whole.lookingAt() ? Math.max(file.end(), whole.end()) : file.end();
            while (end > file.end() && ".,;!?)'".indexOf(sentence.charAt(end - 1)) >= 0) end--;
            add(file.start(), end, sentence.substring(file.start(), end), false);
        }
        Matcher url = URL.matcher(sentence);
        while (url.find()) {
            String text = url.group().replaceAll("[.,;!?)'\\]]+$", "");
            add(url.start(), url.start() + text.length(), text, false);
        }
    }

    private void quotations() {
        Matcher quotation = QUOTED.matcher(sentence);
        while (quotation.find()) {
            for (int group = 1; group <= quotation.groupCount(); group++) {
                String text = quotation.group(group);
                if (text == null) continue;
                boolean title =
                        "《「『".indexOf(sentence.charAt(quotation.start())) >= 0 && !text.matches(".*\\.\\w{2,5}");
                if (isSpeech(quotation.start(), text)) continue;
                Matcher rest = REST_OF_NAME.matcher(sentence).region(quotation.end(), sentence.length());
                if (title && rest.lookingAt() && isMedia(rest.group(1))) {
                    add(quotation.start(), rest.end(), sentence.substring(quotation.start(), rest.end()), false);
                } else {
                    add(quotation.start(), quotation.end(), text.strip(), true);
                }
            }
        }
    }

    /** What somebody said is read as the sentence is: a comma in it, or it stands after a colon, and no file is called so. */
    private boolean isSpeech(int start, String text) {
        if (EXTENSION_AT_END.matcher(text.strip()).find() || surroundings.exists(text.strip())) return false;
        boolean said = SAYS.matcher(sentence).region(0, start).find();
        boolean clauses = CLAUSES.matcher(text).find();
        boolean words = text.strip().contains(" ") || text.length() > LONGEST_SAID_NAME;
        return (said && words)
                || (clauses
                        && Atoms.of(text).stream()
                                        .filter(atom -> Vocabulary.WORDS.knows(atom.text()))
                                        .count()
                                > 2);
    }

    private static boolean isMedia(String extension) {
        return EXTENSIONS.contains(extension.toLowerCase(Locale.ROOT));
    }

    private void files() {
        Matcher word = WORD.matcher(sentence);
        while (word.find()) {
            int end = endOfFile(word.start(), word.end());
            if (end > 0) {
                int start = startOfFile(word.start(), end);
                add(start, end, sentence.substring(start, end), false);
                if (end > word.start() && end < word.end()) word.region(end, sentence.length());
            } else if (isPath(word.group())) {
                String text = word.group().replaceAll("[.,;:!?)]+$", "");
                add(word.start(), word.start() + text.length(), text, false);
            } else {
                existing(word.start(), word.end());
            }
        }
        Matcher rooted = ROOTED.matcher(sentence);
        while (rooted.find()) {
            add(rooted.start(), rooted.end(), rooted.group(), false);
            rooted.region(rooted.start() + 1, sentence.length());
        }
    }

    /** Where a file's name ends that begins in this word, or 0 where the word is none. */
    private int endOfFile(int start, int end) {
        Matcher extension = EXTENSION.matcher(sentence).region(start, end);
        int last = 0;
        while (extension.find()) {
            boolean named = extension.start() > start;
            if (named && EXTENSIONS.contains(extension.group(1).toLowerCase(Locale.ROOT))) {
                last = extension.end();
                // talk.mp4.mkv goes on; talk.mkv转成talk.mp3 does not
                if (last >= end || sentence.charAt(last) != '.') break;
            }
        }
        return last;
    }

    /** The longest that exists, of the words before too; else this word without what Chinese puts before a name. */
    private int startOfFile(int wordStart, int end) {
        int longest = -1;
        int words = 0;
        for (int at = wordStart; at >= 0 && words <= 12; at--) {
            boolean boundary = at == 0
                    || Character.isWhitespace(sentence.charAt(at - 1))
                    || isHan(sentence.charAt(at - 1))
                    || "([{（【：:，,".indexOf(sentence.charAt(at - 1)) >= 0;
            if (at > 0 && Character.isWhitespace(sentence.charAt(at - 1))) words++;
            if (boundary
                    && !Character.isWhitespace(sentence.charAt(at))
                    && surroundings.exists(sentence.substring(at, end))) {
                longest = at;
            }
        }
        if (longest >= 0) return longest;
        for (int at = wordStart; at < end; at++) {
            if (surroundings.exists(sentence.substring(at, end))) return at;
        }
        // What looks like a lead inside a path is a folder's name
        int slash = firstSlash(wordStart, end);
        Matcher root = ROOT.matcher(sentence).region(wordStart, slash);
        boolean pattern = slash + 1 < end && sentence.charAt(slash + 1) == '*';
        if (!pattern && root.find()) return root.start();
        int start = pastLeads(wordStart, slash);
        while (start < end - 1 && "([{（【".indexOf(sentence.charAt(start)) >= 0) start++;
        return start;
    }

    private int pastLeads(int wordStart, int last) {
        int start = wordStart;
        Matcher opening = OPENING.matcher(sentence).region(start, last);
        if (opening.lookingAt() && opening.end() < last) start = opening.end();
        Matcher before = LATIN_LEAD.matcher(sentence).region(start, last);
        if (before.lookingAt()) start = before.end();
        for (Pattern pattern : List.of(LEAD, SMALL_LEAD)) {
            Matcher lead = pattern.matcher(sentence);
            while (start < last && lead.region(start, last).lookingAt()) {
                boolean cut = pattern == LEAD || isLead(start, lead.group(), lead.end());
                if (!cut || lead.end() >= last || sentence.charAt(lead.end()) == '.') break;
                start = lead.end();
                if (NAMES_IT.matcher(lead.group()).matches()) return start;
            }
        }
        return start;
    }

    private boolean isLead(int start, String lead, int end) {
        int at = start;
        boolean afterName = found.stream()
                .anyMatch(name ->
                        sentence.substring(Math.min(name.end(), at), at).isBlank() && name.end() <= at);
        boolean latin = sentence.charAt(end) < 0x80 && Character.isLetter(sentence.charAt(end));
        if (JOINT.matcher(lead).matches()) return afterName || latin;
        boolean noun = lead.matches("文件|视频|視頻");
        if (noun) return latin || sentence.charAt(end) == '是';
        if (lead.matches(".*[和与與跟及]")) return false;
        return Lexer.words(lead).stream().allMatch(Token::isKnown);
    }

    private int firstSlash(int start, int end) {
        int at = start;
        while (at < end && sentence.charAt(at) != '/' && sentence.charAt(at) != '\\') at++;
        return at;
    }

    static boolean isHan(char letter) {
        return letter >= '\u4e00' && letter <= '\u9fff';
    }

    private static boolean isPath(String word) {
        return PATH.matcher(word).matches();
    }

    /** A name without an extension, up to six words, that stands for something here. */
    private void existing(int start, int end) {
        boolean likely = LIKELY.matcher(sentence).region(start, end).matches()
                && !Vocabulary.WORDS.knows(sentence.substring(start, end));
        int to = end;
        for (int words = 0; words < 6 && to <= sentence.length(); words++) {
            String text = sentence.substring(start, to);
            if ((likely || words > 0) && surroundings.exists(text) && !text.equals(".")) add(start, to, text, false);
            int blank = sentence.indexOf(' ', to);
            if (blank != to) break;
            int next = sentence.indexOf(' ', to + 1);
            to = next < 0 ? sentence.length() : next;
            if (to <= start) break;
        }
    }
}
