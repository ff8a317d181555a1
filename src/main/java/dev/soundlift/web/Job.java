package dev.soundlift.web;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.media.MediaSource;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A conversion that a page has asked for. Its state is guarded by itself. */
final class Job {
    /** The stable names of what a page hears. */
    enum State {
        WAITING,
        RUNNING,
        DONE,
        CANCELLED,
        /** With all that it made. */
        REMOVED
    }

    private static final AtomicLong NUMBERS = new AtomicLong();

    final long number = NUMBERS.incrementAndGet();
    final String id;
    final String page;
    /** Of the visitor, when it was last asked for or about. */
    volatile Locale locale;

    final ExtractionRequest request;
    final Path folder;
    final Cancellation cancellation = new Cancellation();

    private State state = State.WAITING;
    private Duration done = Duration.ZERO;
    private Optional<Duration> total = Optional.empty();
    private Optional<Text> said = Optional.empty();
    private long startedNanos;
    private long toldNanos;
    private List<ExtractionReport> reports = List.of();
    private @Nullable Instant ended;

    Job(String id, String page, Locale locale, ExtractionRequest request, Path folder) {
        this.id = id;
        this.page = page;
        this.locale = locale;
        this.request = request;
        this.folder = folder;
    }

    synchronized State state() {
        return state;
    }

    /** Says no where it was stopped before. */
    synchronized boolean start() {
        if (state != State.WAITING) return false;
        state = State.RUNNING;
        startedNanos = System.nanoTime();
        return true;
    }

    /** Asks it to end; where it has not begun, that is the end of it, and the answer is yes. */
    synchronized boolean stop(Instant now) {
        cancellation.request();
        if (state != State.WAITING) return false;
        state = State.CANCELLED;
        ended = now;
        return true;
    }

    /** Hears how far it is, and says whether enough time has gone by to tell the page. */
    synchronized boolean advanced(Duration so, Optional<Duration> all, Duration pause) {
        done = so;
        total = all;
        said = Optional.empty();
        return isTimeToTell(pause);
    }

    /** The same of what cannot be counted. */
    synchronized boolean says(Text words, Duration pause) {
        said = Optional.of(words);
        return isTimeToTell(pause);
    }

    private boolean isTimeToTell(Duration pause) {
        long now = System.nanoTime();
        if (toldNanos != 0 && now - toldNanos < pause.toNanos()) return false;
        toldNanos = now;
        return true;
    }

    synchronized void end(List<ExtractionReport> outcome, Instant now) {
        reports = List.copyOf(outcome);
        state = cancellation.isRequested() ? State.CANCELLED : State.DONE;
        ended = now;
    }

    /** Says no where it has not ended yet. */
    synchronized boolean remove() {
        if (ended == null) return false;
        state = State.REMOVED;
        reports = List.of();
        return true;
    }

    /** Of what it has made. */
    long bytes() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | UncheckedIOException none) {
            return 0;
        }
    }

    synchronized boolean isEndedBefore(Instant moment) {
        return ended().isBefore(moment);
    }

    /** Whether it needs its page, which may be silent. */
    synchronized boolean isWaitingFor(Predicate<String> silent) {
        return state == State.RUNNING && request.source() instanceof MediaSource.Handed && silent.test(page);
    }

    synchronized Instant ended() {
        return ended == null ? Instant.MAX : ended;
    }

    synchronized List<ExtractionReport> reports() {
        return reports;
    }

    /** What a progress bar shows. */
    record Progress(State state, Duration done, Optional<Duration> total, Optional<Text> said, Duration running) {}

    synchronized Progress progress() {
        Duration running = startedNanos == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - startedNanos);
        return new Progress(state, done, total, said, running);
    }
}
