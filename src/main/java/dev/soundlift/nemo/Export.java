package dev.soundlift.nemo;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.nemo.CloudProgress.Stage;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/** Turns a session's draft into a file: submit, look every half minute, fetch (PROTOCOL.md, section 9). Costs nothing. */
public final class Export {
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final int LOOKS = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final NemoClient client;

    public Export(NemoClient client) {
        this.client = client;
    }

    /** What may stand in a path and on a command line. */
    public static boolean isId(String text) {
        return text.matches("[A-Za-z0-9_-]{1,100}");
    }

    /** Renders what the session holds and puts it into the file. */
    public Download.Fetched export(Session session, Path file) throws ExtractionException {
        State state = client.state(session);
        if (!state.timeline().ready() || state.draftAsWritten().isEmpty()) {
            throw new ExtractionException(
                    ErrorKind.CLOUD_REFUSED, Text.of("error.cloud-nothing-to-export"), Text.of("next.cloud-say-first"));
        }
        String draft = state.draftAsWritten().get();
        String id = newId();
        for (int attempt = 1; ; attempt++) {
            Submitted submitted = submit(session, id, draft, attempt > 1);
            Optional<Render> done = submitted.accepted() ? await(submitted.id()) : Optional.empty();
            if (done.isPresent() && done.get().completed()) return fetch(submitted.id(), done.get(), file);
            if (attempt == 2) {
                throw submitted
                        .why()
                        .orElseGet(() ->
                                failed(submitted.id(), done.map(Render::error).orElse("")));
            }
            id = newId();
        }
    }

    /** Goes on with a render that an earlier run began. */
    public Download.Fetched resume(String renderId, Path file) throws ExtractionException {
        Optional<Render> now = look(renderId);
        Render done = now.isPresent() && (now.get().completed() || now.get().failed())
                ? now.get()
                : await(renderId).orElseThrow(() -> failed(renderId, ""));
        if (!done.completed()) throw failed(renderId, done.error());
        return fetch(renderId, done, file);
    }

    private Download.Fetched fetch(String renderId, Render done, Path file) throws ExtractionException {
        try {
            return new Download(client).render(renderId, done.url(), done.bytes(), file);
        } catch (ExtractionException failed) {
            if (failed.kind() != ErrorKind.INTERRUPTED) throw failed;
            throw new ExtractionException(
                    failed.kind(), failed.whatHappened(), Text.of("next.cloud-resume", renderId), failed);
        }
    }

    /** Milliseconds and something random: two submissions with one id are refused. */
    private static String newId() {
        return "render_" + System.currentTimeMillis() + "_" + Long.toString(RANDOM.nextLong() & 0xFFFFFFFFL, 36);
    }

    /**
     * A submission.
     *
     * @param id under which it runs now
     * @param why it was refused; nothing where it was accepted
     */
    private record Submitted(String id, Optional<ExtractionException> why) {
        boolean accepted() {
            return why.isEmpty();
        }
    }

    private Submitted submit(Session session, String id, String draft, boolean last) throws ExtractionException {
        try {
            client.submitRender(session, id, draft);
            return new Submitted(id, Optional.empty());
        } catch (ConnectionLost lost) {
            return unknown(id, client.refusal().of(lost), last);
        } catch (ExtractionException refused) {
            return switch (refused.kind()) {
                case CLOUD_NO_ANSWER -> unknown(id, refused, last);
                // A second try would end the same way, or the user has to do something first
                case CLOUD_PLAN, CLOUD_SIGN_IN, CLOUD_SESSION, CLOUD_BUSY, CLOUD_CREDITS -> throw refused;
                case INTERRUPTED -> throw cancelled(id, refused);
                default -> {
                    if (last) throw refused;
                    yield new Submitted(id, Optional.of(refused));
                }
            };
        }
    }

    /** Nobody knows whether the submission arrived: the id tells. */
    private Submitted unknown(String id, ExtractionException why, boolean last) throws ExtractionException {
        client.pause(Duration.ofSeconds(2));
        try {
            client.render(id);
            return new Submitted(id, Optional.empty());
        } catch (ConnectionLost stillGone) {
            // It may well be running; looking on is free, a second submission is not
            return new Submitted(id, Optional.empty());
        } catch (ExtractionException asked) {
            if (asked.kind() == ErrorKind.CLOUD_NO_ANSWER) return new Submitted(id, Optional.empty());
            if (asked.kind() != ErrorKind.CLOUD_REFUSED || last) throw why;
            return new Submitted(id, Optional.of(why)); // not there: once more, with a new id
        }
    }

    /** The render when it has ended one way or the other. */
    private Optional<Render> await(String id) throws ExtractionException {
        try {
            for (int look = 1; look <= LOOKS; look++) {
                client.pause(INTERVAL);
                Optional<Render> now = look(id);
                if (now.isEmpty()) continue;
                client.progress().advanced(Stage.RENDER, now.get().progress() / 100.0);
                if (now.get().completed() || now.get().failed()) return now;
            }
        } catch (ExtractionException failed) {
            throw failed.kind() == ErrorKind.INTERRUPTED ? cancelled(id, failed) : failed;
        }
        throw new ExtractionException(
                ErrorKind.CLOUD_NO_ANSWER, Text.of("error.cloud-render-slow"), Text.of("next.cloud-resume", id));
    }

    private ExtractionException cancelled(String id, ExtractionException interrupted) {
        client.cancelRender(id);
        return new ExtractionException(
                ErrorKind.INTERRUPTED, interrupted.whatHappened(), Text.of("next.cloud-cancelled", id), interrupted);
    }

    /** Nothing where the look itself failed in a way that may pass. */
    private Optional<Render> look(String id) throws ExtractionException {
        try {
            return Optional.of(client.render(id));
        } catch (ConnectionLost lost) {
            return Optional.empty();
        } catch (ExtractionException failed) {
            if (failed.kind() == ErrorKind.CLOUD_NO_ANSWER || failed.kind() == ErrorKind.CLOUD_BUSY) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private static ExtractionException failed(String id, String words) {
        return new ExtractionException(
                ErrorKind.CLOUD_RENDER_FAILED,
                words.isEmpty()
                        ? Text.of("error.cloud-render-failed")
                        : Text.of("error.cloud-render-failed-words", words),
                Text.of("next.cloud-render-failed", id));
    }
}
