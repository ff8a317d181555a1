package dev.soundlift.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;

/** Stands before a server, hands everything on and counts what the server sends, headers and all. */
final class Meter implements AutoCloseable {
    private final ServerSocket door;
    private final URI server;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();

    private Meter(ServerSocket door, URI server) {
        this.door = door;
        this.server = server;
    }

    static Meter before(URI server) throws IOException {
        Meter meter = new Meter(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        start(meter::accept);
        return meter;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** Bytes that the server has sent so far. */
    long sent() {
        return sent.get();
    }

    /** Bytes that were sent to the server so far. */
    long taken() {
        return taken.get();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket there = new Socket(server.getHost(), server.getPort());
                start(() -> hand(client, there, taken));
                start(() -> hand(there, client, sent));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private static void hand(Socket from, Socket to, AtomicLong count) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] some = new byte[1 << 16];
            for (int read; (read = in.read(some)) > 0; ) {
                count.addAndGet(read);
                out.write(some, 0, read);
            }
        } catch (IOException gone) {
            // one of the two does not want any more
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
