package dev.soundlift.engine.executable;

import dev.soundlift.engine.ChapterComments;
import dev.soundlift.engine.Mp4Tags;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.Container;
import dev.soundlift.plan.Plan;
import dev.soundlift.plan.Tags;
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
        ChapterComments.of(plan).forEach((key, value) -> add(text, key, value));
        for (Chapter chapter : plan.chapters()) {
            text.append("[CHAPTER]\nTIMEBASE=1/1000\n");
            text.append("START=").append(chapter.start().toMillis()).append('\n');
            text.append("END=").append(chapter.end().toMillis()).append('\n');
            if (!chapter.title().isEmpty()) add(text, "title", chapter.title());
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String key, String value) {
        text.append(escaped(key)).append('=').append(escaped(value)).append('\n');
    }

    /** What would end a key, a value or a line, or make the line a comment. A zero would end the text. */
    static String escaped(String words) {
        return words.replace("\0", "").replaceAll("([\\\\=;#\n])", "\\\\$1");
    }
}
