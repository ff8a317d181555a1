package dev.soundlift.plan;

import dev.soundlift.media.Codec;
import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What an engine can do, told as data.
 *
 * @param engine its name in reports, such as {@code in-process}
 * @param encoders FFmpeg's names of the codecs that it can encode to
 * @param reasons why it is this engine, where that is worth a word
 */
public record Capabilities(String engine, Set<String> encoders, List<Text> reasons) {
    public Capabilities {
        encoders = Set.copyOf(encoders);
        reasons = List.copyOf(reasons);
    }

    public Capabilities(String engine, Set<String> encoders) {
        this(engine, encoders, List.of());
    }

    /** The same, chosen for a reason. */
    public Capabilities because(Text why) {
        List<Text> all = new ArrayList<>(reasons);
        all.add(why);
        return new Capabilities(engine, encoders, all);
    }

    public boolean encodes(Codec codec) {
        return encoders.contains(codec.ffmpegName());
    }
}
