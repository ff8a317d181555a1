package dev.soundlift.batch;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.output.Writer;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a batch uses the journal: whether it only writes it, for later runs, or also goes by it. Thread-safe.
 *
 * <p>A batch that goes by the journal needs it; for one that only writes it, a journal that cannot be written is worth a
 * remark and no more.
 */
public final class Memory {
    private final Optional<Journal> journal;
    private final String version;
    private final Use use;
    private final boolean byContent;
    private final Consumer<Text> remarks;
    private volatile boolean broken;

    private enum Use {
        WRITES,
        RESUMES,
        /** As a run that resumes, for one that does nothing. */
        READS,
        /** Whatever was set aside stays so until it changes. */
        WATCHES
    }

    private Memory(Optional<Journal> journal, String version, Use use, boolean byContent, Consumer<Text> remarks) {
        this.journal = journal;
        this.version = version;
        this.use = use;
        this.byContent = byContent;
        this.remarks = remarks;
    }

    /** No journal at all. */
    public static Memory none() {
        return new Memory(Optional.empty(), "", Use.WRITES, false, remark -> {});
    }

    /** Writes down what is done. */
    public static Memory writing(Journal journal, String version, Consumer<Text> remarks) {
        return new Memory(Optional.of(journal), version, Use.WRITES, false, remarks);
    }

    /**
     * Also goes by what is written.
     *
     * @param byContent whether an input is known by its content instead of its date
     */
    public static Memory resuming(Journal journal, String version, boolean byContent) {
        return new Memory(Optional.of(journal), version, Use.RESUMES, byContent, remark -> {});
    }

    /** As {@link #resuming}, for a run that only says what it would do. */
    public static Memory reading(Journal journal, String version, boolean byContent) {
        return new Memory(Optional.of(journal), version, Use.READS, byContent, remark -> {});
    }

    /** As {@link #resuming}, and whatever was set aside stays so until it changes. */
    public static Memory watching(Journal journal, String version, boolean byContent) {
        return new Memory(Optional.of(journal), version, Use.WATCHES, byContent, remark -> {});
    }

    /** Whether nothing at all is to be changed. */
    boolean onlyReads() {
        return use == Use.READS;
    }

    /** Whether a file that was set aside for this reason is not to be tried again. */
    boolean leavesAside(History.SetAside aside) {
        return use == Use.WATCHES || aside.kind().equals(ErrorKind.CRASHED.label());
    }

    /** Whether a file is an output of an earlier run, as that run left it; nobody's where the journal is not asked. */
    boolean wrote(Path file) {
        if (journal.isEmpty() || use == Use.WRITES) return false;
        try {
            return journal.get().inputOf(file.toAbsolutePath().normalize()).isPresent();
        } catch (IOException unreadable) {
            return false; // which is told as soon as something is to be done
        }
    }

    /** What is to be done, and nothing for an input that cannot be looked at: that is the extraction's to tell. */
    Optional<Work> work(ExtractionRequest request) {
        if (journal.isEmpty()) return Optional.empty();
        if (request.source() instanceof MediaSource.RemoteUrl address) {
            return Optional.of(Work.of(address.uri(), request, version));
        }
        if (!(request.source() instanceof MediaSource.LocalFile local)) return Optional.empty();
        try {
            return Files.isRegularFile(local.path())
                    ? Optional.of(Work.of(local.path(), request, version, byContent))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** What earlier runs say of it; of nothing where they are not asked. */
    History history(Work work) throws ExtractionException {
        if (journal.isEmpty() || use == Use.WRITES) return new History();
        try {
            return journal.get().of(work.input());
        } catch (IOException unreadable) {
            throw unusable(unreadable);
        }
    }

    void begun(Work work) throws ExtractionException {
        Map<String, Object> entry = work.entry("begun");
        entry.put("process", Writer.self());
        write(List.of(work.input()), entry, false);
    }

    /** Written before the file gets its name: if this is the last that we do, it is known by its size and date. */
    void delivering(Work work, String made, Path target, Path name, Path pending) throws ExtractionException {
        Map<String, Object> entry = work.entry("delivered");
        entry.put("made", made);
        entry.put("target", target.toAbsolutePath().normalize());
        entry.put("output", name.toAbsolutePath().normalize());
        try {
            entry.put("outputBytes", Files.size(pending));
            entry.put("outputModifiedNanos", Work.modified(pending));
        } catch (IOException gone) {
            throw unusable(gone);
        }
        write(List.of(work.input(), name.toAbsolutePath().normalize()), entry, true);
    }

    void ended(Work work, int outputs, int failed) throws ExtractionException {
        write(List.of(work.input()), shortEntry(work, "ended", Map.of("outputs", outputs, "failed", failed)), false);
    }

    void crashed(Work work) throws ExtractionException {
        write(List.of(work.input()), shortEntry(work, "crashed", Map.of()), false);
    }

    void setAside(Work work, String kind, String why) throws ExtractionException {
        write(List.of(work.input()), shortEntry(work, "set-aside", Map.of("kind", kind, "why", why)), false);
    }

    private static Map<String, Object> shortEntry(Work work, String event, Map<String, ?> more) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("event", event);
        entry.put("key", work.key());
        entry.put("input", work.input());
        entry.putAll(more);
        return entry;
    }

    private void write(List<Path> about, Map<String, ?> entry, boolean durable) throws ExtractionException {
        if (journal.isEmpty() || broken || use == Use.READS) return;
        try {
            journal.get().write(about, entry, durable);
        } catch (IOException refused) {
            ExtractionException why = unusable(refused);
            if (use != Use.WRITES) throw why;
            if (!broken) remarks.accept(why.whatHappened());
            broken = true;
        }
    }

    private static ExtractionException unusable(IOException cause) {
        return new ExtractionException(
                ErrorKind.NOT_WRITABLE,
                Text.of("error.journal", String.valueOf(cause)),
                Text.of("next.journal"),
                cause);
    }
}
