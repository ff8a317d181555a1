package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import dev.soundlift.engine.ChapterComments;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.Container;
import dev.soundlift.plan.Plan;
import dev.soundlift.plan.Route;
import dev.soundlift.plan.Tags;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVChapter;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.PointerPointer;

/** Puts the plan's tags and chapters where the container's players look for them. */
final class OutputTags {
    private OutputTags() {}

    static void write(
            AVFormatContext output,
            AVStream audio,
            Container container,
            Plan plan,
            Optional<Cover> cover,
            Map<String, String> placeholder) {
        // In front of an MP3 stands a tag of our own
        if (container == Container.MP3_FILE) return;
        Map<String, String> tags = new LinkedHashMap<>(Tags.asWritten(plan));
        boolean ogg = container == Container.OPUS_FILE || container == Container.OGG;
        if (ogg && cover.isPresent()) {
            tags.put(
                    "METADATA_BLOCK_PICTURE",
                    Base64.getEncoder().encodeToString(cover.get().flacPictureBlock()));
        }
        Map<String, String> chapters = ChapterComments.of(plan);
        tags.putAll(chapters);
        tags.putAll(placeholder);
        String language = plan.pick().track().language();
        output.metadata(Ffmpeg.dictionary(tags));
        Map<String, String> trackTags = new LinkedHashMap<>();
        if (!language.isEmpty()) trackTags.put("language", language);
        if (container == Container.MKA && !plan.pick().track().title().isEmpty()) {
            trackTags.put("title", plan.pick().track().title());
        }
        audio.metadata(Ffmpeg.dictionary(trackTags));
        if (chapters.isEmpty()) addChapters(output, plan.chapters());
    }

    /** Whether priming and padding of the encoder are told in a tag; a copy's are not known well enough. */
    static boolean hasGaplessTag(Plan plan) {
        return plan.route() == Route.TRANSCODE
                && plan.target().container() == Container.M4A
                && plan.target().codecName().equals("aac");
    }

    private static void addChapters(AVFormatContext output, List<Chapter> chapters) {
        if (chapters.isEmpty()) return;
        try (AVRational millis = new AVRational().num(1).den(1000)) {
            addChapters(output, chapters, millis);
        }
    }

    private static void addChapters(AVFormatContext output, List<Chapter> chapters, AVRational millis) {
        // FFmpeg frees the array and what is in it, so both come from its own allocator
        PointerPointer<AVChapter> array = new PointerPointer<>(av_mallocz((long) chapters.size() * PointerSize.BYTES));
        for (int i = 0; i < chapters.size(); i++) {
            Chapter chapter = chapters.get(i);
            AVChapter raw = new AVChapter(av_mallocz(ChapterSize.BYTES));
            raw.id(i + 1);
            raw.time_base(millis);
            raw.start(chapter.start().toMillis());
            raw.end(chapter.end().toMillis());
            if (!chapter.title().isEmpty()) raw.metadata(Ffmpeg.dictionary(Map.of("title", chapter.title())));
            array.put(i, raw);
        }
        output.chapters(array);
        output.nb_chapters(chapters.size());
    }

    private static final class PointerSize {
        static final int BYTES = org.bytedeco.javacpp.Loader.sizeof(org.bytedeco.javacpp.Pointer.class);
    }

    private static final class ChapterSize {
        static final int BYTES = org.bytedeco.javacpp.Loader.sizeof(AVChapter.class);
    }
}
