package dev.soundlift.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.soundlift.emulator.Endpoint;
import dev.soundlift.sound.PeerFfmpeg;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the cloud can do that this machine cannot: no FFmpeg, an address out of reach, a type that it does not take. */
class CloudElsewhereIT {
    @TempDir
    private Path folder;

    private CloudCalls calls;

    @BeforeEach
    void start() throws IOException {
        calls = new CloudCalls(folder);
    }

    @AfterEach
    void stop() throws IOException {
        calls.close();
    }

    private String bodiesOf(Endpoint endpoint) {
        return String.join(
                "\n",
                calls.emulator.requests().stream()
                        .filter(request -> request.endpoint() == endpoint)
                        .map(request -> request.body())
                        .toList());
    }

    @Test
    void without_ffmpeg_and_without_consent_all_three_remedies_are_named_and_nothing_is_sent() {
        calls.talk();
        Launched launched = calls.withoutFfmpeg().run("talk.mp4").failedWith(3);
        assertThat(launched.err()).contains("install FFmpeg", "Soundlift package", "--allow-upload");
        assertThat(calls.emulator.requests()).isEmpty();
    }

    @Test
    void without_ffmpeg_the_clouds_file_is_delivered_as_it_comes_and_that_is_said() {
        calls.talk();
        calls.withoutFfmpeg();
        Launched launched =
                calls.run("talk.mp4", "--allow-upload", "-o", "x.mp3").succeeded();
        assertThat(launched.out()).isEqualTo("x.nemovideo.mp4\n");
        assertThat(launched.err()).contains("there is no FFmpeg here", "delivered as it comes", "MP4");
        assertThat(folder.resolve("x.mp3")).doesNotExist();
        assertThat(PeerFfmpeg.probed(folder.resolve("x.nemovideo.mp4"))
                        .at("/format/format_name")
                        .asText())
                .contains("mp4");
        JsonNode report = calls.run("talk.mp4", "--engine", "cloud", "--json")
                .succeeded()
                .json()
                .get(0);
        assertThat(report.path("status").asText()).isEqualTo("warning");
        assertThat(report.path("output").asText()).isEqualTo("talk.nemovideo.mp4");
        assertThat(report.path("format").isNull()).isTrue();
        assertThat(report.path("warnings").get(0).asText()).contains("no FFmpeg");
        calls.run("talk.mp4", "--engine", "cloud", "--strict").failedWith(3);
        calls.run("talk.mp4", "--engine", "cloud").failedWith(9);
        assertThat(calls.emulator.charges()).isEqualTo(2);
    }

    @Test
    void without_ffmpeg_a_finished_sound_file_gets_the_ending_of_what_it_is() {
        calls.talk();
        calls.emulator.agent().makesSound();
        Launched launched = calls.withoutFfmpeg()
                .run("talk.mp4", "--engine", "cloud", "-f", "flac")
                .succeeded();
        assertThat(launched.out()).isEqualTo("talk.nemovideo.flac\n");
    }

    /** Serves a file on an address of this machine, which is out of our reach unless --allow-private is given. */
    private static HttpServer serving(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/far.mp4?sig=GEHEIM";
    }

    @Test
    void what_is_found_out_only_when_it_is_here_is_said_too() throws IOException {
        Path surround = folder.resolve("surround.mp4");
        String opposite = "sine=frequency=440:duration=4,aformat=channel_layouts=mono,pan=";
        PeerFfmpeg.ffmpeg(
                "-f", "lavfi", "-i", opposite + "5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0", surround.toString());
        Path stereo = folder.resolve("stereo.mp4");
        PeerFfmpeg.ffmpeg("-f", "lavfi", "-i", opposite + "stereo|c0=c0|c1=-0.9*c0", stereo.toString());
        calls.emulator.credits(1000);
        said(surround, "left", "of 6 channels only the left");
        said(stereo, "mono", "nearly opposite");
    }

    private void said(Path file, String channels, String warning) throws IOException {
        HttpServer server = serving(file);
        try {
            List<String> call = List.of(
                    address(server),
                    "-o",
                    "far.wav",
                    "--channels",
                    channels,
                    "--allow-upload",
                    "--on-exists",
                    "overwrite");
            List<String> json = new ArrayList<>(call);
            json.add("--json");
            JsonNode report =
                    calls.run(json.toArray(new String[0])).succeeded().json().get(0);
            assertThat(report.path("status").asText()).isEqualTo("warning");
            assertThat(report.path("warnings").toString()).contains(warning);
            List<String> strict = new ArrayList<>(call);
            strict.addAll(List.of("--strict", "--quiet"));
            calls.run(strict.toArray(new String[0])).failedWith(5);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void an_address_out_of_reach_is_fetched_by_the_cloud_with_consent_only() throws IOException {
        HttpServer server = serving(calls.talk());
        try {
            String address = address(server);
            Launched refused = calls.run(address, "-o", "far.mp3", "--quiet").failedWith(3);
            assertThat(refused.err()).contains("--allow-upload");
            assertThat(calls.emulator.requests()).isEmpty();
            JsonNode report = calls.run(address, "-o", "far.mp3", "--allow-upload", "--range", "0:02-0:05", "--json")
                    .succeeded()
                    .json()
                    .get(0);
            assertThat(report.path("route").asText()).isEqualTo("cloud");
            assertThat(report.toString())
                    .contains("this machine cannot fetch that address")
                    .doesNotContain("GEHEIM");
            assertThat(report.path("durationSeconds").asDouble()).isCloseTo(3, within(0.1));
            assertThat(bodiesOf(Endpoint.UPLOAD)).contains("\"source_type\":\"url\"", "sig=GEHEIM");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void an_address_in_the_users_own_network_is_not_told_to_anybody() {
        calls.run("http://10.0.0.1/a.mp4", "--engine", "cloud").failedWith(2);
        Launched launched =
                calls.run("http://10.0.0.1/a.mp4", "--allow-upload", "--quiet").failedWith(3);
        assertThat(launched.err()).doesNotContain("--allow-upload");
        assertThat(calls.emulator.requests()).isEmpty();
    }

    @Test
    void a_type_that_the_service_does_not_take_is_repackaged_where_that_is_agreed_to() {
        PeerFfmpeg.ffmpeg(
                "-f", "lavfi", "-i", "sine=duration=4", folder.resolve("a.flac").toString());
        PeerFfmpeg.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=320x240:rate=25:duration=4",
                "-i",
                folder.resolve("a.flac").toString(),
                "-c:v",
                "mpeg2video",
                "-q:v",
                "2",
                "-c:a",
                "libmp3lame",
                folder.resolve("b.ts").toString());
        Launched refused = calls.run("a.flac", "--engine", "cloud").failedWith(7);
        assertThat(refused.err()).contains("--yes", "mp4 mov avi");
        assertThat(calls.emulator.requests()).isEmpty();
        calls.run("a.flac", "--engine", "cloud", "--yes").succeeded();
        assertThat(bodiesOf(Endpoint.UPLOAD)).contains("filename=\"a.mkv\"");
        JsonNode report = calls.run("b.ts", "--engine", "cloud", "--yes", "--json")
                .succeeded()
                .json()
                .get(0);
        assertThat(bodiesOf(Endpoint.UPLOAD)).contains("filename=\"b.mp3\"");
        assertThat(report.path("durationSeconds").asDouble()).isCloseTo(4, within(0.2));
        // The track alone is a small part of the video
        assertThat(report.path("bytesRead").asLong())
                .isLessThan(folder.resolve("b.ts").toFile().length() / 3);
        assertThat(List.of(folder.toFile().list()))
                .containsExactlyInAnyOrder("a.flac", "a.mp3", "b.mp3", "b.ts", "home", "service");
    }
}
