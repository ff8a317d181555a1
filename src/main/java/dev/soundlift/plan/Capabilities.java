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
 * @param joins whether it can make one output of several tracks
 * @param holdsPeaks whether it mixes down at full level and holds only peaks that would clip; else all is turned down
 * @param levels whether it can measure the loudness and bring it to a wished one
 * @param frames whether it can take a picture out of the video
 * @param deepFlac whether its FLAC can have 32 bits; else it has at most 24
 * @param reasons why it is this engine, where that is worth a word
 */
public record Capabilities(
        String engine,
        Set<String> encoders,
        boolean joins,
        boolean holdsPeaks,
        boolean levels,
        boolean frames,
        boolean deepFlac,
        List<Text> reasons) {
    public Capabilities {
        encoders = Set.copyOf(encoders);
        reasons = List.copyOf(reasons);
    }

    /** Of one that takes one track at a time. */
    public Capabilities(String engine, Set<String> encoders) {
        this(engine, encoders, false, true, false, false, true, List.of());
    }

    /** The same of one that can also make one output of several tracks. */
    public Capabilities joining() {
        return new Capabilities(engine, encoders, true, holdsPeaks, levels, frames, deepFlac, reasons);
    }

    /** The same of one that can also bring the sound to a wished loudness. */
    public Capabilities levelling() {
        return new Capabilities(engine, encoders, joins, holdsPeaks, true, frames, deepFlac, reasons);
    }

    /** The same of one that can also take a picture out of the video. */
    public Capabilities framing() {
        return new Capabilities(engine, encoders, joins, holdsPeaks, levels, true, deepFlac, reasons);
    }

    /** The same of one that turns all down when it mixes down. */
    public Capabilities turningDown() {
        return new Capabilities(engine, encoders, joins, false, levels, frames, deepFlac, reasons);
    }

    /** The same of one whose FLAC has at most 24 bits. */
    public Capabilities withoutDeepFlac() {
        return new Capabilities(engine, encoders, joins, holdsPeaks, levels, frames, false, reasons);
    }

    /** The same, chosen for a reason. */
    public Capabilities because(Text why) {
        List<Text> all = new ArrayList<>(reasons);
        all.add(why);
        return new Capabilities(engine, encoders, joins, holdsPeaks, levels, frames, deepFlac, all);
    }

    public boolean encodes(Codec codec) {
        return encoders.contains(codec.ffmpegName());
    }
}
