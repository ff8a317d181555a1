package dev.soundlift.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.soundlift.emulator.Wired.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The NemoVideo service as its documents describe it, on this machine, with faults on demand. It really converts what was
 * uploaded (with the system's ffmpeg). Longer than most files because the endpoints share one state. By hand:
 *
 * <pre>
 * java -cp target/test-classes:target/classes:'target/soundlift/lib/*' dev.soundlift.emulator.Emulator 8484
 * NEMO_API_URL=http://127.0.0.1:8484 SOUNDLIFT_CLOUD_TIME_SCALE=0.02 soundlift cloud upload talk.mp4
 * </pre>
 */
public final class Emulator implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    /** Larger than a double holds. */
    private static final long FIRST_SESSION = 5_529_798_706_024_415_233L;

    private final Wired api;
    private final Wired files;
    private final Path folder;
    private final Map<Endpoint, Deque<Fault>> faults = new EnumMap<>(Endpoint.class);
    private final List<Request> requests = new ArrayList<>();
    private final Map<String, String> clientsByToken = new HashMap<>();
    private final Map<String, Project> projects = new HashMap<>();
    private final Map<String, Job> jobs = new HashMap<>();
    private final Set<String> refusedTokens = new HashSet<>();
    private final Agent agent = new Agent(this);
    private long credits = 100;
    private int charges;
    private int serial;
    private boolean strictTokens;
    private boolean seedShape = true;
    private boolean framework;
    private boolean converts = true;

    /** What came in. */
    public record Request(Endpoint endpoint, String method, String path, Map<String, String> headers, String body) {}

    /** A session. */
    static final class Project {
        final String id;
        final String task;
        final ArrayNode assets = JSON.createArrayNode();
        final Map<String, Path> uploads = new HashMap<>();
        JsonNode draft = JSON.createObjectNode();
        JsonNode generated = JSON.createObjectNode();
        int track = 1;

        Project(String id, String task) {
            this.id = id;
            this.task = task;
        }
    }

    /** A render. */
    static final class Job {
        final Path file;
        final boolean fails;
        int looks;
        boolean cancelled;
        int slowLooks;

        Job(Path file, boolean fails) {
            this.file = file;
            this.fails = fails;
        }
    }

    public Emulator(Path folder) throws IOException {
        this(folder, 0);
    }

    private Emulator(Path folder, int port) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.api = new Wired(port, this::answer);
        this.files = new Wired(0, this::serveFile);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        Emulator emulator = new Emulator(Files.createTempDirectory("nemo-emulator"), port);
        if (arguments.length > 1) emulator.credits(Long.parseLong(arguments[1]));
        System.out.println("NEMO_API_URL=" + emulator.url());
        Thread.currentThread().join();
    }

    public String url() {
        return api.url();
    }

    public String filesUrl() {
        return files.url();
    }

    Path folder() {
        return folder;
    }

    /** The next requests to the endpoint go wrong like this, one after the other. */
    public synchronized Emulator fault(Endpoint endpoint, Fault... next) {
        faults.computeIfAbsent(endpoint, any -> new ArrayDeque<>()).addAll(List.of(next));
        return this;
    }

    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    public long count(Endpoint endpoint) {
        return requests().stream()
                .filter(request -> request.endpoint() == endpoint)
                .count();
    }

    /** How often a message was taken on and paid for. */
    public synchronized int charges() {
        return charges;
    }

    public synchronized Emulator strictTokens() {
        strictTokens = true;
        return this;
    }

    /** Render answers as the API reference has them, instead of the seeds' form. */
    public synchronized Emulator apiShape() {
        seedShape = false;
        return this;
    }

    /** Streams in the framework's form, instead of the documented one. */
    public synchronized Emulator frameworkStreams() {
        framework = true;
        return this;
    }

    /** Renders are a few bytes that look like a file: for tests that look at something else. */
    public synchronized Emulator withoutConverting() {
        converts = false;
        return this;
    }

    public Agent agent() {
        return agent;
    }

    public synchronized Emulator credits(long left) {
        credits = left;
        return this;
    }

    /** Redirects point to the same path there. */
    public Emulator redirectsTo(String server) {
        api.elsewhere = server;
        files.elsewhere = server;
        return this;
    }

    /** From now on no token that was given is good any more. */
    public synchronized void expireTokens() {
        refusedTokens.addAll(clientsByToken.keySet());
        clientsByToken.clear();
    }

    private synchronized Fault next(Endpoint endpoint) {
        Deque<Fault> waiting = faults.get(endpoint);
        return waiting == null || waiting.isEmpty() ? Fault.NONE : waiting.poll();
    }

    private void answer(Exchange exchange) throws IOException {
        String path = exchange.path().replaceAll("\\?.*", "");
        Endpoint endpoint = Endpoint.of(exchange.method(), path);
        String body = new String(exchange.body(), StandardCharsets.ISO_8859_1);
        synchronized (this) {
            requests.add(new Request(endpoint, exchange.method(), exchange.path(), exchange.headers(), body));
        }
        Fault fault = next(endpoint);
        if (fault.refuses() || Misbehaviour.isBeforeTheWork(fault)) {
            Misbehaviour.act(fault, exchange, "{}");
            return;
        }
        if (endpoint == Endpoint.TOKEN) {
            finish(fault, exchange, token(exchange));
            return;
        }
        String token = exchange.header("authorization").replaceFirst("^Bearer ", "");
        if (!knows(token)) {
            exchange.json(200, "{\"code\":1001,\"message\":\"Unauthorized " + token + "\",\"data\":null}");
            return;
        }
        if (endpoint == Endpoint.SAY) {
            agent.run(exchange, fault);
            return;
        }
        if (endpoint == Endpoint.FALLBACK) {
            Job job = jobs.get(path.split("/")[4]);
            if (job == null) exchange.json(404, "{\"detail\":\"no such render\"}");
            else Misbehaviour.file(fault, exchange, Files.readAllBytes(job.file));
            return;
        }
        finish(fault, exchange, handle(endpoint, exchange, path, fault));
    }

    private static void finish(Fault fault, Exchange exchange, Answer answer) throws IOException {
        if (Misbehaviour.isAfterTheWork(fault)) Misbehaviour.act(fault, exchange, answer.json());
        else exchange.json(answer.status(), answer.json());
    }

    /** What is to be said. */
    record Answer(int status, String json) {
        static Answer data(ObjectNode data) {
            return new Answer(
                    200,
                    JSON.createObjectNode()
                            .put("code", 0)
                            .put("message", "success")
                            .set("data", data)
                            .toString());
        }

        static Answer code(int code, String message) {
            return new Answer(200, "{\"code\":" + code + ",\"message\":\"" + message + "\",\"data\":null}");
        }
    }

    private synchronized boolean knows(String token) {
        return clientsByToken.containsKey(token) || token.equals("nmv_usr_CONFIGURED");
    }

    private synchronized Answer token(Exchange exchange) {
        String client = exchange.header("x-client-id");
        if (client.isEmpty()) return new Answer(400, "{\"code\":400,\"message\":\"X-Client-Id header is required\"}");
        if (strictTokens && clientsByToken.containsValue(client)) {
            return new Answer(429, "{\"code\":429,\"message\":\"Too many requests\"}");
        }
        String token = "nmv_usr_SECRET" + ++serial + "abcdefghijklmnop";
        clientsByToken.put(token, client);
        return Answer.data(JSON.createObjectNode()
                .put("token", token)
                .put("user_id", "anon_" + client.replaceAll("[^a-z0-9]", ""))
                .put("expires_at", Instant.now().plus(7, ChronoUnit.DAYS).toString())
                .put("credits", credits));
    }

    private synchronized Answer handle(Endpoint endpoint, Exchange exchange, String path, Fault fault)
            throws IOException {
        return switch (endpoint) {
            case SESSION -> session(exchange);
            case CREDITS ->
                Answer.data(JSON.createObjectNode()
                        .put("available", credits)
                        .put("frozen", 0)
                        .put("total", credits));
            case STATE -> state(path.split("/")[5]);
            case UPLOAD -> upload(path.split("/")[5], exchange);
            case SUBMIT -> submit(exchange, fault);
            case POLL -> poll(path.split("/")[5], fault);
            case CANCEL -> cancel(path.split("/")[5]);
            case CLAIM ->
                Answer.data(JSON.createObjectNode()
                        .put("claim_token", "clm_SECRET0000000000000000")
                        .put("expires_in", 604_800));
            default -> new Answer(404, "{\"detail\":\"Not Found\"}");
        };
    }

    private Answer session(Exchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.body());
        if (!body.path("task_name").isTextual() || !body.path("language").isTextual()) {
            return new Answer(422, "{\"detail\":[{\"type\":\"missing\"}]}");
        }
        String id = Long.toString(FIRST_SESSION + projects.size());
        Project project = new Project(id, "task_" + projects.size());
        projects.put(id, project);
        return Answer.data(JSON.createObjectNode().put("task_id", project.task).put("session_id", id));
    }

    synchronized Project project(String id) {
        return projects.get(id);
    }

    private Answer state(String id) {
        Project project = projects.get(id);
        if (project == null) return Answer.code(1002, "Session not found");
        ObjectNode state = JSON.createObjectNode();
        state.set("video_infos", project.assets);
        state.set("draft", project.draft);
        state.putObject("canvas_config");
        state.set("generated_media", project.generated);
        ObjectNode data = JSON.createObjectNode().put("session_id", id).put("task_id", project.task);
        data.set("state", state);
        return Answer.data(data);
    }

    private Answer upload(String id, Exchange exchange) throws IOException {
        Project project = projects.get(id);
        if (project == null) return Answer.code(1002, "Session not found");
        ObjectNode data = JSON.createObjectNode();
        ArrayNode list = data.putArray("files");
        if (exchange.header("content-type").startsWith("application/json")) {
            for (JsonNode url : JSON.readTree(exchange.body()).path("urls")) {
                String name = url.asText().replaceAll("^.*/", "");
                list.add(asset(project, name, fetched(url.asText())));
            }
        } else {
            for (Multipart part : Multipart.of(exchange)) {
                if (!part.name().equals("files")) return new Answer(422, "{\"detail\":\"no part files\"}");
                list.add(asset(project, part.fileName(), part.content()));
            }
        }
        data.put("session_state_applied", true);
        return Answer.data(data);
    }

    /** As a service would; nothing where there is nothing. */
    private byte[] fetched(String address) throws IOException {
        if (!converts) return new byte[0];
        try (InputStream in = URI.create(address).toURL().openStream()) {
            return in.readAllBytes();
        }
    }

    private ObjectNode asset(Project project, String name, byte[] content) throws IOException {
        Path file = folder.resolve("upload" + ++serial + name.replaceAll("^.*(\\.[A-Za-z0-9]+)$", "$1"));
        Files.write(file, content);
        project.uploads.put(name, file);
        ObjectNode asset = JSON.createObjectNode()
                .put("filename", name)
                .put("file_type", "video")
                .put("cdn_url", files.url() + "/files/" + file.getFileName())
                .put("duration", converts ? Converting.seconds(file) : 10.0)
                .put("width", 320)
                .put("height", 240);
        project.assets.add(asset);
        return asset;
    }

    private Answer submit(Exchange exchange, Fault fault) throws IOException {
        JsonNode body = JSON.readTree(exchange.body());
        Project project = projects.get(body.path("sessionId").asText());
        if (project == null) return Answer.code(1002, "Session not found");
        boolean attributed = !exchange.header("x-skill-source").isEmpty()
                && !exchange.header("x-skill-version").isEmpty()
                && !exchange.header("x-skill-platform").isEmpty();
        if (!attributed) return new Answer(402, "{\"code\":402,\"message\":\"Export not available on free plan\"}");
        String id = body.path("id").asText();
        if (jobs.containsKey(id)) return new Answer(200, "{\"success\":false,\"error\":\"duplicate render id\"}");
        boolean sameDraft = new String(exchange.body(), StandardCharsets.UTF_8).contains(project.draft.toString());
        if (!sameDraft || !body.path("draft").isObject()) {
            return new Answer(200, "{\"success\":false,\"error\":\"the draft was changed\"}");
        }
        Path source = project.uploads.values().iterator().next();
        Path rendered = folder.resolve(id + ".mp4");
        if (converts) Converting.toMp4(source, project.track, agent.trimmed(project), agent.muted(), rendered);
        else Converting.stub(rendered);
        Job job = new Job(rendered, fault == Fault.FAILED);
        if (fault == Fault.SLOW) job.slowLooks = 1000;
        jobs.put(id, job);
        return new Answer(200, render(id, "pending", 5, null));
    }

    private Answer poll(String id, Fault fault) throws IOException {
        Job job = jobs.get(id);
        if (job == null) return new Answer(404, "{\"detail\":\"no such render\"}");
        job.looks++;
        if (job.cancelled) return new Answer(200, render(id, "cancelled", 0, null));
        if (job.fails) return new Answer(200, render(id, "failed", 0, null));
        if (job.looks <= job.slowLooks) return new Answer(200, render(id, "processing", 50, null));
        ObjectNode output = JSON.createObjectNode()
                .put("url", fileUrl(job.file, fault))
                .put("size", Files.size(job.file) + (fault == Fault.WRONG_SIZE ? 1 : 0));
        if (fault == Fault.NO_URL) output = null;
        return new Answer(200, render(id, "completed", 100, output));
    }

    private String fileUrl(Path file, Fault fault) {
        if (fault == Fault.BAD_URL) return "not an address";
        if (fault == Fault.PRIVATE_URL) return "http://192.168.0.1/secret.mp4";
        return files.url() + "/files/" + file.getFileName();
    }

    private String render(String id, String status, int progress, ObjectNode output) {
        ObjectNode reply = JSON.createObjectNode();
        if (seedShape) {
            reply.put("taskId", id).put("status", status).put("progress", progress);
            if (output != null) reply.set("output", output);
            if (status.equals("failed")) reply.put("error", "render worker crashed");
            return reply.toString();
        }
        ObjectNode data = reply.put("success", true).putObject("data");
        data.put("id", id).put("status", status).put("progress", progress);
        if (output != null) data.put("outputUrl", output.path("url").asText());
        return reply.toString();
    }

    private Answer cancel(String id) {
        Job job = jobs.get(id);
        if (job == null) return new Answer(404, "{\"detail\":\"no such render\"}");
        job.cancelled = true;
        return new Answer(200, "{\"success\":true,\"data\":{\"id\":\"" + id + "\",\"status\":\"cancelled\"}}");
    }

    public synchronized boolean anyCancelled() {
        return jobs.values().stream().anyMatch(job -> job.cancelled);
    }

    /** What was slow is done. */
    public synchronized void finishRenders() {
        jobs.values().forEach(job -> job.slowLooks = 0);
    }

    /** The session is gone, as after a time without use. */
    public synchronized void forgetSessions() {
        projects.clear();
    }

    synchronized void charge() {
        charges++;
        credits = Math.max(0, credits - 50);
    }

    boolean framework() {
        return framework;
    }

    private void serveFile(Exchange exchange) throws IOException {
        synchronized (this) {
            requests.add(new Request(Endpoint.FILE, exchange.method(), exchange.path(), exchange.headers(), ""));
        }
        Fault fault = next(Endpoint.FILE);
        Path file = folder.resolve(exchange.path().replaceAll("^.*/", ""));
        if (fault.refuses() || Misbehaviour.isBeforeTheWork(fault)) Misbehaviour.act(fault, exchange, "{}");
        else if (!Files.exists(file)) exchange.json(404, "{}");
        else Misbehaviour.file(fault, exchange, Files.readAllBytes(file));
    }

    @Override
    public void close() throws IOException {
        api.close();
        files.close();
    }
}
