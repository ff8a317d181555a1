package dev.soundlift.plan;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.TrackFlag;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses tracks by rules that can be said in one sentence: the first rule that tells two tracks apart decides. In this
 * order: what can be decoded; no audio description; no commentary; not music and effects alone; the container's default
 * flag; its flag or the title's word for the original; no dub; not the mix for the hard of hearing; more channels; the
 * first in the file. Whether a track is silent is seen only when it is decoded: see {@link Planner#insteadOfSilence}.
 */
public final class TrackPicker {
    /** A quality that a better track has. The reason for a choice is the first rule that its runner-up does not meet. */
    private record Rule(Text reason, Predicate<AudioTrack> holds) {}

    private static final int MOST_LISTED = 8;

    private static final List<Rule> RULES = List.of(
            new Rule(Text.of("track.rule.decodable"), AudioTrack::decodable),
            new Rule(Text.of("track.rule.not-description"), track -> !isDescription(track)),
            new Rule(Text.of("track.rule.not-commentary"), track -> !isCommentary(track)),
            new Rule(Text.of("track.rule.not-part"), track -> !isPart(track)),
            new Rule(Text.of("track.rule.default"), track -> track.has(TrackFlag.DEFAULT)),
            new Rule(Text.of("track.rule.original"), TrackPicker::isOriginal),
            new Rule(Text.of("track.rule.not-dub"), track -> !isDub(track)),
            new Rule(Text.of("track.rule.not-hearing-impaired"), track -> !track.has(TrackFlag.HEARING_IMPAIRED)));

    private TrackPicker() {}

    public static boolean isCommentary(AudioTrack track) {
        return track.has(TrackFlag.COMMENTARY) || TrackWords.COMMENTARY.in(track.title());
    }

    public static boolean isDescription(AudioTrack track) {
        return track.has(TrackFlag.VISUAL_IMPAIRED)
                || track.has(TrackFlag.DESCRIPTIONS)
                || TrackWords.DESCRIPTION.in(track.title());
    }

    private static boolean isPart(AudioTrack track) {
        return track.has(TrackFlag.CLEAN_EFFECTS) || TrackWords.PART.in(track.title());
    }

    private static boolean isOriginal(AudioTrack track) {
        return track.has(TrackFlag.ORIGINAL) || (TrackWords.ORIGINAL.in(track.title()) && !isDub(track));
    }

    private static boolean isDub(AudioTrack track) {
        return track.has(TrackFlag.DUB) || TrackWords.DUB.in(track.title());
    }

    /** The tracks that one choice means: one, or for {@link TrackChoice.All} each. */
    public static List<TrackPick> pick(MediaInfo media, TrackChoice choice) throws ExtractionException {
        List<AudioTrack> tracks = media.tracks();
        if (tracks.isEmpty()) {
            throw new ExtractionException(ErrorKind.NO_AUDIO, Text.of("error.no-audio"), Text.of("next.no-audio"));
        }
        if (choice instanceof TrackChoice.All) {
            return tracks.stream()
                    .map(track -> new TrackPick(track, Text.of("track.all"), Optional.empty()))
                    .toList();
        }
        if (choice instanceof TrackChoice.Position wanted) {
            return List.of(asked(tracks, track -> track.number() == wanted.number(), choice));
        }
        if (choice instanceof TrackChoice.Language wanted) {
            return List.of(asked(tracks, track -> speaks(track, wanted.language()), choice));
        }
        if (choice instanceof TrackChoice.Title wanted) {
            String words = wanted.words().toLowerCase(Locale.ROOT);
            return List.of(asked(
                    tracks, track -> track.title().toLowerCase(Locale.ROOT).contains(words), choice));
        }
        return List.of(best(tracks));
    }

    /** By its tag; where it has none, by its title, as in "Deutsch 5.1". */
    private static boolean speaks(AudioTrack track, String language) {
        if (!track.language().isBlank()) return Languages.same(track.language(), language);
        return Stream.of(track.title().split("[^\\p{L}\\p{M}]+"))
                .filter(word -> word.length() > 3 || Languages.isIdeographic(word))
                .anyMatch(word -> Languages.same(word, language));
    }

    private static TrackPick asked(List<AudioTrack> tracks, Predicate<AudioTrack> meets, TrackChoice choice)
            throws ExtractionException {
        List<AudioTrack> matching = tracks.stream().filter(meets).toList();
        if (matching.isEmpty()) {
            throw new ExtractionException(
                    ErrorKind.NO_SUCH_TRACK,
                    Text.of("error.no-such-track", choice.toString(), list(tracks)),
                    Text.of("next.tracks"));
        }
        Text asked = Text.of("track.asked", choice.toString());
        if (matching.size() == 1) return new TrackPick(matching.get(0), asked, Optional.empty());
        TrackPick pick = best(matching);
        return new TrackPick(
                pick.track(), Text.of("track.asked-and", asked, pick.why()), pick.runnerUp(), pick.close());
    }

    /** Numbers and languages, of many tracks the first: "1 eng, 2 fre, 3". */
    private static String list(List<AudioTrack> tracks) {
        String first = tracks.stream()
                .limit(MOST_LISTED)
                .map(track -> (track.number() + " " + track.language()).strip())
                .collect(Collectors.joining(", "));
        return tracks.size() > MOST_LISTED ? first + ", … " + tracks.size() : first;
    }

    /** The best of several by the rules; between equals the one with more channels, then the first. */
    private static TrackPick best(List<AudioTrack> tracks) {
        List<AudioTrack> ranked = new ArrayList<>(tracks);
        ranked.sort((a, b) -> {
            for (Rule rule : RULES) {
                int order = Boolean.compare(rule.holds.test(b), rule.holds.test(a));
                if (order != 0) return order;
            }
            int byChannels = Integer.compare(b.shape().channels(), a.shape().channels());
            return byChannels != 0 ? byChannels : Integer.compare(a.number(), b.number());
        });
        AudioTrack winner = ranked.get(0);
        if (ranked.size() == 1) return new TrackPick(winner, Text.of("track.only"), Optional.empty());
        AudioTrack runnerUp = ranked.get(1);
        Optional<Text> close = isClose(winner, runnerUp)
                ? Optional.of(Text.of(
                        "warning.close-choice",
                        Integer.toString(winner.number()),
                        Integer.toString(runnerUp.number()),
                        named(runnerUp)))
                : Optional.empty();
        return new TrackPick(winner, why(winner, runnerUp), Optional.of(runnerUp), close);
    }

    /**
     * Whether only the number of channels or the place in the file decided, between tracks that for all we know say
     * different things. Two of one language are the same sound in two forms.
     */
    private static boolean isClose(AudioTrack winner, AudioTrack runnerUp) {
        boolean ruled = RULES.stream().anyMatch(rule -> rule.holds.test(winner) != rule.holds.test(runnerUp));
        return !ruled && !Languages.same(winner.language(), runnerUp.language());
    }

    private static String named(AudioTrack track) {
        if (!track.title().isEmpty()) return "\"" + track.title() + "\"";
        return track.language().isEmpty() ? track.codecName() : track.language();
    }

    private static Text why(AudioTrack winner, AudioTrack runnerUp) {
        String other = Integer.toString(runnerUp.number());
        for (Rule rule : RULES) {
            if (rule.holds.test(winner) && !rule.holds.test(runnerUp)) {
                return Text.of("track.because", rule.reason, other);
            }
        }
        return winner.shape().channels() > runnerUp.shape().channels()
                ? Text.of("track.because", Text.of("track.rule.channels"), other)
                : Text.of("track.first", other);
    }
}
