package dev.soundlift.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as a file claims them, which may be anything. */
public final class ClaimedTime {
    /** A century: what a hostile file claims beyond that would not count in nanoseconds. */
    private static final double LONGEST_SECONDS = 36_525 * 86_400.0;

    /** {@code 00:01:02.345000000}, as mkvmerge and FFmpeg write it. */
    private static final Pattern MATROSKA = Pattern.compile("(\\d{2,4}):(\\d{2}):(\\d{2}(?:\\.\\d+)?)");

    private static final double MICROS_PER_SECOND = 1e6;

    private ClaimedTime() {}

    /** To the microsecond: finer than any container's clock that is not a sample clock, and free of binary dust. */
    public static Duration of(double seconds) {
        double bounded = Math.max(-LONGEST_SECONDS, Math.min(LONGEST_SECONDS, seconds));
        return Duration.ofNanos(Math.round(bounded * MICROS_PER_SECOND) * 1000);
    }

    /**
     * Matroska keeps a track's length as a tag: mkvmerge the length itself, FFmpeg's muxer the time at which it ends.
     *
     * @param track the track's tags
     * @param file the file's, which name the writer
     * @param start the track's first time stamp, in seconds
     */
    public static Optional<Duration> ofMatroska(
            Map<String, String> track, Map<String, String> file, OptionalDouble start) {
        Matcher tag = MATROSKA.matcher(track.getOrDefault("DURATION", ""));
        if (!tag.matches()) return Optional.empty();
        Duration claimed = Duration.ofHours(Long.parseLong(tag.group(1)))
                .plusMinutes(Long.parseLong(tag.group(2)))
                .plus(of(Double.parseDouble(tag.group(3))));
        String writer = file.getOrDefault("ENCODER", file.getOrDefault("encoder", ""));
        Duration before = writer.startsWith("Lavf") && start.isPresent() ? of(start.getAsDouble()) : Duration.ZERO;
        return Optional.of(claimed.minus(before)).filter(length -> !length.isNegative() && !length.isZero());
    }
}
