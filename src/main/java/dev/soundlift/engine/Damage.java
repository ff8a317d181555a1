package dev.soundlift.engine;

import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.List;

/**
 * What went wrong while reading.
 *
 * @param undecodable packets that the decoder refused
 * @param corrupt packets that the container marks as damaged or cut off
 * @param complaints faults that were met, those included that a decoder conceals
 * @param example the first complaint, in FFmpeg's words; empty where there is none
 * @param brokenOff whether reading ended with an error before the end of the file
 * @param lost where on the media clock, as far as that is known
 */
public record Damage(
        long undecodable, long corrupt, long complaints, String example, boolean brokenOff, List<Loss> lost) {
    public static final Damage NONE = new Damage(0, 0, 0, "", false);

    public Damage {
        lost = List.copyOf(lost);
    }

    /** Without knowing where. */
    public Damage(long undecodable, long corrupt, long complaints, String example, boolean brokenOff) {
        this(undecodable, corrupt, complaints, example, brokenOff, List.of());
    }

    public Damage at(List<Loss> places) {
        return new Damage(undecodable, corrupt, complaints, example, brokenOff, places);
    }

    /** The same on a clock whose zero is so much earlier. */
    public Damage later(Duration by) {
        return at(lost.stream().map(loss -> loss.later(by)).toList());
    }

    /** How many faults, each counted once. */
    public long faults() {
        return Math.max(complaints, undecodable + corrupt + (brokenOff ? 1 : 0));
    }

    /** How many faults, and what the first was. */
    public Text asWarning() {
        String count = Long.toString(faults());
        if (!example.isEmpty()) return Text.of("warning.damage-example", count, example);
        return Text.of(brokenOff ? "warning.broken-off" : "warning.damage", count);
    }

    public boolean any() {
        return faults() > 0;
    }
}
