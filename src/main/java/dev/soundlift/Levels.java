package dev.soundlift;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Engine;
import dev.soundlift.engine.Level;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Levelling;
import dev.soundlift.plan.Plan;
import dev.soundlift.plan.TargetSound;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The gains for the outputs of one request, each measured once: what outputs share must not be found out for each. */
final class Levels {
    private record Key(String tracks, TargetSound target, Levelling levelling) {}

    private final Map<Key, Level> known = new HashMap<>();

    /** Nothing where the plan leaves the level as it is. Measuring counts for the first half of the progress. */
    Optional<Level> of(Plan plan, Engine engine, Progress progress, Cancellation cancellation)
            throws ExtractionException {
        if (plan.levelling().isEmpty()) return Optional.empty();
        Key key = new Key(
                plan.pick().joined().label(), plan.target(), plan.levelling().get());
        Level level = known.get(key);
        if (level == null) {
            level = engine.level(plan, progress.half(false), cancellation);
            known.put(key, level);
        }
        return Optional.of(level);
    }
}
