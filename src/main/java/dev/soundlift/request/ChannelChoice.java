package dev.soundlift.request;

import java.util.Optional;

/** Which channels the output has. */
public sealed interface ChannelChoice {
    /** As many as there are. */
    ChannelChoice AS_SOURCE = new AsSource();

    /** As many as there are, where the format can hold them. */
    record AsSource() implements ChannelChoice {}

    /** Mixed down or up to this many. */
    record Count(int channels) implements ChannelChoice {
        /** Refuses what is not in 1 to 8. */
        public Count {
            if (channels < 1 || channels > 8) throw new IllegalArgumentException("not in 1..8: " + channels);
        }
    }

    /** One channel alone, as mono. */
    record Side(boolean left) implements ChannelChoice {}

    /**
     * Reads {@code mono}, {@code stereo}, {@code 5.1}, {@code 7.1}, {@code left}, {@code right}, or a number of
     * channels.
     */
    static Optional<ChannelChoice> parse(String text) {
        return switch (text) {
            case "mono" -> Optional.of(new Count(1));
            case "stereo" -> Optional.of(new Count(2));
            case "5.1" -> Optional.of(new Count(6));
            case "7.1" -> Optional.of(new Count(8));
            case "left" -> Optional.of(new Side(true));
            case "right" -> Optional.of(new Side(false));
            default -> text.matches("[1-8]") ? Optional.of(new Count(Integer.parseInt(text))) : Optional.empty();
        };
    }
}
