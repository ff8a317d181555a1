package dev.soundlift.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.media.MediaSource;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Status;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Destination;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Extras;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.Pieces;
import dev.soundlift.sound.TestMedia;
import dev.soundlift.source.Access;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands beside an output is finished by the next run too, and the output's date does not matter. */
class ResumeListsTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path state;

    private Path talk;

    @BeforeEach
    void a_talk() throws IOException {
        talk = Files.copy(TestMedia.media("interview.mkv"), folder.resolve("talk.mkv"));
        Files.setLastModifiedTime(talk, FileTime.fromMillis(1_000_000_000_000L));
    }

    private List<ExtractionReport> run(ExtractionRequest wishes) throws Exception {
        return run(new MediaSource.LocalFile(talk), wishes);
    }

    private List<ExtractionReport> run(MediaSource source, ExtractionRequest wishes) throws Exception {
        Collected collected = new Collected();
        Access anywhere = new Access(true, Access.DEFAULT.mostBytes());
        Worker here = Worker.here(Soundlift.with(EngineChoice.AUTO, anywhere));
        new Batch(here, here, 1, Memory.resuming(new Journal(state), "1.0", false))
                .run(List.of(Input.of(source)).iterator(), wishes, new Cancellation(), collected);
        return collected.reports();
    }

    private void runs(Status status, ExtractionRequest wishes) throws Exception {
        assertThat(run(wishes)).isNotEmpty().allSatisfy(report -> {
            assertThat(report.failure()).isEmpty();
            assertThat(report.status()).isEqualTo(status);
        });
    }

    private static ExtractionRequest wishing(boolean keepDate, Optional<Extras.ChapterList> list) {
        return ExtractionRequest.of(Path.of(""))
                .withFormat(AudioFormat.WAV)
                .withExtras(new Extras(Extras.Id3.V2_3, Optional.empty(), keepDate, list));
    }

    private static final ExtractionRequest CUE = wishing(false, Optional.of(Extras.ChapterList.CUE));

    @Test
    void with_its_inputs_date_an_output_is_known_again() throws Exception {
        ExtractionRequest wishes = wishing(true, Optional.empty());
        runs(Status.OK, wishes);
        assertThat(Files.getLastModifiedTime(folder.resolve("talk.wav")).toMillis())
                .isEqualTo(1_000_000_000_000L);
        runs(Status.SKIPPED, wishes);
    }

    @Test
    void a_list_that_was_not_written_any_more_is_written_by_the_next_run() throws Exception {
        runs(Status.OK, CUE);
        Path cue = folder.resolve("talk.cue");
        String text = Files.readString(cue);
        Files.delete(cue);
        runs(Status.SKIPPED, CUE);
        assertThat(cue).hasContent(text);
    }

    @Test
    void a_list_that_is_asked_for_later_is_all_that_is_made() throws Exception {
        runs(Status.OK, wishing(false, Optional.empty()));
        FileTime made = Files.getLastModifiedTime(folder.resolve("talk.wav"));
        runs(Status.SKIPPED, CUE);
        assertThat(folder.resolve("talk.cue")).exists();
        assertThat(Files.getLastModifiedTime(folder.resolve("talk.wav"))).isEqualTo(made);
    }

    @Test
    void a_list_that_somebody_changed_is_left_alone() throws Exception {
        runs(Status.OK, CUE);
        Files.writeString(folder.resolve("talk.cue"), "mine");
        runs(Status.SKIPPED, CUE);
        assertThat(folder.resolve("talk.cue")).hasContent("mine");
    }

    @Test
    void an_output_that_is_gone_is_made_again_though_its_list_is_there() throws Exception {
        runs(Status.OK, CUE);
        Files.delete(folder.resolve("talk.wav"));
        runs(Status.OK, CUE);
        assertThat(folder.resolve("talk.wav")).exists();
    }

    @Test
    void what_an_address_gave_is_not_fetched_again_and_the_journal_keeps_its_secret() throws Exception {
        byte[] bytes = Files.readAllBytes(talk);
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            String host = "http://127.0.0.1:" + server.getAddress().getPort();
            MediaSource far = new MediaSource.RemoteUrl(URI.create(host + "/far.mkv?sig=GEHEIM"));
            ExtractionRequest wishes = wishing(false, Optional.empty())
                    .withDestination(new Destination(Optional.of(folder + "/"), OnExists.FAIL));
            assertThat(run(far, wishes)).extracting(ExtractionReport::status).containsExactly(Status.OK);
            assertThat(requests.getAndSet(0)).isPositive();
            List<ExtractionReport> again = run(far, wishes);
            assertThat(again).extracting(ExtractionReport::status).containsExactly(Status.SKIPPED);
            assertThat(again.get(0).output()).contains(folder.resolve("far.wav"));
            assertThat(requests).hasValue(0);
            MediaSource other = new MediaSource.RemoteUrl(URI.create(host + "/far.mkv?sig=ANOTHER"));
            assertThat(run(other, wishes)).extracting(ExtractionReport::status).containsExactly(Status.FAILED);
        } finally {
            server.stop(0);
        }
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain("GEHEIM");
            }
        }
    }

    @Test
    void the_list_of_pieces_is_finished_too() throws Exception {
        ExtractionRequest pieces = ExtractionRequest.of(Path.of(""))
                .withFormat(AudioFormat.WAV)
                .withPieces(new Pieces.Silences(Optional.of(Duration.ofSeconds(10)), OptionalLong.empty()));
        runs(Status.OK, pieces);
        Path list = folder.resolve("talk.pieces.json");
        assertThat(list).exists();
        Files.delete(list);
        runs(Status.SKIPPED, pieces);
        assertThat(list).exists();
        Files.delete(folder.resolve("talk.002.wav"));
        assertThat(run(pieces))
                .extracting(ExtractionReport::status)
                .contains(Status.OK, Status.SKIPPED)
                .doesNotContain(Status.FAILED);
    }
}
