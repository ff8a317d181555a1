package dev.soundlift.plan;

import dev.soundlift.media.AudioShape;
import dev.soundlift.media.AudioTrack;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The tracks of one output: one alone, or several that become one. */
public record Joined(How how, List<AudioTrack> tracks) {
    /** What becomes of them. */
    public enum How {
        ALONE,
        /** All of them added up, each at its place on the media clock. */
        MIXED,
        /** Mono tracks as the channels of one sound, in this order. */
        SIDE_BY_SIDE
    }

    public static final int MOST_CHANNELS = Layouts.MOST_CHANNELS;

    public Joined {
        tracks = List.copyOf(tracks);
        if (tracks.isEmpty()) throw new IllegalArgumentException("no track");
        if (how == How.ALONE && tracks.size() > 1) throw new IllegalArgumentException("more than one alone");
        if (how == How.SIDE_BY_SIDE && tracks.size() > MOST_CHANNELS) {
            throw new IllegalArgumentException("too many channels: " + tracks.size());
        }
    }

    static Joined alone(AudioTrack track) {
        return new Joined(How.ALONE, List.of(track));
    }

    /** {@code 3}, {@code 1+2}. */
    public String label() {
        return tracks.stream().map(track -> Integer.toString(track.number())).collect(Collectors.joining("+"));
    }

    /** The speakers of mono tracks side by side, as FFmpeg names them. */
    public String layout() {
        return Layouts.sideBySide(tracks.size());
    }

    /** All of them as if they were one track of the file, in the widest form of any. */
    AudioTrack asTrack() {
        AudioTrack first = tracks.get(0);
        if (how == How.ALONE) return first;
        boolean oneCodec = tracks.stream().map(AudioTrack::codecName).distinct().count() == 1;
        boolean oneLanguage =
                tracks.stream().map(AudioTrack::language).distinct().count() == 1;
        Duration start = tracks.stream()
                .map(AudioTrack::start)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new AudioTrack(
                first.number(),
                first.streamIndex(),
                oneCodec ? first.codecName() : "none",
                "",
                shape(),
                bitRate(),
                oneLanguage ? first.language() : "",
                "",
                Set.of(),
                start,
                length(start),
                tracks.stream().allMatch(AudioTrack::decodable),
                tracks.stream().anyMatch(AudioTrack::encrypted),
                Map.of());
    }

    private AudioShape shape() {
        AudioShape widest = tracks.stream()
                .map(AudioTrack::shape)
                .max(Comparator.comparingInt(AudioShape::channels))
                .orElseThrow();
        boolean mixed = how == How.MIXED;
        // One track that does not tell leaves it to the decoders
        boolean told = tracks.stream().allMatch(track -> track.shape().sampleRateHz() > 0);
        return new AudioShape(
                told
                        ? tracks.stream()
                                .mapToInt(track -> track.shape().sampleRateHz())
                                .max()
                                .orElse(0)
                        : 0,
                mixed ? widest.channels() : tracks.size(),
                mixed ? widest.layout() : layout(),
                tracks.stream()
                        .mapToInt(track -> track.shape().bitDepth())
                        .max()
                        .orElse(0),
                tracks.stream().anyMatch(track -> track.shape().floatingPoint()));
    }

    private OptionalLong bitRate() {
        if (tracks.stream().anyMatch(track -> track.bitsPerSecond().isEmpty())) return OptionalLong.empty();
        long[] rates = tracks.stream()
                .mapToLong(track -> track.bitsPerSecond().getAsLong())
                .toArray();
        return how == How.MIXED
                ? java.util.Arrays.stream(rates).max()
                : OptionalLong.of(java.util.Arrays.stream(rates).sum());
    }

    /** Until the last of them ends. */
    private Optional<Duration> length(Duration start) {
        if (tracks.stream().anyMatch(track -> track.duration().isEmpty())) return Optional.empty();
        return tracks.stream()
                .map(track -> track.start().plus(track.duration().get()))
                .max(Comparator.naturalOrder())
                .map(end -> end.minus(start));
    }
}
