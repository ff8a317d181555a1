package dev.soundlift.nemo;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.nemo.CloudProgress.Stage;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Messages to the service's agent. Each costs credits, so none is ever sent again while its outcome is open: after a drop
 * or a timeout only the state tells what happened (PROTOCOL.md, sections 6.3 and 6.4).
 */
public final class Conversation {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration LONGEST_WITHOUT_SUBSTANCE = Duration.ofMinutes(10);
    private static final Duration STILL_WORKING = Duration.ofMinutes(2);
    private static final Duration FIRST_LOOK = Duration.ofSeconds(30);
    private static final Duration NEXT_LOOK = Duration.ofSeconds(60);
    private static final int LOOKS = 5;

    private final NemoClient client;
    private boolean begun;

    public Conversation(NemoClient client) {
        this.client = client;
    }

    /** Whether a message has been taken on, or may have been: then it is not sent again in another session either. */
    public boolean mayHaveBegun() {
        return begun;
    }

    /** How a stream ended. */
    private record Stream(Transcript transcript, boolean broken) {}

    /** Sends the message, once. */
    public Answer say(Session session, String text) throws ExtractionException {
        State before = client.state(session);
        Stream stream;
        try {
            stream = stream(session, text);
        } catch (ExtractionException failed) {
            if (failed.kind() != ErrorKind.INTERRUPTED) throw failed;
            throw new ExtractionException(
                    failed.kind(), failed.whatHappened(), Text.of("next.cloud-look", session.id()), failed);
        }
        begun = true;
        Optional<Problem> problem = stream.transcript().problem();
        if (problem.isPresent()) throw client.refusal().of(problem.get().onSessionPath());
        List<String> shown = stream.transcript().shown();
        if (stream.broken()) return new Answer(shown, before, recovered(session, before), true);
        // A third of all edits is done without a word; then what changed is the answer
        State after = afterwards(session);
        if (stream.transcript().onlyNoise() && after.differsFrom(before)) shown = List.of();
        return new Answer(shown, before, after, false);
    }

    private State afterwards(Session session) throws ExtractionException {
        try {
            return client.state(session);
        } catch (ExtractionException failed) {
            if (failed.kind() != ErrorKind.CLOUD_NO_ANSWER) throw failed;
            throw new ExtractionException(
                    failed.kind(), failed.whatHappened(), Text.of("next.cloud-look", session.id()), failed);
        }
    }

    private Stream stream(Session session, String text) throws ExtractionException {
        Token token = client.token();
        boolean renewed = false;
        boolean waited = false;
        boolean reconnected = false;
        while (true) {
            Transcript transcript = new Transcript();
            Watchdog watchdog = new Watchdog();
            Problem refused;
            try {
                Optional<Problem> problem = client.wire()
                        .send(
                                request(session, text, token),
                                LONGEST,
                                watchdog::barks,
                                response -> read(response, transcript, watchdog));
                if (problem.isEmpty()) return new Stream(transcript, false);
                refused = problem.get().onSessionPath();
            } catch (ConnectionLost lost) {
                if (lost.sent()) return new Stream(transcript, true);
                // Not a byte has left: trying once more sends nothing twice
                if (reconnected) throw client.refusal().of(lost);
                reconnected = true;
                client.pause(Duration.ofSeconds(2));
                continue;
            }
            // The documents name two refusals after which the same call is made once more; nothing was begun then
            switch (refused.kind()) {
                case SIGN_IN -> {
                    Optional<Token> fresh = renewed ? Optional.empty() : client.renewedToken();
                    if (fresh.isEmpty()) throw client.refusal().of(refused);
                    token = fresh.get();
                    renewed = true;
                }
                case BUSY -> {
                    if (waited) throw client.refusal().of(refused);
                    waited = true;
                    client.pause(SignIn.BUSY_WAIT);
                }
                case SERVER, GARBAGE -> {
                    return new Stream(transcript, true);
                }
                default -> throw client.refusal().of(refused);
            }
        }
    }

    private Request request(Session session, String text, Token token) {
        return client.authorized(
                client.address("/run_sse")
                        .header("Accept", "text/event-stream")
                        .post(new Once(NemoClient.message(session, text))),
                token);
    }

    /** A body that OkHttp may not send a second time, whatever the answer asks for. */
    private static final class Once extends RequestBody {
        private final byte[] bytes;

        Once(String json) {
            this.bytes = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }

        @Override
        public @Nullable MediaType contentType() {
            return MediaType.get("application/json");
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }

    /** A refusal, or nothing where the stream was read to its end. */
    private Optional<Problem> read(Response response, Transcript transcript, Watchdog watchdog) throws IOException {
        String type = String.valueOf(response.header("Content-Type"));
        boolean stream = new Reply(response.code(), type, "").isEventStream();
        if (!response.isSuccessful() || !stream) {
            Reply reply = Wire.whole(response);
            Optional<Problem> problem = Problem.of(reply);
            // One event that was sent as a plain answer
            if (problem.isEmpty()) transcript.accept(reply.json());
            return problem;
        }
        SseReader events = new SseReader(response.body().byteStream());
        for (Optional<SseReader.Item> item = events.next(); item.isPresent(); item = events.next()) {
            if (transcript.accept(item.get())) watchdog.heardSomething();
            client.progress().advanced(Stage.PROCESSING, Double.NaN);
            if (watchdog.barks()) throw new IOException("the stream takes too long");
        }
        return Optional.empty();
    }

    /** Cuts the line after ten minutes of nothing but signs of life, and after fifteen in any case. */
    private final class Watchdog {
        private final long started = now();
        private final AtomicLong lastSubstance = new AtomicLong(started);
        private long told = started;

        /** Also on the wire's own thread, for a line that is silent altogether. */
        boolean barks() {
            long now = now();
            boolean late =
                    now - started >= nanos(LONGEST) || now - lastSubstance.get() >= nanos(LONGEST_WITHOUT_SUBSTANCE);
            if (!late) tellThatItGoesOn(now);
            return late;
        }

        void heardSomething() {
            lastSubstance.set(now());
        }

        private long now() {
            return client.settings().pace().time().nanoTime();
        }

        private synchronized void tellThatItGoesOn(long now) {
            if (now - told < nanos(STILL_WORKING)) return;
            told = now;
            long minutes = Math.round((now - started) / (double) nanos(Duration.ofMinutes(1)));
            client.progress().says(Text.of("cloud.still-working", Long.toString(minutes)));
        }

        private long nanos(Duration documented) {
            return client.settings().pace().of(documented).toNanos();
        }
    }

    /** Looks until something has changed; looking costs nothing. */
    private State recovered(Session session, State before) throws ExtractionException {
        client.progress().says(Text.of("cloud.recovering"));
        client.pause(FIRST_LOOK);
        for (int look = 1; ; look++) {
            Optional<State> now = look(session);
            if (now.isPresent() && now.get().differsFrom(before)) {
                // A job in two stages changes twice: first the result, then what is put on top
                client.pause(NEXT_LOOK);
                return look(session).orElse(now.get());
            }
            if (look == LOOKS) {
                throw new ExtractionException(
                        ErrorKind.CLOUD_NO_ANSWER,
                        Text.of("error.cloud-outcome-open"),
                        Text.of("next.cloud-look", session.id()));
            }
            client.pause(NEXT_LOOK);
        }
    }

    private Optional<State> look(Session session) throws ExtractionException {
        try {
            return Optional.of(client.state(session));
        } catch (ExtractionException failed) {
            if (failed.kind() != ErrorKind.CLOUD_NO_ANSWER && failed.kind() != ErrorKind.CLOUD_BUSY) throw failed;
            return Optional.empty();
        }
    }
}
