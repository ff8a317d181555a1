package dev.soundlift.plan;

import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.request.Combination;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which mono tracks of a file may be the channels of one sound: cameras and broadcasters write them so. */
public final class MonoGroups {
    private static final Pattern LEFT = label("l|lf|left|links|gauche|izquierda|左");
    private static final Pattern RIGHT = label("r|rt|right|rechts|droite|derecha|右");

    private MonoGroups() {}

    private static Pattern label(String words) {
        return Pattern.compile(
                "(^|[^\\p{L}])(" + words + ")([^\\p{L}]|$)", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Pairs of left and right: those whose titles say so, else neighbours that are alike; nothing where none are. */
    public static Optional<Combination> proposal(MediaInfo media) {
        List<List<Integer>> pairs = new ArrayList<>();
        List<AudioTrack> tracks = media.tracks();
        int at = 0;
        while (at + 1 < tracks.size()) {
            boolean pair = belongTogether(tracks.get(at), tracks.get(at + 1));
            if (pair)
                pairs.add(List.of(tracks.get(at).number(), tracks.get(at + 1).number()));
            at += pair ? 2 : 1;
        }
        return pairs.isEmpty() ? Optional.empty() : Optional.of(new Combination(false, pairs));
    }

    private static boolean belongTogether(AudioTrack one, AudioTrack next) {
        boolean alike = one.shape().equals(next.shape())
                && one.shape().channels() == 1
                && one.codecName().equals(next.codecName())
                && one.language().equals(next.language())
                && one.start().equals(next.start())
                && one.decodable();
        if (!alike) return false;
        boolean unlabelled = one.title().equals(next.title());
        return unlabelled
                || (LEFT.matcher(one.title()).find()
                        && RIGHT.matcher(next.title()).find());
    }
}
