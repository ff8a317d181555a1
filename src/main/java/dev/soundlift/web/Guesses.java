package dev.soundlift.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down whoever guesses a token: after a few tries from one address each further one must wait, twice as long every
 * time. Thread-safe.
 */
final class Guesses {
    static final int FREE = 5;
    static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int MOST_KNOWN = 10_000;

    private final LongSupplier nanos;
    private final Map<String, Tries> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    private record Tries(int count, long until) {}

    /** @param nanos a clock that never goes back */
    Guesses(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How long is still to wait; zero: the try counts as one, and may be made. */
    synchronized Duration begin(String address) {
        String from = network(address);
        long now = nanos.getAsLong();
        Tries before = known.getOrDefault(from, new Tries(0, now));
        if (before.until() - now > 0) return Duration.ofNanos(before.until() - now);
        int count = before.count() + 1;
        int doublings = count - FREE;
        Duration pause =
                doublings < 0 ? Duration.ZERO : doublings >= 10 ? LONGEST : Duration.ofSeconds(1L << doublings);
        known.put(from, new Tries(count, now + pause.toNanos()));
        return Duration.ZERO;
    }

    synchronized void right(String address) {
        known.remove(network(address));
    }

    /** Whoever has one address of IPv6 has all of its /64. */
    private static String network(String address) {
        String[] groups = address.split(":", -1);
        return groups.length < 5 || address.contains("::")
                ? address.replaceAll("::.*", "")
                : String.join(":", groups[0], groups[1], groups[2], groups[3]);
    }
}
