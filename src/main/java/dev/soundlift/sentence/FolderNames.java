package dev.soundlift.sentence;

import dev.soundlift.sentence.Names.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Folders that are called by name: "a folder called zoom-2024", 课程 文件夹, 存到 结果. */
record FolderNames(String sentence, Surroundings surroundings) {
    /** Any word after it is a folder's name: "a folder called zoom-2024". */
    private static final Pattern FOLDER_CALLED = Pattern.compile(
            "(?i)\\b(?:folder|directory|dir)(?: (?:that is|that's|which is))? (?:called|named|titled) ([\\p{L}\\p{N}_][^\\s,;:!?\"'，。；！？]*)");

    private static final Pattern NEXT_WORD = Pattern.compile(" ([\\p{L}\\p{N}_-]+)(?![\\p{L}\\p{N}/\\\\]|\\.\\w)");
    private static final int MOST_WORDS = 5;

    /** Of several words: "in my holiday videos folder". */
    private static final Pattern WORDS_FOLDER = Pattern.compile(
            "(?i)\\b(?:in|inside|from|of|under) (?:the |my |our |your |this |that )?((?:[\\p{L}\\p{N}][\\p{L}\\p{N}_'&-]* ){1,3}[\\p{L}\\p{N}][\\p{L}\\p{N}_'&-]*) (?:folder|directory)\\b");

    private static final Set<String> PARTS_OF_A_NAME = Set.of(
            "MEDIA",
            "FILLER",
            "AUDIO",
            "FORMATNOUN",
            "CHANNELNOUN",
            "LANGNOUN",
            "PIECE",
            "PERSON",
            "INSTRUMENT",
            "NUMBER",
            "PODCAST",
            "RINGTONE",
            "ONEFILE",
            "LANGUAGE");

    private static final Set<String> NO_PART_OF_A_NAME = Set.of(
            ("same current output target destination other whole entire source original parent different separate single sub home"
                            + " shared first second last one two")
                    .split(" "));

    /** So is this, unless it is a small word: "in the folder holiday". */
    private static final Pattern FOLDER_THEN = Pattern.compile(
            "(?i)\\b(?:folder|directory) ([\\p{L}\\p{N}_][\\p{L}\\p{N}_-]*)(?![\\p{L}\\p{N}/\\\\]|\\.\\w)");

    /** A word with a hyphen or a number before "folder": "the zoom-2024 folder". */
    private static final Pattern THEN_FOLDER =
            Pattern.compile("(?i)(?<![^\\s])([\\p{L}\\p{N}]+(?:[-_][\\p{L}\\p{N}]+)+) (?:folder|directory)\\b");

    /** Where it goes in Chinese, and no "folder" said: 存到 结果. */
    private static final Pattern PUT_INTO = Pattern.compile(
            "(?:(?:保存|导出|導出|输出|輸出|存放|存|放)(?:到|进|進|至)|(?:保存|存放|放)在)\\s*(\\p{IsHan}[\\p{IsHan}\\w-]{0,19}?)(?:里面|裡面|里|裡|中|下面|下|内|內)?(?=[\\s，。,;；！!？?、]|$)");

    /** Places that are no folders of that name, and what points at something said before. */
    private static final Pattern NO_PLACE = Pattern.compile(
            ".*(?:里面|里|裡面|裡|里头|裡頭|上面|上|入面)(?:来|來|去)?(?:听|聽|看|用|播|放|收听|收聽|欣赏|欣賞).*|就.*|.*(?:就行|就好|即可)|.*群里?|.*邮箱|.*信箱|朋友圈|手机.*|手機.*|电脑.*|電腦.*|.*(?:软件|軟體|软体|应用|程序|程式|播放器|剪映).*|.*(?:文件夹|文件夾|資料夾|资料夹|檔案夾|目录|目錄).*|桌面|手机|手機|电脑|電腦|[A-Za-zＵuU]盘|.*盘|.*盤|云.*|雲.*|本地|本机|网上|網上|微信|一起|一个.*|一個.*|同.*|原.*|当前.*|當前.*|这.*|這.*|那.*|我.*|你.*|他.*|她.*|它.*|视频旁.*|旁边|哪.*|.*格式|.*音质|.*的.*");

    /** After "folder" these go on with the sentence. */
    private static final Set<String> SMALL_WORDS = Set.of(
            ("a an the and or but to into in on of from for with without at as is are was has have that this which where"
                            + " called named titled please pls thanks thank now too also then so if it its them they be only"
                            + " just all every each contains containing should must can could will would not by via using"
                            + " except excluding minus unless while when because apart structure structures tree hierarchy layout name names recursively here there i we you my our your next instead again first later")
                    .split(" "));

    private static final Pattern FOLDER = Pattern.compile("文件夹|文件夾|資料夾|资料夹|檔案夾|目录|目錄");
    private static final int LONGEST_FOLDER = 80;
    private static final Pattern FOLDER_LEAD =
            Pattern.compile("^.*(?:把|将|將|在|从|從|到|进|進|入|的|给|給|处理|處理|转换|轉換|提取|存|放|里|裡|和|(?:盯着|盯住|看着|看看) (?=\\S))");
    private static final Set<String> NO_FOLDER = Set.of(
            "同 原 相同 原始 源文件 所在 视频所在 输出 輸出 目标 目標 保存 存放 输入 輸入 源 这个 這個 当前 當前 该 該 本 此 整个 整個 一个 一個 子 及其子 包括子 包含子 含子 这 這 那个 同一 同一个 所有子 新 新的"
                    .split(" "));

    /** Those that are called by their names, and where something is put; some may overlap, then the first counts. */
    List<Name> named() {
        List<Name> found = new ArrayList<>();
        for (Pattern pattern : List.of(FOLDER_CALLED, FOLDER_THEN, THEN_FOLDER, PUT_INTO)) {
            Matcher folder = pattern.matcher(sentence);
            while (folder.find()) {
                String text = folder.group(1).replaceAll("[.)\\]]+$", "");
                boolean small = SMALL_WORDS.contains(text.toLowerCase(Locale.ROOT));
                boolean file = Names.EXTENSION.matcher(text).find();
                if (pattern == PUT_INTO
                        && NO_PLACE.matcher(text.toLowerCase(Locale.ROOT)).matches()) continue;
                if (small || file) continue;
                int end = pattern == FOLDER_THEN || pattern == FOLDER_CALLED
                        ? endOfTitle(folder.start(1), folder.start(1) + text.length())
                        : folder.start(1) + text.length();
                found.add(name(folder.start(1), end));
            }
        }
        found.addAll(ofWords());
        return found;
    }

    private Name name(int start, int end) {
        return new Name(sentence.substring(start, end), start, end, false);
    }

    private List<Name> ofWords() {
        List<Name> found = new ArrayList<>();
        Matcher folder = WORDS_FOLDER.matcher(sentence);
        while (folder.find()) {
            String text = folder.group(1);
            boolean name = Stream.of(text.toLowerCase(Locale.ROOT).split(" "))
                            .noneMatch(word -> SMALL_WORDS.contains(word) || NO_PART_OF_A_NAME.contains(word))
                    && Lexer.words(text).stream()
                            .allMatch(token ->
                                    PARTS_OF_A_NAME.containsAll(token.meanings().keySet()));
            if (name) found.add(name(folder.start(1), folder.end(1)));
        }
        return found;
    }

    /** Of a name of several words: "the folder Kids Birthday", or as many as stand for something here. */
    private int endOfTitle(int start, int end) {
        int longest = end;
        boolean capitals = Character.isUpperCase(sentence.charAt(start));
        Matcher next = NEXT_WORD.matcher(sentence).region(end, sentence.length());
        for (int words = 0; words < MOST_WORDS && next.lookingAt(); words++) {
            capitals &= Character.isUpperCase(next.group(1).charAt(0)) && !Elements.endsTitle(next.group(1));
            if (capitals || surroundings.exists(sentence.substring(start, next.end()))) longest = next.end();
            next.region(next.end(), sentence.length());
        }
        return longest;
    }

    /** Those before a Chinese word for a folder. */
    List<Name> chinese() {
        List<Name> found = new ArrayList<>();
        Matcher folder = FOLDER.matcher(sentence);
        int last = 0;
        while (folder.find()) {
            int begin = folder.start();
            int first = Math.max(last, begin - LONGEST_FOLDER);
            int end = begin;
            if (end > first && sentence.charAt(end - 1) == ' ' && end > 1 && isPartOfName(end - 2)) begin = --end;
            while (begin > first && !endsName(sentence.charAt(begin - 1))) begin--;
            // 课程 2024 文件夹
            boolean tail = begin < end && sentence.substring(begin, end).matches("[A-Za-z0-9_-]+");
            if (tail
                    && begin > first + 1
                    && sentence.charAt(begin - 1) == ' '
                    && Names.isHan(sentence.charAt(begin - 2))) {
                begin--;
                while (begin > first && !endsName(sentence.charAt(begin - 1))) begin--;
            }
            Matcher lead = FOLDER_LEAD.matcher(sentence.substring(begin, end));
            int start = begin + (lead.lookingAt() ? lead.end() : 0);
            while (start < end && sentence.charAt(start) == ' ') start++;
            String name = sentence.substring(start, end);
            boolean structure = sentence.startsWith("结构", folder.end()) || sentence.startsWith("結構", folder.end());
            if (!NO_FOLDER.contains(name) && !name.endsWith("子") && !structure) found.add(name(start, end));
            last = folder.end();
        }
        return found;
    }

    /** 案卷0423 文件夹: a Chinese name, whatever it ends with. */
    private boolean isPartOfName(int last) {
        int at = last;
        while (at >= 0 && Character.isLetterOrDigit(sentence.charAt(at)) && !Names.isHan(sentence.charAt(at))) at--;
        if (at > 0 && at < last && sentence.charAt(at) == ' ' && Names.isHan(sentence.charAt(at - 1))) return true;
        return at >= 0 && Names.isHan(sentence.charAt(at));
    }

    private static boolean endsName(char letter) {
        return Character.isWhitespace(letter) || "，。、；：“”「」《》\"".indexOf(letter) >= 0;
    }
}
