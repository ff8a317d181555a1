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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What runs write down so that later ones know: JSON Lines that are only ever appended to, one file for each folder of
 * inputs, so that what is read and kept in mind does not grow with all that was ever done. A line that a kill cut off is
 * passed over. Thread-safe, and safe beside other processes.
 */
public final class Journal {
    private static final int FOLDERS_IN_MIND = 8;
    private static final int FEW_LINES = 2000;

    /** Whoever appends holds it; other processes wait meanwhile. */
    private static final String LOCK = "journal.lock";

    /** One for all journals: a JVM may not lock a file twice, whoever asks. */
    private static final Object IN_THIS_PROCESS = new Object();

    private final Path folder;
    private final Map<Path, Page> pages = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Page> eldest) {
            return size() > FOLDERS_IN_MIND;
        }
    };

    /** In a folder, which is created with the first entry. */
    public Journal(Path folder) {
        this.folder = folder;
    }

    /** One file of the journal, and what has been read of it. */
    private static final class Page {
        private final Map<Path, History> histories = new HashMap<>();
        private final Set<Path> outputs = new HashSet<>();
        private @Nullable Object identity;
        private long read;
        private int lines;

        private void learn(Map<String, String> entry) {
            histories
                    .computeIfAbsent(Path.of(entry.getOrDefault("input", "")), none -> new History())
                    .learn(entry);
            if (entry.containsKey("output")) outputs.add(Path.of(entry.get("output")));
        }
    }

    /** What is known of an input, an absolute path; also what other processes have written meanwhile. */
    History of(Path input) throws IOException {
        synchronized (IN_THIS_PROCESS) {
            return upToDate(folderOf(input)).histories.getOrDefault(input, new History());
        }
    }

    /** Whether a file is an output of any input that lies in a folder. */
    boolean wrote(Path inputFolder, Path file) throws IOException {
        synchronized (IN_THIS_PROCESS) {
            return upToDate(inputFolder).outputs.contains(file);
        }
    }

    /**
     * Appends an entry.
     *
     * @param durable whether it must have reached the disk when this returns
     */
    void write(Path input, Map<String, ?> entry, boolean durable) throws IOException {
        byte[] line = (JsonLine.write(entry) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (IN_THIS_PROCESS) {
            Files.createDirectories(folder);
            try (FileChannel lock = FileChannel.open(
                            folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = lock.lock();
                    FileChannel file = FileChannel.open(
                            fileOf(folderOf(input)),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE)) {
                requireValid(held);
                file.position(file.size());
                ByteBuffer bytes = ByteBuffer.allocate(line.length + 1);
                if (endsTorn(file)) bytes.put((byte) '\n');
                bytes.put(line).flip();
                while (bytes.hasRemaining()) file.write(bytes);
                if (durable) file.force(false);
            }
        }
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

    private Page upToDate(Path inputFolder) throws IOException {
        Path file = fileOf(inputFolder);
        Page page = pages.computeIfAbsent(inputFolder, none -> new Page());
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            boolean another = !Objects.equals(now.fileKey(), page.identity) || now.size() < page.read;
            if (another) {
                page = new Page();
                page.identity = now.fileKey();
                pages.put(inputFolder, page);
            }
            if (now.size() > page.read) readOn(page, file);
            if (another && page.lines > FEW_LINES) shorten(file, page.lines);
        } catch (NoSuchFileException nothingYet) {
            return page;
        }
        return page;
    }

    /** Up to the last whole line: what follows is still being written, or was cut off. */
    private static void readOn(Page page, Path file) throws IOException {
        byte[] bytes;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(channel.size() - page.read));
            while (buffer.hasRemaining() && channel.read(buffer, page.read + buffer.position()) >= 0) {}
            bytes = Arrays.copyOf(buffer.array(), buffer.position());
        }
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\n') continue;
            JsonLine.read(new String(bytes, begin, i - begin, StandardCharsets.UTF_8))
                    .filter(entry -> entry.containsKey("input"))
                    .ifPresent(page::learn);
            begin = i + 1;
            page.lines++;
        }
        page.read += begin;
    }

    /** Leaves out the entries that later ones have made void, where that is worth it. */
    private void shorten(Path file, int lines) throws IOException {
        try (FileChannel lock =
                        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = lock.lock()) {
            requireValid(held);
            Map<String, String> last = new LinkedHashMap<>();
            for (String line : Files.readAllLines(file)) {
                Optional<Map<String, String>> read = JsonLine.read(line);
                if (read.isEmpty()) continue;
                Map<String, String> entry = read.get();
                String of = entry.getOrDefault("input", "") + "\n";
                String event = entry.getOrDefault("event", "");
                if (event.equals("ended")) last.remove(of + "begun");
                String what = event.equals("delivered")
                        ? entry.getOrDefault("target", "")
                        : event.equals("ended") ? entry.getOrDefault("key", "") : "";
                last.remove(of + event + what);
                last.put(of + event + what, line);
            }
            if (last.size() > lines / 2) return;
            Path shorter = file.resolveSibling(file.getFileName() + ".new");
            Files.write(shorter, last.values());
            Files.move(shorter, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
