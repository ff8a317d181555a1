package dev.soundlift.engine;

import dev.soundlift.media.Chapter;
import dev.soundlift.media.Container;
import dev.soundlift.plan.Plan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Chapters as comments of a FLAC file, for which FFmpeg knows none; they are those that it writes for Opus
 * ({@code CHAPTER000=00:01:02.345}, {@code CHAPTER000NAME=…}; Ogg's chapter extension by its users' convention).
 */
public final class ChapterComments {
    private ChapterComments() {}

    /** In order; empty for outputs that carry chapters in another way. */
    public static Map<String, String> of(Plan plan) {
        boolean flac = plan.target().codecName().equals("flac") && plan.target().container() != Container.MKA;
        return flac ? of(plan.chapters()) : Map.of();
    }

    private static Map<String, String> of(List<Chapter> chapters) {
        Map<String, String> comments = new LinkedHashMap<>();
        for (int i = 0; i < chapters.size(); i++) {
            String key = String.format(Locale.ROOT, "CHAPTER%03d", i);
            comments.put(key, clock(chapters.get(i).start()));
            comments.put(key + "NAME", chapters.get(i).title());
        }
        return comments;
    }

    private static String clock(Duration time) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                time.toHours(),
                time.toMinutesPart(),
                time.toSecondsPart(),
                time.toMillisPart());
    }
}
