package dev.soundlift.sentence;

import dev.soundlift.request.MediaTime;
import dev.soundlift.request.Pieces;
import dev.soundlift.request.RangeWish;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The stretches that a sentence names. */
final class Stretches {
    private final List<RangeWish> ranges = new ArrayList<>();
    private final Slot<MediaTime> from = new Slot<>();
    private final Slot<MediaTime> to = new Slot<>();
    private final Slot<Duration> length = new Slot<>();
    private final Slot<Pieces> split = new Slot<>();
    private final Slot<Duration> longest = new Slot<>();

    /** So much of it, which is a stretch only where a start is said; how it was said, empty: it was not. */
    private String amount = "";

    private Duration amountOfTime = Duration.ZERO;

    void range(MediaTime start, MediaTime end) {
        ranges.add(new RangeWish(start, Optional.of(end)));
    }

    void starting(MediaTime start, Duration howLong) {
        ranges.add(RangeWish.starting(start, howLong));
    }

    void first(Duration howLong) {
        ranges.add(new RangeWish(MediaTime.START, Optional.of(new MediaTime(howLong, false))));
    }

    void last(Duration howLong) {
        ranges.add(new RangeWish(new MediaTime(howLong, true), Optional.empty()));
    }

    void from(MediaTime place) {
        from.say(place);
    }

    void to(MediaTime place) {
        to.say(place);
    }

    void length(Duration howLong) {
        length.say(howLong);
    }

    void amount(Duration howLong, String words) {
        amount = words;
        amountOfTime = howLong;
    }

    void split(Pieces pieces) {
        split.say(pieces);
    }

    /** No piece is to be longer. */
    void atMost(Duration howLong) {
        longest.say(howLong);
    }

    /** Whether parts are named that are to be kept. */
    boolean isOfParts() {
        return !ranges.isEmpty();
    }

    int count() {
        return ranges.size();
    }

    boolean isSplit() {
        return split.isSaid() || longest.isSaid();
    }

    /** Whether it is said where what is wanted begins, or ends. */
    boolean begins() {
        return from.isSaid() || !ranges.isEmpty();
    }

    boolean ends() {
        return to.isSaid() || !ranges.isEmpty();
    }

    /** Whether what comes first is left out, or what comes last. */
    boolean leavesOutStart() {
        return from.isSaid()
                || (!ranges.isEmpty()
                        && ranges.stream().noneMatch(range -> range.start().equals(MediaTime.START)));
    }

    boolean leavesOutEnd() {
        return to.isSaid()
                || length.isSaid()
                || (!ranges.isEmpty()
                        && ranges.stream().noneMatch(range -> range.end().isEmpty()));
    }

    /** Whether a start is said, and no end. */
    boolean isOpen() {
        return from.isSaid() && !to.isSaid() && !length.isSaid();
    }

    /** Grows with each that is named, also by one end alone. */
    int named() {
        return ranges.size() + (from.isSaid() ? 1 : 0) + (to.isSaid() ? 1 : 0) + (length.isSaid() ? 1 : 0);
    }

    boolean said() {
        return !amount.isEmpty()
                || !ranges.isEmpty()
                || from.isSaid()
                || to.isSaid()
                || length.isSaid()
                || split.isSaid()
                || longest.isSaid();
    }

    /** What these name is not wanted: the rest is; false where the rest would be in two parts. */
    boolean leaveOut(Stretches unwanted) {
        List<RangeWish> gone = new ArrayList<>(unwanted.ranges);
        if (unwanted.from.isSaid() || unwanted.to.isSaid()) gone.add(unwanted.open(ignored -> {}));
        for (RangeWish stretch : gone) {
            boolean atStart = stretch.start().equals(MediaTime.START);
            if (atStart == stretch.end().isEmpty()) return false;
            if (atStart) from(stretch.end().orElseThrow());
            else to(stretch.start());
        }
        return !gone.isEmpty() && !unwanted.split.isSaid();
    }

    Pieces pieces(Consumer<Text> problems) {
        if (from.against().isPresent()
                || to.against().isPresent()
                || length.against().isPresent()) {
            problems.accept(Text.of("ask.two-values", "--range"));
        }
        boolean begins = from.isSaid() && !to.isSaid() && !length.isSaid();
        if (!amount.isEmpty() && begins) length.say(amountOfTime);
        else if (!amount.isEmpty() && !length.value().equals(Optional.of(amountOfTime)))
            problems.accept(Text.of("ask.unclear", amount));
        List<RangeWish> all = new ArrayList<>(ranges.stream().distinct().toList());
        if (from.isSaid() || to.isSaid() || length.isSaid()) all.add(open(problems));
        if (longest.against().isPresent()) problems.accept(Text.of("ask.two-values", "--piece-length"));
        longest.value().ifPresent(this::limit);
        if (split.isSaid()) {
            boolean chapters = split.value().orElseThrow() instanceof Pieces.OneChapter
                    && split.against()
                            .filter(Pieces.OneChapter.class::isInstance)
                            .isPresent();
            if (chapters) {
                problems.accept(Text.of("ask.two-values", "--chapter"));
            } else if (!all.isEmpty() || split.against().isPresent()) {
                problems.accept(Text.of("ask.together", "--split, --chapter", all.isEmpty() ? "--split" : "--range"));
            }
            return split.value().orElseThrow();
        }
        for (RangeWish range : all) {
            boolean empty = range.end().filter(end -> end.offset().isZero()).isPresent();
            if (range.isBackwards() || empty) {
                problems.accept(Text.of(
                        "error.range-backwards",
                        range.start().toString(),
                        range.end().map(MediaTime::toString).orElse("")));
            }
        }
        if (ranges.size() > 0 && (from.isSaid() || to.isSaid() || length.isSaid())) {
            problems.accept(Text.of("ask.two-values", "--range"));
        }
        return all.isEmpty() ? Pieces.WHOLE : new Pieces.Ranges(all);
    }

    /** At pauses: pieces of one length would be said otherwise. */
    private void limit(Duration most) {
        boolean pauses = split.value().map(Pieces.Silences.class::isInstance).orElse(true);
        if (pauses) split.replace(new Pieces.Silences(Optional.of(most), OptionalLong.empty()));
        else split.say(new Pieces.Lengths(most));
    }

    private RangeWish open(Consumer<Text> problems) {
        MediaTime start = from.value().orElse(MediaTime.START);
        if (length.isSaid()) {
            if (to.isSaid()) problems.accept(Text.of("ask.together", "--to", "--duration"));
            return RangeWish.starting(start, length.value().orElseThrow());
        }
        return new RangeWish(start, to.value());
    }
}
