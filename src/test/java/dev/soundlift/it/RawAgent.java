package dev.soundlift.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client of {@code soundlift mcp} that writes its messages by hand, and keeps every line that comes back. */
final class RawAgent implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    final Process process;
    final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    final List<String> noJson = new CopyOnWriteArrayList<>();
    private final Path err;
    private final OutputStream to;
    private final Thread reader;
    private volatile List<Path> roots;
    private int numbers;

    /** @param roots that it opens; null: it knows no such thing */
    private RawAgent(Path folder, Map<String, String> environment, List<Path> roots, String... arguments)
            throws IOException {
        this.roots = roots;
        this.err = Files.createTempFile("agent", ".err");
        List<String> command = new ArrayList<>(List.of(Launched.LAUNCHER.toString(), "mcp"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.to(new File(err.toString())));
        for (String name : List.of("LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG", "LANGUAGE", "SOUNDLIFT_JAVA_OPTS")) {
            builder.environment().remove(name);
        }
        builder.environment().putAll(environment);
        process = builder.start();
        AllThatWasSaid.watch(process);
        to = process.getOutputStream();
        reader = new Thread(this::read);
        reader.setDaemon(true);
        reader.start();
    }

    static RawAgent uninitialized(Path folder) throws IOException {
        return new RawAgent(folder, Map.of(), null);
    }

    static RawAgent withoutRoots(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return new RawAgent(folder, environment, null, arguments).greeted();
    }

    static RawAgent opening(List<Path> roots, Path folder, String... arguments) throws IOException {
        return new RawAgent(folder, Map.of(), roots, arguments).greeted();
    }

    private RawAgent greeted() {
        JsonNode answer = initialize("2025-11-25");
        assertThat(answer.at("/result/serverInfo/name").asText()).isEqualTo("soundlift");
        notify("notifications/initialized", "{}");
        return this;
    }

    JsonNode initialize(String version) {
        String capabilities = roots == null ? "{}" : "{\"roots\":{\"listChanged\":true}}";
        return ask(
                "initialize",
                "{\"protocolVersion\":\"" + version + "\",\"capabilities\":" + capabilities
                        + ",\"clientInfo\":{\"name\":\"raw\",\"version\":\"1\"}}");
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                try {
                    JsonNode message = JSON.readTree(line);
                    if (message.path("method").asText().equals("roots/list")) answerRoots(message.path("id"));
                    heard.add(message);
                } catch (JsonProcessingException other) {
                    noJson.add(line);
                }
            }
        } catch (IOException gone) {
            // the end
        }
    }

    private void answerRoots(JsonNode id) {
        ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", id);
        var list = answer.putObject("result").putArray("roots");
        for (Path root : roots) list.addObject().put("uri", root.toUri().toString());
        send(answer.toString());
    }

    void openInstead(List<Path> others) {
        roots = others;
        notify("notifications/roots/list_changed", "{}");
    }

    synchronized void send(String line) {
        try {
            to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            to.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    void notify(String method, String params) {
        send("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + "}");
    }

    /** Without waiting for the answer; returns its number. */
    int begin(String method, String params) {
        int id = ++numbers;
        send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}");
        return id;
    }

    int beginCall(String tool, String arguments) {
        return begin(
                "tools/call",
                "{\"name\":\"" + tool + "\",\"arguments\":" + arguments.replace('\'', '"')
                        + ",\"_meta\":{\"progressToken\":\"t" + (numbers + 1) + "\"}}");
    }

    JsonNode ask(String method, String params) {
        return answer(begin(method, params));
    }

    /** A tool's result; single quotes stand for double ones. */
    JsonNode call(String tool, String arguments) {
        return answer(beginCall(tool, arguments)).path("result");
    }

    JsonNode answer(int id) {
        return await(message -> message.path("id").asInt(-1) == id && !message.has("method"));
    }

    JsonNode await(Predicate<JsonNode> meant) {
        for (int i = 0; i < 6000; i++) {
            for (JsonNode message : heard) if (meant.test(message)) return message;
            if (!process.isAlive() && !reader.isAlive()) break;
            try {
                Thread.sleep(10);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new AssertionError("no such message among " + heard + noJson + errors());
    }

    static String text(JsonNode result) {
        return result.at("/content/0/text").asText();
    }

    String errors() {
        try {
            return Files.readString(err);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Closes its input, as a client does, and waits. */
    int end() throws IOException, InterruptedException {
        to.close();
        return exitCode();
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
        reader.join(10_000);
        assertThat(noJson).isEmpty();
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        AllThatWasSaid.add(List.of("mcp"), new Launched(0, heard + "\n", errors()));
        Files.deleteIfExists(err);
    }
}
