package dev.soundlift.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.FakeSoundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Status;
import dev.soundlift.request.Destination;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs of one batch whose outputs would have the same name. */
class SameOutputTest {
    @TempDir
    private Path folder;

    private List<ExtractionReport> run(OnExists onExists, int jobs) throws IOException {
        List<Path> files = List.of(
                Files.writeString(folder.resolve("talk.mkv"), "video"),
                Files.writeString(folder.resolve("talk.mp4"), "video"));
        Collected collected = new Collected();
        new Batch(FakeSoundlift.with((plan, progress, cancellation) -> {}, -3), jobs)
                .run(
                        Collected.queue(files),
                        ExtractionRequest.of(Path.of("")).withDestination(new Destination(Optional.empty(), onExists)),
                        new Cancellation(),
                        collected);
        return collected.reports();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void what_one_input_gave_another_does_not_overwrite(int jobs) throws Exception {
        List<ExtractionReport> reports = run(OnExists.OVERWRITE, jobs);
        assertThat(reports).extracting(ExtractionReport::status).containsExactlyInAnyOrder(Status.OK, Status.FAILED);
        assertThat(reports)
                .filteredOn(report -> report.status() == Status.FAILED)
                .singleElement()
                .satisfies(report ->
                        assertThat(report.failure().orElseThrow().kind()).isEqualTo(ErrorKind.OUTPUT_EXISTS));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void the_first_one_wins(int jobs) throws Exception {
        assertThat(run(OnExists.OVERWRITE, jobs))
                .filteredOn(report -> report.status() == Status.OK)
                .extracting(report -> report.input().displayName())
                .containsExactly(folder.resolve("talk.mkv").toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void numbers_are_given_in_the_order_of_the_inputs(int jobs) throws Exception {
        assertThat(run(OnExists.RENAME, jobs))
                .extracting(report -> report.input().displayName() + " > " + report.requireDelivered())
                .containsExactlyInAnyOrder(
                        folder.resolve("talk.mkv") + " > " + folder.resolve("talk.mp3"),
                        folder.resolve("talk.mp4") + " > " + folder.resolve("talk (2).mp3"));
    }

    @Test
    void what_was_there_before_the_batch_is_overwritten_once() throws Exception {
        Path old = Files.writeString(folder.resolve("talk.mp3"), "old");
        assertThat(run(OnExists.OVERWRITE, 1))
                .extracting(ExtractionReport::status)
                .containsExactly(Status.OK, Status.FAILED);
        assertThat(old).hasContent("sound");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void with_another_name_for_each_both_are_delivered(int jobs) throws Exception {
        assertThat(run(OnExists.RENAME, jobs))
                .extracting(ExtractionReport::status)
                .containsExactly(Status.OK, Status.OK);
    }
}
