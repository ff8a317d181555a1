package dev.soundlift.nemo;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** What names this machine to the service: one UUID in a file that the skills share. Not a secret. */
final class ClientId {
    private static final int LONGEST = 64;

    private ClientId() {}

    static boolean isUsable(String id) {
        return !id.isEmpty() && id.length() <= LONGEST && id.chars().allMatch(c -> c > ' ' && c < 127);
    }

    /** Nothing where there is none yet, or none that can be used. */
    static Optional<String> knownIn(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(Files.readString(file).strip()).filter(ClientId::isUsable)
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Reads the file, or writes it the first time. */
    static String in(Path file) throws ExtractionException {
        try {
            if (Files.exists(file)) {
                String id = Files.readString(file).strip();
                if (isUsable(id)) return id;
                Files.delete(file); // empty or broken: the service would refuse it
            }
            Files.createDirectories(file.toAbsolutePath().resolveSibling(".").normalize());
            String made = UUID.randomUUID().toString();
            try {
                Files.writeString(file, made + "\n", StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                return made;
            } catch (FileAlreadyExistsException anotherRun) {
                return writtenByAnother(file);
            }
        } catch (IOException failed) {
            throw new ExtractionException(
                    ErrorKind.NOT_WRITABLE,
                    Text.of("error.cloud-store", file.toString()),
                    Text.of("next.cloud-store"),
                    failed);
        }
    }

    /** Two first runs at once: the other one may not have put its line into the file yet. */
    private static String writtenByAnother(Path file) throws IOException {
        for (int look = 1; look <= 100; look++) {
            String id = Files.readString(file).strip();
            if (isUsable(id)) return id;
            LockSupport.parkNanos(10_000_000);
        }
        throw new IOException("empty");
    }
}
