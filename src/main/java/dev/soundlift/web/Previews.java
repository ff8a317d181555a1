package dev.soundlift.web;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Work that a page waits for, and that nobody wants any more when the page is gone: looks into files, outlines, sound to
 * listen to. Bounded in number. Thread-safe.
 */
final class Previews implements AutoCloseable {
    static final int AT_ONCE = 16;

    private final Duration patience;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final Set<Preview> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param patience so long somebody waits for one of the places */
    Previews(Duration patience) {
        this.patience = patience;
    }

    /** What is done. */
    interface Work<T> {
        T with(Cancellation cancellation) throws ExtractionException, IOException;
    }

    private record Preview(String page, Cancellation cancellation) {}

    /**
     * Does the work in the caller's thread.
     *
     * @param page that waits for it
     * @throws ExtractionException of kind {@link ErrorKind#NETWORK} where the page went, or too much is going on
     */
    <T> T run(String page, Work<T> work) throws ExtractionException, IOException {
        requirePlace();
        Preview preview = new Preview(page, new Cancellation());
        open.add(preview);
        try {
            if (closed) preview.cancellation().request();
            return work.with(preview.cancellation());
        } catch (ExtractionException failed) {
            if (!preview.cancellation().isRequested()) throw failed;
            throw new ExtractionException(
                    ErrorKind.NETWORK, Text.of("error.page-gone"), Text.of("next.page-gone"), failed);
        } finally {
            open.remove(preview);
            places.release();
        }
    }

    private void requirePlace() throws ExtractionException {
        try {
            if (places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) return;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        throw new ExtractionException(ErrorKind.NETWORK, Text.of("error.web-busy"), Text.of("next.web-busy"));
    }

    /** Ends what is done for pages that are gone. */
    void sweep(Predicate<String> gone) {
        for (Preview preview : open)
            if (gone.test(preview.page())) preview.cancellation().request();
    }

    @Override
    public void close() {
        closed = true;
        sweep(page -> true);
    }
}
