package dev.soundlift.nemo;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** No answer, or only half of one. */
final class ConnectionLost extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean sent;

    ConnectionLost(IOException cause, boolean sent) {
        super(cause);
        this.sent = sent;
    }

    /** Whether any of the request may have left this machine: then nobody knows what became of it. */
    boolean sent() {
        return sent;
    }

    /** For people; an exception's own message may hold addresses. */
    String reason() {
        Throwable cause = getCause();
        if (cause instanceof UnknownHostException) return "unknown host";
        if (cause instanceof ConnectException) return "connection refused";
        if (cause instanceof InterruptedIOException) return "no answer in time";
        if (cause instanceof SSLException) return "no secure connection";
        return sent ? "the connection broke off" : "no connection";
    }
}
