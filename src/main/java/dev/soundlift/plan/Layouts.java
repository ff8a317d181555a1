package dev.soundlift.plan;

import java.util.List;
import java.util.Optional;

/** Which speakers channels are for, in FFmpeg's names. */
public final class Layouts {
    /** By number of channels (RFC 7845, section 5.1.1.2): the only ones of Opus, and those of tracks side by side. */
    private static final List<String> OF_OPUS =
            List.of("", "mono", "stereo", "3.0", "quad", "5.0", "5.1", "6.1", "7.1");

    /** By number of channels (ISO/IEC 14496-3, table 1.19); other layouts are written in a way that few players read. */
    private static final List<String> OF_AAC = List.of("", "mono", "stereo", "3.0", "4.0", "5.0", "5.1");

    static final int MOST_CHANNELS = OF_OPUS.size() - 1;

    private Layouts() {}

    /** Front to back, as on tape. */
    static String sideBySide(int channels) {
        return OF_OPUS.get(channels);
    }

    /** The one layout of a codec for so many channels; nothing where it has several, or leaves it to the source. */
    public static Optional<String> fixedBy(String codec, int channels) {
        List<String> layouts = switch (codec) {
            case "opus" -> OF_OPUS;
            case "aac" -> OF_AAC;
            default -> List.<String>of();
        };
        return channels < layouts.size() ? Optional.of(layouts.get(channels)) : Optional.empty();
    }
}
