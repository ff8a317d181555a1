package dev.soundlift.output;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.OnExists;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A file that does not have its name yet. It is written beside its destination and gets there in one step, when it is
 * whole; until then the destination is what it was. Without {@link #commit}, closing deletes it.
 */
public final class PendingFile implements AutoCloseable {
    private static final int MOST_ATTEMPTS = 20;

    private final Path path;
    private Path target;
    private final OnExists onExists;
    /** That were made for it. */
    private List<Path> folders = List.of();

    private PendingFile(Path path, Path target, OnExists onExists) {
        this.path = path;
        this.target = target;
        this.onExists = onExists;
    }

    /** Refuses a name that no file can get, before any work is done for it. */
    public static void requirePossible(Path target) throws ExtractionException {
        requirePossible(target, folderOf(target));
    }

    /** The same where folders that are not there yet are made when the time comes. */
    public static void requirePossibleInNewFolder(Path target) throws ExtractionException {
        Path folder = folderOf(target);
        while (!Files.exists(folder) && folder.getParent() != null) folder = folder.getParent();
        requirePossible(target, folder);
    }

    /** As {@link #beside}, with the folders that a template names; where no file gets there, they go again. */
    public static PendingFile inNewFolder(Path target, OnExists onExists) throws ExtractionException {
        for (int attempt = 1; ; attempt++) {
            List<Path> made = makeFolders(target);
            try {
                PendingFile pending = beside(target, onExists);
                pending.folders = made;
                return pending;
            } catch (ExtractionException refused) {
                // Another job may have made it and, with nothing to put there, taken it away again
                if (Files.isDirectory(folderOf(target)) || attempt == MOST_ATTEMPTS) throw refused;
            }
        }
    }

    /** Those that were not there, the outermost first. */
    private static List<Path> makeFolders(Path target) throws ExtractionException {
        List<Path> missing = new ArrayList<>();
        for (Path folder = folderOf(target); folder != null && !Files.exists(folder); folder = folder.getParent())
            missing.add(0, folder);
        if (missing.isEmpty()) return missing;
        requirePossibleInNewFolder(target);
        try {
            Files.createDirectories(folderOf(target));
        } catch (IOException refused) {
            throw cannotWrite(folderOf(target), refused);
        }
        return missing;
    }

    private static void requirePossible(Path target, Path folder) throws ExtractionException {
        if (!Files.isDirectory(folder)) throw noFolder(folder);
        if (Files.isDirectory(target)) {
            throw new ExtractionException(
                    ErrorKind.NOT_WRITABLE,
                    Text.of("error.output-is-folder", target.toString()),
                    Text.of("next.output-is-folder"));
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new ExtractionException(
                    ErrorKind.NOT_WRITABLE,
                    Text.of("error.output-special", target.toString()),
                    Text.of("next.not-writable"));
        }
        if (!Files.isWritable(folder)) {
            throw new ExtractionException(
                    ErrorKind.NOT_WRITABLE,
                    Text.of("error.not-writable", folder.toString(), "permission denied"),
                    Text.of("next.not-writable"));
        }
    }

    /** Creates the file, empty, and clears away what killed runs left in the same folder. */
    public static PendingFile beside(Path target, OnExists onExists) throws ExtractionException {
        requirePossible(target);
        Path folder = folderOf(target);
        Leftovers.sweepNowAndThen(folder);
        Path path = folder.resolve(Leftovers.newName(Leftovers.FILE));
        try {
            Files.createFile(path);
        } catch (IOException refused) {
            throw cannotWrite(folder, refused);
        }
        return new PendingFile(path, target, onExists);
    }

    /** Clears away what killed runs left beside a file. */
    public static void tidy(Path target) {
        Leftovers.sweepNowAndThen(folderOf(target));
    }

    public static ExtractionException noFolder(Path folder) {
        return new ExtractionException(
                ErrorKind.NOT_WRITABLE, Text.of("error.no-folder", folder.toString()), Text.of("next.no-folder"));
    }

    private static Path folderOf(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        return folder == null ? target.toAbsolutePath() : folder;
    }

    static ExtractionException cannotWrite(Path place, IOException cause) {
        String reason = cause instanceof FileSystemException detailed && detailed.getReason() != null
                ? detailed.getReason()
                : cause instanceof AccessDeniedException ? "permission denied" : String.valueOf(cause.getMessage());
        boolean full = reason.toLowerCase(Locale.ROOT).contains("no space");
        return new ExtractionException(
                full ? ErrorKind.NO_SPACE : ErrorKind.NOT_WRITABLE,
                full ? Text.of("error.no-space", reason) : Text.of("error.not-writable", place.toString(), reason),
                Text.of(full ? "next.no-space" : "next.not-writable"),
                cause);
    }

    public Path path() {
        return path;
    }

    /** What was written turns out to be of another kind than the name says: the same name with this ending. */
    public void ending(String ending) {
        String name = String.valueOf(target.getFileName());
        int dot = name.lastIndexOf('.');
        target = target.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ending);
    }

    /** Hears of a name that the file is about to get. */
    @FunctionalInterface
    public interface Naming {
        void about(Path name) throws ExtractionException;
    }

    /** As {@link #commit(Naming)}, with nobody who wants to hear of it. */
    public Path commit() throws ExtractionException {
        return commit(name -> {});
    }

    /**
     * Gives the file its name, after its content has reached the disk.
     *
     * @param naming called before each attempt; only the last one it hears of may have succeeded
     * @return the destination; with {@link OnExists#RENAME} a name beside it that was free
     */
    public Path commit(Naming naming) throws ExtractionException {
        try {
            flush(path);
            Path taken = onExists == OnExists.OVERWRITE ? replace(naming) : takeFreeName(naming);
            flushFolder(folderOf(taken));
            return taken;
        } catch (IOException failed) {
            throw cannotWrite(target, failed);
        }
    }

    private Path replace(Naming naming) throws IOException, ExtractionException {
        naming.about(target);
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        return target;
    }

    /** Takes the name only if nobody has it: a hard link fails where a rename would overwrite. */
    private Path takeFreeName(Naming naming) throws IOException, ExtractionException {
        for (int attempt = 1; ; attempt++) {
            Path name = attempt == 1 ? target : numbered(target, attempt);
            if (!Files.exists(name)) naming.about(name);
            if (isNamed(path, name)) return name;
            if (onExists != OnExists.RENAME) throw exists(name);
        }
    }

    /** Gives a whole file of the same file system a name, unless somebody has it; says whether it has got it. */
    public static boolean isNamed(Path whole, Path name) throws IOException {
        try {
            Files.createLink(name, whole);
            Files.delete(whole);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            if (Files.exists(name)) return false;
            moveWithoutLinks(whole, name);
            return true;
        }
    }

    private static void moveWithoutLinks(Path whole, Path name) throws IOException {
        try {
            Files.move(whole, name, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException sameFolderYetNot) {
            Files.move(whole, name);
        }
    }

    public static ExtractionException exists(Path name) {
        return new ExtractionException(
                ErrorKind.OUTPUT_EXISTS, Text.of("error.exists", name.toString()), Text.of("next.exists"));
    }

    /** As {@link #exists}, of a file that an earlier run has made. */
    public static ExtractionException changed(Path name) {
        return new ExtractionException(
                ErrorKind.OUTPUT_EXISTS,
                Text.of("error.output-changed", name.toString()),
                Text.of("next.output-changed"));
    }

    /** {@code talk (2).mp3}. */
    static Path numbered(Path target, int number) {
        String name = target.getFileName() == null ? "" : target.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String ending = dot > 0 ? name.substring(dot) : "";
        return target.resolveSibling(OutputName.fitted(stem, " (" + number + ")" + ending));
    }

    private static void flush(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes the new name itself durable, on systems where a folder can be opened. */
    private static void flushFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException windowsCannot) {
            return;
        }
    }

    @Override
    public void close() throws ExtractionException {
        try {
            Files.deleteIfExists(path);
        } catch (IOException failed) {
            throw cannotWrite(path, failed);
        }
        for (int i = folders.size() - 1; i >= 0 && isRemoved(folders.get(i)); ) i--;
    }

    /** False where something is in it. */
    private static boolean isRemoved(Path folder) {
        try {
            return Files.deleteIfExists(folder);
        } catch (IOException used) {
            return false;
        }
    }
}
