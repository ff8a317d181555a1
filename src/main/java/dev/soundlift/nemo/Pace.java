package dev.soundlift.nemo;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ExtractionException;
import java.time.Duration;

/**
 * The waits and limits that the documents name, times a factor: 1, or less where an emulator or a test stands for the
 * service.
 *
 * @param leastPatience what a connection may take at least, however much the waits are shortened
 * @param time by which they are measured
 */
record Pace(double scale, Duration leastPatience, Ticker time) {
    Pace(double scale) {
        this(scale, Duration.ofSeconds(5), Ticker.OF_THIS_MACHINE);
    }

    Pace {
        if (!(scale > 0) || scale > 1000) throw new IllegalArgumentException("scale: " + scale);
    }

    Duration of(Duration documented) {
        return Duration.ofNanos(Math.round(documented.toNanos() * scale));
    }

    /** For what a socket may take. */
    Duration patience(Duration usual) {
        Duration scaled = of(usual);
        return scaled.compareTo(leastPatience) < 0 ? leastPatience : scaled;
    }

    /** Waits, unless the user does not want to any more. */
    void sleep(Duration documented, Cancellation cancellation) throws ExtractionException {
        time.sleep(of(documented), cancellation);
        cancellation.throwIfRequested();
    }
}
