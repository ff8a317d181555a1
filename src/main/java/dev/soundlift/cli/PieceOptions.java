package dev.soundlift.cli;

import dev.soundlift.cli.UsageErrors.BadValue;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.Pieces;
import dev.soundlift.request.RangeWish;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which stretches are wanted. */
final class PieceOptions {
    private static final String TIMES = "90, 90s, 1:30, 1:02:03.500, 2m, 1h2m3s";

    @Option(names = "--from", paramLabel = "TIME", descriptionKey = "from", order = 8)
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", descriptionKey = "to", order = 9)
    private @Nullable String to;

    @Option(names = "--duration", paramLabel = "TIME", descriptionKey = "duration", order = 10)
    private @Nullable String duration;

    @Option(names = "--range", paramLabel = "A-B", descriptionKey = "range", order = 11)
    private List<String> ranges = List.of();

    @Option(names = "--chapter", paramLabel = "N", descriptionKey = "chapter", order = 11)
    private @Nullable String chapter;

    @Option(names = "--split", paramLabel = "HOW", descriptionKey = "split", order = 11)
    @Nullable
    String split;

    @Option(names = "--piece-length", paramLabel = "TIME", descriptionKey = "piece-length", order = 11)
    @Nullable
    String pieceLength;

    @Option(names = "--piece-size", paramLabel = "SIZE", descriptionKey = "piece-size", order = 11)
    @Nullable
    String pieceSize;

    Pieces wish() {
        refuseMixtures();
        String how = split;
        if (pieceLength != null || pieceSize != null) return new Pieces.Silences(longest(), largest());
        if (how != null) {
            return Pieces.parseSplit(how)
                    .orElseThrow(() -> ConvertOptions.bad("--split", how, "chapters, silence, 10m, 0:30 …"));
        }
        if (chapter != null) {
            if (!chapter.matches("[1-9]\\d{0,4}")) throw ConvertOptions.bad("--chapter", chapter, "1, 2, 3 …");
            return new Pieces.OneChapter(Integer.parseInt(chapter));
        }
        if (ranges.isEmpty()) return Pieces.of(forwards(fromAndTo()));
        return new Pieces.Ranges(ranges.stream()
                .map(text -> RangeWish.parse(text)
                        .orElseThrow(() -> ConvertOptions.bad("--range", text, "2:00-5:00, 90-120.5, -1:00--0:30")))
                .map(PieceOptions::forwards)
                .distinct()
                .toList());
    }

    private Optional<Duration> longest() {
        String text = pieceLength;
        if (text == null) return Optional.empty();
        MediaTime length = time("--piece-length", text);
        if (length.fromEnd() || length.offset().toSeconds() < 1) {
            throw ConvertOptions.bad("--piece-length", text, "30s, 10m, 1h …");
        }
        return Optional.of(length.offset());
    }

    private OptionalLong largest() {
        String text = pieceSize;
        if (text == null) return OptionalLong.empty();
        OptionalLong bytes = Pieces.Silences.parseSize(text);
        if (bytes.isEmpty()) throw ConvertOptions.bad("--piece-size", text, "25MB, 800kB, 24MiB …");
        return bytes;
    }

    private void refuseMixtures() {
        boolean limited = pieceLength != null || pieceSize != null;
        boolean otherPieces = chapter != null || !ranges.isEmpty() || from != null || to != null || duration != null;
        if (limited && (otherPieces || (split != null && !split.equals("silence")))) {
            throw new BadValue(Text.of("error.limits-need-silence"));
        }
        boolean times = from != null || to != null || duration != null;
        if (times && !ranges.isEmpty()) throw together("--range", "--from, --to, --duration");
        if (times && (chapter != null || split != null))
            throw together("--chapter, --split", "--from, --to, --duration");
        if (!ranges.isEmpty() && (chapter != null || split != null)) throw together("--chapter, --split", "--range");
        if (chapter != null && split != null) throw together("--chapter", "--split");
        if (to != null && duration != null) throw together("--to", "--duration");
    }

    private static BadValue together(String one, String other) {
        return new BadValue(Text.of("error.together", one, other));
    }

    private static RangeWish forwards(RangeWish wish) {
        if (!wish.isBackwards()) return wish;
        throw new BadValue(Text.of(
                "error.range-backwards",
                wish.start().toString(),
                wish.end().map(MediaTime::toString).orElse("")));
    }

    private RangeWish fromAndTo() {
        MediaTime start = from == null ? MediaTime.START : time("--from", from);
        if (to != null) return new RangeWish(start, Optional.of(time("--to", to)));
        if (duration == null) return new RangeWish(start, Optional.empty());
        MediaTime length = time("--duration", duration);
        if (length.fromEnd() || length.offset().isZero()) throw ConvertOptions.bad("--duration", duration, TIMES);
        return RangeWish.starting(start, length.offset());
    }

    private static MediaTime time(String option, String text) {
        return MediaTime.parse(text).orElseThrow(() -> ConvertOptions.bad(option, text, TIMES));
    }
}
