package dev.soundlift.media;

import java.time.Duration;
import java.util.Optional;

/** A named stretch of the media clock: start included, end excluded; counted from the media's own start. */
public record Chapter(String title, Duration start, Duration end) {

    /** Whether it has no length, as careless authoring tools write. */
    public boolean isEmpty() {
        return end.compareTo(start) <= 0;
    }

    /** This chapter on the clock of a piece that was cut out, or nothing where the piece does not touch it. */
    public Optional<Chapter> within(Duration from, Duration to) {
        Duration first = start.compareTo(from) > 0 ? start : from;
        Duration last = end.compareTo(to) < 0 ? end : to;
        return first.compareTo(last) < 0
                ? Optional.of(new Chapter(title, first.minus(from), last.minus(from)))
                : Optional.empty();
    }
}
