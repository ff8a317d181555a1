package dev.soundlift.source;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/** Tries again after a dropped connection, each time a little later, and not for ever. Thread-safe. */
final class Retries {
    private static final long[] PAUSES_MILLIS = {200, 1000, 3000};
    /** A connection that drops after every few bytes would otherwise never be given up. */
    private static final int MOST_DROPS = 100;

    private final String host;
    private final Cancellation cancellation;
    private final AtomicInteger drops = new AtomicInteger();

    Retries(String host, Cancellation cancellation) {
        this.host = host;
        this.cancellation = cancellation;
    }

    @FunctionalInterface
    interface Attempt {
        void make() throws IOException, ExtractionException;
    }

    void run(Attempt attempt) throws ExtractionException {
        for (int failures = 0; ; failures++) {
            cancellation.throwIfRequested();
            try {
                attempt.make();
                return;
            } catch (IOException failed) {
                cancellation.throwIfRequested();
                boolean hopeless = failed instanceof UnknownHostException || failed instanceof SSLException;
                if (hopeless || failures == PAUSES_MILLIS.length) throw network(failed);
                dropped(failed);
                pause(PAUSES_MILLIS[failures]);
            }
        }
    }

    /** Counts a connection that was lost. */
    void dropped(IOException failure) throws ExtractionException {
        if (drops.incrementAndGet() > MOST_DROPS) throw network(failure);
    }

    private ExtractionException network(IOException failure) {
        String why = failure instanceof UnknownHostException
                ? "unknown host"
                : failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return new ExtractionException(
                ErrorKind.NETWORK, Text.of("error.network", host, why), Text.of("next.network"), failure);
    }

    private void pause(long millis) throws ExtractionException {
        Thread sleeper = Thread.currentThread();
        // The wish to stop ends the pause too
        Cancellation.Listening listening = cancellation.onRequest(sleeper::interrupt);
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            cancellation.throwIfRequested();
            Thread.currentThread().interrupt();
        } finally {
            listening.close();
        }
    }
}
