package dev.soundlift.plan;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.request.Align;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which tracks become which outputs. */
final class TrackJoiner {
    private TrackJoiner() {}

    /** One pick for each output, in the order of the request. */
    static List<TrackPick> picks(ExtractionRequest request, MediaInfo media) throws ExtractionException {
        if (!request.combination().groups().isEmpty()) return groups(request, media);
        boolean mix = request.combination().mix();
        // Who wants a mix and names no track means all of them
        List<TrackChoice> choices =
                mix && request.tracks().equals(List.of(TrackChoice.BEST)) ? List.of(TrackChoice.ALL) : request.tracks();
        List<TrackPick> picks = chosen(choices, media);
        if (!mix || picks.size() == 1) return picks;
        Joined joined = new Joined(
                Joined.How.MIXED, picks.stream().map(TrackPick::track).toList());
        requireJoinable(request, joined);
        return List.of(new TrackPick(joined, Text.of("track.mixed", joined.label())));
    }

    private static List<TrackPick> chosen(List<TrackChoice> choices, MediaInfo media) throws ExtractionException {
        List<TrackPick> picks = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        for (TrackChoice choice : choices) {
            for (TrackPick pick : TrackPicker.pick(media, choice)) {
                if (taken.add(pick.track().number())) picks.add(pick);
            }
        }
        return picks;
    }

    private static List<TrackPick> groups(ExtractionRequest request, MediaInfo media) throws ExtractionException {
        List<TrackPick> picks = new ArrayList<>();
        for (List<Integer> numbers : request.combination().groups()) {
            if (numbers.size() > Joined.MOST_CHANNELS) {
                throw new ExtractionException(
                        ErrorKind.USAGE,
                        Text.of("error.group-too-large", label(numbers), Integer.toString(Joined.MOST_CHANNELS)),
                        Text.of("next.group-too-large"));
            }
            List<AudioTrack> tracks = new ArrayList<>();
            for (int number : numbers) {
                tracks.add(TrackPicker.pick(media, new TrackChoice.Position(number))
                        .get(0)
                        .track());
            }
            for (AudioTrack track : tracks) {
                if (track.shape().channels() <= 1) continue;
                throw new ExtractionException(
                        ErrorKind.DOES_NOT_FIT,
                        Text.of(
                                "error.group-not-mono",
                                label(numbers),
                                Integer.toString(track.number()),
                                Integer.toString(track.shape().channels())),
                        Text.of("next.group-not-mono"));
            }
            Joined joined = new Joined(Joined.How.SIDE_BY_SIDE, tracks);
            requireJoinable(request, joined);
            picks.add(new TrackPick(joined, Text.of("track.grouped", joined.label(), joined.layout())));
        }
        return picks;
    }

    private static String label(List<Integer> numbers) {
        return String.join("+", numbers.stream().map(String::valueOf).toList());
    }

    private static void requireJoinable(ExtractionRequest request, Joined joined) throws ExtractionException {
        if (request.encoding().copyOnly()) {
            throw new ExtractionException(
                    ErrorKind.DOES_NOT_FIT, Text.of("error.joined-copy"), Text.of("next.joined-copy"));
        }
        if (request.align() == Align.NONE) {
            throw new ExtractionException(ErrorKind.USAGE, Text.of("error.joined-align"), Text.of("next.joined-align"));
        }
        for (AudioTrack track : joined.tracks()) {
            if (track.decodable()) continue;
            throw new ExtractionException(
                    ErrorKind.UNSUPPORTED_CODEC,
                    Text.of("error.joined-no-decoder", Integer.toString(track.number()), track.codecName()),
                    Text.of("next.joined-no-decoder"));
        }
    }
}
