package dev.soundlift.plan;

import dev.soundlift.media.AudioTrack;
import dev.soundlift.text.Text;
import java.util.Optional;

/**
 * The track that was chosen, or several that become one.
 *
 * @param track of several, all of them as if they were one
 * @param runnerUp the next best, where there was a choice
 * @param close what to tell where the runner-up might as well have been meant
 * @param joined the tracks as the file has them
 * @param oneOfSeveral whether there are other outputs with other tracks
 */
public record TrackPick(
        AudioTrack track,
        Text why,
        Optional<AudioTrack> runnerUp,
        Optional<Text> close,
        Joined joined,
        boolean oneOfSeveral) {
    TrackPick(AudioTrack track, Text why, Optional<AudioTrack> runnerUp) {
        this(track, why, runnerUp, Optional.empty());
    }

    TrackPick(AudioTrack track, Text why, Optional<AudioTrack> runnerUp, Optional<Text> close) {
        this(track, why, runnerUp, close, Joined.alone(track), false);
    }

    TrackPick(Joined joined, Text why) {
        this(joined.asTrack(), why, Optional.empty(), Optional.empty(), joined, false);
    }

    TrackPick because(Text reason) {
        return new TrackPick(track, reason, runnerUp, close, joined, oneOfSeveral);
    }

    TrackPick among(int picked) {
        return new TrackPick(track, why, runnerUp, close, joined, picked > 1);
    }

    /** Whether it is more than one track of the file. */
    public boolean isJoined() {
        return joined.how() != Joined.How.ALONE;
    }
}
