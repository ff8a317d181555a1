package dev.soundlift.nemo;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ExtractionException;
import java.time.Duration;

/**
 * The waits and limits that the documents name, times a factor: 1, or less where an emulator or a test stands for the
 * service.
 *
 * @param leastPatience what a connection may take at least, however much the waits are shortened
 */
record Pace(double scale, Duration leastPatience) {
    private static final long STEP_MILLIS = 25;

    Pace(double scale) {
        this(scale, Duration.ofSeconds(5));
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
        long end = System.nanoTime() + of(documented).toNanos();
        try {
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                cancellation.throwIfRequested();
                Thread.sleep(Math.min(STEP_MILLIS, 1 + left / 1_000_000));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            cancellation.request();
        }
        cancellation.throwIfRequested();
    }
}
