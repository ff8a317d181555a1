package dev.soundlift.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.soundlift.engine.Cancellation;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server over two pipes, with a program that does what its input's name says. */
@Timeout(60)
class AgentServerTest {
    @TempDir
    Path top;

    private Path open;
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<String> begun = new CopyOnWriteArrayList<>();

    @BeforeEach
    void folders() throws IOException {
        open = Files.createDirectory(top.resolve("open")).toRealPath();
    }

    private final class Named implements Program {
        @Override
        public List<Option> options() {
            return List.of(new Option("--output", Option.Kind.TEXT, "where"));
        }

        @Override
        public int run(List<String> words, Call call) {
            String input = words.get(words.size() - 1);
            String name = input.substring(input.lastIndexOf('/') + 1);
            begun.add(name);
            switch (name) {
                case "stuck" -> {
                    PipedClient.wait(release);
                    large(call);
                }
                case "large" -> large(call);
                case "huge" -> call.result().accept("{\"text\":\"" + "x".repeat(2_000_000) + "\"}");
                case "talkative" -> {
                    IntStream.range(0, 40).forEach(i -> call.remark().accept("remark " + i));
                    call.result().accept(report("talk.mp3"));
                }
                case "words" -> call.result().accept("{\"words\":\"" + String.join(" ", words) + "\"}");
                default -> call.result().accept(report(name));
            }
            return call.cancellation().isRequested() ? 130 : 0;
        }

        private void large(Call call) {
            String line = "{\"text\":\"" + "x".repeat(2_000) + "\"}";
            for (int i = 0; i < 450; i++) call.result().accept(line);
        }

        private String report(String name) {
            return "{\"schema\":\"soundlift.report/1\",\"status\":\"ok\",\"output\":\"" + open.resolve(name) + "\"}";
        }
    }

    private PipedClient client(List<Path> roots) throws IOException {
        AgentOptions options = new AgentOptions(List.of(), open, false, Locale.ENGLISH, "1", 1);
        return new PipedClient(options, new Named(), roots);
    }

    private PipedClient greeted() throws Exception {
        return client(null).greeted();
    }

    @Test
    void what_is_no_message_is_answered_and_the_next_one_served() throws Exception {
        try (PipedClient client = greeted()) {
            for (String line :
                    List.of("null", "3", "\"x\"", "[]", "[null]", "{}", "{\"jsonrpc\":null}", "{\"id\":null}")) {
                client.send(line);
                JsonNode answer = client.await(message -> message.has("error"));
                assertThat(answer.at("/error/code").asInt()).as(line).isEqualTo(-32600);
                client.heard.clear();
            }
            assertThat(client.ask("ping", "{}").has("result")).isTrue();
            client.end();
        }
    }

    @Test
    void a_bug_is_an_answer_and_the_next_message_is_read() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StdioTransport transport =
                new StdioTransport(new JacksonMcpJsonMapper(new ObjectMapper()), out, List.of(), () -> {});
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"ping\"}\n"; // there is no session yet
        String lines = String.format(ping, 1) + "{\"jsonrpc\":\"2.0\",\"method\":\"x\"}\n" + String.format(ping, 2);
        transport.listen(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        String said = out.toString(StandardCharsets.UTF_8);
        assertThat(said.lines()).hasSize(3).allMatch(line -> line.contains("-32603"));
        assertThat(said).contains("\"id\":1", "\"id\":2");
    }

    @Test
    void whatever_ends_the_reading_ends_the_server() throws Exception {
        InputStream in = new InputStream() {
            @Override
            public int read() {
                Thread.currentThread().setUncaughtExceptionHandler((thread, expected) -> {});
                throw new OutOfMemoryError("made up");
            }
        };
        AgentOptions options = new AgentOptions(List.of(), open, false, Locale.ENGLISH, "1", 1);
        AgentServer.serve(options, new Named(), in, OutputStream.nullOutputStream(), new Cancellation());
        assertThat(begun).isEmpty();
    }

    @Test
    void a_waiting_job_is_cancelled_at_once() throws Exception {
        try (PipedClient client = greeted()) {
            client.call("extract", "{'inputs':['stuck'],'wait':false}");
            client.call("extract", "{'inputs':['second'],'wait':false}");
            JsonNode second = client.call("job_status", "{'job':'2','cancel':true}");
            assertThat(second.at("/structuredContent/state").asText()).isEqualTo("cancelled");
            assertThat(second.at("/structuredContent/exitCode").asInt()).isEqualTo(130);

            int third = client.beginCall("extract", "{'inputs':['third']}");
            while (state(client, "3").isEmpty()) Thread.onSpinWait();
            client.notify("notifications/cancelled", "{\"requestId\":" + third + "}");
            while (!state(client, "3").equals("cancelled")) Thread.onSpinWait();

            release.countDown();
            client.call("extract", "{'inputs':['fourth']}");
            assertThat(begun).containsExactly("stuck", "fourth");
            assertThat(client.heard).noneMatch(message -> message.path("id").asInt() == third);
            client.end();
        }
    }

    private static String state(PipedClient client, String job) throws IOException, InterruptedException {
        JsonNode state = client.call("job_status", "{'job':'" + job + "'}").at("/structuredContent/state");
        return state.asText().equals("refused") ? "" : state.asText();
    }

    @Test
    void only_tools_that_change_nothing_are_said_to_read_only() throws Exception {
        try (PipedClient client = greeted()) {
            List<String> reading = new ArrayList<>();
            for (JsonNode tool : client.ask("tools/list", "{}").at("/result/tools")) {
                if (tool.at("/annotations/readOnlyHint").asBoolean())
                    reading.add(tool.path("name").asText());
            }
            assertThat(reading).containsExactly("tracks", "check");
        }
    }

    @Test
    void old_results_are_only_counted_when_there_are_many() throws Exception {
        try (PipedClient client = greeted()) {
            for (int i = 0; i < 6; i++) client.call("extract", "{'inputs':['large']}");
            JsonNode oldest = client.call("job_status", "{'job':'1'}").path("structuredContent");
            assertThat(oldest.path("results")).isEmpty();
            assertThat(oldest.path("resultsLeftOut").asInt()).isEqualTo(450);
            assertThat(oldest.path("exitCode").asInt(-1)).isZero();
            JsonNode newest = client.call("job_status", "{'job':'6'}").path("structuredContent");
            assertThat(newest.path("results")).hasSize(450);
            JsonNode huge = client.call("extract", "{'inputs':['huge']}").path("structuredContent");
            assertThat(huge.path("results")).isEmpty();
            assertThat(huge.path("resultsLeftOut").asInt()).isEqualTo(1);
        }
    }

    @Test
    void what_began_long_ago_and_ends_last_is_not_old() throws Exception {
        try (PipedClient client = greeted()) {
            client.call("extract", "{'inputs':['stuck'],'wait':false}");
            for (int i = 0; i < 6; i++) client.call("tracks", "{'inputs':['large']}");
            release.countDown();
            JsonNode first = client.call("job_status", "{'job':'1','waitSeconds':10}");
            assertThat(first.at("/structuredContent/state").asText()).isEqualTo("done");
            client.call("tracks", "{'inputs':['x']}");
            first = client.call("job_status", "{'job':'1'}");
            assertThat(first.at("/structuredContent/results")).hasSize(450);
        }
    }

    @Test
    void many_remarks_do_not_hide_what_was_made() throws Exception {
        try (PipedClient client = greeted()) {
            JsonNode result = client.call("extract", "{'inputs':['talkative']}");
            assertThat(result.at("/content/0/text").asText())
                    .contains("remark 0", "talk.mp3", "and more")
                    .doesNotContain("remark 39");
            assertThat(result.at("/structuredContent/messages")).hasSize(40);
        }
    }

    @Test
    void names_of_outputs_begin_in_the_open_folder_whether_templates_or_not() throws Exception {
        try (PipedClient client = greeted()) {
            for (String name : List.of("a.mp3", "{name}-x.{ext}", "x/{name}.{ext}")) {
                JsonNode result = client.call("extract", "{'inputs':['words'],'output':'" + name + "'}");
                assertThat(result.at("/structuredContent/results/0/words").asText())
                        .contains(" --output=" + open + "/" + name + " ");
            }
            JsonNode result = client.call("extract", "{'inputs':['words'],'output':'{dir}/x.mp3'}");
            assertThat(result.at("/structuredContent/results/0/words").asText()).contains(" --output={dir}/x.mp3 ");
        }
    }

    @Test
    void a_client_that_never_says_its_roots_is_not_waited_for_at_the_end() throws Exception {
        try (PipedClient client = client(List.of(open)).greeted()) {
            client.answersRoots = false;
            client.beginCall("tracks", "{'inputs':['x']}");
            client.await(message -> message.path("method").asText().equals("roots/list"));
            client.end(); // the client would have 30 s to say them
        }
    }

    @Test
    void what_was_made_is_read_only_where_the_folder_is_still_open() throws Exception {
        Path other = Files.createDirectory(top.resolve("other")).toRealPath();
        Path made = Files.writeString(open.resolve("made.mp3"), "sound");
        String address = "{\"uri\":\"" + made.toUri() + "\"}";
        try (PipedClient client = client(List.of(open)).greeted()) {
            client.call("extract", "{'inputs':['made.mp3']}");
            assertThat(client.ask("resources/read", address)
                            .at("/result/contents/0/blob")
                            .asText())
                    .isEqualTo("c291bmQ=");
            client.roots = List.of(other);
            client.notify("notifications/roots/list_changed", "{}");
            assertThat(client.ask("resources/read", address).has("error")).isTrue();
        }
    }
}
