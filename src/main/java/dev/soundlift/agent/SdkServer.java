package dev.soundlift.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Gives the tools to a client by way of the SDK. */
final class SdkServer implements Produced.Watcher {
    /** Requests that wait for an answer; each has a thread. */
    private static final int MOST_CALLS = 64;

    private static final int MOST_LINKS = 20;

    /** For a client to say its roots. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** For answers that are under way, and for what waits to be given up. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Roots roots;
    private final Produced produced;
    private final Locale locale;
    private final StdioTransport transport;
    private final McpAsyncServer server;
    private final ThreadPoolExecutor calls =
            new ThreadPoolExecutor(0, MOST_CALLS, 30, TimeUnit.SECONDS, new SynchronousQueue<>());

    SdkServer(List<Tool> tools, Roots roots, Produced produced, AgentOptions options, OutputStream out) {
        this.roots = roots;
        this.produced = produced;
        this.locale = options.locale();
        JacksonMcpJsonMapper json = new JacksonMcpJsonMapper(new ObjectMapper());
        List<String> names = tools.stream().map(Tool::name).toList();
        this.transport = new StdioTransport(json, out, names, roots::forget);
        this.server = McpServer.async(transport)
                .serverInfo("soundlift", options.version())
                .instructions(Text.of("agent.instructions").in(locale))
                .requestTimeout(PATIENCE)
                .jsonMapper(json)
                .validateToolInputs(false) // the command line does it, in its own words
                .jsonSchemaValidator((schema, content) -> ValidationResponse.asValid(null))
                .capabilities(McpSchema.ServerCapabilities.builder()
                        .tools(false)
                        .resources(false, true)
                        .build())
                .tools(tools.stream().map(this::offered).toList())
                .build();
        produced.watch(this);
    }

    /** Until the input ends; whoever waits for an answer then gets none. */
    void serve(InputStream in) {
        transport.listen(in);
    }

    /** When no job runs any more: a moment for what is being said, then nobody is waited for. */
    void close() {
        calls.shutdown();
        try {
            if (calls.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) return;
            calls.shutdownNow(); // a client that was asked for its roots does not answer any more
            boolean unused = calls.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private AsyncToolSpecification offered(Tool tool) {
        McpSchema.Tool said = McpSchema.Tool.builder(tool.name(), tool.input())
                .title(tool.title())
                .description(tool.description())
                .outputSchema(tool.output())
                .annotations(McpSchema.ToolAnnotations.builder()
                        .title(tool.title())
                        .readOnlyHint(tool.onlyReads())
                        .destructiveHint(!tool.onlyReads()) // onExists can be "overwrite"
                        .openWorldHint(true) // addresses
                        .build())
                .build();
        return AsyncToolSpecification.builder()
                .tool(said)
                .callHandler((exchange, request) -> onItsOwnThread(
                        () -> call(tool, exchange, request), full -> result(Toolbox.refused(full, locale))))
                .build();
    }

    /** Never on the one that reads: work there may wait for an answer of the client's. */
    private <T> Mono<T> onItsOwnThread(Supplier<T> work, Function<ExtractionException, T> refusal) {
        try {
            return Mono.fromFuture(CompletableFuture.supplyAsync(work, calls));
        } catch (RejectedExecutionException full) {
            return Mono.fromSupplier(() -> refusal.apply(new ExtractionException(
                    ErrorKind.USAGE,
                    Text.of("error.agent-full", Integer.toString(MOST_CALLS)),
                    Text.of("next.agent-full"))));
        }
    }

    private McpSchema.CallToolResult call(
            Tool tool, McpAsyncServerExchange exchange, McpSchema.CallToolRequest request) {
        try {
            roots.ask(() -> roots(exchange));
        } catch (ExtractionException closed) {
            return result(Toolbox.refused(closed, locale));
        }
        Map<String, Object> arguments = request.arguments() == null ? Map.of() : request.arguments();
        return result(tool.handler().call(arguments, new Asking(exchange, request.progressToken())));
    }

    private static Optional<List<String>> roots(McpAsyncServerExchange exchange) throws IOException {
        McpSchema.ClientCapabilities client = exchange.getClientCapabilities();
        if (client == null || client.roots() == null) return Optional.empty();
        try {
            McpSchema.ListRootsResult told = exchange.listRoots().block(PATIENCE);
            if (told == null) throw new IOException("no answer");
            return Optional.of(told.roots().stream().map(McpSchema.Root::uri).toList());
        } catch (McpError | IllegalStateException refused) { // the latter where it takes too long
            throw new IOException(refused);
        } catch (RuntimeException wrapped) { // a checked exception that Reactor had no other way to hand on
            throw new IOException(wrapped);
        }
    }

    /** A client's request as one who waits. */
    private record Asking(
            McpAsyncServerExchange exchange, @Nullable Object token) implements Tool.Asker {
        @Override
        public Cancellation cancellation() {
            Object own = exchange.transportContext().get(StdioTransport.CANCELLATION);
            return own instanceof Cancellation cancellation ? cancellation : new Cancellation();
        }

        @Override
        public void progress(double done, OptionalDouble total, String message) {
            if (token == null || cancellation().isRequested()) return;
            Double all = total.isPresent() ? (Double) total.getAsDouble() : null;
            exchange.progressNotification(new McpSchema.ProgressNotification(token, done, all, message, null))
                    .block();
        }
    }

    private static McpSchema.CallToolResult result(Tool.Answer answer) {
        List<McpSchema.Content> content = new ArrayList<>();
        content.add(McpSchema.TextContent.builder(answer.text()).build());
        answer.files().stream().limit(MOST_LINKS).map(SdkServer::link).forEach(content::add);
        return McpSchema.CallToolResult.builder(content)
                .structuredContent(answer.structured())
                .isError(answer.isError())
                .build();
    }

    private static McpSchema.ResourceLink link(Path file) {
        return McpSchema.ResourceLink.builder()
                .uri(Produced.address(file))
                .name(Produced.name(file))
                .mimeType(Produced.type(file))
                .build();
    }

    @Override
    public void went(Path file) {
        server.removeResource(Produced.address(file)).onErrorComplete().block();
    }

    @Override
    public void came(Path file) {
        McpSchema.Resource resource = McpSchema.Resource.builder(Produced.address(file), Produced.name(file))
                .mimeType(Produced.type(file))
                .build();
        server.addResource(new AsyncResourceSpecification(
                        resource,
                        (exchange, request) -> onItsOwnThread(() -> read(file, exchange), full -> {
                            throw unreadable(file, full);
                        })))
                .onErrorComplete() // a client that is gone
                .block();
    }

    private McpSchema.ReadResourceResult read(Path file, McpAsyncServerExchange exchange) {
        String address = Produced.address(file);
        try {
            roots.ask(() -> roots(exchange));
            Optional<byte[]> content = produced.content(file);
            McpSchema.ResourceContents said = content.isPresent()
                    ? McpSchema.BlobResourceContents.builder(
                                    address, Base64.getEncoder().encodeToString(content.get()))
                            .mimeType(Produced.type(file))
                            .build()
                    : McpSchema.TextResourceContents.builder(address, address + "\r\n")
                            .mimeType("text/uri-list") // RFC 2483
                            .build();
            return McpSchema.ReadResourceResult.builder(List.of(said)).build();
        } catch (ExtractionException gone) {
            throw unreadable(file, gone);
        }
    }

    private McpError unreadable(Path file, ExtractionException why) {
        return McpError.builder(McpSchema.ErrorCodes.RESOURCE_NOT_FOUND)
                .message(why.whatHappened().in(locale))
                .data(Map.of("uri", Produced.address(file)))
                .build();
    }
}
