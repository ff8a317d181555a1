package dev.soundlift.request;

import java.util.Locale;
import java.util.Optional;

/**
 * The programme loudness that is wished for.
 *
 * @param lufs integrated loudness (ITU-R BS.1770, EBU R 128), in LUFS; from -70 to -5
 */
public record LoudnessTarget(double lufs) {
    /** What podcast platforms play at. */
    public static final LoudnessTarget PODCAST = new LoudnessTarget(-16);

    /** EBU R 128. */
    public static final LoudnessTarget BROADCAST = new LoudnessTarget(-23);

    /** Refuses what is not in -70 to -5 LUFS. */
    public LoudnessTarget {
        if (!(lufs >= -70 && lufs <= -5)) throw new IllegalArgumentException("not in -70..-5 LUFS: " + lufs);
    }

    /** Reads {@code podcast}, {@code broadcast}, or a number of LUFS. */
    public static Optional<LoudnessTarget> parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "podcast" -> Optional.of(PODCAST);
            case "broadcast" -> Optional.of(BROADCAST);
            default -> text.matches("-\\d{1,2}(\\.\\d{1,2})?") ? inBounds(Double.parseDouble(text)) : Optional.empty();
        };
    }

    private static Optional<LoudnessTarget> inBounds(double lufs) {
        return lufs >= -70 && lufs <= -5 ? Optional.of(new LoudnessTarget(lufs)) : Optional.empty();
    }

    /** As on the command line. */
    @Override
    public String toString() {
        if (equals(PODCAST)) return "podcast";
        if (equals(BROADCAST)) return "broadcast";
        return lufs == Math.rint(lufs) ? Long.toString(Math.round(lufs)) : Double.toString(lufs);
    }
}
