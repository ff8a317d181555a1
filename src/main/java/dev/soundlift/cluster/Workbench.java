package dev.soundlift.cluster;

import dev.soundlift.Soundlift;
import dev.soundlift.batch.Inputs;
import dev.soundlift.batch.ManifestLine;
import dev.soundlift.cli.CallWishes;
import dev.soundlift.cluster.Notes.Known;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.output.TemporaryFolder;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Status;
import dev.soundlift.request.Destination;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import dev.soundlift.source.Access;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Does one item after the other: made and verified in a folder of this machine, then given its name in the store. Whatever
 * becomes of an item is a row; only a store that does not answer ends the work. Not thread-safe.
 */
final class Workbench implements AutoCloseable {
    /** So many executors may an item end before it is left alone. */
    private static final int MOST_ENDS = 2;

    private final JobWords job;
    private final CallWishes wishes;
    private final Store store;
    private final Notes notes;
    private final Cancellation cancellation = new Cancellation();
    /** A process that is told to end, by Ctrl-C or by whoever shares out the machines, has not died of the item in hand. */
    private final Thread ending = new Thread(this::putDown);

    /** Held by whoever tells the store of the item in hand, the task or the process's end: one waits for the other. */
    private final Object telling = new Object();

    private Optional<InHand> inHand = Optional.empty();

    /** @param begun how often before */
    private record InHand(Item item, int begun) {}

    Workbench(JobWords job, String run) throws ExtractionException {
        this(job, Store.of(job.output()), Patient.PATIENCE, run);
    }

    /** @param patience with a store that does not answer */
    Workbench(JobWords job, Store store, Duration patience, String run) throws ExtractionException {
        this.job = job;
        this.wishes = job.call();
        this.store = new Patient(store, patience, cancellation::isRequested);
        this.notes = new Notes(this.store, run, job.retryFailed(), job.table());
        Runtime.getRuntime().addShutdownHook(ending);
    }

    /** Nobody wants the rows any more. May be called by any thread. */
    void cancel() {
        cancellation.request();
    }

    /** One for each output, or one that says why there is none. Throws where it was cancelled. */
    List<String> rows(Item item) throws IOException {
        requireWanted();
        Known known = notes.of(item);
        if (known.rows().isPresent()) return known.rows().get();
        if (known.begun() >= MOST_ENDS) {
            List<String> rows = List.of(Row.failed(item, Duration.ZERO, setAside()));
            notes.done(item, rows);
            return rows;
        }
        try {
            takeUp(item, known.begun());
            List<String> rows = attempt(item);
            finish(item, rows);
            return rows;
        } catch (IOException noAnswer) {
            putBack(noAnswer);
            throw noAnswer;
        }
    }

    private void takeUp(Item item, int begun) throws IOException {
        synchronized (telling) {
            requireWanted();
            inHand = Optional.of(new InHand(item, begun));
            notes.begin(item, begun + 1);
        }
    }

    private void finish(Item item, List<String> rows) throws IOException {
        synchronized (telling) {
            requireWanted();
            notes.done(item, rows);
            inHand = Optional.empty();
        }
    }

    /** While the process ends. */
    void putDown() {
        cancellation.request();
        putBack(new IOException("the process ends"));
    }

    private void requireWanted() throws InterruptedIOException {
        if (cancellation.isRequested()) throw new InterruptedIOException("cancelled");
    }

    /** A store that does not answer ends the task, or the job's owner does, but no process: that is not the item's fault. */
    private void putBack(IOException why) {
        synchronized (telling) {
            Optional<InHand> held = inHand;
            inHand = Optional.empty();
            try {
                if (held.isPresent()) notes.begin(held.get().item(), held.get().begun());
            } catch (IOException still) {
                why.addSuppressed(still);
            }
        }
    }

    /** The rows of a whole task. */
    void close(String task, List<Item> items, List<String> rows) throws IOException {
        notes.close(task, items, rows);
    }

    private static ExtractionException setAside() {
        return new ExtractionException(
                ErrorKind.CRASHED,
                Text.of("error.cluster-set-aside", Integer.toString(MOST_ENDS)),
                Text.of("next.cluster-set-aside"));
    }

    private List<String> attempt(Item item) throws IOException {
        long started = System.nanoTime();
        try (TemporaryFolder folder = TemporaryFolder.open()) {
            ExtractionRequest request = request(item, folder.path());
            OnExists onExists = request.destination().onExists();
            Soundlift soundlift = soundlift(item, request);
            List<ExtractionReport> reports = soundlift.extract(
                    request.withDestination(
                            new Destination(request.destination().output(), OnExists.FAIL)),
                    Progress.NONE,
                    cancellation);
            return given(item, folder.path(), reports, onExists);
        } catch (ExtractionException failed) {
            return List.of(Row.failed(item, since(started), failed));
        } catch (FileSystemException unfit) {
            // A name or a disk; whether the store is there is seen by the note that follows
            return List.of(Row.failed(item, since(started), notWritable(unfit)));
        } catch (RuntimeException | Error bug) { // one item's, which must not take the task with it
            return List.of(Row.failed(
                    item,
                    since(started),
                    new ExtractionException(
                            ErrorKind.BUG, Text.of("error.bug", String.valueOf(bug)), Text.of("next.bug"), bug)));
        }
    }

    private static ExtractionException notWritable(FileSystemException unfit) {
        String why = unfit.getReason() == null ? unfit.getClass().getSimpleName() : unfit.getReason();
        return new ExtractionException(
                ErrorKind.NOT_WRITABLE,
                Text.of("error.not-writable", String.valueOf(unfit.getFile()), why),
                Text.of("next.not-writable"),
                unfit);
    }

    private static Duration since(long startedNanos) {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    private Soundlift soundlift(Item item, ExtractionRequest request) throws ExtractionException {
        // Where an object store stands is the operator's to say; where an address leads, a stranger's
        boolean anywhere = job.allowPrivate() || item.input().startsWith("s3://");
        return Soundlift.with(request.engine(), new Access(anywhere, Access.DEFAULT.mostBytes()));
    }

    private ExtractionRequest request(Item item, Path folder) throws ExtractionException, IOException {
        ExtractionRequest request = wishes.request(item.options());
        JobWords.requireSense(request);
        MediaSource source = source(item.input());
        Optional<String> own = request.destination().output();
        Path place = folder.resolve(own.orElseGet(() -> mirrored(item.input()) + "/"))
                .normalize();
        if (!place.startsWith(folder) || place.equals(folder)) {
            throw leadsOut(own.orElse(item.name()));
        }
        boolean inside = own.isEmpty() || own.get().endsWith("/");
        Files.createDirectories(inside ? place : Objects.requireNonNull(place.getParent()));
        return request.withSource(source)
                .withDestination(new Destination(
                        Optional.of(place + (inside ? "/" : "")),
                        request.destination().onExists()));
    }

    private static ExtractionException leadsOut(String name) {
        return new ExtractionException(
                ErrorKind.USAGE, Text.of("error.cluster-outside", name), Text.of("next.cluster-outside"));
    }

    private static MediaSource source(String input) throws ExtractionException {
        if (input.startsWith("s3://"))
            return new MediaSource.RemoteUrl(S3Access.shared().readable(input));
        if (!input.contains("://")) return new MediaSource.LocalFile(Inputs.one(input));
        return CallWishes.address(input);
    }

    /** What reports call the input of a line: where it cannot be told without secrets, the line. */
    static String shown(ManifestLine line, String list) {
        String input = line.input();
        String place = list + ":" + line.number();
        if (line.fault().isPresent()) return line.isListed() ? place : input;
        if (!input.contains("://")) return input;
        try {
            if (!input.startsWith("s3://")) return CallWishes.address(input).displayName();
            S3Access.Place.of(input);
            return input;
        } catch (ExtractionException noAddress) {
            return place;
        }
    }

    /** The folders that an input lies in, under its bucket or server: of many inputs hardly two are called the same. */
    static String mirrored(String input) {
        String path = input;
        try {
            if (input.matches("https?://.*")) {
                URI address = new URI(input.replace(' ', '+'));
                path = address.getHost() + address.getPath();
            }
        } catch (URISyntaxException odd) {
            path = input.replaceFirst("\\?.*", "");
        }
        String bare = path.replaceFirst("^s3://", "").replace('\\', '/').replaceFirst("[^/]*$", "");
        String safe = Stream.of(bare.split("/"))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .map(part -> part.equals("..") ? "_" : part.replace(':', '_'))
                .collect(Collectors.joining("/"));
        return safe.isEmpty() ? "files" : safe;
    }

    /** Gives all files that were made their names, and tells of each report what became of its own. */
    private List<String> given(Item item, Path folder, List<ExtractionReport> reports, OnExists onExists)
            throws IOException {
        List<String> rows = new ArrayList<>();
        for (ExtractionReport report : reports) {
            if (report.status() == Status.FAILED) {
                rows.add(Row.of(item, report, Optional.empty(), List.of()));
                continue;
            }
            Path output = report.output().orElseThrow();
            List<Path> files = new ArrayList<>(
                    report.delivered().map(made -> made.alsoWritten()).orElse(List.of()));
            files.add(output);
            Optional<Path> outside = outside(folder, files);
            if (outside.isPresent()) {
                rows.add(Row.failed(
                        item, report.elapsed(), leadsOut(outside.get().toString())));
                continue;
            }
            List<String> names = files.stream()
                    .map(file -> folder.relativize(file.normalize()).toString().replace('\\', '/'))
                    .toList();
            Optional<String> taken = Optional.empty();
            boolean skipped = false;
            for (int i = 0; i < files.size(); i++) {
                String name = names.get(i);
                Store.Given given = store.give(files.get(i), name, item.key(), onExists == OnExists.OVERWRITE);
                if (given == Store.Given.OTHER && onExists == OnExists.SKIP) skipped = true;
                else if (given == Store.Given.OTHER) taken = Optional.of(store.called(name));
            }
            List<String> called = names.stream().map(store::called).toList();
            Optional<String> name = Optional.of(called.get(called.size() - 1));
            if (taken.isPresent()) {
                rows.add(Row.failed(item, report.elapsed(), exists(taken.get())));
            } else if (skipped) {
                rows.add(Row.of(
                        item,
                        ExtractionReport.skipped(report.input(), report.plan(), output, report.elapsed()),
                        name,
                        List.of()));
            } else {
                rows.add(Row.of(item, report, name, called.subList(0, called.size() - 1)));
            }
        }
        return rows;
    }

    /** One that a template led out of the folder, after all of them are deleted. */
    private static Optional<Path> outside(Path folder, List<Path> files) throws IOException {
        Optional<Path> first = files.stream()
                .filter(file -> !file.normalize().startsWith(folder))
                .findFirst();
        if (first.isPresent()) for (Path file : files) Files.deleteIfExists(file);
        return first;
    }

    private static ExtractionException exists(String name) {
        return new ExtractionException(
                ErrorKind.OUTPUT_EXISTS, Text.of("error.cluster-exists", name), Text.of("next.cluster-exists"));
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException itEnds) {
            return; // and needs the store once more
        }
        store.close();
    }
}
