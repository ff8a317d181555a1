package dev.soundlift.plan;

import dev.soundlift.media.AudioTrack;
import dev.soundlift.text.Text;
import java.util.Optional;

/**
 * The track that was chosen.
 *
 * @param runnerUp the next best, where there was a choice
 */
public record TrackPick(AudioTrack track, Text why, Optional<AudioTrack> runnerUp) {}
