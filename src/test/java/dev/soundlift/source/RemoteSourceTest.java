package dev.soundlift.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.engine.RangeReader;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Pieces;
import dev.soundlift.sound.TestMedia;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files on a web server: the same sound as from the disk, whatever the server does; or one clear error. */
class RemoteSourceTest {
    private static final Path INTERVIEW = TestMedia.media("interview.mkv");
    private static final int ALL = Integer.MAX_VALUE;

    private final FaultyServer server = new FaultyServer();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    private ExtractionReport extract(URI uri, Access access) throws ExtractionException {
        Soundlift soundlift = Soundlift.with(EngineChoice.AUTO, access);
        ExtractionRequest request = ExtractionRequest.of(new MediaSource.RemoteUrl(uri))
                .withFormat(AudioFormat.WAV)
                .withOutput(folder.resolve("remote.wav"));
        List<ExtractionReport> reports = soundlift.extract(request, Progress.NONE, new Cancellation());
        assertThat(reports).hasSize(1);
        return reports.get(0);
    }

    private ExtractionReport extract(URI uri) throws ExtractionException {
        return extract(uri, new Access(true, Access.DEFAULT.mostBytes()));
    }

    private ErrorKind failure(URI uri) throws ExtractionException {
        ErrorKind kind = extract(uri).failure().orElseThrow().kind();
        assertThat(folder).isEmptyDirectory();
        return kind;
    }

    private void sameAsFromDisk(URI uri, Path file) throws ExtractionException, IOException {
        Path remote = extract(uri).requireDelivered();
        Path local = folder.resolve("local.wav");
        Soundlift.local()
                .extract(
                        ExtractionRequest.of(file).withFormat(AudioFormat.WAV).withOutput(local),
                        Progress.NONE,
                        new Cancellation())
                .get(0)
                .requireDelivered();
        assertThat(Files.mismatch(remote, local)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"interview.mkv", "song.mp4", "pcm24.mov", "camera.avi", "screencast.webm", "speech.ogg"})
    void parts_give_the_same_sound_as_the_disk(String name) throws Exception {
        sameAsFromDisk(server.ranges("/" + name, TestMedia.media(name)), TestMedia.media(name));
        assertThat(server.bytes.get()).isLessThanOrEqualTo(Files.size(TestMedia.media(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"interview.mkv", "song.mp4", "pcm24.mov"})
    void a_server_without_parts_is_spooled_once(String name) throws Exception {
        byte[] file = FaultyServer.read(TestMedia.media(name));
        sameAsFromDisk(server.serve("/x", request -> request.whole(file, ALL)), TestMedia.media(name));
        assertThat(server.requests.get()).isEqualTo(1);
    }

    @Test
    void a_dropped_connection_is_taken_up_where_it_broke() throws Exception {
        byte[] file = FaultyServer.read(INTERVIEW);
        sameAsFromDisk(server.serve("/x", request -> request.part(file, 30_000)), INTERVIEW);
        assertThat(server.bytes.get()).isLessThanOrEqualTo(file.length);
    }

    @Test
    void a_drop_without_parts_asks_anew_and_skips_what_is_known() throws Exception {
        byte[] file = FaultyServer.read(INTERVIEW);
        AtomicInteger times = new AtomicInteger();
        sameAsFromDisk(
                server.serve("/x", request -> request.whole(file, times.incrementAndGet() * 100_000)), INTERVIEW);
        assertThat(times.get()).isEqualTo(3);
    }

    @Test
    void a_server_that_always_drops_at_once_is_given_up() throws Exception {
        byte[] file = FaultyServer.read(INTERVIEW);
        assertThat(failure(server.serve("/x", request -> request.part(file, 0))))
                .isEqualTo(ErrorKind.NETWORK);
        assertThat(server.requests.get()).isEqualTo(4);
    }

    @Test
    void a_server_that_is_out_of_order_is_asked_again() throws Exception {
        byte[] file = FaultyServer.read(INTERVIEW);
        AtomicInteger times = new AtomicInteger();
        sameAsFromDisk(
                server.serve("/x", request -> {
                    if (times.incrementAndGet() == 1) request.status(503);
                    else request.part(file, ALL);
                }),
                INTERVIEW);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410})
    void what_is_not_there_is_unreadable(int status) throws Exception {
        assertThat(failure(server.serve("/x", request -> request.status(status))))
                .isEqualTo(ErrorKind.UNREADABLE);
        assertThat(server.requests.get()).isEqualTo(1);
    }

    @Test
    void other_bytes_than_those_asked_for_are_not_taken() throws Exception {
        byte[] file = FaultyServer.read(INTERVIEW);
        URI uri = server.serve("/x", request -> {
            request.exchange.getResponseHeaders().set("Content-Range", "bytes 7-1000/" + file.length);
            request.exchange.sendResponseHeaders(206, 994);
            request.exchange.getResponseBody().write(file, 7, 994);
        });
        assertThat(failure(uri)).isEqualTo(ErrorKind.NETWORK);
    }

    @Test
    void a_file_that_changes_on_the_way_is_noticed() throws Exception {
        byte[] file = FaultyServer.read(INTERVIEW);
        AtomicInteger times = new AtomicInteger();
        URI uri = server.serve("/x", request -> {
            byte[] now = java.util.Arrays.copyOf(file, file.length - times.getAndIncrement());
            request.part(now, ALL);
        });
        assertThat(failure(uri)).isEqualTo(ErrorKind.UNREADABLE);
    }

    @Test
    void a_packed_answer_is_unpacked() throws Exception {
        byte[] file = FaultyServer.read(INTERVIEW);
        sameAsFromDisk(server.serve("/x", request -> request.gzipped(file)), INTERVIEW);
    }

    @Test
    void redirects_are_followed_but_not_for_ever() throws Exception {
        server.ranges("/there", INTERVIEW);
        sameAsFromDisk(server.serve("/here", request -> request.redirect("/there")), INTERVIEW);
        Files.delete(folder.resolve("remote.wav"));
        Files.delete(folder.resolve("local.wav"));
        assertThat(failure(server.serve("/loop", request -> request.redirect("/loop"))))
                .isEqualTo(ErrorKind.UNREADABLE);
        assertThat(failure(server.serve("/file", request -> request.redirect("file:///etc/passwd"))))
                .isEqualTo(ErrorKind.UNREADABLE);
    }

    @Test
    void this_machine_is_not_asked_unless_that_is_allowed() throws Exception {
        URI uri = server.ranges("/x", INTERVIEW);
        ExtractionReport refused = extract(uri, Access.DEFAULT);
        assertThat(refused.failure().orElseThrow().kind()).isEqualTo(ErrorKind.UNREADABLE);
        assertThat(refused.failure().orElseThrow().nextStep().toString()).contains("--allow-private");
        URI byName = URI.create(uri.toString().replace("127.0.0.1", "localhost"));
        assertThat(extract(byName, Access.DEFAULT).failure()).isPresent();
        assertThat(server.requests.get()).isZero();
    }

    @Test
    void a_redirect_to_a_forbidden_address_is_refused() {
        try (FaultyServer inside = new FaultyServer("127.0.0.2")) {
            URI secret = inside.ranges("/secret", INTERVIEW);
            URI uri = server.serve("/x", request -> request.redirect(secret.toString()));
            Cancellation cancellation = new Cancellation();
            Http http = new Http(address -> address.getHostAddress().equals("127.0.0.1"), cancellation);
            assertThatThrownBy(
                            () -> RemoteFile.open(new MediaSource.RemoteUrl(uri), http, Access.DEFAULT, cancellation))
                    .isInstanceOfSatisfying(
                            ExtractionException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.UNREADABLE));
            assertThat(inside.requests.get()).isZero();
        }
    }

    @Test
    void an_endless_answer_ends_at_the_limit() throws Exception {
        URI uri = server.serve("/x", request -> {
            request.exchange.sendResponseHeaders(200, 0);
            byte[] file = FaultyServer.read(INTERVIEW);
            while (true) request.exchange.getResponseBody().write(file);
        });
        ExtractionReport report = extract(uri, new Access(true, 3_000_000));
        assertThat(report.failure().orElseThrow().whatHappened().toString()).contains("3000000");
    }

    @Test
    void a_web_page_is_told_from_media() throws Exception {
        URI uri = server.serve(
                "/watch.mp4",
                request -> request.part("\n<!DOCTYPE html><html><body>Video</body></html>".getBytes("UTF-8"), ALL));
        ExtractionReport report = extract(uri);
        assertThat(report.failure().orElseThrow().kind()).isEqualTo(ErrorKind.NOT_MEDIA);
        assertThat(report.failure().orElseThrow().nextStep().toString()).contains("web page");
    }

    @Test
    void nothing_is_left_to_answer_a_wish_to_stop_late() throws Exception {
        URI uri = server.serve("/x", request -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        Cancellation cancellation = new Cancellation();
        Thread impatient = new Thread(() -> {
            while (server.requests.get() == 0) Thread.onSpinWait();
            cancellation.request();
        });
        impatient.start();
        OpenSources sources = new OpenSources(new Access(true, 1000));
        MediaSource source = new MediaSource.RemoteUrl(uri);
        OpenSources.Hold hold = sources.hold(source, cancellation);
        assertThatThrownBy(() -> sources.open(source))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        stopped -> assertThat(stopped.kind()).isEqualTo(ErrorKind.INTERRUPTED));
        hold.close();
        impatient.join();
    }

    @Test
    void while_a_source_is_held_nothing_is_fetched_twice() throws Exception {
        OpenSources sources = new OpenSources(new Access(true, 1_000_000));
        MediaSource source = new MediaSource.RemoteUrl(server.ranges("/x", INTERVIEW));
        OpenSources.Hold hold = sources.hold(source, new Cancellation());
        byte[] file = FaultyServer.read(INTERVIEW);
        for (int i = 0; i < 3; i++) {
            try (RangeReader reader = sources.open(source)) {
                ByteBuffer buffer = ByteBuffer.allocate(file.length);
                while (buffer.hasRemaining())
                    assertThat(reader.read(buffer.position(), buffer)).isPositive();
                assertThat(buffer.array()).isEqualTo(file);
                assertThat(reader.read(file.length, ByteBuffer.allocate(1))).isEqualTo(-1);
                assertThat(reader.bytesRead()).isEqualTo(file.length);
            }
        }
        hold.close();
    }

    @Test
    void two_jobs_on_one_source_do_not_share_their_end() throws Exception {
        OpenSources sources = new OpenSources(new Access(true, 10_000_000));
        MediaSource source = new MediaSource.RemoteUrl(
                server.serve("/x", request -> request.whole(FaultyServer.read(INTERVIEW), ALL)));
        Cancellation stopped = new Cancellation();
        OpenSources.Hold first = CompletableFuture.supplyAsync(() -> sources.hold(source, stopped))
                .get();
        try (OpenSources.Hold second = sources.hold(source, new Cancellation());
                RangeReader reader = sources.open(second.source())) {
            stopped.request();
            first.close();
            ByteBuffer buffer = ByteBuffer.allocate((int) Files.size(INTERVIEW));
            while (buffer.hasRemaining())
                assertThat(reader.read(buffer.position(), buffer)).isPositive();
            assertThat(buffer.array()).isEqualTo(FaultyServer.read(INTERVIEW));
        }
    }

    @Test
    void a_login_outlives_a_redirect_on_the_same_server() throws Exception {
        byte[] file = FaultyServer.read(INTERVIEW);
        URI there = server.serve("/there", request -> {
            boolean known = request.exchange.getRequestHeaders().getFirst("Authorization") != null;
            if (known) request.part(file, ALL);
            else request.status(401);
        });
        URI here = server.serve("/here", request -> request.redirect(there.toString()));
        sameAsFromDisk(URI.create(here.toString().replace("http://", "http://me:secret@")), INTERVIEW);
    }

    @Test
    void a_redirect_that_is_good_for_a_while_is_followed_anew() throws Exception {
        byte[] file = FaultyServer.read(INTERVIEW);
        AtomicInteger signed = new AtomicInteger();
        AtomicInteger uses = new AtomicInteger();
        server.serve("/there", request -> {
            boolean expired = !("n=" + signed.get())
                    .equals(request.exchange.getRequestURI().getQuery());
            if (expired || uses.incrementAndGet() % 2 == 0) request.status(403);
            else request.part(file, ALL);
        });
        sameAsFromDisk(
                server.serve("/here", request -> {
                    uses.set(0);
                    request.redirect("/there?n=" + signed.incrementAndGet());
                }),
                INTERVIEW);
        assertThat(signed.get()).isGreaterThan(1);
    }

    @Test
    void what_an_address_calls_its_file_is_no_name_for_a_list() throws Exception {
        URI uri = server.ranges("/..\\evil\u001b[31m.mkv", INTERVIEW);
        ExtractionRequest request = ExtractionRequest.of(new MediaSource.RemoteUrl(uri))
                .withFormat(AudioFormat.WAV)
                .withPieces(new Pieces.Silences(Optional.of(Duration.ofSeconds(20)), OptionalLong.empty()))
                .withOutput(folder.resolve("{chapter}.{ext}"));
        Soundlift soundlift = Soundlift.with(EngineChoice.AUTO, new Access(true, Access.DEFAULT.mostBytes()));
        soundlift.extract(request, Progress.NONE, new Cancellation());
        try (Stream<Path> written = Files.list(folder)) {
            assertThat(written.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.endsWith(".pieces.json"))
                    .allMatch(name -> name.matches("[\\w.\\[-]+"), "harmless");
        }
    }
}
