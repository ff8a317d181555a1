package dev.soundlift.batch;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.output.Writer;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final boolean resume;
    private final boolean byContent;
    private final boolean patient;
    private final Consumer<Text> remarks;
    private volatile boolean broken;

    private Memory(
            Optional<Journal> journal,
            String version,
            boolean resume,
            boolean byContent,
            boolean patient,
            Consumer<Text> remarks) {
        this.journal = journal;
        this.version = version;
        this.resume = resume;
        this.byContent = byContent;
        this.patient = patient;
        this.remarks = remarks;
    }

    /** No journal at all. */
    public static Memory none() {
        return new Memory(Optional.empty(), "", false, false, false, remark -> {});
    }

    /** Writes down what is done. */
    public static Memory writing(Journal journal, String version, Consumer<Text> remarks) {
        return new Memory(Optional.of(journal), version, false, false, false, remarks);
    }

    /**
     * Also goes by what is written.
     *
     * @param byContent whether an input is known by its content instead of its date
     */
    public static Memory resuming(Journal journal, String version, boolean byContent) {
        return new Memory(Optional.of(journal), version, true, byContent, false, remark -> {});
    }

    /** As {@link #resuming}, and whatever was set aside stays so until it changes. */
    public static Memory watching(Journal journal, String version, boolean byContent) {
        return new Memory(Optional.of(journal), version, true, byContent, true, remark -> {});
    }

    /** Whether a file that was set aside for this reason is not to be tried again. */
    boolean leavesAside(History.SetAside aside) {
        return patient || aside.kind().equals(ErrorKind.CRASHED.label());
    }

    /** Whether a file is an output of something that lies in one of these folders. */
    boolean wrote(Set<Path> folders, Path file) throws ExtractionException {
        if (journal.isEmpty()) return false;
        try {
            for (Path folder : folders) {
                Path absolute = folder.toAbsolutePath().normalize();
                if (journal.get().wrote(absolute, file.toAbsolutePath().normalize())) return true;
            }
            return false;
        } catch (IOException unreadable) {
            throw unusable(unreadable);
        }
    }

    /** What is to be done, and nothing for an input that cannot be looked at: that is the extraction's to tell. */
    Optional<Work> work(Path file, ExtractionRequest wishes) {
        if (journal.isEmpty()) return Optional.empty();
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Work.of(file, wishes, version, byContent))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** What earlier runs say of it; of nothing where they are not asked. */
    History history(Work work) throws ExtractionException {
        if (journal.isEmpty() || !resume) return new History();
        try {
            return journal.get().of(work.input());
        } catch (IOException unreadable) {
            throw unusable(unreadable);
        }
    }

    void begun(Work work) throws ExtractionException {
        Map<String, Object> entry = work.entry("begun");
        entry.put("process", Writer.self());
        write(work, entry, false);
    }

    /** Written before the file gets its name: if this is the last that we do, it is known by its size and date. */
    void delivering(Work work, Path target, Path name, Path pending) throws ExtractionException {
        Map<String, Object> entry = work.entry("delivered");
        entry.put("target", target.toAbsolutePath().normalize());
        entry.put("output", name.toAbsolutePath().normalize());
        try {
            entry.put("outputBytes", Files.size(pending));
            entry.put("outputModifiedNanos", Work.modified(pending));
        } catch (IOException gone) {
            throw unusable(gone);
        }
        write(work, entry, true);
    }

    void ended(Work work, int outputs, int failed) throws ExtractionException {
        write(work, shortEntry(work, "ended", Map.of("outputs", outputs, "failed", failed)), false);
    }

    void crashed(Work work) throws ExtractionException {
        write(work, shortEntry(work, "crashed", Map.of()), false);
    }

    void setAside(Work work, String kind, String why) throws ExtractionException {
        write(work, shortEntry(work, "set-aside", Map.of("kind", kind, "why", why)), false);
    }

    private static Map<String, Object> shortEntry(Work work, String event, Map<String, ?> more) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("event", event);
        entry.put("key", work.key());
        entry.put("input", work.input());
        entry.putAll(more);
        return entry;
    }

    private void write(Work work, Map<String, ?> entry, boolean durable) throws ExtractionException {
        if (journal.isEmpty() || broken) return;
        try {
            journal.get().write(work.input(), entry, durable);
        } catch (IOException refused) {
            ExtractionException why = unusable(refused);
            if (resume) throw why;
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
