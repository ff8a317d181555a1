package dev.soundlift.agent;

import com.fasterxml.jackson.core.JsonParseException;
import dev.soundlift.engine.Cancellation;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Messages as lines over two streams. The SDK has such a transport too, but it tells nobody that the input has ended, ends
 * itself at the first line that is no JSON, and does not know of cancelled requests.
 */
final class StdioTransport implements McpServerTransportProvider, McpServerTransport {
    /** In a call's context: the {@link Cancellation} of its request. */
    static final String CANCELLATION = "cancellation";

    /** Longer messages are not read; ten thousand names are a tenth of it. */
    private static final int LONGEST_LINE_BYTES = 16_000_000;

    private final McpJsonMapper json;
    private final OutputStream out;
    private final Collection<String> tools;
    private final Runnable rootsChanged;
    /** Of the requests that are not answered yet. */
    private final Map<Object, Cancellation> open = new ConcurrentHashMap<>();

    private @Nullable McpServerSession session;
    /** Whether the client has said that it is ready; the SDK would let earlier requests wait for it. */
    private boolean greeted;

    /**
     * Nothing is read before {@link #listen}.
     *
     * @param tools the names of all there are
     * @param rootsChanged hears of it before any request that follows
     */
    StdioTransport(McpJsonMapper json, OutputStream out, Collection<String> tools, Runnable rootsChanged) {
        this.json = json;
        this.out = out;
        this.tools = tools;
        this.rootsChanged = rootsChanged;
    }

    /** Reads until there is nothing more, and then wants no answer any more. */
    void listen(InputStream in) {
        try (BufferedInputStream lines = new BufferedInputStream(in)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long length = 0;
            for (int next = lines.read(); ; next = lines.read()) {
                if (next != '\n' && next >= 0) {
                    if (++length <= LONGEST_LINE_BYTES) line.write(next);
                    continue;
                }
                if (length > LONGEST_LINE_BYTES) {
                    refuse(ErrorCodes.INVALID_REQUEST, "a message may have " + LONGEST_LINE_BYTES + " bytes");
                } else if (length > 0) {
                    receive(line.toString(StandardCharsets.UTF_8));
                }
                line.reset();
                length = 0;
                if (next < 0) break;
            }
        } catch (IOException gone) {
            // as if it had ended
        }
        open.values().forEach(Cancellation::request);
    }

    private void receive(String line) {
        if (line.isBlank()) return;
        JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(json, line);
        } catch (JsonParseException noJson) {
            refuse(ErrorCodes.PARSE_ERROR, "this is no JSON");
            return;
        } catch (IOException | RuntimeException other) { // the SDK throws what it happens to, at null and the like
            refuse(ErrorCodes.INVALID_REQUEST, "this is no JSON-RPC 2.0 message");
            return;
        }
        try {
            if (message instanceof JSONRPCRequest request) receive(request);
            else if (message instanceof JSONRPCNotification notification) receive(notification);
            else handle(message, McpTransportContext.EMPTY);
        } catch (RuntimeException bug) { // the next message is served
            if (message instanceof JSONRPCRequest request) {
                open.remove(request.id());
                write(JSONRPCResponse.error(request.id(), error(ErrorCodes.INTERNAL_ERROR, String.valueOf(bug))));
            } else {
                refuse(ErrorCodes.INTERNAL_ERROR, bug.getClass().getName());
            }
        }
    }

    private void receive(JSONRPCRequest request) {
        boolean call = request.method().equals(McpSchema.METHOD_TOOLS_CALL);
        Object name = request.params() instanceof Map<?, ?> params ? params.get("name") : null;
        if (call && (name == null || !tools.contains(name))) {
            String known = String.join(", ", tools);
            write(JSONRPCResponse.error(
                    request.id(),
                    error(ErrorCodes.INVALID_PARAMS, "there is no tool \"" + name + "\", only " + known)));
            return;
        }
        if (request.method().equals("server/discover")) {
            // The question of the protocol's revision of 2026-07-28, which takes this answer for "speak the one before"
            write(JSONRPCResponse.error(
                    request.id(), error(ErrorCodes.METHOD_NOT_FOUND, "Method not found: " + request.method())));
            return;
        }
        boolean early = request.method().equals(McpSchema.METHOD_INITIALIZE)
                || request.method().equals(McpSchema.METHOD_PING);
        if (!greeted && !early) {
            write(JSONRPCResponse.error(
                    request.id(),
                    error(ErrorCodes.INVALID_REQUEST, "first come initialize and notifications/initialized")));
            return;
        }
        Cancellation cancellation = new Cancellation();
        open.put(request.id(), cancellation);
        handle(request, McpTransportContext.create(Map.of(CANCELLATION, cancellation)));
    }

    private void receive(JSONRPCNotification notification) {
        if (notification.method().equals("notifications/cancelled")) {
            Object id = notification.params() instanceof Map<?, ?> params ? params.get("requestId") : null;
            Cancellation cancellation = id == null ? null : open.get(id);
            if (cancellation != null) cancellation.request();
            return;
        }
        greeted |= notification.method().equals(McpSchema.METHOD_NOTIFICATION_INITIALIZED);
        if (notification.method().equals(McpSchema.METHOD_NOTIFICATION_ROOTS_LIST_CHANGED)) rootsChanged.run();
        handle(notification, McpTransportContext.EMPTY);
    }

    private void handle(JSONRPCMessage message, McpTransportContext context) {
        if (session == null) throw new IllegalStateException("no session yet");
        session.handle(message)
                .contextWrite(more -> more.put(McpTransportContext.KEY, context))
                .onErrorComplete() // what can be said is said in the answer
                .subscribe();
    }

    private static JSONRPCResponse.JSONRPCError error(int code, String message) {
        return new JSONRPCResponse.JSONRPCError(code, message, null);
    }

    /** To a message whose sender cannot be told which one is meant: the id is null, as JSON-RPC 2.0 says. */
    private void refuse(int code, String message) {
        writeLine(
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"}}");
    }

    private void write(JSONRPCMessage message) {
        try {
            writeLine(json.writeValueAsString(message));
        } catch (IOException impossible) { // nothing but memory is written to
            throw new UncheckedIOException(impossible);
        }
    }

    private void writeLine(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            synchronized (out) {
                out.write(bytes);
                out.flush();
            }
        } catch (IOException nobodyReads) {
            open.values().forEach(Cancellation::request);
        }
    }

    /** A request that was cancelled gets no answer. */
    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            if (message instanceof JSONRPCResponse response) {
                Cancellation cancellation = open.remove(response.id());
                if (cancellation != null && cancellation.isRequested()) return;
            }
            write(message);
        });
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return json.convertValue(data, type);
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        session = factory.create(this);
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        return session == null ? Mono.empty() : session.sendNotification(method, params);
    }

    @Override
    public List<String> protocolVersions() {
        return List.of(
                ProtocolVersions.MCP_2024_11_05,
                ProtocolVersions.MCP_2025_03_26,
                ProtocolVersions.MCP_2025_06_18,
                ProtocolVersions.MCP_2025_11_25);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    @Override
    public void close() {}
}
