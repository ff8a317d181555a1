package dev.soundlift.plan;

import dev.soundlift.media.AudioTrack;
import dev.soundlift.text.Text;
import java.util.Optional;

/**
 * The track that was chosen.
 *
 * @param runnerUp the next best, where there was a choice
 * @param close what to tell where the runner-up might as well have been meant
 * @param oneOfSeveral whether other tracks are taken as well
 */
public record TrackPick(
        AudioTrack track, Text why, Optional<AudioTrack> runnerUp, Optional<Text> close, boolean oneOfSeveral) {
    TrackPick(AudioTrack track, Text why, Optional<AudioTrack> runnerUp) {
        this(track, why, runnerUp, Optional.empty(), false);
    }

    TrackPick among(int picked) {
        return new TrackPick(track, why, runnerUp, close, picked > 1);
    }
}
