package dev.soundlift.batch;

import dev.soundlift.batch.Worker.Outcome;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.report.Failure;
import dev.soundlift.report.Status;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Converts what arrives in a folder, when it has stopped growing, for as long as it is let. What was delivered or set
 * aside is remembered by the journal, so it may be ended and begun again at any time.
 *
 * @param leftOut what is not to be converted whatever it is, such as outputs that lie beside their inputs
 * @param memory that resumes
 * @param settle how long a file must not have changed
 * @param retries how often a failure is tried again before the file is set aside
 */
public record Watch(
        Path folder,
        boolean recurse,
        Predicate<Path> leftOut,
        ExtractionRequest wishes,
        Worker worker,
        Worker careful,
        int jobs,
        Memory memory,
        Duration settle,
        int retries) {

    /** Changes are told by the system where it can; this finds those of network folders, which it is not told of. */
    private static final Duration RESCAN = Duration.ofSeconds(5);

    /** The waits between attempts, in times of {@link #settle}; the last is for all that follow. */
    private static final int[] BACK_OFF = {2, 10, 60, 300};

    /** What happened to a file. */
    public enum Event {
        FOUND,
        /** It looks like an output, and none of ours is known by this name: told once. */
        LEFT_OUT,
        CONVERTING,
        RETRY,
        SET_ASIDE,
        GONE,
        /** The watched folder itself cannot be read; what was begun goes on, and it is looked for again. */
        FOLDER_GONE,
        FOLDER_BACK
    }

    /** Hears what happens; never called by two threads at once. */
    public interface Listener {
        /**
         * Called for all but deliveries.
         *
         * @param why of a retry or of what is set aside
         * @param wait until the next attempt
         */
        void happened(Event event, Path file, Optional<Failure> why, Duration wait);

        /** An attempt gave these outcomes, one for each output. */
        void finished(Path file, List<Outcome> outcomes);
    }

    /** Returns when the cancellation was obeyed. */
    public void run(Cancellation cancellation, Listener listener) {
        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        try (FolderChanges changes = FolderChanges.of(folder)) {
            Round round = new Round(pool, cancellation, listener);
            while (!cancellation.isRequested()) {
                boolean expecting = round.look(changes);
                changes.await(expecting ? shorter(settle.dividedBy(2)) : RESCAN, cancellation);
            }
        } catch (InterruptedException stopped) {
            cancellation.request();
            Thread.currentThread().interrupt();
        } finally {
            end(pool);
        }
    }

    private static Duration shorter(Duration time) {
        Duration longest = Duration.ofSeconds(1);
        return time.compareTo(longest) > 0 ? longest : time;
    }

    private static void end(ExecutorService pool) {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(1, TimeUnit.MINUTES)) pool.shutdownNow();
        } catch (InterruptedException hurried) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** What is in the folder, and how far each file has come. */
    private final class Round {
        private final ExecutorService pool;
        private final Cancellation cancellation;
        private final Listener listener;
        private final Map<Path, Arrival> arrivals = new LinkedHashMap<>();
        private final Set<Path> passedOver = new HashSet<>();
        private boolean away;

        Round(ExecutorService pool, Cancellation cancellation, Listener listener) {
            this.pool = pool;
            this.cancellation = cancellation;
            this.listener = listener;
        }

        /** Whether something is about to happen, so that the next look should come soon. */
        boolean look(FolderChanges changes) {
            List<Path> files = files();
            Set<Path> folders = new HashSet<>(Set.of(folder));
            for (Path file : files) folders.add(parent(file));
            changes.alsoIn(folders);
            boolean expecting = false;
            for (Path file : files) expecting |= look(file);
            Set<Path> there = new HashSet<>(files);
            for (Map.Entry<Path, Arrival> arrival : List.copyOf(arrivals.entrySet())) {
                Path file = arrival.getKey();
                if (there.contains(file) || !arrival.getValue().mayBeForgotten()) continue;
                arrivals.remove(file);
                if (arrival.getValue().isExpected()) tell(Event.GONE, file, Optional.empty(), Duration.ZERO);
            }
            return expecting;
        }

        /** None of a folder that cannot be read just now: a network folder may be away for a while. */
        private List<Path> files() {
            if (Files.isReadable(folder) == away) {
                away = !away;
                tell(away ? Event.FOLDER_GONE : Event.FOLDER_BACK, folder, Optional.empty(), Duration.ZERO);
            }
            List<Path> files = new ArrayList<>();
            for (FolderWalk walk = new FolderWalk(folder, recurse); walk.hasNext(); ) {
                walk.next().file().filter(file -> !isLeftOut(file)).ifPresent(files::add);
            }
            return files;
        }

        private boolean isLeftOut(Path file) {
            if (!leftOut.test(file)) return false;
            if (passedOver.add(file) && !memory.wrote(file))
                tell(Event.LEFT_OUT, file, Optional.empty(), Duration.ZERO);
            return true;
        }

        private boolean look(Path file) {
            Arrival arrival = arrivals.get(file);
            if (arrival == null) {
                arrival = new Arrival();
                arrivals.put(file, arrival);
                if (isKnown(file)) arrival.isKnown(file);
            }
            if (arrival.looksNew(file)) tell(Event.FOUND, file, Optional.empty(), Duration.ZERO);
            if (arrival.isReady(file, settle)) {
                arrival.begin();
                Arrival started = arrival;
                pool.execute(() -> convert(file, started));
            }
            return arrival.isExpected();
        }

        /** Our own output, delivered before, or set aside, which is told once. */
        private boolean isKnown(Path file) {
            try {
                if (memory.wrote(file)) return true;
                Optional<Work> work = memory.work(wishes.withSource(new MediaSource.LocalFile(file)));
                if (work.isEmpty()) return false;
                History history = memory.history(work.get());
                Optional<Failure> aside =
                        history.setAside(work.get().key()).map(given -> Failure.of(Batch.setAside(given)));
                if (aside.isPresent()) tell(Event.SET_ASIDE, file, aside, Duration.ZERO);
                return aside.isPresent()
                        || history.allDelivered(work.get().key()).isPresent();
            } catch (ExtractionException unusableJournal) {
                return false; // said when it is to be converted
            }
        }

        private void convert(Path file, Arrival arrival) {
            if (cancellation.isRequested()) return;
            if (memory.wrote(file)) { // made anew of a video that was replaced
                arrival.done();
                return;
            }
            tell(Event.CONVERTING, file, Optional.empty(), Duration.ZERO);
            List<Outcome> outcomes = new ArrayList<>();
            // A batch of its own: the names that an earlier state of the same file took are free to it
            new Batch(worker, careful, 1, memory)
                    .run(List.of(Input.of(file)).iterator(), wishes, cancellation, new Batch.Listener() {
                        @Override
                        public Progress begun(MediaSource begun) {
                            return Progress.NONE;
                        }

                        @Override
                        public void finished(MediaSource done, List<Outcome> given) {
                            outcomes.addAll(given);
                        }
                    });
            Optional<Failure> failure = outcomes.stream()
                    .flatMap(outcome -> outcome.report().failure().stream())
                    .findFirst();
            boolean interrupted =
                    failure.filter(why -> why.kind() == ErrorKind.INTERRUPTED).isPresent();
            boolean news =
                    outcomes.stream().anyMatch(outcome -> outcome.report().status() != Status.SKIPPED);
            if (news && !interrupted) {
                synchronized (listener) {
                    listener.finished(file, outcomes);
                }
            }
            settle(file, arrival, failure);
        }

        private void settle(Path file, Arrival arrival, Optional<Failure> failure) {
            if (failure.isEmpty()) {
                arrival.done();
                return;
            }
            int attempts = arrival.failed();
            if (attempts > retries || isFinal(failure.get().kind())) {
                setAside(file, failure.get());
                arrival.done();
                tell(Event.SET_ASIDE, file, failure, Duration.ZERO);
                return;
            }
            Duration wait = settle.multipliedBy(BACK_OFF[Math.min(attempts, BACK_OFF.length) - 1]);
            arrival.retryAfter(wait);
            if (failure.get().kind() != ErrorKind.INTERRUPTED) tell(Event.RETRY, file, failure, wait);
        }

        /** What another attempt cannot change, as long as nobody does something about it. */
        private boolean isFinal(ErrorKind kind) {
            return kind == ErrorKind.OUTPUT_EXISTS || kind == ErrorKind.OUTPUT_IS_INPUT || kind == ErrorKind.USAGE;
        }

        /** Names that are taken may be free the next time; the rest is remembered beyond this run. */
        private void setAside(Path file, Failure failure) {
            if (isFinal(failure.kind()) || failure.kind() == ErrorKind.INTERRUPTED) return;
            try {
                Optional<Work> work = memory.work(wishes.withSource(new MediaSource.LocalFile(file)));
                if (work.isPresent()) {
                    memory.setAside(
                            work.get(),
                            failure.kind().label(),
                            failure.whatHappened().toString());
                }
            } catch (ExtractionException unusableJournal) {
                return; // then it is tried again after a restart, which does no harm
            }
        }

        private void tell(Event event, Path file, Optional<Failure> why, Duration wait) {
            synchronized (listener) {
                listener.happened(event, file, why, wait);
            }
        }
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }

    /** Said at the start. */
    public Text announcement() {
        return Text.of("watch.watching", folder.toString());
    }
}
