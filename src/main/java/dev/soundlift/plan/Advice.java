package dev.soundlift.plan;

import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.ChannelNote;
import dev.soundlift.media.Codec;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a listener may stumble over in a file, and the options of a conversion that help.
 *
 * @param about the stable name of the case, such as {@code very-quiet}
 * @param track its number, from 1
 * @param options empty where none helps
 */
public record Advice(String about, int track, Text words, List<String> options) {
    /** Less is not heard as late or early (ITU-R BT.1359 accepts 125 ms of sound after the picture). */
    private static final Duration NOTICED = Duration.ofMillis(125);

    public Advice {
        options = List.copyOf(options);
    }

    /**
     * In the order of the tracks.
     *
     * @param best the track that is taken where nothing is said
     * @param notes what is odd about the channels, by the track's number
     */
    public static List<Advice> of(MediaInfo media, AudioTrack best, Map<Integer, ChannelNote> notes) {
        List<Advice> all = new ArrayList<>();
        for (AudioTrack track : media.tracks()) {
            List<String> choice = track.number() == best.number() ? List.of() : choosing(track);
            Optional.ofNullable(notes.get(track.number()))
                    .ifPresent(note -> all.add(ofChannels(media, track, note, choice, notes)));
            ofCodec(track).ifPresent(all::add);
            if (track.start().compareTo(NOTICED) > 0) {
                String seconds =
                        String.format(Locale.ROOT, "%.3f", track.start().toMillis() / 1000.0);
                all.add(advice("late-start", track, choice, List.of(), seconds));
            }
        }
        otherLanguage(media, best)
                .ifPresent(other -> all.add(advice("several-tracks", other, choosing(other), List.of())));
        return all;
    }

    /** The first track of one, or of which nobody knows. */
    private static Optional<AudioTrack> otherLanguage(MediaInfo media, AudioTrack best) {
        return media.tracks().stream()
                .filter(track -> track.number() != best.number())
                .filter(track -> best.language().isEmpty() || !track.language().equals(best.language()))
                .findFirst();
    }

    private static Advice ofChannels(
            MediaInfo media, AudioTrack track, ChannelNote note, List<String> choice, Map<Integer, ChannelNote> notes) {
        Optional<AudioTrack> sounding = media.tracks().stream()
                .filter(other -> other.decodable() && notes.get(other.number()) != ChannelNote.SILENT)
                .findFirst();
        return switch (note) {
            case SILENT ->
                sounding.map(other -> advice("silent-but-another", track, choosing(other), List.of()))
                        .orElse(advice("silent", track, List.of(), List.of()));
            case QUIET -> advice("very-quiet", track, choice, List.of("--loudness", "podcast"));
            case LEFT_ONLY, INVERTED, DIFFERENT -> advice(note.label(), track, choice, List.of("--channels", "left"));
            case RIGHT_ONLY -> advice(note.label(), track, choice, List.of("--channels", "right"));
            case IDENTICAL -> advice(note.label(), track, choice, List.of("--channels", "mono"));
            case FRONT_ONLY -> advice(note.label(), track, choice, List.of("--channels", "stereo"));
        };
    }

    /** Codecs that are not in our table are those of old cameras, phones and players. */
    private static Optional<Advice> ofCodec(AudioTrack track) {
        if (track.encrypted()) return Optional.of(advice("protected", track, List.of(), List.of()));
        if (!track.decodable()) {
            return Optional.of(advice(
                    "no-decoder", track, choosing(track), List.of("--format", "mka", "--copy"), track.codecName()));
        }
        boolean odd =
                Codec.named(track.codecName()).isEmpty() && !track.codecName().startsWith("pcm_");
        return odd
                ? Optional.of(advice("rare-codec", track, List.of(), List.of("--format", "mp3"), track.codecName()))
                : Optional.empty();
    }

    private static List<String> choosing(AudioTrack track) {
        return List.of("--track", Integer.toString(track.number()));
    }

    private static Advice advice(String about, AudioTrack track, List<String> choice, List<String> remedy) {
        return advice(about, track, choice, remedy, "");
    }

    private static Advice advice(
            String about, AudioTrack track, List<String> choice, List<String> remedy, String detail) {
        List<String> options = new ArrayList<>(choice);
        options.addAll(remedy);
        Text words = Text.of("tracks.advice." + about, Integer.toString(track.number()), detail);
        return new Advice(about, track.number(), words, options);
    }
}
