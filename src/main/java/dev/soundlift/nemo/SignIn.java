package dev.soundlift.nemo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Whose account it is: the configured token, else the one that was kept, else a new anonymous one. */
final class SignIn {
    private static final Duration LIFE = Duration.ofDays(7);
    /** A token that ends during the job is of no use. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    static final Duration BUSY_WAIT = Duration.ofSeconds(30);
    private static final Duration BACKOFF = Duration.ofSeconds(2);
    private static final int TRIES = 3;

    private final CloudSettings settings;
    private final Wire wire;
    private final Cancellation cancellation;
    private final CloudProgress progress;
    private final Refusal refusal;
    private @Nullable Token current;
    private Optional<String> user = Optional.empty();

    SignIn(CloudSettings settings, Wire wire, Cancellation cancellation, CloudProgress progress) {
        this.settings = settings;
        this.wire = wire;
        this.cancellation = cancellation;
        this.progress = progress;
        this.refusal = new Refusal(settings, this);
    }

    private String clientId() throws ExtractionException {
        return settings.clientId().isPresent() ? settings.clientId().get() : ClientId.in(settings.clientIdFile());
    }

    /** Makes a client id where there is none. */
    CloudStore store() throws ExtractionException {
        return store(settings.configured().isPresent() ? "configured" : clientId());
    }

    private CloudStore store(String owner) {
        return new CloudStore(settings.store(), settings.api() + " " + owner);
    }

    /** What was kept, without leaving a trace where nothing was. */
    private Optional<CloudStore> known() {
        if (settings.configured().isPresent()) return Optional.of(store("configured"));
        return settings.clientId()
                .or(() -> ClientId.knownIn(settings.clientIdFile()))
                .map(this::store);
    }

    Optional<Session> lastSession() {
        return known().flatMap(CloudStore::session);
    }

    Refusal refusal() {
        return refusal;
    }

    /** Nothing where none was kept, or it has ended. */
    Optional<CloudStore.Kept> kept() {
        return known().flatMap(CloudStore::token).filter(kept -> kept.expires().isAfter(now().plus(MARGIN)));
    }

    private Instant now() {
        return settings.pace().time().now();
    }

    /** Fetches one where there is none. */
    Token token() throws ExtractionException {
        if (settings.configured().isPresent()) return settings.configured().get();
        if (current != null) return current;
        Optional<CloudStore.Kept> kept = kept();
        return kept.isPresent() ? use(kept.get()) : fetch(Optional.empty());
    }

    private Token use(CloudStore.Kept kept) {
        user = kept.user();
        current = kept.token();
        return kept.token();
    }

    /** After the service did not accept the token; a configured one is never replaced: the new one is another account. */
    Optional<Token> renewed() throws ExtractionException {
        if (settings.configured().isPresent()) return Optional.empty();
        return Optional.of(fetch(Optional.ofNullable(current)));
    }

    /** A new one, or the one that another run has fetched meanwhile. */
    private Token fetch(Optional<Token> refused) throws ExtractionException {
        return store().alone(cancellation, () -> {
            Optional<CloudStore.Kept> others = kept().filter(kept -> !refused.equals(Optional.of(kept.token())));
            return others.isPresent() ? use(others.get()) : asked(refused);
        });
    }

    private Token asked(Optional<Token> refused) throws ExtractionException {
        progress.says(Text.of("cloud.setting-up"));
        Reply reply;
        try {
            reply = ask();
        } catch (ExtractionException failed) {
            if (failed.kind() != ErrorKind.CLOUD_BUSY) throw failed;
            // No new one this week: what has ended by our clock may not have by theirs
            return use(known().flatMap(CloudStore::token)
                    .filter(kept -> !refused.equals(Optional.of(kept.token())))
                    .orElseThrow(() -> failed));
        }
        JsonNode data = reply.data();
        Optional<String> value = JsonText.text(data.path("token"));
        boolean usable = value.filter(Token::isUsable).isPresent();
        if (!usable) throw refusal.of(new Problem(Problem.Kind.GARBAGE, reply.status(), ""));
        Token token = new Token(value.orElseThrow());
        user = JsonText.text(data.path("user_id"));
        // Where one of the two clocks is wrong by days, a token would have ended before it was used
        Instant expires = CloudStore.instant(JsonText.text(data.path("expires_at")))
                .filter(end -> end.isAfter(now().plus(MARGIN)))
                .orElse(now().plus(LIFE));
        store().keep(new CloudStore.Kept(token, expires, user));
        current = token;
        progress.says(Text.of("cloud.ready"));
        return token;
    }

    private Reply ask() throws ExtractionException {
        boolean waited = false;
        boolean idMade = false;
        String id = clientId();
        for (int attempt = 1; ; attempt++) {
            try {
                Reply reply = wire.send(request(id));
                Optional<Problem> problem = Problem.of(reply);
                if (problem.isEmpty()) return reply;
                switch (problem.get().kind()) {
                    case BUSY -> {
                        if (waited) throw refusal.of(problem.get());
                        waited = true;
                        pause(BUSY_WAIT);
                    }
                    case BAD_REQUEST -> {
                        if (idMade) throw refusal.of(problem.get());
                        idMade = true;
                        if (id.isEmpty()) id = UUID.randomUUID().toString();
                    }
                    case SERVER -> {
                        if (attempt >= TRIES) throw refusal.of(problem.get());
                        pause(BACKOFF.multipliedBy(attempt));
                    }
                    default -> throw refusal.of(problem.get());
                }
            } catch (ConnectionLost lost) {
                if (attempt >= TRIES) throw refusal.of(lost);
                pause(BACKOFF.multipliedBy(attempt));
            }
        }
    }

    private void pause(Duration wait) throws ExtractionException {
        settings.pace().sleep(wait, cancellation);
    }

    private Request request(String id) {
        return attributed(new Request.Builder().url(settings.api() + "/api/auth/anonymous-token"))
                .header("X-Client-Id", id)
                .post(RequestBody.create(new byte[0], null))
                .build();
    }

    /** The three headers that every call carries. */
    Request.Builder attributed(Request.Builder request) {
        return request.header("X-Skill-Source", settings.attribution().source())
                .header("X-Skill-Version", settings.attribution().version())
                .header("X-Skill-Platform", settings.attribution().platform());
    }

    /** Older and newer replies name the account in different places. */
    void learn(Optional<String> userId) {
        if (userId.isPresent()) user = userId;
    }

    boolean anonymous() {
        return user.map(id -> id.startsWith("anon_"))
                .orElse(settings.configured().isEmpty());
    }

    String registerLink() {
        String link = settings.web() + "/register";
        return user.map(id -> link + "?bind=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                .orElse(link);
    }
}
