package dev.soundlift.plan;

import dev.soundlift.media.Codec;
import java.util.Set;

/**
 * What an engine can do, told as data.
 *
 * @param engine its name in reports, such as {@code in-process}
 * @param encoders FFmpeg's names of the codecs that it can encode to
 */
public record Capabilities(String engine, Set<String> encoders) {
    public Capabilities {
        encoders = Set.copyOf(encoders);
    }

    public boolean encodes(Codec codec) {
        return encoders.contains(codec.ffmpegName());
    }
}
