package dev.soundlift.cli;

import dev.soundlift.engine.Progress;
import dev.soundlift.request.MediaTime;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One line on a terminal that tells how far the whole work is; nothing in a pipe. */
final class ProgressLine implements AutoCloseable {
    private static final long INTERVAL_NANOS = 100_000_000;
    private static final int BAR = 20;
    private static final int LONGEST_NAME = 30;
    private static final int SHORT_NAME = 16;

    private final Console console;
    private final int files;
    private final boolean shown;
    private final boolean speaks;
    private final long started = System.nanoTime();
    private final Map<Path, State> current = new LinkedHashMap<>();
    private double finishedSeconds;
    private int finished;
    private int passedOver;
    private long lastShown;
    private boolean visible;

    /** How far one file is; a share of 0 where its length is not known. */
    private record State(double seconds, double share) {}

    ProgressLine(Console console, int files, boolean wanted) {
        this.console = console;
        this.files = files;
        this.shown = wanted && console.terminal();
        this.speaks = wanted;
    }

    Progress listener(Path file) {
        if (!speaks) return Progress.NONE;
        return new Progress() {
            @Override
            public void advanced(Duration done, Optional<Duration> total) {
                if (shown) ProgressLine.this.advanced(file, done, total);
            }

            @Override
            public void stage(Text words) {
                if (shown) ProgressLine.this.stage(file, words);
            }

            @Override
            public void says(Text words) {
                above(() -> console.say(words));
            }
        };
    }

    private synchronized void advanced(Path file, Duration done, Optional<Duration> total) {
        double share = total.filter(whole -> !whole.isZero())
                .map(whole -> Math.min(1, done.toNanos() / (double) whole.toNanos()))
                .orElse(0.0);
        current.put(file, new State(done.toNanos() / 1e9, share));
        long now = System.nanoTime();
        if (now - lastShown >= INTERVAL_NANOS) show(line(now), now);
    }

    private synchronized void stage(Path file, Text words) {
        long now = System.nanoTime();
        if (now - lastShown < INTERVAL_NANOS) return;
        String name = shortened(String.valueOf(file.getFileName()), LONGEST_NAME);
        show(name + "  " + console.words(words), now);
    }

    private void show(String line, long now) {
        lastShown = now;
        visible = true;
        console.err().print("\r" + Console.clean(line) + "\u001b[K");
        console.err().flush();
    }

    /** A file is done with; one that was only passed over says nothing of how long the others take. */
    synchronized void finished(Path file, boolean worked) {
        State state = current.remove(file);
        if (state != null) finishedSeconds += state.seconds();
        finished++;
        if (!worked) passedOver++;
    }

    private String line(long now) {
        double elapsed = (now - started) / 1e9;
        double seconds = finishedSeconds
                + current.values().stream().mapToDouble(State::seconds).sum();
        double begun = current.values().stream().mapToDouble(State::share).sum();
        double share = (finished + begun) / files;
        String speed = String.format(Locale.ROOT, "%.0f", seconds / Math.max(elapsed, 1e-3));
        if (share <= 0)
            return console.words(Text.of("progress.unknown", names(), MediaTime.print(whole(seconds)), speed));
        int filled = (int) Math.round(share * BAR);
        String bar = "━".repeat(filled) + "─".repeat(BAR - filled);
        double worked = finished - passedOver + begun;
        double toDo = files - passedOver - worked;
        String left = worked > 0 ? MediaTime.print(whole(elapsed / worked * toDo)) : "?";
        String percent = String.format(Locale.ROOT, "%3.0f", share * 100);
        String name = files == 1 ? names() : finished + "/" + files;
        String line = console.words(Text.of("progress.known", name, bar, percent, speed, left));
        return files == 1 ? line : line + "  " + names();
    }

    private String names() {
        int longest = current.size() == 1 ? LONGEST_NAME : SHORT_NAME;
        return current.keySet().stream()
                .limit(2)
                .map(file -> shortened(String.valueOf(file.getFileName()), longest))
                .collect(Collectors.joining(", ", "", current.size() > 2 ? ", …" : ""));
    }

    private static Duration whole(double seconds) {
        return Duration.ofSeconds(Math.round(Math.max(0, seconds)));
    }

    private static String shortened(String name, int longest) {
        return name.codePointCount(0, name.length()) <= longest
                ? name
                : name.substring(0, name.offsetByCodePoints(0, longest - 1)) + "…";
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
