package dev.soundlift.engine.executable;

import dev.soundlift.engine.Mp4Tags;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.Container;
import dev.soundlift.plan.Plan;
import dev.soundlift.plan.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tags and chapters in FFmpeg's own text form ("ffmetadata"). Pure. */
final class TagFile {
    private TagFile() {}

    /** @param more tags that only this container needs */
    static String of(Plan plan, Map<String, String> more) {
        StringBuilder text = new StringBuilder(";FFMETADATA1\n");
        Tags.asWritten(plan).forEach((key, value) -> add(text, key, value));
        if (plan.target().container() == Container.M4A) {
            new Mp4Tags(plan, false).placeholder().forEach((key, value) -> add(text, key, value));
        }
        more.forEach((key, value) -> add(text, key, value));
        if (chaptersAsComments(plan)) addComments(text, plan.chapters());
        for (Chapter chapter : plan.chapters()) {
            text.append("[CHAPTER]\nTIMEBASE=1/1000\n");
            text.append("START=").append(chapter.start().toMillis()).append('\n');
            text.append("END=").append(chapter.end().toMillis()).append('\n');
            if (!chapter.title().isEmpty()) add(text, "title", chapter.title());
        }
        return text.toString();
    }

    /** FFmpeg knows no chapters in FLAC; the comments are those that it writes for Opus. */
    static boolean chaptersAsComments(Plan plan) {
        return plan.target().codecName().equals("flac") && plan.target().container() != Container.MKA;
    }

    private static void addComments(StringBuilder text, List<Chapter> chapters) {
        for (int i = 0; i < chapters.size(); i++) {
            Duration start = chapters.get(i).start();
            String key = String.format(Locale.ROOT, "CHAPTER%03d", i);
            add(
                    text,
                    key,
                    String.format(
                            Locale.ROOT,
                            "%02d:%02d:%02d.%03d",
                            start.toHours(),
                            start.toMinutesPart(),
                            start.toSecondsPart(),
                            start.toMillisPart()));
            add(text, key + "NAME", chapters.get(i).title());
        }
    }

    private static void add(StringBuilder text, String key, String value) {
        text.append(escaped(key)).append('=').append(escaped(value)).append('\n');
    }

    /** What would end a key, a value or a line, or make the line a comment. A zero would end the text. */
    static String escaped(String words) {
        return words.replace("\0", "").replaceAll("([\\\\=;#\n])", "\\\\$1");
    }
}
