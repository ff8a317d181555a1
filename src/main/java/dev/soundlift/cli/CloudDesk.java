package dev.soundlift.cli;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.nemo.Answer;
import dev.soundlift.nemo.Asset;
import dev.soundlift.nemo.CloudSettings;
import dev.soundlift.nemo.ContentKind;
import dev.soundlift.nemo.Conversation;
import dev.soundlift.nemo.Credits;
import dev.soundlift.nemo.Download;
import dev.soundlift.nemo.Export;
import dev.soundlift.nemo.NemoClient;
import dev.soundlift.nemo.Routing;
import dev.soundlift.nemo.Session;
import dev.soundlift.nemo.State;
import dev.soundlift.nemo.Timeline;
import dev.soundlift.nemo.Translation;
import dev.soundlift.output.PendingFile;
import dev.soundlift.request.OnExists;
import dev.soundlift.text.Text;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Does what the cloud commands ask for, and tells it. */
final class CloudDesk implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"'<>，。]+");

    private final NemoClient client;
    private final CloudAction action;

    private CloudDesk(NemoClient client, CloudAction action) {
        this.client = client;
        this.action = action;
    }

    static CloudDesk open(CloudAction action, Cancellation cancellation) throws ExtractionException {
        return new CloudDesk(
                new NemoClient(CloudSettings.fromEnvironment(), cancellation, new CloudProgressLine(action)), action);
    }

    private Session session() throws ExtractionException {
        if (action.session != null) return new Session(action.session, Optional.empty());
        return client.lastSession().orElseThrow(CloudAction::noSession);
    }

    /** Whose account, how much is left, which session; asks for no new account. */
    void status() throws ExtractionException {
        NemoClient.Account account = client.account();
        Map<String, Object> values = new LinkedHashMap<>();
        List<Text> lines = new ArrayList<>();
        values.put("signedIn", account.hasToken());
        values.put("configuredToken", account.configured());
        account.expires().ifPresent(end -> values.put("tokenExpires", end.toString()));
        lines.add(accountLine(account));
        if (account.hasToken()) {
            Credits credits = client.credits();
            values.put("creditsAvailable", credits.available());
            lines.add(creditsLine(credits));
        }
        Optional<Session> session = action.session == null ? client.lastSession() : Optional.of(session());
        if (account.hasToken() && session.isPresent()) {
            values.put("session", session.get().id());
            lines.add(Text.of("cloud.session", session.get().id()));
            String summary = summary(client.state(session.get()));
            values.put("timeline", summary);
            lines.add(Text.of("cloud.line", summary));
        }
        action.result(values, lines.toArray(new Text[0]));
    }

    static Text accountLine(NemoClient.Account account) {
        if (account.configured()) return Text.of("cloud.account-configured");
        return account.expires()
                .map(end -> Text.of("cloud.account-anonymous", end.toString()))
                .orElse(Text.of("cloud.account-none"));
    }

    static Text creditsLine(Credits credits) {
        return Text.of(
                "cloud.credits",
                Long.toString(credits.available()),
                Long.toString(credits.frozen()),
                Long.toString(credits.total()));
    }

    void credits() throws ExtractionException {
        Credits credits = client.credits();
        action.result(
                Map.of("available", credits.available(), "frozen", credits.frozen(), "total", credits.total()),
                creditsLine(credits));
    }

    private static String summary(State state) {
        Timeline timeline = state.timeline();
        return timeline.ready() ? timeline.summary() : "Timeline: -";
    }

    void tracks() throws ExtractionException {
        State state = client.state(session());
        String files = state.assets().stream().map(Asset::name).collect(Collectors.joining(", "));
        String summary = summary(state);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("session", session().id());
        values.put("ready", state.timeline().ready());
        values.put("timeline", summary);
        values.put("files", files);
        action.result(values, Text.of("cloud.line", summary), Text.of("cloud.files", files.isEmpty() ? "-" : files));
        warnOfExtraSound(state);
    }

    private void warnOfExtraSound(State state) {
        List<Timeline.Track> extra = state.timeline().extraAudio();
        if (extra.isEmpty()) return;
        String names = extra.stream().map(Timeline.Track::name).collect(Collectors.joining(", "));
        action.note(Text.of("report.warning", Text.of("warning.cloud-extra-sound", names)));
    }

    /** A file or an address; into a new session, unless one is named. */
    void upload(String what) throws ExtractionException {
        Session unused = uploaded(what);
    }

    private Session uploaded(String what) throws ExtractionException {
        boolean remote = ADDRESS.matcher(what).matches();
        Optional<URI> address = remote ? Optional.of(address(what)) : Optional.empty();
        if (!remote) client.requireUploadable(Path.of(what));
        Session session = action.session == null ? client.newSession(action.language()) : session();
        List<Asset> files =
                remote ? client.upload(session, address.orElseThrow()) : client.upload(session, Path.of(what));
        String names = files.stream().map(Asset::name).collect(Collectors.joining(", "));
        String link = client.claimLink(session).address();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("session", session.id());
        values.put("files", names);
        if (action.global.json) values.put("claimLink", link);
        action.result(values, Text.of("cloud.uploaded", names), Text.of("cloud.session", session.id()));
        if (!action.global.json) action.note(Text.of("cloud.claim", link));
        return session;
    }

    /** An address that anybody may know: one inside the user's network is nobody's business, and of no use there. */
    private static URI address(String text) throws ExtractionException {
        try {
            URI address = URI.create(text);
            if (CloudSettings.fromEnvironment().reachable(address)) return address;
            throw new ExtractionException(
                    ErrorKind.USAGE, Text.of("error.cloud-unreachable", text), Text.of("next.cloud-files-only"));
        } catch (IllegalArgumentException malformed) {
            throw new ExtractionException(
                    ErrorKind.USAGE, Text.of("error.input-kind", text), Text.of("next.cloud-files-only"));
        }
    }

    /** What we can answer ourselves is not sent: a message costs credits. */
    void say(String text) throws ExtractionException {
        switch (Routing.of(text)) {
            case CREDITS -> credits();
            case EXPORT -> export(Optional.empty(), Optional.empty(), OnExists.RENAME, false);
            case STATE -> tracks();
            case UPLOAD ->
                upload(handedOver(text)
                        .orElseThrow(() -> new ExtractionException(
                                ErrorKind.USAGE,
                                Text.of("error.cloud-upload-what"),
                                Text.of("next.cloud-files-only"))));
            case MESSAGE -> request(text);
        }
    }

    /** Who names a file hands it over: it is uploaded first, and if there is nothing more to do, that is all. */
    private void request(String text) throws ExtractionException {
        Optional<String> file = action.session == null ? handedOver(text) : Optional.empty();
        if (file.isEmpty()) {
            message(session(), text);
            return;
        }
        Session session = uploaded(file.get());
        if (!text.strip().equals(file.get())) message(session, text);
    }

    private static Optional<String> handedOver(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (address.find()) return Optional.of(address.group());
        if (isFile(text.strip())) return Optional.of(text.strip());
        for (String word : text.split("\\s+", -1)) {
            String plain = word.replaceAll("^[\"'“”]+|[\"'“”]+$", "");
            if (isFile(plain)) return Optional.of(plain);
        }
        return Optional.empty();
    }

    private static boolean isFile(String name) {
        try {
            return !name.isEmpty() && Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException noName) {
            return false;
        }
    }

    private void message(Session session, String text) throws ExtractionException {
        Credits credits = client.creditsForAMessage();
        action.note(Text.of("cloud.price", Long.toString(Credits.USUAL_PRICE), Long.toString(credits.available())));
        Answer answer = new Conversation(client).say(session, text);
        Translation said = Translation.of(answer.paragraphs());
        List<String> paragraphs = new ArrayList<>(said.kept());
        boolean edit = said.instead().contains(Translation.Instead.EDIT);
        // What the service would have dragged is asked for in words: once, and only if the user asked for it
        if (edit && Translation.asksForAnEdit(text)) {
            answer = new Conversation(client).say(session, "There is no screen here. Please do this yourself: " + text);
            said = Translation.of(answer.paragraphs());
            paragraphs.addAll(said.kept());
        } else if (edit) {
            action.note(Text.of("cloud.edit-left-out"));
        }
        boolean describe = said.instead().contains(Translation.Instead.SUMMARY);
        tell(session, answer, paragraphs, describe);
        if (said.instead().contains(Translation.Instead.CREDITS)) action.note(creditsLine(client.credits()));
        warnOfExtraSound(answer.after());
        if (!said.instead().contains(Translation.Instead.EXPORT)) return;
        // "Click Export" is ours to do; it is free
        if (answer.after().timeline().ready()) export(Optional.empty(), Optional.empty(), OnExists.RENAME, false);
        else action.note(Text.of("cloud.line", summary(answer.after())));
    }

    /** What was said, without the words for a screen; where nothing is left of it, what there is. */
    private void tell(Session session, Answer answer, List<String> paragraphs, boolean describe) {
        boolean changed = answer.changedAnything();
        String summary = summary(answer.after());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("session", session.id());
        values.put("text", String.join("\n", paragraphs));
        values.put("changed", changed);
        values.put("timeline", summary);
        List<Text> lines = new ArrayList<>();
        for (String paragraph : paragraphs) {
            paragraph.lines().forEach(line -> lines.add(Text.of("cloud.line", line)));
        }
        if (answer.paragraphs().isEmpty() && !changed) lines.add(Text.of("cloud.nothing-changed"));
        if (changed || describe || paragraphs.isEmpty()) lines.add(Text.of("cloud.line", summary));
        action.result(values, lines.toArray(new Text[0]));
    }

    void export(Optional<String> render, Optional<Path> output, OnExists onExists, boolean fullLink)
            throws ExtractionException {
        if (render.isPresent() && !Export.isId(render.get())) {
            throw new ExtractionException(
                    ErrorKind.USAGE, Text.of("error.bad-value", "--render", "…"), Text.of("next.cloud-say-first"));
        }
        Optional<Session> session = render.isPresent() ? Optional.empty() : Optional.of(session());
        Path target = output.orElse(Path.of(name(render, session) + ".mp4"));
        if (onExists == OnExists.FAIL && Files.exists(target)) throw PendingFile.exists(target);
        if (onExists == OnExists.SKIP && Files.exists(target)) {
            action.result(
                    Map.of("status", "skipped", "output", target.toString()), Text.of("cloud.line", target.toString()));
            return;
        }
        ContentKind kind;
        Path delivered;
        try (PendingFile pending = PendingFile.beside(target, onExists)) {
            Download.Fetched fetched = render.isPresent()
                    ? new Export(client).resume(render.get(), pending.path())
                    : new Export(client).export(session.orElseThrow(), pending.path());
            kind = fetched.kind();
            delivered = pending.commit();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("output", delivered.toString());
        values.put("content", kind.name().toLowerCase(Locale.ROOT));
        Optional<String> link = session.isPresent() ? Optional.of(link(session.get(), fullLink)) : Optional.empty();
        link.ifPresent(address -> values.put("claimLink", address));
        action.result(values, Text.of("cloud.line", delivered.toString()));
        boolean misnamed = !delivered.toString().toLowerCase(Locale.ROOT).endsWith("." + kind.extension());
        if (misnamed) action.note(Text.of("report.warning", Text.of("warning.cloud-content", kind.extension())));
        if (!action.global.json) link.ifPresent(address -> action.note(Text.of("cloud.claim", address)));
    }

    private String link(Session session, boolean full) throws ExtractionException {
        Optional<Session> last = client.lastSession().filter(known -> known.id().equals(session.id()));
        Session known = last.isPresent()
                ? last.get()
                : new Session(session.id(), client.state(session).taskId());
        return (full ? client.fullClaimLink(known) : client.claimLink(known)).address();
    }

    private String name(Optional<String> render, Optional<Session> session) throws ExtractionException {
        if (session.isEmpty()) return render.orElse("nemovideo");
        List<Asset> files = client.state(session.get()).assets();
        String name = files.isEmpty() ? "" : files.get(0).name().replaceAll("\\.[^.]*$", "");
        String plain = name.replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|]", "_")
                .replaceAll("^\\.+", "")
                .strip();
        return plain.isEmpty() ? "nemovideo" : plain + ".nemovideo";
    }

    @Override
    public void close() {
        client.close();
    }
}
