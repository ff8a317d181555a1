package dev.soundlift.batch;

import dev.soundlift.report.JsonLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What runs write down so that later ones know: JSON Lines that are only ever appended to, one file for each folder of
 * inputs. Kept in mind is where the lines of a file lie, not what they say. A line that a kill cut off is passed over.
 * Thread-safe, and safe beside other processes.
 */
public final class Journal {
    private static final int FOLDERS_IN_MIND = 8;
    private static final int FEW_LINES = 2000;

    /** Whoever appends holds it; other processes wait meanwhile. */
    private static final String LOCK = "journal.lock";

    /** One for all journals: a JVM may not lock a file twice, whoever asks. */
    private static final Object IN_THIS_PROCESS = new Object();

    private final Path folder;
    /** The folders of inputs that something was written of. */
    private final Set<Path> begun = new HashSet<>();

    private final Map<Path, JournalPage> pages = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, JournalPage> eldest) {
            return size() > FOLDERS_IN_MIND;
        }
    };

    /** In a folder, which is created with the first entry. */
    public Journal(Path folder) {
        this.folder = folder;
    }

    /** What is known of an input, an absolute path; also what other processes have written meanwhile. */
    History of(Path input) throws IOException {
        History history = new History();
        for (Map<String, String> entry : lines(input)) {
            if (input.toString().equals(entry.get("input"))) history.learn(entry);
        }
        return history;
    }

    /** The input of a file, an absolute path, that we wrote and that is still as we did; nothing of others. */
    Optional<Path> inputOf(Path file) throws IOException {
        for (Map<String, String> entry : lines(file)) {
            if (file.toString().equals(entry.get("output"))
                    && History.Output.of(entry).isIntact()) {
                return Optional.of(Path.of(entry.getOrDefault("input", "")));
            }
        }
        return Optional.empty();
    }

    private List<Map<String, String>> lines(Path file) throws IOException {
        synchronized (IN_THIS_PROCESS) {
            try {
                return upToDate(folderOf(file)).about(file);
            } catch (NoSuchFileException nothingYet) {
                return List.of();
            }
        }
    }

    /**
     * Appends an entry.
     *
     * @param about the files that are to be asked about: it stands in the journal of each one's folder
     * @param durable whether it must have reached the disk when this returns
     */
    void write(List<Path> about, Map<String, ?> entry, boolean durable) throws IOException {
        byte[] line = (JsonLine.write(entry) + "\n").getBytes(StandardCharsets.UTF_8);
        for (Path one : about.stream().map(Journal::folderOf).distinct().toList()) {
            try (FileChannel file = append(one, line)) {
                // Without the lock: what several wait for, the disk does at once
                if (durable) file.force(false);
            }
        }
    }

    private FileChannel append(Path inputFolder, byte[] line) throws IOException {
        synchronized (IN_THIS_PROCESS) {
            Files.createDirectories(folder);
            try (FileChannel lock = FileChannel.open(
                            folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = lock.lock()) {
                requireValid(held);
                if (begun.add(inputFolder)) shorten(inputFolder);
                FileChannel file = FileChannel.open(
                        fileOf(inputFolder),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                try {
                    append(file, line);
                    return file;
                } catch (IOException refused) {
                    file.close();
                    throw refused;
                }
            }
        }
    }

    private static void append(FileChannel file, byte[] line) throws IOException {
        file.position(file.size());
        ByteBuffer bytes = ByteBuffer.allocate(line.length + 1);
        if (endsTorn(file)) bytes.put((byte) '\n');
        bytes.put(line).flip();
        while (bytes.hasRemaining()) file.write(bytes);
    }

    private static boolean endsTorn(FileChannel file) throws IOException {
        if (file.size() == 0) return false;
        ByteBuffer last = ByteBuffer.allocate(1);
        return file.read(last, file.size() - 1) == 1 && last.get(0) != '\n';
    }

    private static void requireValid(FileLock held) throws IOException {
        if (!held.isValid()) throw new IOException("the lock was lost");
    }

    private static Path folderOf(Path input) {
        return Objects.requireNonNullElse(input.getParent(), input);
    }

    private Path fileOf(Path inputFolder) {
        byte[] digest = Work.sha256().digest(inputFolder.toString().getBytes(StandardCharsets.UTF_8));
        return folder.resolve(Work.hex(digest).substring(0, 24) + ".jsonl");
    }

    private JournalPage upToDate(Path inputFolder) throws IOException {
        Path file = fileOf(inputFolder);
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        JournalPage known = pages.get(inputFolder);
        if (known == null || !known.isPartOf(now)) {
            known = new JournalPage(file, now);
            known.readOn(now.size());
            pages.put(inputFolder, known);
            return known;
        }
        known.readOn(now.size());
        return known;
    }

    /**
     * Leaves out the entries that later ones have made void, where that is worth it; it is read anew the next time. For who
     * holds the lock: reading changes nothing.
     */
    private void shorten(Path inputFolder) throws IOException {
        if (!Files.exists(fileOf(inputFolder))) return;
        JournalPage page = upToDate(inputFolder);
        if (page.lines() <= FEW_LINES) return;
        Map<Long, Integer> last = new LinkedHashMap<>();
        int[] number = {0};
        page.forEachLine(line -> {
            int here = number[0]++;
            Optional<Map<String, String>> read = JsonLine.read(line);
            if (read.isEmpty()) return;
            Map<String, String> entry = read.get();
            if (entry.getOrDefault("event", "").equals("ended")) last.remove(subject(entry, "begun"));
            last.put(subject(entry, entry.getOrDefault("event", "")), here);
        });
        if (last.size() <= page.lines() / 2) page.keep(List.copyOf(last.values()));
    }

    /** What an entry is of: a later one of the same makes it void. */
    private static long subject(Map<String, String> entry, String event) {
        String what = event.equals("delivered")
                ? entry.getOrDefault("target", "")
                : event.equals("ended") ? entry.getOrDefault("key", "") : "";
        return JournalPage.hash(String.join("\n", entry.getOrDefault("input", ""), event, what));
    }
}
