package dev.soundlift.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;

/**
 * Hangs up on visitors whose request does not come to the end of its header. They hold no thread, and who is silent is
 * hung up on anyway, but who sends a byte now and then could hold a connection for hours. Thread-safe.
 */
final class Dawdlers implements Connection.Listener {
    /** How far a connection has come: its requests, and its bytes when it was last waiting for one. */
    private record Seen(long requests, long bytes, long sinceNanos) {}

    private final Duration patience;
    private final Map<Connection, Seen> open = new ConcurrentHashMap<>();

    /** @param patience so long a header may take */
    Dawdlers(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void onOpened(Connection connection) {
        boolean http = connection instanceof ConnectionMetaData; // a socket's frames are no requests
        if (http) open.put(connection, new Seen(0, 0, System.nanoTime()));
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    /** Looks after all of them; a header's time begins with the first look that finds a part of it. */
    void sweep() {
        long now = System.nanoTime();
        open.replaceAll((connection, before) -> {
            long requests = connection.getMessagesIn();
            boolean answered = requests == connection.getMessagesOut();
            boolean waiting = !answered || requests != before.requests() || connection.getBytesIn() == before.bytes();
            return waiting ? new Seen(requests, connection.getBytesIn(), now) : before;
        });
        open.forEach((connection, seen) -> {
            if (now - seen.sinceNanos() > patience.toNanos())
                connection.getEndPoint().close();
        });
    }
}
