package dev.soundlift.plan;

import dev.soundlift.request.LoudnessTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The loudness that outputs are brought to. Several pieces of one sound get one gain, so that none of them is louder
 * against the others than it was.
 *
 * @param outputs how many get the same gain
 * @param measured stretches of the media clock whose sound, put together, is brought to the target
 */
public record Levelling(LoudnessTarget target, int outputs, List<Cut> measured) {
    public Levelling {
        measured = List.copyOf(measured);
        if (measured.isEmpty()) throw new IllegalArgumentException("nothing to measure");
    }

    static Levelling of(LoudnessTarget target, List<Piece> pieces) {
        List<Cut> cuts = new ArrayList<>();
        for (Piece piece : pieces) {
            Optional<Cut> last = cuts.isEmpty() ? Optional.empty() : Optional.of(cuts.get(cuts.size() - 1));
            boolean goesOn = last.flatMap(Cut::end)
                    .filter(end -> end.equals(piece.cut().start()))
                    .isPresent();
            if (goesOn)
                cuts.set(
                        cuts.size() - 1,
                        new Cut(last.orElseThrow().start(), piece.cut().end()));
            else cuts.add(piece.cut());
        }
        return new Levelling(target, pieces.size(), cuts);
    }
}
