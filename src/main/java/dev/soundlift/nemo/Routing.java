package dev.soundlift.nemo;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Decides what a sentence asks for before anything is sent: what we can answer ourselves costs nothing (section 8.1). */
public final class Routing {
    /** What to do. */
    public enum Intent {
        EXPORT,
        CREDITS,
        STATE,
        UPLOAD,
        MESSAGE
    }

    private static final List<String> EXPORT_WORDS =
            List.of("export", "导出", "download", "下载", "send me the video", "send the video");
    private static final List<String> CREDIT_WORDS = List.of("credits", "credit", "积分", "balance", "余额");
    private static final List<String> STATE_WORDS = List.of("status", "状态", "show tracks", "show the tracks", "现在什么样了");
    private static final List<String> UPLOAD_WORDS = List.of("upload", "上传");
    private static final List<String> AGAIN_WORDS = List.of("regenerate", "重新生成", "redo", "再来一个");
    private static final Pattern JOB = Pattern.compile(
            "\\b(mp3|wav|flac|aac|m4a|opus|ogg|alac|pcm)\\b|\\d+:\\d\\d"
                    + "|\\b\\d+(\\.\\d+)?\\s*(s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?)\\b"
                    + "|\\d+\\s*(秒|分钟|分|小时)"
                    + "|提取|\\bextract\\b",
            Pattern.CASE_INSENSITIVE);

    private Routing() {}

    public static Intent of(String sentence) {
        String text = sentence.toLowerCase(Locale.ROOT);
        if (names(text, AGAIN_WORDS)) return Intent.MESSAGE;
        // "Export the audio as mp3" is a job, a bare "export" is not
        if (JOB.matcher(text).find()) return Intent.MESSAGE;
        if (names(text, CREDIT_WORDS)) return Intent.CREDITS;
        if (names(text, EXPORT_WORDS)) return Intent.EXPORT;
        if (names(text, STATE_WORDS)) return Intent.STATE;
        if (names(text, UPLOAD_WORDS)) return Intent.UPLOAD;
        return Intent.MESSAGE;
    }

    /** Latin words as a whole, Chinese ones anywhere. */
    private static boolean names(String text, List<String> words) {
        return words.stream()
                .anyMatch(word -> word.charAt(0) > 127
                        ? text.contains(word)
                        : Pattern.compile("(?<![\\p{L}\\p{N}_])"
                                        + Pattern.quote(word).replace(" ", "\\E\\s+\\Q") + "(?![\\p{L}\\p{N}_])")
                                .matcher(text)
                                .find());
    }
}
