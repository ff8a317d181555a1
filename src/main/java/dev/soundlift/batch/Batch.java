package dev.soundlift.batch;

import dev.soundlift.Soundlift;
import dev.soundlift.batch.Worker.Outcome;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.output.Claims;
import dev.soundlift.output.OutputName;
import dev.soundlift.output.PendingFile;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Failure;
import dev.soundlift.report.Json;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Many files, most often with the same wishes, a bounded number of them at once. Each is planned when its turn comes, so that the first
 * begins at once however many there are, and nothing is kept of those that are done but the names they took.
 */
public final class Batch {
    private final Worker worker;
    private final Worker careful;
    private final int jobs;
    private final Memory memory;
    private final Claims claims = new Claims();
    private final Turns turns = new Turns();

    /** With so many files at once, at least 1, and no memory of earlier runs. */
    public Batch(Soundlift soundlift, int jobs) {
        this(Worker.here(soundlift), Worker.here(soundlift), jobs, Memory.none());
    }

    /**
     * With a memory of earlier runs.
     *
     * @param careful converts the files that earlier runs ended abruptly with
     */
    public Batch(Worker worker, Worker careful, int jobs, Memory memory) {
        this.worker = worker;
        this.careful = careful;
        this.jobs = jobs;
        this.memory = memory;
    }

    /** One of the inputs, and where it stands among them: of two that want one name, the earlier gets it. */
    private record Turn(long number, Input input) {}

    /** Hears how a batch goes. */
    public interface Listener {
        /** An input's turn has come; called from the threads that work. */
        Progress begun(MediaSource input);

        /** Called in the order finished, never by two threads at once: what became of one input. */
        void finished(MediaSource input, List<Outcome> outcomes);
    }

    /**
     * Returns when every input is done or the cancellation was obeyed.
     *
     * @param queue taken from when somebody is free, by one thread at a time
     */
    public void run(Iterator<Input> queue, ExtractionRequest wishes, Cancellation cancellation, Listener listener) {
        long[] numbers = {0};
        Runnable work = () -> {
            while (!cancellation.isRequested()) {
                Optional<Turn> turn = next(queue, numbers);
                if (turn.isEmpty()) return;
                MediaSource source = turn.get().input().source();
                List<Outcome> outcomes = convert(turn.get(), wishes, listener.begun(source), cancellation);
                synchronized (listener) {
                    listener.finished(source, outcomes);
                }
            }
        };
        if (jobs == 1) {
            work.run();
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        try {
            List<Future<?>> workers = IntStream.range(0, jobs)
                    .<Future<?>>mapToObj(i -> pool.submit(work))
                    .toList();
            for (Future<?> started : workers) started.get();
        } catch (InterruptedException stopped) {
            cancellation.request();
            Thread.currentThread().interrupt();
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        } finally {
            pool.shutdown();
        }
    }

    private Optional<Turn> next(Iterator<Input> queue, long[] numbers) {
        synchronized (queue) {
            while (queue.hasNext()) {
                Input input = queue.next();
                if (!isOurs(input)) return Optional.of(new Turn(numbers[0]++, input));
            }
            return Optional.empty();
        }
    }

    /** Whether this run wrote the file, also over another: then it is none of an earlier one, whatever the journal says. */
    public boolean made(Path file) {
        return claims.made(file).isPresent();
    }

    /** Whether a folder that is still being searched has shown us what we put there. */
    private boolean isOurs(Input input) {
        return input.file().filter(file -> claims.made(file).orElse(false)).isPresent();
    }

    /** A fault of ours with one file must not take the others down. */
    private List<Outcome> convert(Turn turn, ExtractionRequest wishes, Progress progress, Cancellation cancellation) {
        MediaSource source = turn.input().source();
        ExtractionRequest request = turn.input().wishes().orElse(wishes).withSource(source);
        try {
            if (turn.input().unusable().isPresent()) {
                return List.of(failed(source, turn.input().unusable().get()));
            }
            Optional<Work> work = memory.work(request);
            if (work.isPresent()) return remembered(turn, work.get(), request, progress, cancellation);
            Books books = books(turn, Optional.empty(), new History());
            return worker.convert(new Worker.Job(request, progress, cancellation, books, Optional.empty()));
        } catch (ExtractionException unusableJournal) {
            return List.of(failed(source, unusableJournal));
        } catch (RuntimeException | Error bug) {
            return List.of(failed(
                    source,
                    new ExtractionException(
                            ErrorKind.BUG, Text.of("error.bug", String.valueOf(bug)), Text.of("next.bug"), bug)));
        } finally {
            turns.done(turn.number());
        }
    }

    private List<Outcome> remembered(
            Turn turn, Work work, ExtractionRequest request, Progress progress, Cancellation cancellation)
            throws ExtractionException {
        History history = memory.history(work);
        Optional<List<Path>> delivered = history.allDelivered(work.key());
        boolean whole =
                delivered.isPresent() && !request.listsBeside(); // else a look shows whether the lists are there
        if (whole && stays(turn, request, delivered.get())) return skipped(request, delivered.get());
        Optional<History.SetAside> aside = history.setAside(work.key()).filter(memory::leavesAside);
        if (aside.isPresent()) throw setAside(aside.get());
        int abruptEnds = history.abruptEnds(work.key());
        Optional<Text> remark = abruptEnds > 0 ? Optional.of(Text.of("warning.ended-abruptly")) : Optional.empty();
        memory.begun(work);
        Books books = books(turn, Optional.of(work), history);
        List<Outcome> outcomes = (abruptEnds > 0 ? careful : worker)
                .convert(new Worker.Job(request, progress, cancellation, books, remark));
        note(work, outcomes);
        return outcomes;
    }

    /** A crash that a file has caused twice is its own doing; a single abrupt end may have had any cause. */
    private void note(Work work, List<Outcome> outcomes) throws ExtractionException {
        List<Failure> failures = outcomes.stream()
                .flatMap(outcome -> outcome.report().failure().stream())
                .toList();
        Optional<Failure> crash = failures.stream()
                .filter(failure -> failure.kind() == ErrorKind.CRASHED)
                .findFirst();
        if (crash.isEmpty()) {
            memory.ended(work, outcomes.size(), failures.size());
            return;
        }
        memory.crashed(work);
        if (memory.history(work).abruptEnds(work.key()) > 1) {
            memory.setAside(
                    work, ErrorKind.CRASHED.label(), crash.get().whatHappened().toString());
        }
    }

    static ExtractionException setAside(History.SetAside aside) {
        return new ExtractionException(
                aside.errorKind(), Text.of("error.set-aside", aside.why()), Text.of("next.set-aside"));
    }

    private Books books(Turn turn, Optional<Work> work, History history) {
        return new Books(claims, turns, turn.number(), memory, work, history, new HashMap<>());
    }

    /** Whether what is there will still be when all earlier inputs are done; only overwriting could take it away. */
    private boolean stays(Turn turn, ExtractionRequest request, List<Path> outputs) throws ExtractionException {
        boolean[] stays = {true};
        Books.inTurn(turns, turn.number(), () -> {
            for (Path output : outputs)
                stays[0] &= claims.take(output, OnExists.FAIL).isPresent();
            stays[0] |= request.destination().onExists() != OnExists.OVERWRITE;
            return stays[0];
        });
        return stays[0];
    }

    /** Without a look into the input: all that it gave is still there. */
    private List<Outcome> skipped(ExtractionRequest request, List<Path> outputs) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Path output : outputs) {
            if (!memory.onlyReads()) PendingFile.tidy(output);
            outcomes.add(outcome(ExtractionReport.skipped(
                    request.source(),
                    Optional.empty(),
                    OutputName.asNamed(request.source(), request.destination(), output),
                    Duration.ZERO)));
        }
        return outcomes;
    }

    private static Outcome failed(MediaSource source, ExtractionException why) {
        return outcome(ExtractionReport.failed(source, Optional.empty(), Optional.empty(), Duration.ZERO, why));
    }

    static Outcome outcome(ExtractionReport report) {
        return new Outcome(report, locale -> Json.report(report, locale));
    }
}
