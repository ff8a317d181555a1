package dev.soundlift.it;

import static dev.soundlift.it.RawAgent.text;
import static dev.soundlift.sound.TestMedia.namesIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.soundlift.sound.TestMedia;
import dev.soundlift.sound.Wav;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code soundlift mcp} as it is packaged, message by message. */
@Timeout(180)
class AgentIT {
    @TempDir
    Path top;

    private Path open;

    @BeforeEach
    void folders() throws IOException {
        open = Files.createDirectory(top.resolve("open")).toRealPath();
        Files.createDirectory(top.resolve("closed"));
    }

    private static void refused(JsonNode result, String... said) {
        assertThat(result.path("isError").asBoolean()).as("%s", result).isTrue();
        for (String words : said) assertThat(text(result)).contains(words);
        assertThat(text(result)).isNotBlank();
        assertThat(result.at("/structuredContent/results").isArray()).isTrue();
    }

    private static JsonNode delivered(JsonNode result) {
        assertThat(result.path("isError").asBoolean(true)).as("%s", result).isFalse();
        return result.path("structuredContent");
    }

    @Test
    void the_question_of_the_newer_protocol_is_answered_so_that_a_client_speaks_the_older_one() throws Exception {
        try (RawAgent agent = RawAgent.uninitialized(open)) {
            JsonNode discovered = agent.ask(
                    "server/discover", "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}");
            assertThat(discovered.at("/error/code").asInt()).isEqualTo(-32601);
            assertThat(agent.ask("tools/list", "{}").at("/error/code").asInt()).isEqualTo(-32600);
            JsonNode answer = agent.initialize("2024-11-05");
            assertThat(answer.at("/result/protocolVersion").asText()).isEqualTo("2024-11-05");
            assertThat(answer.at("/result/instructions").asText()).contains("allowUpload", "dryRun");
            agent.notify("notifications/initialized", "{}");
            assertThat(agent.ask("tools/list", "{}").at("/result/tools").findValuesAsText("name"))
                    .containsExactly("tracks", "extract", "check", "ask", "job_status");
            assertThat(agent.end()).isZero();
        }
    }

    @Test
    void hostile_messages_are_answered_in_sentences_and_the_next_one_is_served() throws Exception {
        TestMedia.copyTo(open, "song.mp4");
        try (RawAgent agent = RawAgent.withoutRoots(open, Map.of())) {
            agent.send("{\"jsonrpc\":\"2.0\",");
            agent.await(message -> message.at("/error/code").asInt() == -32700);
            agent.send("[1,2]");
            agent.send("{\"id\":[\"x\"],\"method\":3}");
            agent.send("x".repeat(16_000_001));
            agent.await(message -> message.at("/error/message").asText().contains("16000000"));
            assertThat(agent.ask("no/such", "{}").at("/error/code").asInt()).isEqualTo(-32601);
            JsonNode unknown = agent.answer(agent.beginCall("extrakt", "{}"));
            assertThat(unknown.at("/error/code").asInt()).isEqualTo(-32602);
            assertThat(unknown.at("/error/message").asText()).contains("extrakt", "extract");
            assertThat(agent.ask("tools/call", "{}").at("/error/code").asInt()).isEqualTo(-32602);

            refused(agent.call("extract", "{'inputs':['song.mp4'],'bitrate':'abc'}"), "bitrate ", "abc", "192k");
            refused(agent.call("extract", "{'inputs':['song.mp4'],'formt':'mp3'}"), "formt", "format");
            refused(agent.call("extract", "{'inputs':['song.mp4'],'ffmpeg':'/bin/sh'}"), "ffmpeg");
            refused(agent.call("extract", "{'inputs':['song.mp4'],'copy':'yes'}"), "copy", "yes");
            refused(agent.call("extract", "{'inputs':{}}"), "inputs");
            refused(agent.call("extract", "{}"), "input");
            refused(agent.call("extract", "{'inputs':['-']}"), "standard input");
            refused(agent.call("extract", "{'inputs':['song.mp4'],'output':'-'}"));
            refused(agent.call("extract", "{'inputs':['song.mp4'],'copy':true,'bitrate':'128k'}"), "copy");
            refused(agent.call("extract", "{'inputs':['not-there.mp4']}"), "not-there.mp4");
            refused(agent.call("extract", "{'inputs':['http://127.0.0.1:9/x.mp4']}"), "127.0.0.1");
            refused(agent.call("extract", "{'inputs':['s3://bucket/x.mp4']}"), "s3://bucket/x.mp4");
            refused(agent.call("job_status", "{'job':'77'}"), "77");
            refused(agent.call("ask", "{'sentence':'song.mp4 to mp3 and brew some coffee'}"), "coffee");
            refused(agent.call("ask", "{'sentence':'how many credits are left'}"), "cloud credits");
            assertThat(namesIn(open)).containsExactly("song.mp4");

            delivered(agent.call("extract", "{'inputs':['song.mp4'],'vbr':9,'rate':22050}"));
            refused(agent.call("extract", "{'inputs':['song.mp4']}"), "song.mp3", "exists");
            assertThat(agent.end()).isZero();
            assertThat(agent.errors().lines())
                    .as("says that it serves, and no more")
                    .hasSize(1);
        }
    }

    @Test
    void uploads_need_the_users_word_besides_the_parameter() throws Exception {
        TestMedia.copyTo(open, "song.mp4");
        try (RawAgent agent = RawAgent.withoutRoots(open, Map.of("NEMO_HOST", "127.0.0.1:9"))) {
            for (String asked : List.of("'allowUpload':true", "'engine':'cloud'", "'engine':'cloud','dryRun':true")) {
                refused(agent.call("extract", "{'inputs':['song.mp4']," + asked + "}"), "uploads are not allowed");
            }
            refused(agent.call("ask", "{'sentence':'song.mp4 to mp3 in the cloud'}"), "uploads are not allowed");
            delivered(agent.call("extract", "{'inputs':['song.mp4'],'allowUpload':false}"));
        }
    }

    @Test
    void it_reads_and_writes_only_where_the_client_has_opened_a_folder() throws Exception {
        Path closed = top.resolve("closed").toRealPath();
        TestMedia.copyTo(open, "song.mp4");
        TestMedia.copyTo(closed, "song.mp4");
        Files.createSymbolicLink(open.resolve("link.mp4"), closed.resolve("song.mp4"));
        Files.createSymbolicLink(open.resolve("folder"), closed);
        Files.writeString(open.resolve("list.m3u8"), "#EXTM3U\n#EXTINF:9,\n" + closed.resolve("song.mp4") + "\n");
        Files.writeString(
                open.resolve("list.ffconcat"), "ffconcat version 1.0\nfile '" + closed.resolve("song.mp4") + "'\n");
        List<String> before = namesIn(open);
        try (RawAgent agent = RawAgent.opening(List.of(open), closed)) {
            for (String tool : List.of("extract", "tracks")) {
                for (String input : List.of(
                        closed + "/song.mp4",
                        closed + "/*.mp4",
                        closed.toString(),
                        open + "/../closed/song.mp4",
                        "../closed/song.mp4",
                        "link.mp4",
                        "folder/song.mp4",
                        "folder",
                        closed.resolve("song.mp4").toUri().toString(),
                        "/etc/passwd")) {
                    refused(agent.call(tool, "{'inputs':['" + input + "']}"), "outside the folders");
                }
                for (String names : List.of(closed + "/*.mp4", closed.toString(), "folder", "..\\\\closed\\\\*")) {
                    assertThat(text(agent.call(tool, "{'inputs':['" + names + "']}")))
                            .as("tells nothing of what is there")
                            .doesNotContain("song");
                }
                refused(agent.call(tool, "{'inputs':['list.m3u8']}"));
                refused(agent.call(tool, "{'inputs':['list.ffconcat']}"));
            }
            for (String output : List.of(
                    closed + "/x.mp3",
                    closed + "/",
                    "../closed/x.mp3",
                    "folder/x.mp3",
                    "folder/",
                    "{dir}/../closed/x.mp3",
                    closed + "/{name}.mp3",
                    "new/../../closed/{name}.mp3")) {
                refused(
                        agent.call("extract", "{'inputs':['song.mp4'],'output':'" + output + "'}"),
                        "outside the folders");
            }
            refused(agent.call("check", "{'file':'" + closed + "/song.mp4'}"), "outside the folders");
            refused(agent.call("check", "{'file':'song.mp4','source':'link.mp4'}"), "outside the folders");
            refused(agent.call("ask", "{'sentence':'" + closed + "/song.mp4 to mp3'}"));
            refused(
                    agent.call("ask", "{'sentence':'to mp3','inputs':['" + closed + "/song.mp4']}"),
                    "outside the folders");
            refused(agent.call("ask", "{'sentence':'song.mp4 to mp3, save it in " + closed + "/'}"));
            assertThat(namesIn(open)).isEqualTo(before);
            assertThat(namesIn(closed)).containsExactly("song.mp4");

            JsonNode made = delivered(agent.call("extract", "{'inputs':['" + open.toUri() + "song.mp4']}"));
            assertThat(made.at("/results/0/output").asText()).isEqualTo(open + "/song.mp3");

            agent.openInstead(List.of(closed));
            refused(agent.call("tracks", "{'inputs':['" + open + "/song.mp4']}"), "outside the folders");
            delivered(agent.call("tracks", "{'inputs':['song.mp4']}"));
            assertThat(agent.heard.stream()
                            .filter(message -> message.path("method").asText().equals("roots/list")))
                    .as("asked once for each state")
                    .hasSizeBetween(2, 3);
        }
    }

    @Test
    void what_was_made_can_be_read_again_small_whole_and_large_by_its_address() throws Exception {
        Wav.writeMinutes(open.resolve("long.wav"), 48_000, 1);
        TestMedia.copyTo(open, "song.mp4");
        try (RawAgent agent = RawAgent.withoutRoots(open, Map.of(), "--quiet")) {
            assertThat(agent.ask("resources/list", "{}").at("/result/resources"))
                    .isEmpty();
            delivered(agent.call("extract", "{'inputs':['song.mp4']}"));
            delivered(agent.call("extract", "{'inputs':['long.wav'],'format':'wav','output':'again.wav'}"));
            agent.await(message -> message.path("method").asText().equals("notifications/resources/list_changed"));
            JsonNode listed = agent.ask("resources/list", "{}").at("/result/resources");
            String small = open.resolve("song.mp3").toUri().toString();
            assertThat(listed.findValuesAsText("uri"))
                    .containsExactlyInAnyOrder(
                            small, open.resolve("again.wav").toUri().toString());

            JsonNode content =
                    agent.ask("resources/read", "{\"uri\":\"" + small + "\"}").at("/result/contents/0");
            assertThat(content.path("mimeType").asText()).isEqualTo("audio/mpeg");
            assertThat(Base64.getDecoder().decode(content.path("blob").asText()))
                    .isEqualTo(Files.readAllBytes(open.resolve("song.mp3")));
            String large = open.resolve("again.wav").toUri().toString();
            JsonNode address =
                    agent.ask("resources/read", "{\"uri\":\"" + large + "\"}").at("/result/contents/0");
            assertThat(address.path("mimeType").asText()).isEqualTo("text/uri-list");
            assertThat(address.path("text").asText().strip()).isEqualTo(large);

            Files.delete(open.resolve("song.mp3"));
            assertThat(agent.ask("resources/read", "{\"uri\":\"" + small + "\"}")
                            .has("error"))
                    .isTrue();
            assertThat(agent.ask("resources/read", "{\"uri\":\"file:///etc/passwd\"}")
                            .has("error"))
                    .isTrue();
        }
    }

    @Test
    void a_call_that_is_cancelled_ends_without_an_answer_and_leaves_nothing() throws Exception {
        Wav.writeMinutes(open.resolve("long.wav"), 48_000, 30);
        try (RawAgent agent = RawAgent.withoutRoots(open, Map.of())) {
            int id = agent.beginCall("extract", "{'inputs':['long.wav'],'vbr':0}");
            JsonNode first = progress(agent, id);
            assertThat(first.at("/params/total").asDouble()).isEqualTo(1800.0);
            assertThat(first.at("/params/message").asText()).contains("long.wav", "30:00");
            agent.notify("notifications/cancelled", "{\"requestId\":" + id + "}");
            while (namesIn(open).size() > 1) Thread.sleep(20);
            delivered(agent.call("extract", "{'inputs':['long.wav'],'to':'0:01'}"));
            assertThat(agent.heard).noneMatch(message -> message.path("id").asInt() == id);
            List<Double> told = agent.heard.stream()
                    .filter(message ->
                            message.at("/params/progressToken").asText().equals("t" + id))
                    .map(message -> message.at("/params/progress").asDouble())
                    .toList();
            assertThat(told).isSorted().doesNotHaveDuplicates();
        }
    }

    private static JsonNode progress(RawAgent agent, int id) {
        return agent.await(
                message -> message.at("/params/progressToken").asText().equals("t" + id));
    }

    @Test
    void a_long_job_is_followed_and_stopped_by_its_number() throws Exception {
        Wav.writeMinutes(open.resolve("long.wav"), 48_000, 30);
        try (RawAgent agent = RawAgent.withoutRoots(open, Map.of())) {
            JsonNode begun = delivered(agent.call("extract", "{'inputs':['long.wav'],'vbr':0,'wait':false}"));
            assertThat(begun.path("state").asText()).isIn("waiting", "running");
            String job = begun.path("job").asText();
            JsonNode going;
            do {
                going = delivered(agent.call("job_status", "{'job':'" + job + "','waitSeconds':0.3}"));
            } while (going.at("/progress/seconds").asDouble() == 0);
            assertThat(going.path("state").asText()).isEqualTo("running");
            assertThat(going.at("/progress/totalSeconds").asDouble()).isEqualTo(1800.0);
            JsonNode stopped = agent.call("job_status", "{'job':'" + job + "','cancel':true}");
            assertThat(stopped.at("/structuredContent/state").asText()).isEqualTo("cancelled");
            assertThat(stopped.at("/structuredContent/exitCode").asInt()).isEqualTo(130);
            assertThat(namesIn(open)).containsExactly("long.wav");
        }
    }

    @Test
    void the_end_of_the_input_in_mid_job_ends_it_in_order_and_leaves_nothing() throws Exception {
        Wav.writeMinutes(open.resolve("long.wav"), 48_000, 30);
        try (RawAgent agent = RawAgent.withoutRoots(open, Map.of())) {
            delivered(agent.call("extract", "{'inputs':['long.wav'],'output':'other.mp3','vbr':0,'wait':false}"));
            progress(agent, agent.beginCall("extract", "{'inputs':['long.wav'],'vbr':0}"));
            assertThat(agent.end()).isZero();
            assertThat(namesIn(open)).containsExactly("long.wav");
        }
    }

    @Test
    void a_request_to_end_does_so_too() throws Exception {
        Wav.writeMinutes(open.resolve("long.wav"), 48_000, 30);
        try (RawAgent agent = RawAgent.withoutRoots(open, Map.of())) {
            progress(agent, agent.beginCall("extract", "{'inputs':['long.wav'],'vbr':0}"));
            String kill = "kill -TERM " + agent.process.pid(); // Process.destroy would close its input too
            assertThat(new ProcessBuilder("sh", "-c", kill).start().waitFor()).isZero();
            assertThat(agent.exitCode()).isZero();
            assertThat(namesIn(open)).containsExactly("long.wav");
        }
    }

    /** Java's own log is native code that writes to standard output; FFmpeg complains of a file with holes. */
    @Test
    void nothing_but_the_protocol_is_on_standard_output_whoever_prints_there() throws Exception {
        Path folder = Files.createDirectory(open.resolve("会议 录像"));
        byte[] broken = Files.readAllBytes(TestMedia.media("interview.mkv"));
        for (int i = 20_000; i < broken.length; i += 997) broken[i] ^= 0x55;
        Files.write(folder.resolve("坏的.mkv"), broken);
        Map<String, String> environment = Map.of("LC_ALL", "C", "SOUNDLIFT_JAVA_OPTS", "-Xlog:gc*=info:stdout");
        try (RawAgent agent = RawAgent.withoutRoots(open, environment, "--quiet")) {
            JsonNode result = agent.call("extract", "{'inputs':['会议 录像/坏的.mkv'],'format':'flac'}");
            assertThat(result.at("/structuredContent/results/0/output").asText())
                    .isEqualTo(folder.resolve("坏的.flac").toString());
            assertThat(result.at("/structuredContent/exitCode").asInt()).isEqualTo(6);
            assertThat(text(result)).contains("坏的.flac");
            JsonNode planned = agent.call("ask", "{'sentence':'把“会议 录像/坏的.mkv”转成mp3','dryRun':true}");
            assertThat(planned.at("/structuredContent/results/0/output").asText())
                    .isEqualTo(folder.resolve("坏的.mp3").toString());
            assertThat(agent.end()).isZero();
            assertThat(agent.errors()).contains("[gc"); // so it did print
        }
    }

    @Test
    void a_root_that_is_not_there_is_a_wrong_command_line() {
        Launched run = Launched.in(open, "mcp", "--root", "not-there").failedWith(2);
        assertThat(run.err()).contains("not-there");
    }
}
