package dev.soundlift.nemo;

import dev.soundlift.engine.Cancellation;
import java.time.Duration;
import java.time.Instant;

/** What time it is, and waiting until it is later; a test lets its own time pass. */
interface Ticker {
    Ticker OF_THIS_MACHINE = new Ticker() {
        private static final long STEP_MILLIS = 25;

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void sleep(Duration wait, Cancellation cancellation) {
            long end = nanoTime() + wait.toNanos();
            try {
                for (long left = end - nanoTime(); left > 0; left = end - nanoTime()) {
                    if (cancellation.isRequested()) return;
                    Thread.sleep(Math.min(STEP_MILLIS, 1 + left / 1_000_000));
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                cancellation.request();
            }
        }
    };

    /** Of no meaning by itself; differences are durations in nanoseconds. */
    long nanoTime();

    Instant now();

    /** Ends early when cancellation is requested; an interrupted thread requests it. */
    void sleep(Duration wait, Cancellation cancellation);
}
