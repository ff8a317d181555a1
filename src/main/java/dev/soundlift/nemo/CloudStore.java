package dev.soundlift.nemo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What must outlive a run: one anonymous token is given per machine and week, so a fresh process has to find it again.
 * A file that the user alone may read, with one entry for each service and client. Safe for several processes at once.
 */
final class CloudStore {
    private final Path file;
    private final String key;

    CloudStore(Path file, String key) {
        this.file = file;
        this.key = key;
    }

    /** A token as it is kept. */
    record Kept(Token token, Instant expires, Optional<String> user) {}

    Optional<Kept> token() {
        JsonNode entry = entry();
        Optional<String> token = JsonText.text(entry.path("token"));
        Optional<Instant> expires = instant(JsonText.text(entry.path("expires")));
        if (token.isEmpty() || expires.isEmpty()) return Optional.empty();
        return Optional.of(new Kept(new Token(token.get()), expires.get(), JsonText.text(entry.path("user"))));
    }

    static Optional<Instant> instant(Optional<String> text) {
        try {
            return text.map(words -> java.time.OffsetDateTime.parse(words).toInstant());
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    Optional<Session> session() {
        JsonNode entry = entry();
        return JsonText.text(entry.path("session"))
                .filter(Session::isId)
                .map(id -> new Session(id, JsonText.text(entry.path("task"))));
    }

    void keep(Kept kept) throws ExtractionException {
        change(entry -> {
            entry.put("token", kept.token().value());
            entry.put("expires", kept.expires().toString());
            kept.user().ifPresent(user -> entry.put("user", user));
            entry.remove("session"); // another account's
            entry.remove("task");
        });
    }

    void keep(Session session) throws ExtractionException {
        change(entry -> {
            entry.put("session", session.id());
            entry.remove("task");
            session.taskId().ifPresent(task -> entry.put("task", task));
        });
    }

    /** What is done while no other run on this machine does the same. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws ExtractionException;
    }

    /** Waits until no other run signs in: two at once would ask for two tokens, and one is given. */
    <T> T alone(Cancellation cancellation, Work<T> work) throws ExtractionException {
        Path absolute = file.toAbsolutePath();
        Path lock = absolute.resolveSibling(file.getFileName() + ".signin");
        try {
            Files.createDirectories(absolute.resolveSibling(".").normalize());
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                while (!isOurs(channel)) {
                    cancellation.throwIfRequested();
                    LockSupport.parkNanos(20_000_000);
                }
                return work.run();
            }
        } catch (IOException failed) {
            throw notWritable(failed);
        }
    }

    /** A lock ends with its channel. */
    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException anotherThread) {
            return false;
        }
    }

    private JsonNode entry() {
        return all().path("accounts").path(key);
    }

    /** Whatever cannot be read is as good as not there: it is written anew. */
    private ObjectNode all() {
        try {
            Optional<JsonNode> read = JsonText.parse(Files.readString(file));
            if (read.isPresent() && read.get() instanceof ObjectNode object) return object;
        } catch (IOException notThere) {
            return JsonText.MAPPER.createObjectNode();
        }
        return JsonText.MAPPER.createObjectNode();
    }

    private void change(Consumer<ObjectNode> change) throws ExtractionException {
        try {
            Path absolute = file.toAbsolutePath();
            Path folder = absolute.resolveSibling(".").normalize();
            Files.createDirectories(folder);
            Path lock = absolute.resolveSibling(file.getFileName() + ".lock");
            synchronized (CloudStore.class) { // a file lock is held by the whole JVM
                try (FileChannel guard = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var held = guard.lock()) {
                    if (!held.isValid()) throw new IOException("no lock");
                    ObjectNode all = all();
                    ObjectNode accounts =
                            all.path("accounts") instanceof ObjectNode there ? there : all.putObject("accounts");
                    ObjectNode entry = accounts.path(key) instanceof ObjectNode there ? there : accounts.putObject(key);
                    change.accept(entry);
                    write(folder, JsonText.MAPPER.writeValueAsString(all));
                }
            }
        } catch (IOException failed) {
            throw notWritable(failed);
        }
    }

    private ExtractionException notWritable(IOException failed) {
        return new ExtractionException(
                ErrorKind.NOT_WRITABLE,
                Text.of("error.cloud-store", file.toString()),
                Text.of("next.cloud-store"),
                failed);
    }

    private void write(Path folder, String text) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        // Born unreadable for others: there is no moment in which the token lies open
        Path fresh = posix
                ? Files.createTempFile(
                        folder,
                        "cloud",
                        ".tmp",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(folder, "cloud", ".tmp");
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
