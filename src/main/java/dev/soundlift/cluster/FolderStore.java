package dev.soundlift.cluster;

import dev.soundlift.output.PendingFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A folder of a file system that all machines mount. */
record FolderStore(Path root) implements Store {
    /** Where a file lies until it is whole: in the same file system, so that it then gets its name in one step. */
    private static final String WORK = Notes.WORK;

    /** No file lies so long in {@link #WORK} without growing, whatever the clocks say: its machine was killed. */
    private static final Duration LOST = Duration.ofDays(7);

    /** An attribute of a file, where the file system has such: the item that it was made for. */
    private static final String MADE_FOR = "soundlift-item";

    @Override
    public String called(String name) {
        return at(name).toString();
    }

    private Path at(String name) {
        Path path = root.resolve(name).normalize();
        if (!path.startsWith(root)) throw new IllegalArgumentException("outside: " + name);
        return path;
    }

    @Override
    public Given give(Path file, String name, String key, boolean replace) throws IOException {
        Path target = at(name);
        Files.createDirectories(folder(target));
        Path whole = Files.createDirectories(at(WORK)).resolve(key + "-" + UUID.randomUUID());
        try {
            Files.copy(file, whole);
            sign(whole, key);
            return name(whole, target, key, replace);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    /** As a second attempt may give other bytes: Matroska has a random number in each file. */
    private static void sign(Path file, String key) throws IOException {
        UserDefinedFileAttributeView signs = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        if (signs == null) return;
        try {
            signs.write(MADE_FOR, ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)));
        } catch (FileSystemException cannotKeepIt) {
            return; // then equal bytes alone are known for ours
        }
    }

    private static boolean isSigned(Path file, String key) throws IOException {
        UserDefinedFileAttributeView signs = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        if (signs == null) return false;
        try {
            ByteBuffer sign = ByteBuffer.allocate(signs.size(MADE_FOR));
            signs.read(MADE_FOR, sign);
            return new String(sign.array(), StandardCharsets.UTF_8).equals(key);
        } catch (FileSystemException none) {
            return false;
        }
    }

    private static Given name(Path whole, Path target, String key, boolean replace) throws IOException {
        if (replace) {
            Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return Given.NEW;
        }
        if (PendingFile.isNamed(whole, target)) return Given.NEW;
        boolean ours = Files.isRegularFile(target) && (isSigned(target, key) || Files.mismatch(target, whole) < 0);
        return ours ? Given.SAME : Given.OTHER;
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    @Override
    public void write(String name, String text) throws IOException {
        Path target = at(name);
        // No temporary file of Java's: those are nobody else's to read
        Path written = Files.createDirectories(folder(target)).resolve(".note-" + UUID.randomUUID());
        try {
            Files.writeString(written, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    @Override
    public Optional<String> read(String name) throws IOException {
        try {
            return Optional.of(Files.readString(at(name)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(at(name));
    }

    @Override
    public List<String> list(String folder) throws IOException {
        if (!Files.isDirectory(at(folder))) return List.of();
        try (Stream<Path> files = Files.walk(at(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.contains("/."))
                    .sorted()
                    .toList();
        }
    }

    /** Jobs run side by side, and nobody can tell whose a file is: only how old it is. */
    @Override
    public void tidy() throws IOException {
        long lost = Instant.now().minus(LOST).toEpochMilli();
        for (String name : list(WORK)) {
            // What has got its name meanwhile is no longer there: its time is 0, and there is nothing to delete
            if (at(name).toFile().lastModified() < lost) Files.deleteIfExists(at(name));
        }
    }

    @Override
    public void close() {}
}
