package dev.soundlift.cli;

import dev.soundlift.request.Extras;
import dev.soundlift.request.MediaTime;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what goes with the sound. */
final class ExtraOptions {
    @Option(names = "--id3", paramLabel = "VERSION", descriptionKey = "id3", order = 12)
    @Nullable
    String id3;

    @Option(names = "--cover-frame", paramLabel = "TIME", descriptionKey = "cover-frame", order = 12)
    @Nullable
    String coverFrame;

    @Option(names = "--keep-date", descriptionKey = "keep-date", order = 12)
    private boolean keepDate;

    @Option(names = "--chapter-list", paramLabel = "cue|json", descriptionKey = "chapter-list", order = 12)
    @Nullable
    String chapterList;

    Extras wish() {
        return new Extras(version(), frame(), keepDate, list());
    }

    private Extras.Id3 version() {
        String wanted = id3;
        if (wanted == null) return Extras.DEFAULT.id3();
        for (Extras.Id3 version : Extras.Id3.values()) if (version.label().equals(wanted)) return version;
        throw ConvertOptions.bad("--id3", wanted, "2.3, 2.4");
    }

    private Optional<MediaTime> frame() {
        String wanted = coverFrame;
        if (wanted == null) return Optional.empty();
        return Optional.of(MediaTime.parse(wanted)
                .orElseThrow(() -> ConvertOptions.bad("--cover-frame", wanted, "90, 1:30, 1:02:03.5, -0:10")));
    }

    private Optional<Extras.ChapterList> list() {
        String wanted = chapterList;
        if (wanted == null) return Optional.empty();
        for (Extras.ChapterList form : Extras.ChapterList.values()) {
            if (form.name().toLowerCase(Locale.ROOT).equals(wanted)) return Optional.of(form);
        }
        throw ConvertOptions.bad("--chapter-list", wanted, "cue, json");
    }
}
