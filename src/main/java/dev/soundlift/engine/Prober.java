package dev.soundlift.engine;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.ChannelNote;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.media.SoundMap;
import dev.soundlift.plan.Plan;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.Map;

/** Looks into media: what is in a file, and how it sounds. Thread-safe; every call opens the source anew. */
public interface Prober {
    MediaInfo probe(MediaSource source) throws ExtractionException;

    /** Decodes a track to its end. */
    Heard listen(MediaSource source, AudioTrack track, Cancellation cancellation) throws ExtractionException;

    /** Reads a track's packets to their end and decodes only until a sound of usual loudness is heard. */
    Glance glance(MediaSource source, AudioTrack track, Cancellation cancellation) throws ExtractionException;

    /**
     * Listens to some parts of a file for channels that are silent, equal, inverted or have nothing in common.
     *
     * @return by the track's number; nothing for tracks that are as usual, or where this prober cannot tell
     */
    default Map<Integer, ChannelNote> channels(MediaInfo media, Cancellation cancellation) throws ExtractionException {
        return Map.of();
    }

    /**
     * Listens to all that a plan would take: where it sounds, on the clock on which pieces are cut.
     *
     * @throws ExtractionException of kind {@link ErrorKind#NO_ENGINE} where this prober cannot tell
     */
    default SoundMap map(Plan plan, Cancellation cancellation) throws ExtractionException {
        throw new ExtractionException(ErrorKind.NO_ENGINE, Text.of("error.no-sound-map"), Text.of("next.no-sound-map"));
    }

    /**
     * Listens to short pieces of a track, spread over all of it: the first ones far apart, the others between those. Gives
     * none where one cannot go straight to a place.
     *
     * @param most how many
     */
    default void glimpse(MediaInfo media, AudioTrack track, int most, Glimpses into, Cancellation cancellation)
            throws ExtractionException {
        // a prober that cannot go straight to a place has nothing to give
    }

    /**
     * What a quick look gave.
     *
     * @param packets digest of all packets
     * @param length from the first packet's start to the last one's end
     * @param heardSound whether any decoded sample was louder than silence
     * @param heardLoudSound whether any was louder than {@link Heard#QUIET_DBFS}
     * @param decodable whether anything could be decoded at all
     */
    record Glance(
            PacketDigest packets,
            Duration length,
            boolean heardSound,
            boolean heardLoudSound,
            boolean decodable,
            Damage damage) {}
}
