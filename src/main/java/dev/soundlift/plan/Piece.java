package dev.soundlift.plan;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.Pieces;
import dev.soundlift.request.RangeWish;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One stretch of the media that becomes a file.
 *
 * @param name tells it from the other pieces; empty where it is the only one
 * @param title of the chapter that it is; empty otherwise
 * @param warnings what the user should know of it
 */
public record Piece(Cut cut, String name, String title, List<Text> warnings) {
    /** What is left over for a last piece goes to the one before it where it is shorter: nobody wants a click. */
    private static final Duration TOO_SHORT = Duration.ofMillis(100);

    static final Piece WHOLE = new Piece(Cut.NOTHING, "", "", List.of());

    public Piece {
        warnings = List.copyOf(warnings);
    }

    /** The wished pieces on the media clock, in their order. */
    static List<Piece> of(Pieces wish, MediaInfo media) throws ExtractionException {
        if (wish instanceof Pieces.Ranges wanted) return ranges(wanted.ranges(), media);
        // Where the silences are is known only after listening: then Planner.inSilences cuts the whole
        if (wish instanceof Pieces.Silences) return List.of(WHOLE);
        if (wish instanceof Pieces.Lengths wanted) return lengths(wanted.each(), media);
        if (media.chapters().isEmpty()) {
            throw new ExtractionException(
                    ErrorKind.RANGE_OUTSIDE, Text.of("error.no-chapters"), Text.of("next.no-chapters"));
        }
        int count = media.chapters().size();
        if (wish instanceof Pieces.OneChapter wanted) {
            boolean there = wanted.number() <= count
                    && (wanted.number() == count
                            || !media.chapters().get(wanted.number() - 1).isEmpty());
            if (there) return List.of(chapter(wanted.number(), media));
            throw new ExtractionException(
                    ErrorKind.RANGE_OUTSIDE,
                    Text.of("error.no-such-chapter", wanted.toString(), Integer.toString(count)),
                    Text.of("next.tracks"));
        }
        List<Piece> pieces = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            Chapter chapter = media.chapters().get(number - 1);
            boolean nothing = chapter.isEmpty() && number < count;
            if (!nothing) pieces.add(chapter(number, media));
        }
        return pieces;
    }

    private static Piece chapter(int number, MediaInfo media) {
        Chapter chapter = media.chapters().get(number - 1);
        // The last one goes on to where the sound really ends, whatever the container thinks
        boolean last = number == media.chapters().size();
        Optional<Duration> end = last ? Optional.empty() : Optional.of(chapter.end());
        boolean whole = last && chapter.start().isZero();
        Cut cut = whole ? Cut.NOTHING : new Cut(chapter.start(), end);
        String digits = String.format(Locale.ROOT, "%02d", number);
        String name = chapter.title().isEmpty() ? digits : digits + " " + chapter.title();
        return new Piece(cut, name, chapter.title(), List.of());
    }

    private static List<Piece> lengths(Duration each, MediaInfo media) throws ExtractionException {
        Duration total = media.duration()
                .orElseThrow(() -> new ExtractionException(
                        ErrorKind.RANGE_OUTSIDE,
                        Text.of("error.no-duration-to-split"),
                        Text.of("next.no-duration-to-split")));
        List<Piece> pieces = new ArrayList<>();
        boolean last = false;
        for (Duration start = Duration.ZERO; !last; start = start.plus(each)) {
            Duration end = start.plus(each);
            last = end.plus(TOO_SHORT).compareTo(total) > 0;
            boolean only = last && start.isZero();
            Cut cut = only ? Cut.NOTHING : new Cut(start, last ? Optional.empty() : Optional.of(end));
            pieces.add(
                    new Piece(cut, only ? "" : String.format(Locale.ROOT, "%03d", pieces.size() + 1), "", List.of()));
        }
        return pieces;
    }

    private static List<Piece> ranges(List<RangeWish> wishes, MediaInfo media) throws ExtractionException {
        List<Piece> pieces = new ArrayList<>();
        for (RangeWish wish : wishes) {
            List<Text> warnings = new ArrayList<>();
            Cut cut = cut(wish, media, warnings);
            pieces.add(new Piece(cut, wishes.size() == 1 ? "" : wish.toString(), "", warnings));
        }
        return pieces;
    }

    /** The wished stretch on the media clock. */
    static Cut cut(RangeWish wish, MediaInfo media, List<Text> warnings) throws ExtractionException {
        if (wish.isWhole()) return Cut.NOTHING;
        Duration start = resolve(wish.start(), media);
        Duration known = media.duration().orElse(Duration.ZERO); // what is counted back from is known
        if (wish.start().fromEnd() && wish.start().offset().compareTo(known) > 0) {
            warnings.add(Text.of("warning.range-before-start", wish.start().toString(), printMillis(known)));
        }
        Optional<Duration> end =
                wish.end().isPresent() ? Optional.of(resolve(wish.end().get(), media)) : Optional.empty();
        if (end.isPresent() && wish.end().get().fromEnd() && end.get().isZero()) {
            throw new ExtractionException(
                    ErrorKind.RANGE_OUTSIDE,
                    Text.of("error.range-before", wish.end().get().toString(), printMillis(known)),
                    Text.of("next.range-outside"));
        }
        if (end.isPresent() && end.get().compareTo(start) <= 0) {
            throw new ExtractionException(
                    ErrorKind.USAGE,
                    Text.of("error.range-backwards", MediaTime.print(start), MediaTime.print(end.get())),
                    Text.of("next.range-backwards"));
        }
        // A guess is no reason to refuse
        Optional<Duration> total = media.durationEstimated() ? Optional.empty() : media.duration();
        if (total.isPresent() && start.compareTo(total.get()) >= 0) {
            throw new ExtractionException(
                    ErrorKind.RANGE_OUTSIDE,
                    Text.of("error.range-outside", MediaTime.print(start), printMillis(total.get())),
                    Text.of("next.range-outside"));
        }
        if (total.isPresent() && end.isPresent() && end.get().compareTo(total.get()) > 0) {
            warnings.add(Text.of("warning.range-past-end", MediaTime.print(end.get()), printMillis(total.get())));
            end = Optional.empty();
        }
        return new Cut(start, end);
    }

    private static String printMillis(Duration time) {
        return MediaTime.print(Duration.ofMillis(time.toMillis()));
    }

    static Duration resolve(MediaTime time, MediaInfo media) throws ExtractionException {
        if (!time.fromEnd()) return time.offset();
        // A guess is not good enough to count back from
        Duration total = media.duration()
                .filter(known -> !media.durationEstimated())
                .orElseThrow(() -> new ExtractionException(
                        ErrorKind.RANGE_OUTSIDE,
                        Text.of("error.no-duration", time.toString()),
                        Text.of("next.no-duration")));
        Duration place = total.minus(time.offset());
        return place.isNegative() ? Duration.ZERO : place;
    }
}
