package dev.soundlift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Route;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Failure;
import dev.soundlift.report.Json;
import dev.soundlift.report.Status;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Destination;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.RangeWish;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** probe → plan → run → verify → report, with an engine of our own. */
class SoundliftTest {
    private static final FakeSoundlift.Work WRITES = (plan, progress, cancellation) -> {};

    @TempDir
    private Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void an_input() throws IOException {
        input = Files.writeString(folder.resolve("talk.mkv"), "video");
        output = folder.resolve("talk.mp3");
    }

    private static ExtractionReport extracted(Soundlift soundlift, ExtractionRequest request) {
        List<ExtractionReport> reports = soundlift.extract(request, Progress.NONE, new Cancellation());
        assertThat(reports).hasSize(1);
        return reports.get(0);
    }

    private ExtractionReport extracted(FakeSoundlift.Work work, double peak, OnExists onExists) {
        return extracted(
                FakeSoundlift.with(work, peak),
                ExtractionRequest.of(input).withDestination(new Destination(Optional.empty(), onExists)));
    }

    private static void failed(ExtractionReport report, ErrorKind kind) {
        assertThat(report.status()).isEqualTo(Status.FAILED);
        assertThat(report.failure()).map(Failure::kind).contains(kind);
        assertThat(report.delivered()).isEmpty();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_verified_result_is_delivered() throws Exception {
        ExtractionReport report = extracted(WRITES, -3, OnExists.FAIL);
        assertThat(report.status()).isEqualTo(Status.OK);
        assertThat(report.requireDelivered()).isEqualTo(output).hasContent("sound");
        assertThat(names()).containsExactly("talk.mkv", "talk.mp3");
    }

    @Test
    void a_result_that_fails_its_check_is_not_delivered_and_the_old_file_stays() throws Exception {
        Files.writeString(output, "old");
        ExtractionReport report = extracted(WRITES, Double.NEGATIVE_INFINITY, OnExists.OVERWRITE);
        failed(report, ErrorKind.VERIFICATION);
        assertThat(Json.report(report, Locale.CHINESE))
                .contains("\"checks\":[{\"name\":\"container\",\"verdict\":\"pass\"")
                .contains("{\"name\":\"level\",\"verdict\":\"fail\",\"expected\":\"sound\",\"actual\":\"silence\"");
        assertThat(report.failure().orElseThrow().whatHappened().in(Locale.CHINESE))
                .contains("音量", "有声音", "静音");
        assertThat(report.exitCode()).isEqualTo(5);
        assertThat(output).hasContent("old");
        assertThat(names()).containsExactly("talk.mkv", "talk.mp3");
        assertThatThrownBy(report::requireDelivered).isInstanceOf(ExtractionException.class);
    }

    @Test
    void an_engine_that_fails_leaves_nothing() throws Exception {
        ExtractionReport report = extracted(
                (plan, progress, cancellation) -> {
                    throw new ExtractionException(
                            ErrorKind.NO_SPACE, Text.of("error.no-space", "x"), Text.of("next.no-space"));
                },
                -3,
                OnExists.FAIL);
        failed(report, ErrorKind.NO_SPACE);
        assertThat(names()).containsExactly("talk.mkv");
    }

    @Test
    void an_engine_that_breaks_leaves_nothing() throws Exception {
        Soundlift breaking = FakeSoundlift.with(
                (plan, progress, cancellation) -> {
                    throw new IllegalStateException("bug");
                },
                -3);
        ExtractionRequest request = ExtractionRequest.of(input);
        assertThatThrownBy(() -> breaking.extract(request, Progress.NONE, new Cancellation()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(names()).containsExactly("talk.mkv");
    }

    @Test
    void a_job_that_is_called_off_leaves_nothing() throws Exception {
        ExtractionReport report =
                extracted((plan, progress, cancellation) -> cancellation.request(), -3, OnExists.FAIL);
        failed(report, ErrorKind.INTERRUPTED);
        assertThat(report.exitCode()).isEqualTo(130);
        assertThat(names()).containsExactly("talk.mkv");
    }

    @Test
    void an_existing_output_is_refused_before_any_work() throws Exception {
        Files.writeString(output, "old");
        ExtractionReport report = extracted(
                (plan, progress, cancellation) -> {
                    throw new AssertionError("worked");
                },
                -3,
                OnExists.FAIL);
        failed(report, ErrorKind.OUTPUT_EXISTS);
        assertThat(output).hasContent("old");
    }

    @Test
    void an_existing_output_may_be_skipped_renamed_or_overwritten() throws Exception {
        Files.writeString(output, "old");
        assertThat(extracted(WRITES, -3, OnExists.SKIP).status()).isEqualTo(Status.SKIPPED);
        assertThat(output).hasContent("old");
        assertThat(extracted(WRITES, -3, OnExists.RENAME).requireDelivered()).isEqualTo(folder.resolve("talk (2).mp3"));
        assertThat(output).hasContent("old");
        extracted(WRITES, -3, OnExists.OVERWRITE);
        assertThat(output).hasContent("sound");
    }

    @Test
    void the_input_is_never_overwritten_by_whatever_name() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.mp3"), input);
        Soundlift soundlift = FakeSoundlift.with(WRITES, -3);
        for (Path same : List.of(input, link, folder.resolve("./talk.mkv"))) {
            ExtractionRequest request = ExtractionRequest.of(input)
                    .withDestination(new Destination(Optional.of(same.toString()), OnExists.OVERWRITE));
            failed(extracted(soundlift, request), ErrorKind.OUTPUT_IS_INPUT);
        }
        assertThat(input).hasContent("video");
    }

    @Test
    void strictness_makes_a_warning_a_failure() throws Exception {
        ExtractionRequest quiet = ExtractionRequest.of(input).withStrict(true);
        ExtractionReport report = extracted(FakeSoundlift.with(WRITES, -60), quiet);
        failed(report, ErrorKind.VERIFICATION);
        assertThat(names()).containsExactly("talk.mkv");
        assertThat(extracted(FakeSoundlift.with(WRITES, -60), quiet.withStrict(false))
                        .status())
                .isEqualTo(Status.WARNING);
    }

    @Test
    void an_input_that_gives_nothing_is_one_report() {
        ExtractionRequest request =
                ExtractionRequest.of(input).withRange(RangeWish.parse("5:00-").orElseThrow());
        ExtractionReport report = extracted(FakeSoundlift.with(WRITES, -3), request);
        failed(report, ErrorKind.RANGE_OUTSIDE);
        assertThat(report.plan()).isEmpty();
    }

    @Test
    void a_copy_of_our_own_choice_that_fails_is_made_anew_by_encoding() throws Exception {
        Path movie = Files.writeString(folder.resolve("talk2.mkv"), "video");
        List<Route> routes = new ArrayList<>();
        Soundlift soundlift = FakeSoundlift.with(
                (plan, progress, cancellation) -> {
                    routes.add(plan.route());
                    if (plan.route() == Route.COPY) {
                        throw new ExtractionException(
                                ErrorKind.DOES_NOT_FIT,
                                Text.of("error.does-not-fit", "aac", "m4a"),
                                Text.of("next.does-not-fit"));
                    }
                },
                -3);
        extracted(soundlift, ExtractionRequest.of(movie).withFormat(AudioFormat.M4A));
        assertThat(routes).containsExactly(Route.COPY, Route.TRANSCODE);

        routes.clear();
        ExtractionRequest asked = ExtractionRequest.of(movie)
                .withEncoding(Encoding.DEFAULT.withFormat(AudioFormat.M4A).withCopyOnly(true));
        failed(extracted(soundlift, asked), ErrorKind.DOES_NOT_FIT);
        assertThat(routes).containsExactly(Route.COPY);
        assertThat(names()).containsExactly("talk.mkv", "talk2.mkv");
    }

    @Test
    void planning_writes_nothing() throws Exception {
        List<Soundlift.Planned> planned = FakeSoundlift.with(WRITES, -3).plan(ExtractionRequest.of(input));
        assertThat(planned).extracting(Soundlift.Planned::output).containsExactly(output);
        assertThat(names()).containsExactly("talk.mkv");
    }
}
