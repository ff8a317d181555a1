package dev.soundlift.source;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The body of a file from a server that gives no parts: after a drop it is asked for anew and what is known skipped. */
final class WholeBody implements Spool.Supply {
    private final Http http;
    private final URI start;
    private final String version;
    private final Retries retries;

    private Http.Answer answer;
    private @Nullable InputStream body;
    private long delivered;

    WholeBody(Http http, URI start, Http.Answer answer, Retries retries) {
        this.http = http;
        this.start = start;
        this.answer = answer;
        this.version = RemoteFile.version(answer);
        this.retries = retries;
    }

    @Override
    public int read(byte[] piece) throws IOException, ExtractionException {
        int[] read = new int[1];
        retries.run(() -> {
            try {
                InputStream in = body;
                if (in == null) body = in = answer.body();
                read[0] = in.read(piece);
            } catch (IOException dropped) {
                reopen();
                throw dropped;
            }
        });
        if (read[0] > 0) delivered += read[0];
        return read[0];
    }

    private void reopen() throws ExtractionException {
        close();
        retries.run(() -> {
            answer = http.get(start, start, "");
            if (answer.status() != 200 || !RemoteFile.version(answer).equals(version)) {
                close();
                throw new ExtractionException(ErrorKind.UNREADABLE, Text.of("error.changed"), Text.of("next.changed"));
            }
            InputStream again = answer.body();
            again.skipNBytes(delivered);
            body = again;
        });
    }

    @Override
    public void close() {
        answer.close();
    }
}
