package dev.soundlift.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * The stretch to take, on the media clock, whose zero is the start of the file.
 *
 * @param end excluded; nothing: until the sound ends, however long the container claims to be
 */
public record Cut(Duration start, Optional<Duration> end) {
    public static final Cut NOTHING = new Cut(Duration.ZERO, Optional.empty());

    public Cut {
        if (start.isNegative()) throw new IllegalArgumentException("start is negative: " + start);
        if (end.isPresent() && end.get().compareTo(start) <= 0) {
            throw new IllegalArgumentException(end.get() + " is not after " + start);
        }
    }

    public boolean isWhole() {
        return equals(NOTHING);
    }

    public Optional<Duration> length() {
        return end.map(last -> last.minus(start));
    }
}
