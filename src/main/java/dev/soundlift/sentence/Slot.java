package dev.soundlift.sentence;

import java.util.Optional;

/** A wish that can be said once; said again otherwise it is a contradiction. */
final class Slot<T> {
    private Optional<T> value = Optional.empty();
    private Optional<T> other = Optional.empty();

    void say(T said) {
        if (value.isEmpty()) value = Optional.of(said);
        else if (!value.get().equals(said)) other = Optional.of(said);
    }

    /** As if nothing had been said before. */
    void replace(T said) {
        value = Optional.of(said);
        other = Optional.empty();
    }

    /** What was said elsewhere counts where nothing was said here. */
    void adopt(Slot<T> elsewhere) {
        if (isSaid()) return;
        value = elsewhere.value;
        other = elsewhere.other;
    }

    Optional<T> value() {
        return value;
    }

    /** What was said against the first. */
    Optional<T> against() {
        return other;
    }

    boolean isSaid() {
        return value.isPresent();
    }
}
