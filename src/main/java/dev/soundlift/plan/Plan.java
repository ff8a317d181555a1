package dev.soundlift.plan;

import dev.soundlift.media.Chapter;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.request.Align;
import dev.soundlift.request.Extras;
import dev.soundlift.request.VerifyLevel;
import dev.soundlift.text.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One output, decided: what is taken, how, and why.
 *
 * @param engine the name of the engine that is to do it
 * @param verify how closely the output will be looked at, for which an engine may measure what it encodes
 * @param tags of the output; keys in lower case
 * @param levelling what loudness the output is brought to; nothing: as the source
 * @param extras what goes with the sound
 * @param chapters on the output's own clock
 * @param reasons for route and engine, one sentence each
 * @param warnings what the user should know before hearing it
 */
public record Plan(
        MediaInfo media,
        TrackPick pick,
        Piece piece,
        Align align,
        Route route,
        String engine,
        TargetSound target,
        Optional<Levelling> levelling,
        Extras extras,
        VerifyLevel verify,
        Map<String, String> tags,
        List<Chapter> chapters,
        List<Text> reasons,
        List<Text> warnings) {
    public Plan {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        chapters = List.copyOf(chapters);
        reasons = List.copyOf(reasons);
        warnings = List.copyOf(warnings);
    }

    public Cut cut() {
        return piece.cut();
    }

    /** All that the output depends on besides the input's content, in one line: equal for equal outputs. */
    public String essence() {
        return String.join(
                " ",
                route.label(),
                engine,
                pick.joined().how().name(),
                pick.joined().label(),
                align.name(),
                cut().toString(),
                piece.name(),
                piece.title(),
                target.toString(),
                levelling.toString(),
                extras.alone().toString(),
                tags.toString(),
                chapters.toString());
    }

    /** The same for another stretch. */
    public Plan of(Cut cut) {
        return new Plan(
                media,
                pick,
                new Piece(cut, piece.name(), piece.title(), piece.warnings()),
                align,
                route,
                engine,
                target,
                levelling,
                extras,
                verify,
                tags,
                chapters,
                reasons,
                warnings);
    }

    /** Whether the same request takes other tracks too. */
    public boolean trackIsOneOfSeveral() {
        return pick.oneOfSeveral();
    }
}
