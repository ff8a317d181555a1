package dev.soundlift;

import dev.soundlift.engine.Damage;
import dev.soundlift.engine.PacketDigest;
import dev.soundlift.engine.Produced;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an engine tells of its work; nothing was repaired. */
public final class SampleProduced {
    private SampleProduced() {}

    public static Produced transcode(Duration start, Duration end, long frames, boolean heardSound, Damage damage) {
        return of(start, end, frames, Optional.empty(), heardSound, damage);
    }

    public static Produced of(
            Duration start,
            Duration end,
            long frames,
            Optional<PacketDigest> packets,
            boolean heardSound,
            Damage damage) {
        return new Produced(5_000_000, new Produced.Taken(start, end), frames, packets, heardSound, List.of(), damage);
    }
}
