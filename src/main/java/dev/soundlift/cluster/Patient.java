package dev.soundlift.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A store that is asked again while it does not answer, as a server that is restarted is no reason to end a job. What is
 * wrong with a file or a disk is told at once. Not thread-safe.
 */
final class Patient implements Store {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 8_000;
    private static final long LOOKS_MILLIS = 250;

    private final Store store;
    private final BooleanSupplier isUnwanted;
    private final long patienceMillis;
    /** Of the patience: full again with each answer. */
    private long leftMillis;

    /** @param isUnwanted whether nobody wants the answer any more */
    Patient(Store store, Duration patience, BooleanSupplier isUnwanted) {
        this.store = store;
        this.isUnwanted = isUnwanted;
        this.patienceMillis = patience.toMillis();
        this.leftMillis = patienceMillis;
    }

    /** Something that a store is asked for; asked twice, the second one finds what the first has done. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException;
    }

    private <T> T ask(Question<T> question) throws IOException {
        for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            try {
                T answer = question.ask();
                leftMillis = patienceMillis;
                return answer;
            } catch (FileSystemException unfit) {
                throw unfit;
            } catch (IOException noAnswer) {
                if (leftMillis <= 0) throw noAnswer;
                leftMillis -= pause;
                pause(pause);
            }
        }
    }

    private void pause(long millis) throws InterruptedIOException {
        try {
            for (long left = millis; left > 0; left -= LOOKS_MILLIS) {
                if (isUnwanted.getAsBoolean()) throw new InterruptedIOException("cancelled");
                Thread.sleep(Math.min(left, LOOKS_MILLIS));
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("cancelled");
        }
    }

    @Override
    public String called(String name) {
        return store.called(name);
    }

    @Override
    public Given give(Path file, String name, String key, boolean replace) throws IOException {
        return ask(() -> store.give(file, name, key, replace));
    }

    @Override
    public void write(String name, String text) throws IOException {
        ask(() -> {
            store.write(name, text);
            return name;
        });
    }

    @Override
    public Optional<String> read(String name) throws IOException {
        return ask(() -> store.read(name));
    }

    @Override
    public void delete(String name) throws IOException {
        ask(() -> {
            store.delete(name);
            return name;
        });
    }

    @Override
    public List<String> list(String folder) throws IOException {
        return ask(() -> store.list(folder));
    }

    @Override
    public void tidy() throws IOException {
        store.tidy(); // before a job begins, when somebody waits to be told what is wrong
    }

    @Override
    public void close() {
        store.close();
    }
}
