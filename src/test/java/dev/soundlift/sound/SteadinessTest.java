package dev.soundlift.sound;

import static dev.soundlift.sound.TestMedia.media;
import static dev.soundlift.sound.TestMedia.namesIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Status;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Destination;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.VerifyLevel;
import dev.soundlift.verify.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same again, many at once, or given up halfway: the destination holds what it should. */
class SteadinessTest {
    private static final List<String> EIGHT = List.of(
            "interview.mkv",
            "phone.mov",
            "song.mp4",
            "camera.avi",
            "radio.avi",
            "speech.flac",
            "surround.mkv",
            "old.wma");

    @TempDir
    Path folder;

    @Test
    void eight_files_at_once_become_the_same_bytes_as_one_after_the_other() throws Exception {
        Map<String, byte[]> serial = new LinkedHashMap<>();
        for (String name : EIGHT) {
            Path made = Lift.delivered(Lift.to(folder.resolve(name + ".serial.mp3"), media(name)));
            serial.put(name, Files.readAllBytes(made));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Map<String, Future<Path>> parallel = new LinkedHashMap<>();
            for (String name : EIGHT) {
                Path output = folder.resolve(name + ".parallel.mp3");
                parallel.put(name, threads.submit(() -> Lift.delivered(Lift.to(output, media(name)))));
            }
            for (String name : EIGHT) {
                assertThat(Files.readAllBytes(parallel.get(name).get()))
                        .as(name)
                        .isEqualTo(serial.get(name));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({"mp3", "flac", "wav", "m4a", "pcm", "aac"})
    void the_same_request_makes_the_same_bytes(String ending) throws IOException {
        byte[] first = Files.readAllBytes(Lift.delivered(Lift.to(folder.resolve("1." + ending), media("song.mp4"))));
        byte[] second = Files.readAllBytes(Lift.delivered(Lift.to(folder.resolve("2." + ending), media("song.mp4"))));
        assertThat(second).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"opus", "ogg", "mka"})
    void the_same_request_makes_the_same_packets_where_the_container_has_a_random_number(String ending) {
        Path first = Lift.delivered(Lift.to(folder.resolve("1." + ending), media("hires.mkv")));
        Path second = Lift.delivered(Lift.to(folder.resolve("2." + ending), media("hires.mkv")));
        assertThat(PeerFfmpeg.packets(second, 0)).isEqualTo(PeerFfmpeg.packets(first, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "flac", "m4a", "opus", "wav", "pcm"})
    void what_is_given_up_leaves_nothing_behind(String ending) {
        Cancellation cancellation = new Cancellation();
        Progress impatient = (done, total) -> {
            if (done.compareTo(Duration.ofSeconds(20)) > 0) cancellation.request();
        };
        List<ExtractionReport> reports = Lift.SOUNDLIFT.extract(
                Lift.to(folder.resolve("out." + ending), media("interview.mkv")), impatient, cancellation);
        assertThat(reports.get(0).failure().orElseThrow().kind()).isEqualTo(ErrorKind.INTERRUPTED);
        assertThat(reports.get(0).exitCode()).isEqualTo(130);
        assertThat(namesIn(folder)).isEmpty();
    }

    @Test
    void giving_up_leaves_the_old_file_as_it_was() throws IOException {
        Path output = Files.writeString(folder.resolve("out.mp3"), "precious");
        Cancellation cancellation = new Cancellation();
        ExtractionRequest request = ExtractionRequest.of(media("interview.mkv"))
                .withDestination(new Destination(Optional.of(output.toString()), OnExists.OVERWRITE));
        List<ExtractionReport> reports =
                Lift.SOUNDLIFT.extract(request, (done, total) -> cancellation.request(), cancellation);
        assertThat(reports.get(0).status()).isEqualTo(Status.FAILED);
        assertThat(output).hasContent("precious");
        assertThat(namesIn(folder)).containsExactly("out.mp3");
    }

    @Test
    void until_it_is_whole_the_file_does_not_have_its_name() {
        List<List<String>> seen = new ArrayList<>();
        Path output = folder.resolve("out.flac");
        Lift.SOUNDLIFT.extract(
                Lift.to(output, media("song.mp4")), (done, total) -> seen.add(namesIn(folder)), new Cancellation());
        assertThat(seen).isNotEmpty().allSatisfy(names -> assertThat(names).doesNotContain("out.flac"));
        assertThat(namesIn(folder)).containsExactly("out.flac");
    }

    @Test
    void every_format_of_one_film_fits_beside_the_others_and_is_verified() {
        Map<AudioFormat, String> endings = Map.of(
                AudioFormat.MP3,
                "mp3",
                AudioFormat.M4A,
                "m4a",
                AudioFormat.AAC,
                "aac",
                AudioFormat.FLAC,
                "flac",
                AudioFormat.WAV,
                "wav",
                AudioFormat.PCM,
                "pcm",
                AudioFormat.OPUS,
                "opus",
                AudioFormat.OGG,
                "ogg",
                AudioFormat.MKA,
                "mka");
        endings.forEach((format, ending) -> {
            Destination into = new Destination(Optional.of(folder + "/"), OnExists.FAIL);
            ExtractionReport report = Lift.report(ExtractionRequest.of(media("interview.mkv"))
                    .withFormat(format)
                    .withDestination(into));
            assertThat(report.status()).as(ending).isEqualTo(Status.OK);
            assertThat(report.delivered().orElseThrow().file().checks())
                    .extracting(Check::name)
                    .contains("level", "duration");
        });
        assertThat(namesIn(folder)).hasSize(9).allMatch(name -> name.startsWith("interview."));
    }

    @ParameterizedTest
    @CsvSource({"FULL, samples", "QUICK, level"})
    void a_delivery_says_what_was_verified(VerifyLevel level, String check) {
        ExtractionReport report = Lift.report(
                Lift.to(folder.resolve("out.flac"), media("song.mp4")).withVerify(level));
        assertThat(report.delivered().orElseThrow().file().checks())
                .extracting(Check::name)
                .contains("container", "codec", check, "shape", "duration");
    }

    @Test
    void what_a_report_says_of_a_file_is_what_ffprobe_says_of_it() {
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out.mp3"), media("song.mp4")));
        var said = report.delivered().orElseThrow().file();
        var seen = PeerFfmpeg.audio(folder.resolve("out.mp3"));
        assertThat(said.sampleRateHz()).isEqualTo(seen.path("sample_rate").asInt());
        assertThat(said.channels()).isEqualTo(seen.path("channels").asInt());
        assertThat(said.codec()).isEqualTo(seen.path("codec_name").asText());
        assertThat(said.bytes()).isEqualTo(folder.resolve("out.mp3").toFile().length());
        assertThat(said.duration().toNanos() / 1e9)
                .isCloseTo(
                        PeerFfmpeg.decoded(folder.resolve("out.mp3")).frames() / 48_000.0,
                        org.assertj.core.data.Offset.offset(0.001));
    }
}
