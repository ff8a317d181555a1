package dev.soundlift.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects where packets were damaged, in the order of the media clock; what lies close together becomes one. */
public final class Losses {
    private static final Duration CLOSE = Duration.ofMillis(200);
    private static final int MOST = 1000;

    private final List<Loss> losses = new ArrayList<>();
    private Duration close = CLOSE;

    /** Faults were met between the two times; in either order, and before the clock's zero too. */
    public void add(Duration one, Duration other) {
        Duration start = one.compareTo(other) <= 0 ? one : other;
        Duration end = one.compareTo(other) <= 0 ? other : one;
        append(new Loss(atLeastZero(start), atLeastZero(end), Loss.Why.DAMAGED));
        if (losses.size() <= MOST) return;
        // A file that is damaged everywhere is told in coarser steps
        close = close.multipliedBy(2);
        List<Loss> all = List.copyOf(losses);
        losses.clear();
        all.forEach(this::append);
    }

    private void append(Loss loss) {
        int last = losses.size() - 1;
        if (last < 0 || loss.start().compareTo(losses.get(last).end().plus(close)) > 0) {
            losses.add(loss);
            return;
        }
        Loss before = losses.get(last);
        losses.set(last, new Loss(min(before.start(), loss.start()), max(before.end(), loss.end()), Loss.Why.DAMAGED));
    }

    private static Duration atLeastZero(Duration time) {
        return max(time, Duration.ZERO);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Of these, what lies in a stretch: faults outside do no harm to it. */
    public List<Loss> within(Duration from, Duration to) {
        List<Loss> inside = new ArrayList<>();
        for (Loss loss : losses) {
            if (loss.end().compareTo(from) < 0 || loss.start().compareTo(to) > 0) continue;
            inside.add(new Loss(max(loss.start(), from), min(loss.end(), to), loss.why()));
        }
        return inside;
    }
}
