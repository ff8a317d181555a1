package dev.soundlift.cli;

import dev.soundlift.engine.Progress;
import dev.soundlift.media.MediaSource;
import dev.soundlift.request.MediaTime;
import dev.soundlift.text.Text;
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
    private final FileCount files;
    private final boolean shown;
    private final boolean speaks;
    private final long started = System.nanoTime();
    private final Map<MediaSource, State> current = new LinkedHashMap<>();
    private double finishedSeconds;
    private int finished;
    private int passedOver;
    private long lastShown;
    private boolean visible;
    /** What is done where no media is worked on. */
    private Optional<String> stage = Optional.empty();

    /** How far one file is; a share of 0 where its length is not known. */
    private record State(double seconds, double share) {}

    ProgressLine(Console console, FileCount files, boolean wanted) {
        this.console = console;
        this.files = files;
        this.shown = wanted && console.terminal();
        this.speaks = wanted;
    }

    Progress listener(MediaSource file) {
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

    private synchronized void advanced(MediaSource file, Duration done, Optional<Duration> total) {
        double share = total.filter(whole -> !whole.isZero())
                .map(whole -> Math.min(1, done.toNanos() / (double) whole.toNanos()))
                .orElse(0.0);
        stage = Optional.empty();
        current.put(file, new State(done.toNanos() / 1e9, share));
        long now = System.nanoTime();
        if (now - lastShown >= INTERVAL_NANOS) show(line(now), now);
    }

    private synchronized void stage(MediaSource file, Text words) {
        String line = shortened(lastPart(file.displayName()), LONGEST_NAME) + "  " + console.words(words);
        stage = Optional.of(line);
        long now = System.nanoTime();
        if (now - lastShown >= INTERVAL_NANOS) show(line, now);
    }

    /** What is too long for the terminal is cut off by it (DECAWM): a line that wraps could not be taken back. */
    private void show(String line, long now) {
        lastShown = now;
        visible = true;
        console.err().print("\r\u001b[?7l" + Console.clean(line) + "\u001b[K\u001b[?7h");
        console.err().flush();
    }

    /** A file is done with; one that was only passed over says nothing of how long the others take. */
    synchronized void finished(MediaSource file, boolean worked) {
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
        long all = files.atLeast(finished + current.size());
        boolean single = all == 1 && files.isComplete();
        double share = (finished + begun) / Math.max(1, all);
        String speed = String.format(Locale.ROOT, "%.0f", seconds / Math.max(elapsed, 1e-3));
        if (share <= 0)
            return console.words(Text.of("progress.unknown", names(), MediaTime.print(whole(seconds)), speed));
        int filled = (int) Math.round(share * BAR);
        String bar = "━".repeat(filled) + "─".repeat(BAR - filled);
        double worked = finished - passedOver + begun;
        double toDo = all - passedOver - worked;
        String left = worked > 0 && files.isComplete() ? MediaTime.print(whole(elapsed / worked * toDo)) : "?";
        String percent = String.format(Locale.ROOT, "%3.0f", share * 100);
        String name = single ? names() : finished + "/" + all + (files.isComplete() ? "" : "+");
        String line = console.words(Text.of("progress.known", name, bar, percent, speed, left));
        return single ? line : line + "  " + names();
    }

    private String names() {
        int longest = current.size() == 1 ? LONGEST_NAME : SHORT_NAME;
        return current.keySet().stream()
                .limit(2)
                .map(file -> shortened(lastPart(file.displayName()), longest))
                .collect(Collectors.joining(", ", "", current.size() > 2 ? ", …" : ""));
    }

    private static String lastPart(String name) {
        int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        return slash == name.length() - 1 ? name : name.substring(slash + 1);
    }

    private static Duration whole(double seconds) {
        return Duration.ofSeconds(Math.round(Math.max(0, seconds)));
    }

    /** From the middle, because names of a series differ at the end. */
    private static String shortened(String name, int longest) {
        int length = name.codePointCount(0, name.length());
        if (length <= longest) return name;
        int tail = longest / 2;
        return name.substring(0, name.offsetByCodePoints(0, longest - 1 - tail))
                + "…"
                + name.substring(name.offsetByCodePoints(name.length(), -tail));
    }

    /** Prints something where the line is, which comes back below it. */
    synchronized void above(Runnable printing) {
        boolean again = visible;
        clear();
        printing.run();
        long now = System.nanoTime();
        if (again) show(stage.orElseGet(() -> line(now)), now);
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
