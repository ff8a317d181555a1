package dev.soundlift.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.soundlift.engine.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client in the same process, for one thread. */
final class PipedClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<JsonNode> heard = new ArrayList<>();
    List<Path> roots;
    boolean answersRoots = true;
    private final PipedOutputStream to = new PipedOutputStream();
    private final BlockingQueue<JsonNode> coming = new LinkedBlockingQueue<>();
    private final Thread server;
    private int numbers;

    /** @param roots that it opens; null: it knows no such thing */
    PipedClient(AgentOptions options, Program program, List<Path> roots) throws IOException {
        this.roots = roots;
        PipedInputStream in = new PipedInputStream(to, 1 << 16);
        server = new Thread(() -> {
            try {
                AgentServer.serve(options, program, in, new Lines(), new Cancellation());
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        server.setDaemon(true);
        server.start();
    }

    private final class Lines extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public void write(int next) throws IOException {
            if (next != '\n') {
                line.write(next);
                return;
            }
            coming.add(JSON.readTree(line.toByteArray()));
            line.reset();
        }
    }

    static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    PipedClient greeted() throws IOException, InterruptedException {
        String knows = roots == null ? "{}" : "{\"roots\":{\"listChanged\":true}}";
        JsonNode answer = ask(
                "initialize",
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":" + knows
                        + ",\"clientInfo\":{\"name\":\"piped\",\"version\":\"1\"}}");
        assertThat(answer.has("result")).isTrue();
        notify("notifications/initialized", "{}");
        return this;
    }

    void send(String line) throws IOException {
        to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        to.flush();
    }

    void notify(String method, String params) throws IOException {
        send("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + "}");
    }

    private int begin(String method, String params) throws IOException {
        int id = ++numbers;
        send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}");
        return id;
    }

    /** Single quotes stand for double ones. */
    int beginCall(String tool, String arguments) throws IOException {
        return begin("tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments.replace('\'', '"') + "}");
    }

    JsonNode ask(String method, String params) throws IOException, InterruptedException {
        return answer(begin(method, params));
    }

    JsonNode call(String tool, String arguments) throws IOException, InterruptedException {
        return answer(beginCall(tool, arguments)).path("result");
    }

    private JsonNode answer(int id) throws IOException, InterruptedException {
        return await(message -> message.path("id").asInt(-1) == id && !message.has("method"));
    }

    JsonNode await(Predicate<JsonNode> meant) throws IOException, InterruptedException {
        for (JsonNode message : heard) if (meant.test(message)) return message;
        while (true) {
            JsonNode next = coming.poll(15, TimeUnit.SECONDS);
            if (next == null) throw new AssertionError("no such message among " + heard);
            heard.add(next);
            if (answersRoots && next.path("method").asText().equals("roots/list")) answerRoots(next.path("id"));
            if (meant.test(next)) return next;
        }
    }

    private void answerRoots(JsonNode id) throws IOException {
        ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", id);
        var list = answer.putObject("result").putArray("roots");
        for (Path root : roots) list.addObject().put("uri", root.toUri().toString());
        send(answer.toString());
    }

    /** Closes the server's input and sees that it ends. */
    void end() throws IOException, InterruptedException {
        to.close();
        server.join(15_000);
        assertThat(server.isAlive()).as("still running").isFalse();
    }

    @Override
    public void close() throws IOException {
        to.close();
    }
}
