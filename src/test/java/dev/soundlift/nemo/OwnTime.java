package dev.soundlift.nemo;

import dev.soundlift.engine.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until somebody waits or moves it. */
final class OwnTime implements Ticker {
    private final Instant began;
    private final AtomicLong nanos = new AtomicLong();
    /** Every wait of the client, in order. */
    final List<Duration> waits = new CopyOnWriteArrayList<>();

    OwnTime() {
        this(Instant.parse("2026-03-19T12:00:00Z"));
    }

    OwnTime(Instant began) {
        this.began = began;
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    Duration passed() {
        return Duration.ofNanos(nanos.get());
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public Instant now() {
        return began.plusNanos(nanos.get());
    }

    @Override
    public void sleep(Duration wait, Cancellation cancellation) {
        waits.add(wait);
        pass(wait);
    }
}
