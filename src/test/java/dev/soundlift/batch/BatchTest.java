package dev.soundlift.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.FakeSoundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.media.MediaSource;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Status;
import dev.soundlift.request.ExtractionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
    private static final FakeSoundlift.Work WRITES = (plan, progress, cancellation) -> {};

    @TempDir
    private Path folder;

    private final Cancellation cancellation = new Cancellation();

    private List<Path> files(int count) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < count; i++) files.add(Files.writeString(folder.resolve("talk" + i + ".mkv"), "video"));
        return files;
    }

    private List<ExtractionReport> run(FakeSoundlift.Work work, int jobs, List<Path> files) {
        Collected collected = new Collected();
        new Batch(FakeSoundlift.with(work, -3), jobs)
                .run(Collected.queue(files), ExtractionRequest.of(Path.of("")), cancellation, collected);
        return collected.reports();
    }

    private static List<Path> inputs(List<ExtractionReport> reports) {
        return reports.stream()
                .map(report -> ((MediaSource.LocalFile) report.input()).path())
                .toList();
    }

    @Test
    void one_at_a_time_keeps_the_order() throws Exception {
        List<Path> files = files(5);
        assertThat(inputs(run(WRITES, 1, files))).isEqualTo(files);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 100})
    void every_file_is_reported_once_however_many_run_at_once(int jobs) throws Exception {
        List<Path> files = files(40);
        List<ExtractionReport> reports = run(WRITES, jobs, files);
        assertThat(inputs(reports)).containsExactlyInAnyOrderElementsOf(files);
        assertThat(reports).allMatch(report -> report.status() == Status.OK);
    }

    @Test
    void two_jobs_run_at_the_same_time_and_never_a_third() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<ExtractionReport> reports = run(
                (plan, progress, asked) -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    meet(both);
                    inside.decrementAndGet();
                },
                2,
                files(6));
        assertThat(reports).hasSize(6).allMatch(report -> report.status() == Status.OK);
        assertThat(most).hasValue(2);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new IllegalStateException(alone);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void a_bug_with_one_file_does_not_take_the_others_down(int jobs) throws Exception {
        List<Path> files = files(6);
        List<ExtractionReport> reports = run(
                (plan, progress, asked) -> {
                    if (plan.media().source().baseName().equals("talk2")) throw new IllegalStateException("bug");
                },
                jobs,
                files);
        assertThat(reports).hasSize(6);
        assertThat(reports)
                .filteredOn(report -> report.status() == Status.FAILED)
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.failure().orElseThrow().kind()).isEqualTo(ErrorKind.BUG);
                    assertThat(report.exitCode()).isEqualTo(70);
                    assertThat(report.input().baseName()).isEqualTo("talk2");
                });
    }

    @Test
    void after_a_cancellation_no_other_file_is_begun() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        List<ExtractionReport> reports = run(
                (plan, progress, asked) -> {
                    if (begun.incrementAndGet() == 2) cancellation.request();
                },
                1,
                files(5));
        assertThat(begun).hasValue(2);
        assertThat(reports).extracting(ExtractionReport::exitCode).containsExactly(0, 130);
    }

    @Test
    void a_cancellation_stops_all_jobs_and_leaves_nothing_half_written() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        List<ExtractionReport> reports = run(
                (plan, progress, asked) -> {
                    meet(both);
                    cancellation.request();
                },
                2,
                files(10));
        assertThat(reports).hasSize(2).allMatch(report -> report.exitCode() == 130);
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".mp3"));
    }

    @Test
    void a_batch_that_is_cancelled_already_does_nothing() throws Exception {
        cancellation.request();
        assertThat(run(WRITES, 3, files(5))).isEmpty();
    }

    @Test
    void no_files_are_no_work() {
        assertThat(run(WRITES, 3, List.of())).isEmpty();
    }
}
