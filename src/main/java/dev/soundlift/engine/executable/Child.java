package dev.soundlift.engine.executable;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * A program at work: its two ends of the pipe, what it says on standard error, and a watch that ends it when the user
 * gives up or when it does nothing for too long. Closing it ends the program.
 */
final class Child implements AutoCloseable {
    /** A program that is waited for and gives no sign for so long hangs. */
    static final String PATIENCE_PROPERTY = "soundlift.ffmpeg.patience.seconds";

    private static final Duration LOOK = Duration.ofMillis(100);

    private final Process process;
    private final Cancellation cancellation;
    private final Thread listener;
    private final Complaints complaints = new Complaints();
    private volatile long waitingSince;
    private volatile boolean hung;

    private Child(Process process, Cancellation cancellation, Consumer<String> said) {
        this.process = process;
        this.cancellation = cancellation;
        this.listener = thread("listener", () -> listen(said));
        thread("watch", this::watch);
    }

    /**
     * Starts it.
     *
     * @param said hears every line of standard error, from a thread of its own; an empty one is the last
     */
    static Child start(List<String> words, Cancellation cancellation, Consumer<String> said)
            throws ExtractionException {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("AV_LOG_FORCE_NOCOLOR", "1");
        try {
            return new Child(builder.start(), cancellation, said);
        } catch (IOException failed) {
            throw new ExtractionException(
                    ErrorKind.NO_ENGINE,
                    Text.of("error.ffmpeg-not-started", words.get(0), String.valueOf(failed.getMessage())),
                    Text.of("next.no-ffmpeg"));
        }
    }

    static Child start(List<String> words, Cancellation cancellation) throws ExtractionException {
        return start(words, cancellation, line -> {});
    }

    private static Thread thread(String what, Runnable work) {
        Thread thread = new Thread(work, "ffmpeg-" + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void listen(Consumer<String> said) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) continue;
                complaints.hear(line);
                said.accept(line);
            }
        } catch (IOException ended) {
            complaints.hear("[error] " + ended.getMessage());
        } finally {
            said.accept("");
        }
    }

    private void watch() {
        while (process.isAlive()) {
            long since = waitingSince;
            hung = since != 0 && System.nanoTime() - since > patience().toNanos();
            if (hung || cancellation.isRequested()) {
                end(process);
                return;
            }
            try {
                Thread.sleep(LOOK.toMillis());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** What was said up to now; complete after {@link #finish}. */
    Complaints complaints() {
        return complaints;
    }

    /** The next thing that it says, which somebody else hears and puts there; it may not take forever. */
    <T> T next(BlockingQueue<T> heard) throws ExtractionException {
        return waiting(heard::take);
    }

    /** What may take no longer than our patience. */
    @FunctionalInterface
    private interface Wait<T> {
        T end() throws InterruptedException;
    }

    private <T> T waiting(Wait<T> wait) throws ExtractionException {
        waitingSince = System.nanoTime();
        try {
            T result = wait.end();
            throwIfStopped();
            return result;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ExtractionException(
                    ErrorKind.INTERRUPTED, Text.of("error.interrupted"), Text.of("next.interrupted"));
        } finally {
            waitingSince = 0;
        }
    }

    /** Fills the buffer from standard output; what then remains free in it did not come before the end. */
    void readInto(ByteBuffer buffer) throws ExtractionException {
        InputStream out = process.getInputStream();
        while (buffer.hasRemaining()) {
            waitingSince = System.nanoTime();
            try {
                int read = out.read(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
                if (read < 0) break;
                buffer.position(buffer.position() + read);
            } catch (IOException ended) { // by the watch
                break;
            } finally {
                waitingSince = 0;
            }
        }
        throwIfStopped();
    }

    /** All of standard output as text. */
    String readText() throws ExtractionException {
        java.io.ByteArrayOutputStream text = new java.io.ByteArrayOutputStream();
        ByteBuffer block = ByteBuffer.allocate(1 << 16);
        do {
            block.clear();
            readInto(block);
            text.write(block.array(), 0, block.position());
        } while (!block.hasRemaining());
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Hands each line of standard output on, as it comes. */
    void readLines(Consumer<String> line) throws ExtractionException {
        waitingSince = System.nanoTime();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String next = lines.readLine(); next != null; next = lines.readLine()) {
                line.accept(next);
                waitingSince = System.nanoTime();
            }
        } catch (IOException ended) {
            throwIfStopped();
        } finally {
            waitingSince = 0;
        }
        throwIfStopped();
    }

    /** Says whether the program took it; one that has ended takes nothing. */
    boolean write(ByteBuffer bytes) throws ExtractionException {
        OutputStream in = process.getOutputStream();
        waitingSince = System.nanoTime();
        try {
            in.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            return true;
        } catch (IOException ended) {
            throwIfStopped();
            return false;
        } finally {
            waitingSince = 0;
        }
    }

    /** Waits for the end; nothing more will be written to it. Returns the exit code. */
    int finish() throws ExtractionException {
        try {
            process.getOutputStream().close();
        } catch (IOException ended) {
            throwIfStopped(); // otherwise its exit code says why
        }
        return waiting(() -> {
            int code = process.waitFor();
            listener.join();
            return code;
        });
    }

    /** Ends a program and what it has started: a script's own children would keep the pipes open. */
    static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static Duration patience() {
        return Duration.ofSeconds(Long.getLong(PATIENCE_PROPERTY, 120));
    }

    static ExtractionException hangs(Duration patience) {
        return new ExtractionException(
                ErrorKind.NO_ENGINE,
                Text.of("error.ffmpeg-hangs", Long.toString(patience.toSeconds())),
                Text.of("next.ffmpeg-hangs"));
    }

    void throwIfStopped() throws ExtractionException {
        cancellation.throwIfRequested();
        if (!hung) return;
        throw hangs(patience());
    }

    @Override
    public void close() {
        end(process);
    }
}
