package dev.soundlift.batch;

import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.output.Claims;
import dev.soundlift.output.PendingFile;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Status;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The same wishes for many files, a bounded number of them at once. Each is planned when its turn comes, so that the first
 * begins at once however many there are, and nothing is kept of those that are done but the names they took.
 */
public final class Batch {
    private final Soundlift soundlift;
    private final int jobs;
    private final Memory memory;
    private final Claims claims = new Claims();
    private final Turns turns = new Turns();

    /** With so many files at once, at least 1. */
    public Batch(Soundlift soundlift, int jobs) {
        this(soundlift, jobs, Memory.none());
    }

    public Batch(Soundlift soundlift, int jobs, Memory memory) {
        this.soundlift = soundlift;
        this.jobs = jobs;
        this.memory = memory;
    }

    /** One of the files, and where it stands among them: of two that want one name, the earlier gets it. */
    private record Turn(long number, Path file) {}

    /** Hears how a batch goes. */
    public interface Listener {
        /** A file's turn has come; called from the threads that work. */
        Progress begun(Path file);

        /** Called in the order finished, never by two threads at once: the reports of one file. */
        void finished(Path file, List<ExtractionReport> reports);
    }

    /** Returns when every file is done or the cancellation was obeyed. */
    public void run(List<Path> files, ExtractionRequest wishes, Cancellation cancellation, Listener listener) {
        Iterator<Path> queue = files.iterator();
        long[] numbers = {0};
        Runnable worker = () -> {
            for (Optional<Turn> turn = next(queue, numbers);
                    turn.isPresent() && !cancellation.isRequested();
                    turn = next(queue, numbers)) {
                Path file = turn.get().file();
                List<ExtractionReport> reports = convert(turn.get(), wishes, listener.begun(file), cancellation);
                synchronized (listener) {
                    listener.finished(file, reports);
                }
            }
        };
        if (jobs == 1 || files.size() == 1) {
            worker.run();
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        try {
            List<Future<?>> workers = IntStream.range(0, Math.min(jobs, files.size()))
                    .<Future<?>>mapToObj(i -> pool.submit(worker))
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

    private static Optional<Turn> next(Iterator<Path> queue, long[] numbers) {
        synchronized (queue) {
            return queue.hasNext() ? Optional.of(new Turn(numbers[0]++, queue.next())) : Optional.empty();
        }
    }

    /** A fault of ours with one file must not take the others down. */
    private List<ExtractionReport> convert(
            Turn turn, ExtractionRequest wishes, Progress progress, Cancellation cancellation) {
        MediaSource source = new MediaSource.LocalFile(turn.file());
        ExtractionRequest request = wishes.withSource(source);
        try {
            Optional<Work> work = memory.work(turn.file(), request);
            return work.isPresent()
                    ? remembered(turn, work.get(), request, progress, cancellation)
                    : soundlift.extract(request, progress, cancellation, books(turn, Optional.empty(), new History()));
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

    private List<ExtractionReport> remembered(
            Turn turn, Work work, ExtractionRequest request, Progress progress, Cancellation cancellation)
            throws ExtractionException {
        History history = memory.history(work);
        Optional<List<Path>> delivered = history.allDelivered(work.key());
        if (delivered.isPresent()) return skipped(turn, request, delivered.get());
        int abruptEnds = history.abruptEnds(work.key());
        memory.begun(work);
        List<ExtractionReport> reports =
                soundlift.extract(request, progress, cancellation, books(turn, Optional.of(work), history));
        long failed = reports.stream()
                .filter(report -> report.status() == Status.FAILED)
                .count();
        memory.ended(work, reports.size(), (int) failed);
        if (abruptEnds == 0) return reports;
        Text remark = Text.of("warning.ended-abruptly");
        return reports.stream().map(report -> report.withRemark(remark)).toList();
    }

    private Books books(Turn turn, Optional<Work> work, History history) {
        return new Books(claims, turns, turn.number(), memory, work, history);
    }

    /** Without a look into the input: all that it gave is still there. */
    private List<ExtractionReport> skipped(Turn turn, ExtractionRequest request, List<Path> outputs)
            throws ExtractionException {
        List<ExtractionReport> reports = new ArrayList<>();
        Books.inTurn(turns, turn.number(), () -> outputs.forEach(output -> claims.take(output, OnExists.FAIL)));
        for (Path output : outputs) {
            PendingFile.tidy(output);
            reports.add(ExtractionReport.skipped(
                    request.source(), Optional.empty(), asNamed(request.source(), output), Duration.ZERO));
        }
        return reports;
    }

    /** The journal knows absolute names; beside an input that was named relatively, the output is named so too. */
    private static Path asNamed(MediaSource source, Path output) {
        Path input = ((MediaSource.LocalFile) source).path();
        Path beside = input.resolveSibling(output.getFileName());
        return beside.toAbsolutePath().normalize().equals(output) ? beside : output;
    }

    private static ExtractionReport failed(MediaSource source, ExtractionException why) {
        return ExtractionReport.failed(source, Optional.empty(), Optional.empty(), Duration.ZERO, why);
    }
}
