package dev.soundlift.engine;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioShape;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.ChannelNote;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.media.SoundMap;
import dev.soundlift.plan.Plan;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Looks into media: what is in a file, and how it sounds. Thread-safe; every call opens the source anew. */
public interface Prober {
    MediaInfo probe(MediaSource source) throws ExtractionException;

    /** Decodes a track to its end. */
    Heard listen(MediaSource source, AudioTrack track, Cancellation cancellation) throws ExtractionException;

    /**
     * Decodes a track that keeps every bit to its end, to learn which samples it holds, and measures nothing: takes half
     * the time of {@link #listen}.
     *
     * @return nothing where this prober cannot tell
     */
    default Optional<Counted> count(MediaSource source, AudioTrack track, Cancellation cancellation)
            throws ExtractionException {
        return Optional.empty();
    }

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
     * What decoding a track gave, but for its levels.
     *
     * @param sampleFrames samples of one channel
     */
    record Counted(long sampleFrames, AudioShape shape, SampleDigest samples, Damage damage) {
        /** What was heard, if these are the samples of a sound of known levels. */
        public Optional<Heard> as(EncodedSound sound) {
            return samples.equals(sound.samples())
                    ? Optional.of(new Heard(
                            sampleFrames,
                            shape,
                            sound.peakDbfs(),
                            sound.integratedLufs(),
                            Optional.of(samples),
                            damage))
                    : Optional.empty();
        }
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
