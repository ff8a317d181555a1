package dev.soundlift.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.sound.PeerFfmpeg;
import dev.soundlift.sound.Wav;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server without a browser: who is let in, and what comes back, byte for byte. */
class WebServerTest {
    private static final int RATE = 48_000;

    @TempDir
    static Path home;

    private static WebServer server;
    private static Visitor friend;
    private static Visitor stranger;
    private static Wav sound;

    @BeforeAll
    static void serve() throws Exception {
        sound = Wav.of(RATE, 16, Wav.noise(1, 3 * RATE, 16), Wav.noise(2, 3 * RATE, 16));
        sound.write(home.resolve("noise.wav"));
        server = Served.start(home);
        friend = Visitor.letIn(server.address());
        stranger = new Visitor(server.address().getPort());
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static String input(String path) {
        Visitor.Answer added = friend.post("/api/inputs", "{\"page\":\"p\",\"path\":\"" + path + "\"}");
        assertThat(added.status()).isEqualTo(200);
        return added.json().path("id").asText();
    }

    // ---- who is let in

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/assets/app.js",
                "/api/start",
                "/api/inputs/x",
                "/api/jobs/x",
                "/api/files.zip?page=x",
                "/live"
            })
    void a_stranger_is_told_nothing(String path) {
        Visitor.Answer answer = stranger.get(path);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).doesNotContain("key=", "app.js");
    }

    @Test
    void a_wrong_key_opens_nothing() {
        Visitor.Answer answer = stranger.get("/?key=AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void the_secret_becomes_a_cookie_that_no_script_and_no_other_site_sees() {
        Visitor.Answer answer = stranger.get("/?" + server.address().getQuery());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("0;url=/").doesNotContain("key");
        assertThat(answer.header("Set-Cookie")).contains("HttpOnly").containsIgnoringCase("SameSite=Strict");
    }

    @ParameterizedTest
    @CsvSource({"evil.example:%d", "127.0.0.1.evil.example:%d", "127.0.0.1", "127.0.0.1:1", "[::2]:%d", "192.168.0.1:%d"
    })
    void another_host_is_not_us_even_with_the_cookie(String host) {
        String told = host.replace("%d", Integer.toString(server.address().getPort()));
        assertThat(friend.send("GET", "/api/start", Map.of("Host", told), "").status())
                .isEqualTo(421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1"})
    void another_origin_is_refused(String origin) {
        Map<String, String> headers = Map.of("Origin", origin);
        assertThat(friend.send("GET", "/api/start", headers, "").status()).isEqualTo(403);
        assertThat(friend.send("POST", "/api/sentence", headers, "{}").status()).isEqualTo(403);
    }

    @Test
    void what_changes_something_needs_a_header_that_other_sites_cannot_send() {
        Map<String, String> none = Map.of(Gate.HEADER, "");
        assertThat(friend.send("POST", "/api/inputs", none, "{}").status()).isEqualTo(403);
        assertThat(friend.send("DELETE", "/api/jobs/x", none, "").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"http://evil.example, 403", "'', 403"})
    void a_socket_is_opened_to_our_page_only(String origin, int status) {
        Map<String, String> upgrade = Map.of(
                "Connection", "Upgrade",
                "Upgrade", "websocket",
                "Sec-WebSocket-Version", "13",
                "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==",
                "Origin", origin);
        assertThat(friend.send("GET", "/live?page=p", upgrade, "").status()).isEqualTo(status);
    }

    @Test
    void every_answer_forbids_what_is_not_ours() {
        for (String path : new String[] {"/", "/assets/app.js", "/api/start", "/nothing"}) {
            Visitor.Answer answer = friend.get(path);
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Server")).isEmpty();
        }
    }

    // ---- what is refused

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/../WebServer.class",
                "/assets/%2e%2e%2fWebServer.class",
                "/assets/..%5cx.js",
                "/assets/app.js%00",
                "/assets/index.html",
                "/api/jobs/..%2f..%2fetc/files/passwd",
                "/api/jobs/x/files/..%2f..%2fetc%2fpasswd"
            })
    void paths_lead_nowhere_else(String path) {
        Visitor.Answer answer = friend.get(path);
        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.text()).doesNotContain("root:", "cafe");
    }

    @Test
    void too_much_is_not_read() {
        assertThat(friend.post("/api/sentence", "x".repeat(2 << 20)).status()).isEqualTo(413);
        assertThat(friend.send("GET", "/api/start", Map.of("X-Long", "y".repeat(40_000)), "")
                        .status())
                .isEqualTo(431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "\"x\"", "nonsense", "{}"})
    void a_body_that_says_nothing_is_told_so(String body) {
        Visitor.Answer answer = friend.post("/api/inputs", body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("error").path("nextStep").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"format\":\"mp9\"}'",
        "'{\"bitrate\":\"loud\"}'",
        "'{\"ranges\":[\"5:00-2:00\"]}'",
        "'{\"ranges\":[\"x\"]}'",
        "'{\"tracks\":[\"\"]}'",
        "'{\"split\":\"often\"}'",
        "'{\"rate\":\"5\"}'",
        "'{\"format\":\"same\",\"copy\":true,\"bitrate\":\"128k\"}'",
    })
    void a_form_that_cannot_be_says_why(String form) {
        Visitor.Answer answer = friend.post("/api/inputs/" + input("noise.wav") + "/plan", form);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("error").path("kind").asText()).isEqualTo("usage");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1/x.mp4", "http://169.254.169.254/latest", "http://[::1]/x"})
    void addresses_inside_are_not_fetched(String url) {
        String id = friend.post("/api/inputs", "{\"page\":\"p\",\"url\":\"" + url + "\"}")
                .json()
                .path("id")
                .asText();
        Visitor.Answer answer = friend.get("/api/inputs/" + id + "?quick=1");
        assertThat(answer.status()).isBetween(400, 599);
        assertThat(answer.text()).contains("private");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://x/y", "concat:a|b", "http:", ""})
    void only_the_web_has_addresses(String url) {
        Visitor.Answer answer = friend.post("/api/inputs", "{\"page\":\"p\",\"url\":\"" + url + "\"}");
        assertThat(answer.status()).isEqualTo(422);
    }

    // ---- what comes back

    @Test
    void any_part_of_a_track_is_played_as_it_is() throws Exception {
        String place = "/api/inputs/" + input("noise.wav") + "/sound.wav?track=1";
        Visitor.Answer whole = friend.get(place);
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.body()).hasSize(WavView.HEADER_BYTES + 3 * RATE * 4);
        Path file = Files.write(home.resolve("played.wav"), whole.body());
        assertThat(sound.in32Bits().firstDifference(PeerFfmpeg.decoded(file))).isEqualTo(-1);
        int from = WavView.HEADER_BYTES + 4 * 70_001 + 3; // in the middle of a sample
        Visitor.Answer part = friend.send("GET", place, Map.of("Range", "bytes=" + from + "-" + (from + 999)), "");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.header("Content-Range")).startsWith("bytes " + from + "-");
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), from, from + 1000));
    }

    @Test
    void the_end_is_asked_for_by_its_length_and_what_lies_behind_it_is_refused() {
        String place = "/api/inputs/" + input("noise.wav") + "/sound.wav?track=1";
        byte[] whole = friend.get(place).body();
        Visitor.Answer end = friend.send("GET", place, Map.of("Range", "bytes=-500"), "");
        assertThat(end.status()).isEqualTo(206);
        assertThat(end.body()).isEqualTo(Arrays.copyOfRange(whole, whole.length - 500, whole.length));
        Visitor.Answer behind = friend.send("GET", place, Map.of("Range", "bytes=" + whole.length + "-"), "");
        assertThat(behind.status()).isEqualTo(416);
    }

    @Test
    void an_archive_of_what_is_not_there_is_none() {
        assertThat(friend.get("/api/files.zip?page=nonsense").status()).isEqualTo(422);
    }

    @Test
    void the_outline_is_that_of_the_samples() {
        Visitor.Answer wave = friend.get("/api/inputs/" + input("noise.wav") + "/wave?track=1");
        int perSecond = Integer.parseInt(wave.header("X-Per-Second"));
        assertThat(wave.body()).hasSize(2 * 3 * perSecond);
        int stretch = RATE / perSecond;
        for (int i = 0; i < 3 * perSecond; i += 37) {
            double low = 0;
            double high = 0;
            for (int frame = i * stretch; frame < (i + 1) * stretch; frame++) {
                for (int channel = 0; channel < 2; channel++) {
                    low = Math.min(low, sound.value(channel, frame));
                    high = Math.max(high, sound.value(channel, frame));
                }
            }
            assertThat(wave.body()[2 * i]).isEqualTo((byte) Math.round(127 * low));
            assertThat(wave.body()[2 * i + 1]).isEqualTo((byte) Math.round(127 * high));
        }
    }

    @Test
    void a_conversion_is_what_the_command_line_makes() throws Exception {
        String id = input("noise.wav");
        String form = "{\"format\":\"flac\",\"ranges\":[\"0:01-0:02\"]}";
        JsonNode plan = friend.post("/api/inputs/" + id + "/plan", form).json();
        assertThat(plan.path("commandLine").toString()).contains("\"--format\",\"flac\",\"--range\",\"0:01-0:02\"");
        assertThat(plan.path("outputs").get(0).path("estimatedSeconds").asDouble())
                .isEqualTo(1);
        String job = friend.post("/api/jobs", "{\"input\":\"" + id + "\",\"form\":" + form + "}")
                .json()
                .path("id")
                .asText();
        JsonNode done = ended(job);
        JsonNode report = done.path("reports").get(0);
        assertThat(report.path("status").asText()).isEqualTo("ok");
        String name = report.path("output").asText();
        assertThat(name).doesNotContain("/");
        Visitor.Answer file = friend.get("/api/jobs/" + job + "/files/" + name.replace(" ", "%20"));
        assertThat(file.header("Content-Disposition")).startsWith("attachment");
        Path flac = Files.write(home.resolve("back.flac"), file.body());
        Wav wanted = sound.cut(RATE, 2 * RATE).in32Bits();
        assertThat(wanted.firstDifference(PeerFfmpeg.decoded(flac))).isEqualTo(-1);
        assertThat(friend.send("DELETE", "/api/jobs/" + job, Map.of(), "").status())
                .isEqualTo(200);
        assertThat(friend.get("/api/jobs/" + job + "/files/" + name.replace(" ", "%20"))
                        .status())
                .isEqualTo(422);
    }

    static JsonNode ended(String job) throws InterruptedException {
        while (true) {
            JsonNode told = friend.get("/api/jobs/" + job).json();
            String state = told.path("state").asText();
            if (!state.equals("waiting") && !state.equals("running")) return told;
            Thread.sleep(20);
        }
    }

    @Test
    void a_sentence_fills_the_form() {
        JsonNode read = friend.post("/api/sentence", "{\"text\":\"第二条音轨，2到5分钟，192k mp3\"}")
                .json();
        JsonNode form = read.path("form");
        assertThat(form.path("tracks").get(0).asText()).isEqualTo("2");
        assertThat(form.path("ranges").get(0).asText()).isEqualTo("2:00-5:00");
        assertThat(form.path("bitrate").asText()).isEqualTo("192k");
        assertThat(form.path("format").asText()).isEqualTo("mp3");
    }

    @Test
    void when_it_ends_nothing_is_left() throws Exception {
        WebServer other = Served.start(home);
        Visitor visitor = Visitor.letIn(other.address());
        String id = visitor.post("/api/inputs", "{\"page\":\"p\",\"path\":\"noise.wav\"}")
                .json()
                .path("id")
                .asText();
        visitor.post("/api/jobs", "{\"input\":\"" + id + "\",\"form\":{}}");
        Path folder = other.folder();
        assertThat(folder).isDirectory();
        other.close();
        assertThat(folder).doesNotExist();
    }

    @Test
    void a_length_of_the_file_is_known_to_the_sample() {
        Visitor.Answer whole = friend.get("/api/inputs/" + input("noise.wav") + "/sound.wav?track=1");
        ByteBuffer header = ByteBuffer.wrap(whole.body()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(header.getInt(40)).isEqualTo(3 * RATE * 4);
        assertThat(header.getInt(4)).isEqualTo(whole.body().length - 8);
    }

    @Test
    void an_ffmpeg_program_converts_and_says_what_it_cannot_show() throws Exception {
        PeerFfmpeg.ffmpeg("-version"); // skips the test where there is none
        EngineChoice program = new EngineChoice(EngineChoice.Kind.EXECUTABLE, false);
        Duration hour = Duration.ofHours(1);
        try (WebServer other = Served.start(home, hour, hour, Optional.empty(), Optional.empty(), program)) {
            Visitor visitor = Visitor.letIn(other.address());
            String id = visitor.post("/api/inputs", "{\"page\":\"p\",\"path\":\"noise.wav\"}")
                    .json()
                    .path("id")
                    .asText();
            JsonNode refused =
                    visitor.get("/api/inputs/" + id + "/wave?track=1").json().path("error");
            assertThat(refused.path("kind").asText()).isEqualTo("no-engine");
            assertThat(refused.toString()).contains("before the conversion").doesNotContain("--");
            JsonNode plan = visitor.post("/api/inputs/" + id + "/plan", "{\"format\":\"flac\"}")
                    .json();
            assertThat(plan.at("/outputs/0/engine").asText()).isEqualTo("executable");
        }
    }
}
