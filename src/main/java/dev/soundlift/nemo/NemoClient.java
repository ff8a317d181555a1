package dev.soundlift.nemo;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * The NemoVideo service, one method for each endpoint (PROTOCOL.md, sections 4 to 9). Signs in when it must, keeps the
 * rules of what may be sent again (section 10), and reads defensively. For one job and one thread. A little
 * longer than most files because the endpoints share one sign-in.
 */
public final class NemoClient implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final Duration BACKOFF = Duration.ofSeconds(2);
    /** A large file may need a while on the other side, after its last byte has been sent. */
    private static final Duration UPLOAD_ANSWER = Duration.ofMinutes(5);

    /** Who has pressed Ctrl-C does not wait for long. */
    private static final Duration LAST_WORD = Duration.ofSeconds(3);

    private final CloudSettings settings;
    private final Cancellation cancellation;
    private final CloudProgress progress;
    private final Wire wire;
    private final SignIn account;

    public NemoClient(CloudSettings settings, Cancellation cancellation, CloudProgress progress) {
        this.settings = settings;
        this.cancellation = cancellation;
        this.progress = progress;
        this.wire = new Wire(settings.pace(), cancellation);
        this.account = new SignIn(settings, wire, cancellation, progress);
    }

    CloudSettings settings() {
        return settings;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    CloudProgress progress() {
        return progress;
    }

    Wire wire() {
        return wire;
    }

    Refusal refusal() {
        return account.refusal();
    }

    void pause(Duration documented) throws ExtractionException {
        settings.pace().sleep(documented, cancellation);
    }

    /**
     * Whose account it is, as far as this machine knows without asking.
     *
     * @param configured whether the token comes from {@code NEMO_TOKEN}
     * @param expires when the kept token ends; nothing where there is none, or it is configured
     */
    public record Account(boolean configured, boolean hasToken, Optional<Instant> expires) {}

    public Account account() {
        Optional<Instant> expires = account.kept().map(CloudStore.Kept::expires);
        boolean configured = settings.configured().isPresent();
        return new Account(configured, configured || expires.isPresent(), expires);
    }

    /** Where an anonymous user can register; with the account's id where that is known. */
    public String registerLink() {
        return account.registerLink();
    }

    /** The session of the last run on this machine. */
    public Optional<Session> lastSession() {
        return account.lastSession();
    }

    /** How a call behaves when no one knows what became of it. */
    private enum Again {
        NEVER(1),
        ONCE(2),
        FEW_TIMES(4);

        private final int tries;

        Again(int tries) {
            this.tries = tries;
        }
    }

    /** Makes the request of one attempt, which differs in its token only. */
    @FunctionalInterface
    interface Draft {
        Request.Builder begin();
    }

    Request.Builder address(String path) {
        return new Request.Builder().url(settings.api() + path);
    }

    Request authorized(Request.Builder request, Token token) {
        return account.attributed(request)
                .header("Authorization", "Bearer " + token.value())
                .build();
    }

    Token token() throws ExtractionException {
        return account.token();
    }

    /** A new token where the old one was refused; nothing where it was configured. */
    Optional<Token> renewedToken() throws ExtractionException {
        return account.renewed();
    }

    private Reply call(Draft draft, Again again, boolean onSession, Duration patience)
            throws ConnectionLost, ExtractionException {
        Token token = account.token();
        boolean renewed = false;
        boolean waited = false;
        for (int attempt = 1; ; attempt++) {
            try {
                Reply reply = wire.send(authorized(draft.begin(), token), patience);
                Optional<Problem> found = Problem.of(reply);
                if (found.isEmpty()) return reply;
                Problem problem = onSession ? found.get().onSessionPath() : found.get();
                switch (problem.kind()) {
                    case SIGN_IN -> {
                        Optional<Token> fresh = renewed ? Optional.empty() : account.renewed();
                        if (fresh.isEmpty()) throw refusal().of(problem);
                        token = fresh.get();
                        renewed = true;
                    }
                    case BUSY -> {
                        if (waited) throw refusal().of(problem);
                        waited = true;
                        pause(SignIn.BUSY_WAIT);
                    }
                    case SERVER -> {
                        if (attempt >= again.tries) throw refusal().of(problem);
                        pause(BACKOFF.multipliedBy(attempt));
                    }
                    default -> throw refusal().of(problem);
                }
            } catch (ConnectionLost lost) {
                if (attempt >= again.tries) throw lost;
                pause(BACKOFF.multipliedBy(attempt));
            }
        }
    }

    private Reply call(Draft draft, Again again, boolean onSession) throws ExtractionException {
        try {
            return call(draft, again, onSession, Duration.ofSeconds(60));
        } catch (ConnectionLost lost) {
            throw refusal().of(lost);
        }
    }

    private ExtractionException garbage(Reply reply) {
        return refusal().of(new Problem(Problem.Kind.GARBAGE, reply.status(), ""));
    }

    /** A new, empty project; remembered for the next run. */
    public Session newSession(String language) throws ExtractionException {
        String body = json(json -> {
            json.writeStringField("task_name", "project");
            json.writeStringField("language", language);
        });
        Reply reply = call(
                () -> address("/api/tasks/me/with-session/nemo_agent").post(RequestBody.create(body, JSON)),
                Again.ONCE,
                false);
        JsonNode data = reply.data();
        account.learn(JsonText.text(data.path("user_id")));
        String id = JsonText.text(data.path("session_id")).filter(Session::isId).orElseThrow(() -> garbage(reply));
        Session session = new Session(id, JsonText.text(data.path("task_id")));
        account.store().keep(session);
        return session;
    }

    public Credits credits() throws ExtractionException {
        Reply reply = call(() -> address("/api/credits/balance/simple").get(), Again.FEW_TIMES, false);
        JsonNode data = reply.data();
        OptionalLong available = JsonText.number(data.path("available"));
        if (available.isEmpty()) throw garbage(reply);
        long frozen = JsonText.number(data.path("frozen")).orElse(0);
        return new Credits(
                available.getAsLong(),
                frozen,
                JsonText.number(data.path("total")).orElse(available.getAsLong() + frozen));
    }

    /** Before a message, which costs: refuses where nothing is left to pay it with. */
    public Credits creditsForAMessage() throws ExtractionException {
        Credits credits = credits();
        if (credits.available() > 0) return credits;
        throw refusal().of(new Problem(Problem.Kind.NO_CREDITS, 2001, ""));
    }

    public State state(Session session) throws ExtractionException {
        Reply reply = call(
                () -> address("/api/state/nemo_agent/me/" + session.id() + "/latest")
                        .get(),
                Again.FEW_TIMES,
                true);
        if (!reply.data().path("state").isObject()
                && !reply.data().path("state").isNull()) throw garbage(reply);
        State state = State.of(reply);
        account.learn(state.userId());
        return state;
    }

    /**
     * Sends a file, from the disk and never whole in memory.
     *
     * @throws ExtractionException of kind {@link ErrorKind#CLOUD_FILE_TYPE} before a byte is sent, where the service
     *     does not take such files
     */
    public List<Asset> upload(Session session, Path file) throws ExtractionException {
        requireUploadable(file);
        String name = String.valueOf(file.getFileName());
        Draft draft = () -> address("/api/upload-video/nemo_agent/me/" + session.id())
                .post(new MultipartBody.Builder()
                        .setType(MultipartBody.FORM)
                        .addFormDataPart("files", name, new FileBody(file, progress))
                        .build());
        return uploaded(session, name, draft);
    }

    /** Refuses what the service would not take, or nobody can read. */
    public void requireUploadable(Path file) throws ExtractionException {
        String name = String.valueOf(file.getFileName());
        if (!AcceptedFiles.accepts(name)) {
            throw refusal().of(new Problem(Problem.Kind.FILE_TYPE, 4001, ""));
        }
        if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
            throw new ExtractionException(
                    ErrorKind.UNREADABLE, Text.of("error.input-missing"), Text.of("next.input-missing"));
        }
    }

    /** Lets the service fetch a file itself. */
    public List<Asset> upload(Session session, URI address) throws ExtractionException {
        String body = json(json -> {
            json.writeArrayFieldStart("urls");
            json.writeString(address.toString());
            json.writeEndArray();
            json.writeStringField("source_type", "url");
        });
        String path = address.getPath() == null ? "" : address.getPath();
        Draft draft =
                () -> address("/api/upload-video/nemo_agent/me/" + session.id()).post(RequestBody.create(body, JSON));
        return uploaded(session, path.replaceAll("^.*/", ""), draft);
    }

    private List<Asset> uploaded(Session session, String name, Draft draft) throws ExtractionException {
        for (int attempt = 1; ; attempt++) {
            Optional<ExtractionException> unknown;
            try {
                Reply reply = call(draft, Again.NEVER, true, UPLOAD_ANSWER);
                List<Asset> files = new ArrayList<>();
                reply.data().path("files").forEach(file -> files.add(Asset.of(file)));
                if (files.isEmpty()) throw garbage(reply);
                return files;
            } catch (ConnectionLost lost) {
                unknown = Optional.of(refusal().of(lost));
            } catch (ExtractionException refused) {
                if (refused.kind() != ErrorKind.CLOUD_NO_ANSWER) throw refused;
                unknown = Optional.of(refused);
            }
            pause(BACKOFF);
            State state = state(session);
            if (state.hasAsset(name)) return state.assets();
            if (attempt >= 2) throw unknown.get();
        }
    }

    /** Puts a draft into the queue; what it says of the render's id is not trusted. */
    Reply submitRender(Session session, String renderId, String draft) throws ConnectionLost, ExtractionException {
        String body = json(json -> {
            json.writeStringField("id", renderId);
            json.writeStringField("sessionId", session.id());
            json.writeFieldName("draft");
            json.writeRawValue(draft);
            json.writeObjectFieldStart("output");
            json.writeStringField("format", "mp4");
            json.writeStringField("quality", "high");
            json.writeEndObject();
        });
        return call(
                () -> address("/api/render/proxy/lambda").post(RequestBody.create(body, JSON)),
                Again.NEVER,
                false,
                Duration.ofSeconds(60));
    }

    /** One look, without trying again: the caller looks again anyway. */
    Render render(String renderId) throws ConnectionLost, ExtractionException {
        Reply reply = call(
                () -> address("/api/render/proxy/lambda/" + renderId).get(),
                Again.NEVER,
                false,
                Duration.ofSeconds(60));
        return Render.of(reply);
    }

    /** Best effort: nobody is left to hear of a failure. */
    void cancelRender(String renderId) {
        try (Wire last = new Wire(settings.pace(), new Cancellation())) {
            last.send(
                    authorized(
                            address("/api/render/proxy/lambda/" + renderId + "/cancel")
                                    .post(RequestBody.create(new byte[0], null)),
                            account.token()),
                    LAST_WORD);
        } catch (ConnectionLost | ExtractionException gone) {
            return;
        }
    }

    /** A link with which the owner takes the project over in a browser. */
    public ClaimLink claimLink(Session session) throws ExtractionException {
        String body = json(json -> {
            json.writeStringField("task_id", session.taskId().orElse(""));
            json.writeStringField("session_id", session.id());
        });
        try {
            Reply reply = call(
                    () -> address("/api/auth/claim-token").post(RequestBody.create(body, JSON)), Again.ONCE, false);
            Optional<String> token = JsonText.text(reply.data().path("claim_token"));
            return token.map(value -> ClaimLink.byClaimToken(settings, value))
                    .orElse(ClaimLink.withoutToken(settings, session));
        } catch (ExtractionException refused) {
            if (refused.kind() == ErrorKind.INTERRUPTED) throw refused;
            return ClaimLink.withoutToken(settings, session);
        }
    }

    /** The seeds' link, which opens the whole account: only where the user asks for exactly that. */
    public ClaimLink fullClaimLink(Session session) throws ExtractionException {
        return ClaimLink.withToken(settings, session, account.token());
    }

    @FunctionalInterface
    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    static String message(Session session, String text) {
        return json(json -> {
            json.writeStringField("app_name", "nemo_agent");
            json.writeStringField("user_id", "me");
            json.writeStringField("session_id", session.id());
            json.writeObjectFieldStart("new_message");
            json.writeArrayFieldStart("parts");
            json.writeStartObject();
            json.writeStringField("text", text);
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static String json(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonText.MAPPER.getFactory().createGenerator(text)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException impossible) { // nothing but memory is written to
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    @Override
    public void close() {
        wire.close();
    }
}
