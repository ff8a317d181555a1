package dev.soundlift.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.soundlift.FilesNow;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.sound.PeerFfmpeg;
import dev.soundlift.sound.Wav;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are sent whole, because no socket comes through. */
@Timeout(120)
class UploadTest {
    @TempDir
    Path home;

    private WebServer server;
    private Visitor friend;

    @BeforeEach
    void serve() throws Exception {
        server = Served.start(home);
        friend = Visitor.letIn(server.address());
    }

    @AfterEach
    void end() {
        server.close();
    }

    private String expected(long size) {
        return expected("noise.wav", size);
    }

    /** @param name as JSON has it */
    private String expected(String name, long size) {
        String body = "{\"page\":\"p\",\"name\":\"" + name + "\",\"upload\":true,\"size\":" + size + "}";
        Visitor.Answer answer = friend.post("/api/inputs", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("id").asText();
    }

    private Visitor.Answer sent(String id, byte[] content, Map<String, String> headers) {
        return friend.send("PUT", "/api/inputs/" + id + "/content", headers, content);
    }

    private long filesThere() throws Exception {
        return FilesNow.under(server.folder()).size();
    }

    private String begun(String id) {
        return friend.post("/api/jobs", "{\"input\":\"" + id + "\",\"form\":{\"format\":\"flac\"}}")
                .json()
                .path("id")
                .asText();
    }

    /** The page's only job, when it has ended. */
    private JsonNode done() throws InterruptedException {
        JsonNode told = friend.get("/api/jobs?page=p").json().get(0);
        while (!told.path("state").asText().equals("done")) {
            Thread.sleep(10);
            told = friend.get("/api/jobs?page=p").json().get(0);
        }
        return told;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../evil.wav",
                "..\\\\..\\\\evil.wav",
                "/etc/cron.d/evil.wav",
                "C:\\\\evil.wav",
                "..",
                ".wav",
                "",
                "evil\\u0000.wav",
                "<img src=x>.wav"
            })
    void a_name_leads_nowhere_neither_in_the_folder_nor_in_an_archive(String name) throws Exception {
        byte[] content =
                Files.readAllBytes(Wav.of(8000, 16, Wav.noise(1, 8000, 16)).write(home.resolve("noise.wav")));
        String id = expected(name, content.length);
        sent(id, content, Map.of());
        begun(id);
        assertThat(done().at("/reports/0/status").asText()).isEqualTo("ok");
        assertThat(filesThere()).isEqualTo(2); // what was sent and what was made of it
        Path zip = Files.write(
                home.resolve("all.zip"), friend.get("/api/files.zip?page=p").body());
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            assertThat(archive.stream().map(ZipEntry::getName))
                    .hasSize(1)
                    .allSatisfy(
                            entry -> assertThat(entry).endsWith(".flac").doesNotContain("/", "\\", "..", "\0", ":"));
        }
    }

    @Test
    void what_was_sent_is_converted_and_goes_with_its_input() throws Exception {
        Wav sound = Wav.of(48_000, 16, Wav.noise(1, 96_000, 16));
        byte[] content = Files.readAllBytes(sound.write(home.resolve("noise.wav")));
        String id = expected(content.length);
        assertThat(sent(id, content, Map.of()).status()).isEqualTo(200);
        String job = begun(id);
        JsonNode told = done();
        assertThat(told.path("id").asText()).isEqualTo(job);
        assertThat(told.at("/reports/0/output").asText()).isEqualTo("noise.flac");
        Visitor.Answer flac = friend.get("/api/jobs/" + job + "/files/noise.flac");
        Path back = Files.write(home.resolve("back.flac"), flac.body());
        assertThat(sound.in32Bits().firstDifference(PeerFfmpeg.decoded(back))).isEqualTo(-1);
        assertThat(filesThere()).isEqualTo(2);
        friend.send("DELETE", "/api/inputs/" + id, Map.of(), "");
        assertThat(filesThere()).isEqualTo(1);
    }

    @Test
    void a_page_that_goes_takes_its_files_with_it() throws Exception {
        String id = expected(10);
        sent(id, new byte[10], Map.of());
        String other = friend.post("/api/inputs", "{\"page\":\"q\",\"name\":\"a\",\"size\":1}")
                .json()
                .path("id")
                .asText();
        assertThat(filesThere()).isEqualTo(1);
        friend.send("DELETE", "/api/pages/p", Map.of(), "");
        assertThat(filesThere()).isZero();
        assertThat(friend.get("/api/inputs/" + id + "?quick=1").text()).contains("is closed");
        assertThat(friend.post("/api/jobs", "{\"input\":\"" + id + "\",\"form\":{}}")
                        .status())
                .isBetween(400, 499);
        assertThat(friend.post("/api/jobs", "{\"input\":\"" + other + "\",\"form\":{}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void less_than_was_said_is_told_to_whoever_reads_it() throws Exception {
        String id = expected(1_000_000);
        Visitor.Answer answer = sent(id, new byte[1000], Map.of("Content-Length", "1000000"));
        assertThat(answer.status()).isBetween(400, 599);
        Visitor.Answer look = friend.get("/api/inputs/" + id + "?quick=1");
        assertThat(look.json().at("/error/message").asText()).contains("did not arrive whole");
        assertThat(filesThere()).isZero();
    }

    /** An answer that is on its way must not end as if it were whole. */
    @Test
    void an_archive_that_breaks_off_does_not_pass_for_a_whole_one() throws Exception {
        Wav sound = Wav.of(48_000, 16, Wav.noise(1, 480_000, 16));
        byte[] content = Files.readAllBytes(sound.write(home.resolve("noise.wav")));
        String id = expected(content.length);
        sent(id, content, Map.of());
        begun(id);
        done();
        Set<Path> before = results();
        begun(id);
        while (friend.get("/api/jobs?page=p").text().split("\"done\"", -1).length < 3) Thread.sleep(10);
        for (Path result : results()) {
            if (before.contains(result)) continue;
            Files.delete(result);
            Files.createDirectory(result); // which cannot be read as a file
        }
        // On a connection that is to be kept an answer has an end of its own
        assertThatThrownBy(() -> friend.send("GET", "/api/files.zip?page=p", Map.of("Connection", "keep-alive"), ""))
                .hasRootCauseInstanceOf(EOFException.class);
    }

    /** What a page draws while it comes must come while it is made. */
    @Test
    void an_outline_begins_before_all_of_the_file_is_there() throws Exception {
        Wav sound = Wav.of(48_000, 16, Wav.noise(1, 60 * 48_000, 16));
        byte[] content = Files.readAllBytes(sound.write(home.resolve("noise.wav")));
        String id = expected(content.length);
        byte[] half = Arrays.copyOf(content, content.length / 2);
        Map<String, String> whole = Map.of("Content-Length", Integer.toString(content.length));
        try (Socket sending = friend.begin("PUT", "/api/inputs/" + id + "/content", whole, half);
                Socket drawing = friend.begin("GET", "/api/inputs/" + id + "/wave?track=1", Map.of(), new byte[0])) {
            InputStream outline = drawing.getInputStream();
            assertThat(Visitor.line(outline)).contains("200");
            while (!Visitor.line(outline).isEmpty()) {}
            assertThat(outline.read()).isNotEqualTo(-1);
            assertThat(sending.isClosed()).isFalse();
        }
    }

    @Test
    void whoever_does_not_come_to_the_end_of_a_header_is_hung_up_on_and_whoever_sends_a_file_is_not() throws Exception {
        server.close();
        server = Served.start(home, Duration.ofSeconds(10), Duration.ofHours(1)); // for a header a tenth of it
        friend = Visitor.letIn(server.address());
        byte[] content =
                Files.readAllBytes(Wav.of(8000, 16, Wav.noise(1, 8000, 16)).write(home.resolve("noise.wav")));
        String id = expected(content.length);
        Map<String, String> whole = Map.of("Content-Length", Integer.toString(content.length));
        try (Socket sending = friend.begin("PUT", "/api/inputs/" + id + "/content", whole, new byte[0]);
                Socket dawdling = new Socket("127.0.0.1", server.address().getPort())) {
            dawdling.setSoTimeout(100);
            dawdling.getOutputStream().write("GET / HTTP/1.1\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            int at = 0;
            while (isThere(dawdling)) {
                sending.getOutputStream().write(content, at++, 1); // as slow, but its header has come
            }
            sending.getOutputStream().write(content, at, content.length - at);
            assertThat(Visitor.line(sending.getInputStream())).contains("200");
        }
    }

    /** Sends one more byte of a header. */
    private static boolean isThere(Socket dawdling) throws IOException {
        try {
            dawdling.getOutputStream().write('x');
            return dawdling.getInputStream().read() >= 0;
        } catch (SocketTimeoutException listening) {
            return true;
        } catch (SocketException hungUp) {
            return false;
        }
    }

    private Set<Path> results() throws IOException {
        return FilesNow.under(server.folder()).stream()
                .filter(file -> file.toString().endsWith(".flac"))
                .collect(Collectors.toSet());
    }

    @Test
    void more_than_was_said_is_not_written() throws Exception {
        String id = expected(1000);
        sent(id, new byte[100_000], Map.of());
        for (Path file : FilesNow.under(server.folder())) {
            assertThat(Files.size(file)).isLessThanOrEqualTo(1000);
        }
    }

    @Test
    void it_is_sent_once_by_whoever_may_and_not_without_end() {
        String id = expected(10);
        assertThat(new Visitor(server.address().getPort())
                        .send("PUT", "/api/inputs/" + id + "/content", Map.of(), "0123456789")
                        .status())
                .isEqualTo(401);
        assertThat(sent(id, new byte[10], Map.of()).status()).isEqualTo(200);
        assertThat(sent(id, new byte[10], Map.of()).status()).isEqualTo(422);
        assertThat(sent("nobody", new byte[10], Map.of()).status()).isEqualTo(422);
        String huge =
                "{\"page\":\"p\",\"name\":\"a\",\"upload\":true,\"size\":1000000001}"; // the tests allow a gigabyte
        assertThat(friend.post("/api/inputs", huge).text()).contains("1000000000");
    }

    @Test
    void the_same_room_is_not_promised_twice() throws Exception {
        long most = Files.getFileStore(home).getUsableSpace() / 10 * 6;
        Pages pages = new Pages(Duration.ofSeconds(1));
        pages.expect("a", "p", most, new Upload(home.resolve("a"), most));
        Upload second = new Upload(home.resolve("b"), most);
        assertThat(catchThrowableOfType(ExtractionException.class, () -> pages.expect("b", "p", most, second))
                        .kind())
                .isEqualTo(ErrorKind.NO_SPACE);
        pages.forget("a");
        pages.expect("b", "p", most, second);
    }

    @Test
    void a_full_disk_is_told() {
        ExtractionException before = catchThrowableOfType(
                ExtractionException.class, () -> new Upload(home.resolve("x"), Long.MAX_VALUE).requireRoom(0));
        assertThat(before.kind()).isEqualTo(ErrorKind.NO_SPACE);
        Upload upload = new Upload(home.resolve("no such folder/x"), 10);
        ExtractionException meanwhile = catchThrowableOfType(
                ExtractionException.class, () -> upload.take(new ByteArrayInputStream(new byte[10])));
        assertThat(meanwhile.kind()).isEqualTo(ErrorKind.NO_SPACE);
        ExtractionException reader =
                catchThrowableOfType(ExtractionException.class, () -> upload.slice(0, 10, new Cancellation()));
        assertThat(reader.kind()).isEqualTo(ErrorKind.NO_SPACE);
    }
}
