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
        running = Launched.start(home, Map.of("TMPDIR", temporary.toString()), command);
        while (!Files.readString(running.out()).contains("\n")) Thread.sleep(20);
        address = URI.create(Files.readString(running.out()).strip());
        client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        assertThat(call(HttpRequest.newBuilder(address))).contains("app.js");
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
        String job = post("/api/jobs", "{\"input\":\"" + input + "\",\"form\":{}}")
                .path("id")
                .asText();
        JsonNode told;
        do {
            Thread.sleep(20);
            told = JSON.readTree(call(HttpRequest.newBuilder(address.resolve("/api/jobs/" + job))));
        } while (!told.path("state").asText().equals("done"));
        assertThat(told.path("reports").get(0).path("status").asText()).isEqualTo("ok");
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
}
