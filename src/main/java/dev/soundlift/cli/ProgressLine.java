package dev.soundlift.cli;

import dev.soundlift.engine.Progress;
import dev.soundlift.request.MediaTime;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One line on a terminal that tells how far the work is; nothing in a pipe. */
final class ProgressLine implements AutoCloseable {
    private static final long INTERVAL_NANOS = 100_000_000;
    private static final int BAR = 20;
    private static final int LONGEST_NAME = 30;

    private final Console console;
    private final int files;
    private final boolean shown;
    private final long started = System.nanoTime();
    private final Map<Path, Double> shares = new ConcurrentHashMap<>();
    private final Map<Path, Duration> worked = new ConcurrentHashMap<>();
    private long lastShown;
    private boolean visible;

    ProgressLine(Console console, int files, boolean wanted) {
        this.console = console;
        this.files = files;
        this.shown = wanted && console.terminal();
    }

    Progress listener(Path file) {
        if (!shown) return Progress.NONE;
        return (done, total) -> advanced(file, done, total);
    }

    private synchronized void advanced(Path file, Duration done, Optional<Duration> total) {
        worked.put(file, done);
        total.filter(whole -> !whole.isZero())
                .ifPresent(whole -> shares.put(file, Math.min(1, done.toNanos() / (double) whole.toNanos())));
        long now = System.nanoTime();
        if (now - lastShown < INTERVAL_NANOS) return;
        lastShown = now;
        visible = true;
        console.err().print("\r" + Console.clean(line(file, now)) + "\u001b[K");
        console.err().flush();
    }

    private String line(Path file, long now) {
        double elapsed = (now - started) / 1e9;
        double media = worked.values().stream()
                .mapToDouble(time -> time.toNanos() / 1e9)
                .sum();
        double share = shares.values().stream().mapToDouble(Double::doubleValue).sum() / files;
        String name = files == 1 ? shortened(String.valueOf(file.getFileName())) : worked.size() + "/" + files;
        String speed = String.format(Locale.ROOT, "%.0f", media / Math.max(elapsed, 1e-3));
        boolean known = !shares.isEmpty() && share > 0;
        if (!known) return console.words(Text.of("progress.unknown", name, MediaTime.print(whole(media)), speed));
        int filled = (int) Math.round(share * BAR);
        String bar = "━".repeat(filled) + "─".repeat(BAR - filled);
        String left = MediaTime.print(whole(elapsed / share - elapsed));
        String percent = String.format(Locale.ROOT, "%3.0f", share * 100);
        return console.words(Text.of("progress.known", name, bar, percent, speed, left));
    }

    private static Duration whole(double seconds) {
        return Duration.ofSeconds(Math.round(Math.max(0, seconds)));
    }

    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
    }

    /** Prints something where the line is, which comes back below it with the next advance. */
    synchronized void above(Runnable printing) {
        clear();
        printing.run();
    }

    synchronized void clear() {
        if (!visible) return;
        visible = false;
        console.err().print("\r\u001b[K");
        console.err().flush();
    }

    @Override
    public void close() {
        clear();
    }
}
