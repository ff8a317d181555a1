package dev.soundlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.soundlift.agent.Program;
import dev.soundlift.batch.Fence;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.sound.TestMedia;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCallsTest {
    private static final int MOST_BYTES = 2_000;

    @TempDir
    Path open;

    /** Says yes to everything. */
    private record Anywhere(Path open) implements Fence {
        @Override
        public String place(String name) {
            return AccessOptions.isElsewhere(name) ? name : open.resolve(name) + (name.endsWith("/") ? "/" : "");
        }

        @Override
        public void requireReadable(Path file) {}

        @Override
        public void requireWritable(Path file) {}

        @Override
        public boolean allowsUploads() {
            return false;
        }
    }

    private static HttpServer serving(byte[] video) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, video.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(video);
            }
        });
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/song.mp4";
    }

    private String saidBy(List<String> access, String... words) {
        List<String> said = new ArrayList<>();
        assertThat(run(said, access, words)).as("%s", said).isNotZero();
        return String.join("\n", said);
    }

    private int run(List<String> said, List<String> access, String... words) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Console console = new Console(nowhere, nowhere, Locale.ENGLISH, false, false);
        Program.Call call =
                new Program.Call(new Cancellation(), input -> Progress.NONE, new Anywhere(open), said::add, said::add);
        return new AgentCalls(console, access).run(List.of(words), call);
    }

    /** What is made of a file lies beside it, and what is made of an address in the open folder. */
    @Test
    void files_and_addresses_are_taken_in_one_call() throws Exception {
        Path film = TestMedia.copyAs(Files.createDirectory(open.resolve("deep")).resolve("film.mkv"), "interview.mkv");
        HttpServer server = serving(Files.readAllBytes(TestMedia.media("song.mp4")));
        try {
            List<String> said = new ArrayList<>();
            int code = run(
                    said,
                    List.of("--allow-private"),
                    "convert",
                    "--lang=en",
                    "--json",
                    "--copy",
                    "--",
                    film.toString(),
                    address(server));
            assertThat(code).as("%s", said).isZero();
        } finally {
            server.stop(0);
        }
        assertThat(open.resolve("deep/film.m4a")).exists();
        assertThat(open.resolve("song.m4a")).exists();
    }

    /** What is fetched, and how much of it, is the user's to say for every tool, in the sentence's words or not. */
    @Test
    void every_tool_fetches_within_the_same_limits() throws Exception {
        byte[] video = Files.readAllBytes(TestMedia.media("song.mp4"));
        assertThat(video).hasSizeGreaterThan(MOST_BYTES);
        HttpServer server = serving(video);
        try {
            String address = address(server);
            List<List<String>> calls = List.of(
                    List.of("convert", "--lang=en", "--json", "--", address),
                    List.of("tracks", "--lang=en", "--json", "--", address),
                    List.of("ask", "--lang=en", "--json", "--yes", "--", "to mp3", address),
                    List.of("ask", "--lang=en", "--json", "--yes", "--", address + " to mp3"),
                    List.of("ask", "--lang=en", "--json", "--yes", "--", "what tracks are in " + address));
            for (List<String> words : calls) {
                String[] call = words.toArray(String[]::new);
                assertThat(saidBy(List.of(), call)).as("%s", words).contains("soundlift mcp --allow-private");
                assertThat(saidBy(List.of("--allow-private", "--max-size=" + MOST_BYTES / 1000 + "K"), call))
                        .as("%s", words)
                        .contains("more than " + MOST_BYTES + " bytes");
            }
        } finally {
            server.stop(0);
        }
    }
}
