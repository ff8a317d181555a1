package dev.soundlift.it;

import static dev.soundlift.sound.TestMedia.namesIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.soundlift.sound.TestMedia;
import dev.soundlift.sound.Wav;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code soundlift mcp} as it is packaged, used through the SDK's own client as an agent would. */
@Timeout(180)
class AgentClientIT {
    @TempDir
    Path folder;

    private final List<McpSchema.ProgressNotification> progress = new CopyOnWriteArrayList<>();
    private final List<List<McpSchema.Resource>> resources = new CopyOnWriteArrayList<>();

    private McpSyncClient client(Path... roots) {
        ServerParameters program = ServerParameters.builder(Launched.LAUNCHER.toString())
                .args("mcp", "--quiet")
                .build();
        StdioClientTransport transport =
                new StdioClientTransport(program, new JacksonMcpJsonMapper(new ObjectMapper()));
        McpSyncClient client = McpClient.sync(transport)
                .requestTimeout(Duration.ofSeconds(90))
                .initializationTimeout(Duration.ofSeconds(60))
                .capabilities(McpSchema.ClientCapabilities.builder().roots(true).build())
                .roots(List.of(roots).stream()
                        .map(root ->
                                McpSchema.Root.builder(root.toUri().toString()).build())
                        .toList())
                .progressConsumer(progress::add)
                .resourcesChangeConsumer(resources::add)
                .build();
        client.initialize();
        return client;
    }

    private static McpSchema.CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(McpSchema.CallToolRequest.builder(tool)
                .arguments(arguments)
                .meta(Map.of("progressToken", tool))
                .build());
    }

    /** What the documents say a user asks for, in the user's words. */
    @Test
    void the_documents_requests_are_done() throws Exception {
        Files.copy(TestMedia.media("song.mp4"), folder.resolve("rehearsal.mp4"));
        Files.copy(TestMedia.media("interview.mkv"), folder.resolve("video.mkv"));
        try (McpSyncClient client = client(folder)) {
            List<String> made = new ArrayList<>();
            for (Map<String, Object> request : List.of(
                    Map.<String, Object>of(
                            "sentence",
                            "Convert this MP4 recording of my band's rehearsal to an MP3 so I can listen to it on my phone",
                            "inputs",
                            List.of("rehearsal.mp4")),
                    Map.<String, Object>of("sentence", "从我的mkv视频里只提取第10秒到第20秒的音轨", "inputs", List.of("video.mkv")))) {
                McpSchema.CallToolResult result = call(client, "ask", request);
                assertThat(result.isError()).as("%s", result).isFalse();
                made.add(result.content().stream()
                        .filter(McpSchema.ResourceLink.class::isInstance)
                        .map(link -> ((McpSchema.ResourceLink) link).mimeType())
                        .collect(Collectors.joining()));
            }
            assertThat(made).containsExactly("audio/mpeg", "audio/mpeg");
            assertThat(namesIn(folder))
                    .containsExactlyInAnyOrder("rehearsal.mp4", "rehearsal.mp3", "video.mkv", "video.mp3");
        }
    }

    /** Look, take a stretch, see whether it is whole, plan the same in words, and stop what takes too long. */
    @Test
    void what_an_agent_does_in_a_row() throws Exception {
        TestMedia.copyTo(folder, "interview.mkv");
        Wav.writeMinutes(folder.resolve("long.wav"), 48_000, 30);
        try (McpSyncClient client = client(folder)) {
            JsonNode media = structured(call(client, "tracks", Map.of("inputs", List.of("interview.mkv"))));
            assertThat(media.at("/results/0/tracks").findValuesAsText("language"))
                    .startsWith("eng", "ger");
            assertThat(media.at("/results/0/best").asInt()).isEqualTo(1);

            McpSchema.CallToolResult taken = call(
                    client,
                    "extract",
                    Map.of(
                            "inputs",
                            List.of("interview.mkv"),
                            "track",
                            List.of("lang:ger"),
                            "range",
                            List.of("0:20-0:40"),
                            "format",
                            "flac",
                            "output",
                            "answer.flac"));
            JsonNode report = structured(taken).at("/results/0");
            assertThat(report.at("/track/number").asInt()).isEqualTo(2);
            assertThat(report.path("durationSeconds").asDouble()).isEqualTo(20.0);
            String address = folder.resolve("answer.flac").toUri().toString();
            assertThat(taken.content())
                    .filteredOn(McpSchema.ResourceLink.class::isInstance)
                    .singleElement()
                    .satisfies(link ->
                            assertThat(((McpSchema.ResourceLink) link).uri()).isEqualTo(address));
            assertThat(client.readResource(McpSchema.ReadResourceRequest.builder(address)
                                    .build())
                            .contents())
                    .singleElement()
                    .satisfies(sound -> assertThat(
                                    Base64.getDecoder().decode(((McpSchema.BlobResourceContents) sound).blob()))
                            .isEqualTo(Files.readAllBytes(folder.resolve("answer.flac"))));

            JsonNode checked = structured(call(client, "check", Map.of("file", "answer.flac")));
            assertThat(checked.path("exitCode").asInt(-1)).isZero();

            JsonNode planned = structured(call(
                    client, "ask", Map.of("sentence", "the German track of interview.mkv as flac", "dryRun", true)));
            assertThat(planned.at("/results/0/notUnderstood")).isEmpty();
            assertThat(planned.at("/results/0/track/number").asInt()).isEqualTo(2);

            JsonNode begun = structured(
                    call(client, "extract", Map.of("inputs", List.of("long.wav"), "vbr", "0", "wait", false)));
            JsonNode stopped = structured(
                    call(client, "job_status", Map.of("job", begun.path("job").asText(), "cancel", true)));
            assertThat(stopped.path("state").asText()).isEqualTo("cancelled");
            assertThat(namesIn(folder)).containsExactlyInAnyOrder("answer.flac", "interview.mkv", "long.wav");
        }
    }

    private static JsonNode structured(McpSchema.CallToolResult result) {
        return new ObjectMapper().valueToTree(result.structuredContent());
    }

    @Test
    void every_answer_fits_the_schema_that_its_tool_promises() throws Exception {
        TestMedia.copyTo(folder, "interview.mkv");
        DefaultJsonSchemaValidator validator = new DefaultJsonSchemaValidator(new ObjectMapper());
        try (McpSyncClient client = client(folder)) {
            Map<String, McpSchema.Tool> tools = client.listTools().tools().stream()
                    .collect(Collectors.toMap(McpSchema.Tool::name, Function.identity()));
            record Asked(String tool, Map<String, Object> arguments, boolean good) {}
            for (Asked asked : List.of(
                    new Asked("tracks", Map.of("inputs", List.of("interview.mkv")), true),
                    new Asked(
                            "extract",
                            Map.of("inputs", List.of("interview.mkv"), "track", List.of("all"), "format", "m4a"),
                            true),
                    new Asked("extract", Map.of("inputs", List.of("interview.mkv"), "dryRun", true), true),
                    new Asked("check", Map.of("file", "interview.1.eng.Interview.m4a"), true),
                    new Asked("ask", Map.of("sentence", "interview.mkv to flac", "dryRun", true), true),
                    new Asked("extract", Map.of("inputs", List.of("/etc/passwd")), false),
                    new Asked("job_status", Map.of("job", "no such"), false),
                    new Asked("job_status", Map.of("job", "1"), true))) {
                var input = validator.validate(tools.get(asked.tool()).inputSchema(), asked.arguments());
                assertThat(input.valid())
                        .as("%s: %s", asked, input.errorMessage())
                        .isTrue();
                McpSchema.CallToolResult result = call(client, asked.tool(), asked.arguments());
                assertThat(result.isError()).as("%s: %s", asked, result).isEqualTo(!asked.good());
                var output = validator.validate(tools.get(asked.tool()).outputSchema(), result.structuredContent());
                assertThat(output.valid())
                        .as("%s: %s", asked, output.errorMessage())
                        .isTrue();
            }
            assertThat(progress)
                    .isNotEmpty()
                    .allSatisfy(told -> assertThat(told.progressToken()).isEqualTo("extract"));
            for (int i = 0; i < 500 && resources.isEmpty(); i++) Thread.sleep(10);
            assertThat(resources.get(resources.size() - 1)).isNotEmpty();
        }
    }
}
