package dev.soundlift.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.FakeSoundlift;
import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Failure;
import dev.soundlift.report.Status;
import dev.soundlift.request.Destination;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** A dry run lists exactly what the run does that follows it, whatever lies in the folder. */
class DryRunTest {
    private Path folder = Path.of("");
    private Path state = Path.of("");

    /** Names of files; those that are outputs and inputs alike are the ones that matter. */
    @Provide
    Arbitrary<Set<String>> files() {
        return Arbitraries.of(
                        "a.mkv", "a.mp4", "b.mkv", "b.mp3", "c.mp3", "a (2).mp3", "a.wav", "deep/a.mkv", "deep/c.mp4")
                .set()
                .ofMinSize(1);
    }

    @Provide
    Arbitrary<String> outputs() {
        return Arbitraries.of(
                "",
                "deep/",
                "nowhere/",
                "{dir}/one.{ext}",
                "{dir}/{name}-{date}.{ext}",
                "{dir}/deep/../c.{ext}",
                "{dir}/nowhere/{name}.{ext}");
    }

    @BeforeTry
    void folders() throws IOException {
        folder = Files.createTempDirectory("dry-run");
        state = Files.createTempDirectory("dry-run-state");
        Files.createDirectory(folder.resolve("deep"));
    }

    @AfterTry
    void away() throws IOException {
        for (Path root : List.of(folder, state)) {
            try (var all = Files.walk(root)) {
                for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        }
    }

    @Property(tries = 100)
    void says_what_will_be(
            @ForAll("files") Set<String> files,
            @ForAll("files") Set<String> before,
            @ForAll("outputs") String output,
            @ForAll OnExists onExists,
            @ForAll boolean resume,
            @ForAll boolean folderInTheWay,
            @ForAll @IntRange(min = 1, max = 3) int jobs)
            throws IOException {
        for (String name : before) if (files.contains(name)) Files.writeString(folder.resolve(name), "video " + name);
        ExtractionRequest wishes = wishes(output, onExists);
        if (resume) run(false, wishes, 1, true);
        for (String name : files) {
            if (!Files.exists(folder.resolve(name))) Files.writeString(folder.resolve(name), "video " + name);
        }
        if (folderInTheWay && !Files.exists(folder.resolve("c.mp3")))
            Files.createDirectories(folder.resolve("c.mp3/x"));

        Map<Path, String> untouched = contents();
        Map<String, String> told = run(true, wishes, 1, resume);
        assertThat(contents()).isEqualTo(untouched);
        assertThat(run(false, wishes, jobs, resume)).isEqualTo(told);
    }

    private ExtractionRequest wishes(String output, OnExists onExists) {
        String place = output.isEmpty() || output.startsWith("{") ? output : folder + "/" + output;
        return ExtractionRequest.of(Path.of(""))
                .withDestination(new Destination(Optional.of(place).filter(text -> !text.isEmpty()), onExists));
    }

    private Map<Path, String> contents() throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        for (Path root : List.of(folder, state)) {
            try (var all = Files.walk(root)) {
                for (Path file : all.toList()) {
                    contents.put(file, Files.isDirectory(file) ? "" : Files.readString(file) + Work.modified(file));
                }
            }
        }
        return contents;
    }

    /** By input, what becomes or would become of it. */
    private Map<String, String> run(boolean dry, ExtractionRequest wishes, int jobs, boolean resume) {
        Soundlift soundlift = FakeSoundlift.with((plan, progress, cancellation) -> {}, -3);
        Worker worker = dry ? Worker.looking(soundlift) : Worker.here(soundlift);
        Journal journal = new Journal(state);
        Memory memory = !resume
                ? Memory.none()
                : dry ? Memory.reading(journal, "1.0", false) : Memory.resuming(journal, "1.0", false);
        List<String> typed = List.of(folder.toString());
        Collected collected = new Collected();
        MadeBefore before = new MadeBefore(journal, typed, true);
        Batch batch = new Batch(worker, worker, jobs, memory);
        batch.run(
                new Inputs(typed, true, file -> !batch.made(file) && before.test(file)).iterator(),
                wishes,
                new Cancellation(),
                collected);
        Map<String, String> outcomes = new TreeMap<>();
        for (ExtractionReport report : collected.reports()) {
            String output = report.output().map(Path::toString).orElse("");
            String status = report.status() == Status.PLANNED
                    ? Status.OK.name()
                    : report.status().name();
            String why =
                    report.failure().map(Failure::kind).map(ErrorKind::label).orElse("");
            String known = outcomes.put(report.input().displayName(), status + " " + output + " " + why);
            assertThat(known).as("told once").isNull();
        }
        return outcomes;
    }
}
