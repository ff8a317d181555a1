package dev.soundlift.plan;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.SoundMap;
import dev.soundlift.request.MediaTime;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Cuts in silences. Without a limit each stretch of sound is a piece, with a little of the silence around it; with one,
 * as many follow each other in a piece as fit, silences between them included. Of the sound nothing is lost.
 */
final class SilentCuts {
    /** Between two pieces: longer than the pauses inside a sentence. */
    private static final Duration SHORTEST_SILENCE = Duration.ofMillis(500);

    /** Of silence, kept on either side: breath and reverberation fade into it. */
    private static final Duration MARGIN = Duration.ofMillis(200);

    /** Less would be shreds of words. */
    private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(1);

    private final SoundMap map;
    private final Optional<Duration> longest;

    private SilentCuts(SoundMap map, Optional<Duration> longest) {
        this.map = map;
        this.longest = longest;
    }

    /**
     * The pieces, in their order; the whole where all is silent.
     *
     * @param longest that a piece may be
     */
    static List<Piece> pieces(SoundMap map, Optional<Duration> longest) throws ExtractionException {
        if (longest.isPresent() && longest.get().compareTo(SHORTEST_LIMIT) < 0) {
            throw new ExtractionException(
                    ErrorKind.USAGE, Text.of("error.piece-too-small"), Text.of("next.piece-too-small"));
        }
        return new SilentCuts(map, longest).named();
    }

    private List<Piece> named() {
        List<Cut> cuts = cuts();
        if (cuts.isEmpty()) return List.of(Piece.WHOLE);
        int digits = Math.max(3, Integer.toString(cuts.size()).length());
        List<Piece> pieces = new ArrayList<>();
        for (Cut cut : cuts) {
            String number = String.format(Locale.ROOT, "%0" + digits + "d", pieces.size() + 1);
            pieces.add(new Piece(cut, cuts.size() == 1 ? "" : number, "", List.of()));
        }
        return pieces;
    }

    private List<Cut> cuts() {
        List<SoundMap.Stretch> sounds = new ArrayList<>();
        for (SoundMap.Stretch sound : map.sounds(SHORTEST_SILENCE)) divide(sound, sounds);
        List<Cut> cuts = new ArrayList<>();
        for (int first = 0; first < sounds.size(); ) {
            Duration start = beginning(sounds, first);
            int last = first;
            while (last + 1 < sounds.size() && fits(ending(sounds, last + 1).minus(start))) last++;
            Duration end = ending(sounds, last);
            boolean all = start.isZero() && end.equals(map.end());
            cuts.add(all ? Cut.NOTHING : new Cut(start, end.equals(map.end()) ? Optional.empty() : Optional.of(end)));
            first = last + 1;
        }
        return cuts;
    }

    private boolean fits(Duration length) {
        return longest.isPresent() && length.compareTo(longest.get()) <= 0;
    }

    /** A stretch that is too long for a piece, cut where it is quietest in the second half of what fits. */
    private void divide(SoundMap.Stretch sound, List<SoundMap.Stretch> parts) {
        Duration start = sound.start();
        if (longest.isPresent()) {
            Duration limit = longest.get().minus(MARGIN).minus(MARGIN);
            while (sound.end().minus(start).compareTo(limit) > 0) {
                Duration place = map.quietest(start.plus(limit.dividedBy(2)), start.plus(limit));
                parts.add(new SoundMap.Stretch(start, place));
                start = place;
            }
        }
        parts.add(new SoundMap.Stretch(start, sound.end()));
    }

    private Duration beginning(List<SoundMap.Stretch> sounds, int index) {
        Duration sound = sounds.get(index).start();
        Duration before = index == 0 ? map.start() : sounds.get(index - 1).end();
        Duration withMargin = sound.minus(MARGIN);
        Duration begin = withMargin.compareTo(before) > 0 ? withMargin : before;
        return begin.isNegative() ? Duration.ZERO : begin;
    }

    private Duration ending(List<SoundMap.Stretch> sounds, int index) {
        Duration sound = sounds.get(index).end();
        Duration after =
                index + 1 == sounds.size() ? map.end() : sounds.get(index + 1).start();
        Duration withMargin = sound.plus(MARGIN);
        return withMargin.compareTo(after) < 0 ? withMargin : after;
    }

    /**
     * How long a piece may be that must not have more than so many bytes, in the plan's format.
     *
     * @throws ExtractionException where the format's size per second cannot be told
     */
    static Duration within(long bytes, Plan plan) throws ExtractionException {
        double perSecond = mostBytesPerSecond(plan);
        if (perSecond <= 0) {
            throw new ExtractionException(
                    ErrorKind.USAGE, Text.of("error.piece-size-unknown"), Text.of("next.piece-size-unknown"));
        }
        // Headers, index and seek table; tags take up to four bytes a letter where they are written twice over
        long tags = plan.tags().entrySet().stream()
                .mapToLong(tag -> 4L * (tag.getKey().length() + tag.getValue().length()))
                .sum();
        double seconds = Math.max(0, bytes - 16_384 - tags) / perSecond;
        return Duration.ofMillis((long) Math.min(seconds * 1000, (double) MediaTime.LONGEST.toMillis()));
    }

    /** On the safe side: variable bit rates and frames' own headers are counted in. */
    private static double mostBytesPerSecond(Plan plan) {
        TargetSound target = plan.target();
        double raw = (double) target.sampleRateHz()
                * target.channelCount()
                * target.depth().bits()
                / 8;
        if (plan.route() == Route.COPY) {
            return plan.pick().track().bitsPerSecond().orElse(0) * 1.25 / 8;
        }
        if (target.bitsPerSecond().isPresent()) return target.bitsPerSecond().getAsInt() / 8.0 * 1.1;
        if (target.vbrLevel().isPresent()) return 320_000 / 8.0 * 1.02;
        return raw * 1.01;
    }
}
