package dev.soundlift.engine;

import dev.soundlift.request.MediaTime;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A stretch of the media clock whose sound is not in the source as it should be. Where only the place is known, it ends
 * where it starts.
 */
public record Loss(Duration start, Duration end, Why why) {
    /** Why sound is missing. */
    public enum Why {
        /** Packets were unreadable or decoded with faults: what is heard there is silence or a guess. */
        DAMAGED,
        /** The source ends before the end that it claims. */
        CUT_OFF;

        /** The stable name in reports. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** So many are told one by one; a program gets them all. */
    private static final int TOLD = 10;

    private static final long TENTH_NANOS = 100_000_000;

    public Loss {
        if (start.isNegative()) throw new IllegalArgumentException("start is negative: " + start);
        if (end.compareTo(start) < 0) throw new IllegalArgumentException(end + " is before " + start);
    }

    public Duration length() {
        return end.minus(start);
    }

    /** The same on a clock whose zero is so much earlier. */
    Loss later(Duration by) {
        return new Loss(start.plus(by), end.plus(by), why);
    }

    private Text told() {
        if (why == Why.CUT_OFF) return Text.of("lost.cut-off", from(start), until(end));
        return length().isZero()
                ? Text.of("lost.damaged-at", from(start))
                : Text.of("lost.damaged", from(start), until(end));
    }

    /** For people: the first ones each, and how much the others are. */
    public static List<Text> told(List<Loss> losses) {
        List<Text> told = new ArrayList<>();
        boolean all = losses.size() <= TOLD + 1;
        for (Loss loss : all ? losses : losses.subList(0, TOLD)) told.add(loss.told());
        if (all) return told;
        List<Loss> rest = losses.subList(TOLD, losses.size());
        Duration sum = rest.stream().map(Loss::length).reduce(Duration.ZERO, Duration::plus);
        told.add(Text.of(
                "lost.more", Integer.toString(rest.size()), String.format(Locale.ROOT, "%.1f", sum.toNanos() / 1e9)));
        return told;
    }

    /** To a tenth of a second, outwards: what is told covers what is lost. */
    private static String from(Duration time) {
        return MediaTime.print(Duration.ofNanos(Math.floorDiv(time.toNanos(), TENTH_NANOS) * TENTH_NANOS));
    }

    private static String until(Duration time) {
        return MediaTime.print(Duration.ofNanos(-Math.floorDiv(-time.toNanos(), TENTH_NANOS) * TENTH_NANOS));
    }
}
