package dev.soundlift.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.FakeSoundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.media.MediaSource;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Status;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Destination;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.request.VerifyLevel;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the next run does with what earlier ones wrote down. */
class ResumeTest {
    private static final ExtractionRequest WISHES = ExtractionRequest.of(Path.of(""));

    @TempDir
    private Path folder;

    @TempDir
    private Path state;

    private final List<String> worked = new ArrayList<>();

    @BeforeEach
    void two_talks() throws IOException {
        Files.writeString(folder.resolve("a.mkv"), "video");
        Files.writeString(folder.resolve("b.mkv"), "video");
    }

    private Memory resuming() {
        return Memory.resuming(new Journal(state), "1.0", false);
    }

    private List<ExtractionReport> run(Memory memory, ExtractionRequest wishes, FakeSoundlift.Work work) {
        worked.clear();
        Collected collected = new Collected();
        FakeSoundlift.Work noted = (plan, progress, cancellation) -> {
            worked.add(plan.media().source().baseName());
            work.on(plan, progress, cancellation);
        };
        Worker here = Worker.here(FakeSoundlift.with(noted, -3));
        new Batch(here, here, 1, memory)
                .run(
                        Collected.queue(List.of(folder.resolve("a.mkv"), folder.resolve("b.mkv"))),
                        wishes,
                        new Cancellation(),
                        collected);
        return collected.reports();
    }

    private List<ExtractionReport> run(Memory memory) {
        return run(memory, WISHES, (plan, progress, cancellation) -> {});
    }

    private void firstRun() {
        assertThat(run(resuming())).extracting(ExtractionReport::status).containsOnly(Status.OK);
    }

    @Test
    void what_is_delivered_is_skipped_without_a_look_into_it() {
        firstRun();
        List<ExtractionReport> again = run(resuming());
        assertThat(again).extracting(ExtractionReport::status).containsOnly(Status.SKIPPED);
        assertThat(again).extracting(ExtractionReport::exitCode).containsOnly(0);
        assertThat(again).allSatisfy(report -> assertThat(report.plan()).isEmpty());
        assertThat(worked).isEmpty();
    }

    @Test
    void a_run_that_only_wrote_the_journal_is_resumed_too() {
        assertThat(run(Memory.writing(new Journal(state), "1.0", remark -> {}))).hasSize(2);
        assertThat(run(resuming())).extracting(ExtractionReport::status).containsOnly(Status.SKIPPED);
    }

    @Test
    void without_resume_an_output_that_is_there_is_refused() {
        firstRun();
        assertThat(run(Memory.writing(new Journal(state), "1.0", remark -> {})))
                .extracting(report -> report.failure().orElseThrow().kind())
                .containsOnly(ErrorKind.OUTPUT_EXISTS);
    }

    @Test
    void another_version_does_it_again_and_replaces_what_is_ours() {
        firstRun();
        assertThat(run(Memory.resuming(new Journal(state), "1.1", false)))
                .extracting(ExtractionReport::status)
                .containsOnly(Status.OK);
        assertThat(worked).containsExactly("a", "b");
    }

    @Test
    void another_setting_does_only_what_it_must() {
        firstRun();
        ExtractionRequest flac = WISHES.withFormat(AudioFormat.FLAC);
        assertThat(run(resuming(), flac, (plan, progress, cancellation) -> {})).hasSize(2);
        assertThat(worked).containsExactly("a", "b");
        assertThat(folder.resolve("a.mp3")).exists();
        assertThat(run(resuming())).extracting(ExtractionReport::status).containsOnly(Status.SKIPPED);
        ExtractionRequest overwriting = WISHES.withDestination(new Destination(Optional.empty(), OnExists.OVERWRITE));
        assertThat(run(resuming(), overwriting, (plan, progress, cancellation) -> {}))
                .extracting(ExtractionReport::status)
                .containsOnly(Status.SKIPPED);
    }

    @Test
    void an_output_that_is_right_for_the_new_settings_too_stays() {
        firstRun();
        ExtractionRequest named = WISHES.withTracks(new TrackChoice.Position(1));
        for (int run = 0; run < 2; run++) {
            assertThat(run(resuming(), named, (plan, progress, cancellation) -> {}))
                    .extracting(ExtractionReport::status)
                    .containsOnly(Status.SKIPPED);
        }
        assertThat(worked).isEmpty();
        ExtractionRequest checked = named.withVerify(VerifyLevel.QUICK);
        assertThat(run(resuming(), checked, (plan, progress, cancellation) -> {}))
                .hasSize(2);
        assertThat(worked).as("a file is not taken for checked in another way").containsExactly("a", "b");
    }

    @Test
    void an_output_that_somebody_changed_is_refused_with_the_reason() throws IOException {
        firstRun();
        Files.writeString(folder.resolve("a.mp3"), "mine now");
        assertThat(run(resuming()).get(0).failure().orElseThrow().whatHappened().toString())
                .contains("was changed after");
        ExtractionRequest skipping = WISHES.withDestination(new Destination(Optional.empty(), OnExists.SKIP));
        assertThat(run(resuming(), skipping, (plan, progress, cancellation) -> {})
                        .get(0)
                        .status())
                .isEqualTo(Status.SKIPPED);
    }

    @Test
    void an_input_that_changed_is_done_again() throws IOException {
        firstRun();
        Files.writeString(folder.resolve("b.mkv"), "another video");
        assertThat(run(resuming())).extracting(ExtractionReport::status).containsExactly(Status.SKIPPED, Status.OK);
        assertThat(worked).containsExactly("b");
    }

    @Test
    void by_content_a_touched_input_is_the_same() throws IOException {
        Memory byContent = Memory.resuming(new Journal(state), "1.0", true);
        assertThat(run(byContent)).hasSize(2);
        Files.setLastModifiedTime(folder.resolve("a.mkv"), FileTime.fromMillis(0));
        assertThat(run(byContent)).extracting(ExtractionReport::status).containsOnly(Status.SKIPPED);
        Files.writeString(folder.resolve("a.mkv"), "VIDEO");
        assertThat(run(byContent)).extracting(ExtractionReport::status).containsExactly(Status.OK, Status.SKIPPED);
    }

    @Test
    void an_output_that_is_gone_is_made_again() throws IOException {
        firstRun();
        Files.delete(folder.resolve("a.mp3"));
        assertThat(run(resuming())).extracting(ExtractionReport::status).containsExactly(Status.OK, Status.SKIPPED);
    }

    @Test
    void an_output_that_somebody_changed_is_not_ours_any_more() throws IOException {
        firstRun();
        Files.writeString(folder.resolve("a.mp3"), "edited by hand");
        assertThat(run(resuming()))
                .extracting(report -> report.status() + " " + report.exitCode())
                .containsExactly("FAILED 9", "SKIPPED 0");
        assertThat(folder.resolve("a.mp3")).hasContent("edited by hand");
    }

    @Test
    void a_failure_is_tried_again() {
        FakeSoundlift.Work breaks = (plan, progress, cancellation) -> {
            if (plan.media().source().baseName().equals("a")) throw new IllegalStateException("broken");
        };
        assertThat(run(resuming(), WISHES, breaks))
                .extracting(ExtractionReport::status)
                .containsExactly(Status.FAILED, Status.OK);
        assertThat(run(resuming())).extracting(ExtractionReport::status).containsExactly(Status.OK, Status.SKIPPED);
    }

    @Test
    void a_renamed_output_is_known_by_the_name_it_got() throws IOException {
        Files.writeString(folder.resolve("a.mp3"), "somebody else's");
        ExtractionRequest renaming = WISHES.withDestination(new Destination(Optional.empty(), OnExists.RENAME));
        assertThat(run(resuming(), renaming, (plan, progress, cancellation) -> {}))
                .hasSize(2);
        assertThat(folder.resolve("a (2).mp3")).exists();
        assertThat(run(resuming(), renaming, (plan, progress, cancellation) -> {}))
                .extracting(report -> report.status() + " " + report.output().orElseThrow())
                .containsExactly("SKIPPED " + folder.resolve("a (2).mp3"), "SKIPPED " + folder.resolve("b.mp3"));
        assertThat(folder.resolve("a (3).mp3")).doesNotExist();
    }

    @Test
    void a_torn_last_line_is_passed_over_and_the_next_entry_is_whole() throws IOException {
        firstRun();
        Path journal;
        try (var files = Files.list(state)) {
            journal = files.filter(file -> file.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
        String all = Files.readString(journal);
        Files.writeString(journal, all.substring(0, all.length() - 20)); // the "ended" of b
        assertThat(run(resuming()))
                .extracting(ExtractionReport::status)
                .containsOnly(Status.SKIPPED); // its output is known all the same
        assertThat(run(resuming()))
                .allSatisfy(report -> assertThat(report.plan()).isEmpty());
    }

    @Test
    void a_run_that_ended_abruptly_names_the_file_that_it_was_at() throws IOException {
        Work work = resuming()
                .work(WISHES.withSource(new MediaSource.LocalFile(folder.resolve("a.mkv"))))
                .orElseThrow();
        var begun = work.entry("begun");
        begun.put("process", dev.soundlift.output.Writer.self().toString().replaceFirst("-\\w+$", "-0"));
        new Journal(state).write(List.of(work.input()), begun, false);
        List<ExtractionReport> reports = run(resuming());
        assertThat(reports).extracting(ExtractionReport::status).containsOnly(Status.OK);
        assertThat(reports.get(0).warnings()).containsExactly(Text.of("warning.ended-abruptly"));
        assertThat(reports.get(1).warnings()).isEmpty();
        firstRunIsForgiven();
    }

    private void firstRunIsForgiven() {
        assertThat(run(resuming()))
                .allSatisfy(report -> assertThat(report.warnings()).isEmpty());
    }
}
