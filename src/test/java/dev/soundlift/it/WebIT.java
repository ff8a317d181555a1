package dev.soundlift.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.soundlift.sound.TestMedia;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code soundlift web} as it is packaged: what is left of it when it ends, however it ends. */
@Timeout(120)
class WebIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();
    private Path temporary;
    private HttpClient client;
    private Launched.Running running;
    private URI address;

    @BeforeEach
    void start() throws Exception {
        temporary = Files.createDirectories(home.resolve("tmp"));
        TestMedia.copyTo(home, "song.mp4");
        serve();
    }

    private void serve() throws Exception {
        List<String> command = List.of(Launched.LAUNCHER.toString(), "web", "--no-open");
        environment.put("TMPDIR", temporary.toString());
        running = Launched.start(home, environment, command);
        while (!Files.readString(running.out()).contains("\n")) Thread.sleep(20);
        address = URI.create(Files.readString(running.out()).strip());
        client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        // A browser goes on by itself
        assertThat(call(HttpRequest.newBuilder(address))).contains("content=\"0;url=/\"");
        assertThat(call(HttpRequest.newBuilder(address.resolve("/")))).contains("app.js");
    }

    @AfterEach
    void end() {
        running.process().destroyForcibly();
    }

    private String call(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private JsonNode post(String path, String body) throws Exception {
        return JSON.readTree(call(HttpRequest.newBuilder(address.resolve(path))
                .header("X-Soundlift", "en")
                .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    /** A finished conversion, whose result nobody has fetched. */
    private void convert() throws Exception {
        String input = post("/api/inputs", "{\"page\":\"p\",\"path\":\"song.mp4\"}")
                .path("id")
                .asText();
        JsonNode told = done(post("/api/jobs", "{\"input\":\"" + input + "\",\"form\":{}}"));
        assertThat(told.at("/reports/0/status").asText()).isEqualTo("ok");
    }

    private JsonNode done(JsonNode job) throws Exception {
        JsonNode told = job;
        while (!told.path("state").asText().equals("done")) {
            Thread.sleep(20);
            told = JSON.readTree(call(HttpRequest.newBuilder(
                    address.resolve("/api/jobs/" + job.path("id").asText()))));
        }
        return told;
    }

    private List<Path> left(String ending) throws Exception {
        try (Stream<Path> files = Files.walk(temporary)) {
            return files.filter(path -> path.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void what_a_killed_server_left_is_cleared_away_by_the_next() throws Exception {
        convert();
        running.process().destroyForcibly().waitFor();
        assertThat(left(".mp3")).hasSize(1); // nobody could clear it away
        serve();
        assertThat(left(".mp3")).isEmpty();
        assertThat(left(".dir")).hasSize(1); // of the one that runs now
    }

    @Test
    void what_is_told_to_end_leaves_nothing() throws Exception {
        convert();
        running.process().destroy();
        assertThat(running.await().exitCode()).isIn(0, 130, 143);
        assertThat(left(".dir")).isEmpty();
    }

    private JsonNode jobOf(String input, String consent) throws Exception {
        return post("/api/jobs", "{\"input\":\"" + input + "\",\"form\":{},\"consent\":\"" + consent + "\"}");
    }

    @Test
    void the_cloud_hears_nothing_before_the_page_has_agreed_to_this_one_conversion() throws Exception {
        end();
        try (CloudCalls calls = new CloudCalls(home)) {
            environment.putAll(calls.environment);
            serve();
            byte[] film = Files.readAllBytes(calls.talk());
            String told = "{\"page\":\"p\",\"name\":\"talk.mp4\",\"upload\":true,\"size\":" + film.length + "}";
            String input = post("/api/inputs", told).path("id").asText();
            call(HttpRequest.newBuilder(address.resolve("/api/inputs/" + input + "/content"))
                    .header("X-Soundlift", "en")
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(film)));
            JsonNode offer = post("/api/inputs/" + input + "/cloud", "{}");
            assertThat(offer.path("words").toString()).contains("talk.mp4", " MB", "127.0.0.1", "50 credits");
            assertThat(jobOf(input, "guessed").at("/error/kind").asText()).isEqualTo("usage");
            String form = "{\"input\":\"" + input + "\",\"form\":{\"engine\":\"cloud\"}}";
            JsonNode here = done(post("/api/jobs", form));
            assertThat(here.at("/reports/0/engine").asText()).isEqualTo("in-process");
            assertThat(calls.emulator.requests()).isEmpty();
            String consent = offer.path("consent").asText();
            JsonNode there = done(jobOf(input, consent));
            assertThat(there.at("/reports/0/engine").asText())
                    .as(there.toString())
                    .isEqualTo("cloud");
            assertThat(there.at("/reports/0/checks")).isNotEmpty();
            assertThat(calls.emulator.requests()).isNotEmpty();
            assertThat(jobOf(input, consent).at("/error/kind").asText()).isEqualTo("usage"); // one yes, one job
        }
    }
}
