package dev.soundlift.nemo;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The service talks as if there were buttons. What it did is kept, what it tells the user to click becomes what the program
 * does instead (PROTOCOL.md, section 8.2).
 *
 * @param kept the sentences without instructions for a screen; may be empty
 * @param instead what to do in their place
 */
public record Translation(List<String> kept, Set<Instead> instead) {
    /** What stands for a click. */
    public enum Instead {
        EXPORT,
        CREDITS,
        /** Look at the state and tell what is there. */
        SUMMARY,
        /** One more message, only where the user asked for such an edit. */
        EDIT
    }

    private static final Pattern SENTENCE = Pattern.compile("[^.!?。！？\\n]+(?:[.!?](?=\\d)[^.!?。！？\\n]*)*[.!?。！？]*");
    /** Where a sentence may be cut, so that what was done survives beside what is to be clicked. */
    private static final Pattern CLAUSE = Pattern.compile("[,;:，；：、]|,|\\b(?:and then|then|and|or|to)\\b|或|并|然后");

    private static final String EXPORTING = "export|download|save|导出|下载|保存";
    private static final String MONEY = "account|billing|credit|top up|账户|账单|积分|余额";
    private static final Pattern DRAG = Pattern.compile(
            "\\b(drag|drop|move)(?:ging|ping|ing)?\\b.*|拖拽|拖动|拖放|移动", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern SCREEN = Pattern.compile(
            "\\b(?:click|tap|press|hit|select)(?:ing)?\\b|点击|单击|点按|按下"
                    + "|\\bopen(?:ing)?\\b[^.]*\\b(?:panel|menu|tab|dialog|sidebar|window|settings|library)\\b|打开"
                    + "|\\b(?:drag|drop)(?:ging|ping)?\\b|\\bmove\\b[^.]*\\b(?:timeline|track|clip|position)\\b|拖拽|拖动|拖放"
                    + "|\\bpreview\\b[^.]*\\b(?:timeline|player|window|panel)\\b|预览"
                    + "|\\bexport\\s+button\\b|导出按钮|[「“\"]导出[」”\"]"
                    + "|\\b(?:check|view|visit|see|manage)\\b[^.]*\\b(?:account|billing)\\b|(?:查看|检查)[^。]*(?:账户|账单)"
                    + "|\\bgo\\s+to\\b[^.]*\\b(?:settings|dashboard)\\b|前往|仪表盘|右上角",
            Pattern.CASE_INSENSITIVE);

    public Translation {
        kept = List.copyOf(kept);
        instead = Set.copyOf(instead);
    }

    public static Translation of(List<String> paragraphs) {
        List<String> kept = new ArrayList<>();
        Set<Instead> instead = EnumSet.noneOf(Instead.class);
        for (String paragraph : paragraphs) {
            StringBuilder rest = new StringBuilder();
            Matcher sentence = SENTENCE.matcher(paragraph);
            int position = 0;
            while (sentence.find()) {
                rest.append(paragraph.substring(position, sentence.start()));
                rest.append(withoutScreen(sentence.group(), instead));
                position = sentence.end();
            }
            rest.append(paragraph.substring(position));
            String clean = rest.toString().replaceAll("[ \\t]+\\n", "\n").strip();
            if (!clean.isEmpty()) kept.add(clean);
        }
        return new Translation(kept, instead);
    }

    private static String withoutScreen(String sentence, Set<Instead> instead) {
        Matcher screen = SCREEN.matcher(sentence);
        if (!screen.find()) return sentence;
        collect(sentence, instead);
        // "The audio is ready, click Export": the first half is news
        int cut = -1;
        Matcher clause = CLAUSE.matcher(sentence.substring(0, screen.start()));
        while (clause.find()) cut = clause.start();
        String news = cut < 0 ? "" : sentence.substring(0, cut).stripTrailing();
        boolean saysSomething = !SCREEN.matcher(news).find() && isAStatement(news);
        if (!saysSomething) return "";
        boolean chinese = news.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
        return news + (chinese ? "。" : ".");
    }

    /** Half a condition ("when you are done, click …") is no news. */
    private static boolean isAStatement(String words) {
        String text = words.strip().toLowerCase(Locale.ROOT);
        if (text.matches(
                "(?:please|you can|you may|to|if|when|once|now|next|simply|just|finally|请|如果|您可以|你可以|要|如需).*")) {
            return false;
        }
        boolean chinese = text.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
        return chinese ? text.length() >= 4 : text.split("\\s+").length >= 3;
    }

    private static void collect(String sentence, Set<Instead> instead) {
        String text = sentence.toLowerCase(Locale.ROOT);
        boolean export = Pattern.compile(EXPORTING).matcher(text).find();
        boolean money = Pattern.compile(MONEY).matcher(text).find();
        boolean edit = DRAG.matcher(text).find();
        if (export) instead.add(Instead.EXPORT);
        if (money) instead.add(Instead.CREDITS);
        if (edit) instead.add(Instead.EDIT);
        if (!export && !money && !edit) instead.add(Instead.SUMMARY);
    }

    /** Whether the user's own words ask for an edit of the kind that the service would have dragged. */
    public static boolean asksForAnEdit(String request) {
        return Pattern.compile(
                        "\\b(?:move|drag|drop|shift|reorder|rearrange|position|place|put)\\b|移动|拖|挪|调整|放到",
                        Pattern.CASE_INSENSITIVE)
                .matcher(request)
                .find();
    }
}
