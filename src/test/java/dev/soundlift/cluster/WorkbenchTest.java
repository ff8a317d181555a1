package dev.soundlift.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.batch.ManifestLine;
import dev.soundlift.report.JsonLine;
import dev.soundlift.sound.TestMedia;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a machine of the cluster does with an item, without the cluster. */
class WorkbenchTest {
    @TempDir
    private Path folder;

    private static Item item(String input, Map<String, List<String>> options) {
        ManifestLine line = new ManifestLine(7, input, options, OptionalLong.empty(), Optional.empty());
        return Item.of(line, Workbench.shown(line, "list"), List.of("--copy"));
    }

    private Path out() {
        return folder.resolve("out");
    }

    private List<Map<String, String>> rows(Item item, String... more) throws Exception {
        return rowsOf("run", item, more);
    }

    private List<Map<String, String>> rowsOf(String run, Item item, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("--manifest", "l", "--output", out().toString(), "--copy"));
        words.addAll(List.of(more));
        try (Workbench bench = new Workbench(JobWords.parse(words), run)) {
            return bench.rows(item).stream()
                    .map(row -> JsonLine.read(row).orElseThrow())
                    .toList();
        }
    }

    private FolderStore store() {
        return new FolderStore(out());
    }

    @Test
    void an_item_gets_its_names_in_the_store_and_is_done_once() throws Exception {
        Item item = item(TestMedia.media("song.mp4").toString(), Map.of("range", List.of("0-0:01", "0:01-0:02")));
        List<Map<String, String>> rows = rows(item);
        assertThat(rows).hasSize(2).allSatisfy(row -> {
            assertThat(row)
                    .containsEntry("status", "ok")
                    .containsEntry("line", "7")
                    .containsEntry("item", item.key());
            assertThat(Path.of(row.get("output"))).exists().startsWith(out());
        });
        Path first = Path.of(rows.get(0).get("output"));
        Files.writeString(first, "somebody's");
        assertThat(rows(item)).isEqualTo(rows); // from the note, without another look
        assertThat(first).hasContent("somebody's");
        assertThat(store().list("_soundlift/work")).isEmpty();
    }

    @Test
    void an_attempt_that_was_lost_after_its_output_got_its_name_is_made_whole() throws Exception {
        Item item = item(TestMedia.media("old.wma").toString(), Map.of()); // in Matroska, other bytes each time
        rows(item);
        new Notes(store(), "run", false, false).begin(item, 1);
        assertThat(rows(item)).singleElement().satisfies(row -> assertThat(row).containsEntry("status", "ok"));
    }

    @Test
    void what_is_there_from_elsewhere_stays_unless_it_is_to_go() throws Exception {
        Item item = item(TestMedia.media("song.mp4").toString(), Map.of("output", List.of("a/b.m4a")));
        Path there =
                Files.writeString(Files.createDirectories(out().resolve("a")).resolve("b.m4a"), "old");
        assertThat(rows(item))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("error.kind", "output-exists"));
        assertThat(there).hasContent("old");
        store().delete("_soundlift/items/" + item.key().substring(0, 2) + "/" + item.key());
        assertThat(rows(item, "--on-exists", "skip"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("status", "skipped"));
        assertThat(there).hasContent("old");
        store().delete("_soundlift/items/" + item.key().substring(0, 2) + "/" + item.key());
        assertThat(rows(item, "--on-exists", "overwrite"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("status", "ok"));
        assertThat(Files.size(there)).isGreaterThan(1000);
    }

    @Test
    void what_has_ended_two_executors_is_left_alone() throws Exception {
        Item item = item(TestMedia.media("song.mp4").toString(), Map.of());
        new Notes(store(), "run", false, false).begin(item, 2);
        assertThat(rows(item))
                .singleElement()
                .satisfies(row ->
                        assertThat(row).containsEntry("status", "failed").containsEntry("error.kind", "crashed"));
        assertThat(store().list("")).allMatch(name -> name.startsWith("_soundlift/"));
    }

    @Test
    void what_has_ended_two_runs_is_left_alone_unless_it_is_to_be_tried_again() throws Exception {
        Item item = item(TestMedia.media("song.mp4").toString(), Map.of());
        new Notes(store(), "first", false, false).begin(item, 1);
        assertThat(rowsOf("second", item))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("status", "ok"));
        new Notes(store(), "second", false, false).begin(item, 2);
        assertThat(rowsOf("third", item, "--retry-failed"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("status", "ok"));
        new Notes(store(), "third", false, false).begin(item, 2);
        assertThat(rowsOf("fourth", item))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("error.kind", "crashed"));
    }

    @Test
    void a_process_that_is_told_to_end_has_not_died_of_what_it_has_in_hand() throws Exception {
        Item item = item(TestMedia.media("song.mp4").toString(), Map.of());
        Notes notes = new Notes(store(), "run", false, false);
        notes.begin(item, 1);
        JobWords job = JobWords.parse(List.of("--manifest", "l", "--output", out().toString(), "--copy"));
        AtomicInteger before = new AtomicInteger();
        AtomicInteger after = new AtomicInteger(); // at once: the process may not live until its own work ends
        AtomicReference<Workbench> ending = new AtomicReference<>();
        Store told = new Silent(store()) {
            @Override
            public Given give(Path file, String name, String key, boolean replace) throws IOException {
                before.set(notes.of(item).begun());
                ending.get().putDown();
                after.set(notes.of(item).begun());
                return super.give(file, name, key, replace);
            }
        };
        try (Workbench bench = new Workbench(job, told, Duration.ZERO, "run")) {
            ending.set(bench);
            assertThatThrownBy(() -> bench.rows(item)).isInstanceOf(IOException.class);
        }
        assertThat(before).hasValue(2);
        assertThat(after).hasValue(1);
        assertThat(notes.of(item).begun()).isEqualTo(1);
    }

    @Test
    void a_store_that_answers_again_is_waited_for() throws Exception {
        Item item = item(TestMedia.media("song.mp4").toString(), Map.of());
        JobWords job = JobWords.parse(List.of("--manifest", "l", "--output", out().toString(), "--copy"));
        AtomicInteger refused = new AtomicInteger();
        Store restarted = new Silent(store()) {
            @Override
            public Given give(Path file, String name, String key, boolean replace) throws IOException {
                return refused.incrementAndGet() < 3
                        ? super.give(file, name, key, replace)
                        : store().give(file, name, key, replace);
            }
        };
        try (Workbench bench = new Workbench(job, restarted, Duration.ofHours(1), "run")) {
            assertThat(bench.rows(item)).singleElement().asString().contains("\"status\":\"ok\"");
        }
        assertThat(refused).hasValue(3);
    }

    @Test
    void what_failed_in_another_run_is_tried_again_and_what_was_made_is_not() throws Exception {
        Item item = item(TestMedia.media("song.mp4").toString(), Map.of("output", List.of("a.m4a")));
        Path there = Files.writeString(Files.createDirectories(out()).resolve("a.m4a"), "old");
        assertThat(rows(item))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("error.kind", "output-exists"));
        Files.delete(there);
        assertThat(rows(item)).singleElement().satisfies(row -> assertThat(row).containsEntry("status", "failed"));
        List<Map<String, String>> made = rowsOf("next", item);
        assertThat(made).singleElement().satisfies(row -> assertThat(row).containsEntry("status", "ok"));
        assertThat(rowsOf("third", item)).isEqualTo(made);
    }

    @Test
    void a_store_that_does_not_answer_counts_for_no_item() throws Exception {
        Item item = item(TestMedia.media("song.mp4").toString(), Map.of());
        Notes notes = new Notes(store(), "run", false, false);
        notes.begin(item, 1);
        JobWords job = JobWords.parse(List.of("--manifest", "l", "--output", out().toString(), "--copy"));
        Store silent = new Silent(store());
        try (Workbench bench = new Workbench(job, silent, Duration.ZERO, "run")) {
            assertThatThrownBy(() -> bench.rows(item)).isInstanceOf(IOException.class);
        }
        assertThat(notes.of(item).begun()).isEqualTo(1);
    }

    @Test
    void a_name_that_no_file_can_have_is_a_row() throws Exception {
        Item item = item(TestMedia.media("song.mp4").toString(), Map.of("output", List.of("a/b.m4a")));
        Files.createDirectories(out());
        Files.writeString(out().resolve("a"), "a file where a folder is needed");
        assertThat(rows(item))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("error.kind", "not-writable"));
    }

    /** One that takes notes and no files, as a server that is restarted. */
    private static class Silent implements Store {
        private final Store store;

        Silent(Store store) {
            this.store = store;
        }

        @Override
        public String called(String name) {
            return store.called(name);
        }

        @Override
        public Given give(Path file, String name, String key, boolean replace) throws IOException {
            throw new IOException("no answer");
        }

        @Override
        public void write(String name, String text) throws IOException {
            store.write(name, text);
        }

        @Override
        public Optional<String> read(String name) throws IOException {
            return store.read(name);
        }

        @Override
        public void delete(String name) throws IOException {
            store.delete(name);
        }

        @Override
        public List<String> list(String folder) throws IOException {
            return store.list(folder);
        }

        @Override
        public void tidy() throws IOException {
            store.tidy();
        }

        @Override
        public void close() {
            store.close();
        }
    }

    @Test
    void what_a_killed_machine_left_goes_after_a_week() throws Exception {
        store().tidy(); // no folder yet
        Path work = Files.createDirectories(out().resolve("_soundlift/work"));
        Path old = Files.writeString(work.resolve("old"), "half");
        Path fresh = Files.writeString(work.resolve("fresh"), "half");
        Path result = Files.writeString(out().resolve("a.mp3"), "whole");
        FileTime eightDaysAgo = FileTime.from(Instant.now().minus(Duration.ofDays(8)));
        Files.setLastModifiedTime(old, eightDaysAgo);
        Files.setLastModifiedTime(result, eightDaysAgo);
        store().tidy();
        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
        assertThat(result).exists();
    }

    @Test
    void a_file_system_without_links_takes_files_too_and_each_name_once() throws Exception {
        Path made = Files.writeString(folder.resolve("made"), "new");
        URI zip = URI.create("jar:" + folder.resolve("shared.zip").toUri());
        try (FileSystem shared = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            FolderStore store = new FolderStore(shared.getPath("/out"));
            assertThat(store.give(made, "a/b.mp3", "key", false)).isEqualTo(Store.Given.NEW);
            assertThat(store.give(made, "a/b.mp3", "key", false)).isEqualTo(Store.Given.SAME);
            Files.writeString(made, "newer");
            assertThat(store.give(made, "a/b.mp3", "other", false)).isEqualTo(Store.Given.OTHER);
            assertThat(Files.readString(shared.getPath("/out/a/b.mp3"))).isEqualTo("new");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_row_may_be_read_by_whoever_may_read_any_file_of_ours() throws Exception {
        store().write("rows.jsonl", "{}");
        Path usual = Files.createFile(folder.resolve("usual"));
        assertThat(Files.getPosixFilePermissions(out().resolve("rows.jsonl")))
                .isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @ParameterizedTest
    @CsvSource({
        "https://me:word@127.0.0.1:1/a.mp4?sig=word, https://127.0.0.1:1/a.mp4",
        "https://me:word@/a.mp4?sig=word, list:7",
        "ftp://me:word@host/a.mp4, list:7",
        "s3://me:word@bucket/a.mp4, list:7",
    })
    void no_row_tells_a_password(String input, String told) throws Exception {
        assertThat(rows(item(input, Map.of()))).singleElement().satisfies(row -> {
            assertThat(row).containsEntry("input", told).containsEntry("line", "7");
            assertThat(row.values()).noneMatch(value -> value.contains("word"));
        });
    }

    @Test
    void no_template_leads_out_of_the_folder_of_this_machine() throws Exception {
        Path input = TestMedia.copyAs(folder.resolve("song.mp4"), "song.mp4");
        String up = "../".repeat(Path.of("").toAbsolutePath().getNameCount() + 9);
        String roundabout = up + folder.getRoot().relativize(input);
        Item item = item(roundabout, Map.of("output", List.of("{dir}/{name}.{ext}")));
        assertThat(rows(item)).singleElement().satisfies(row -> {
            assertThat(row.get("output"))
                    .startsWith(folder.resolve("out") + "/")
                    .doesNotContain("..");
            assertThat(Path.of(row.get("output"))).isRegularFile();
        });
        assertThat(TestMedia.namesIn(folder)).containsExactlyInAnyOrder("out", "song.mp4");
    }

    @Test
    void what_lies_beside_an_output_is_told_by_its_name_in_the_store() throws Exception {
        Item item = item(TestMedia.media("interview.mkv").toString(), Map.of("chapter-list", List.of("cue")));
        assertThat(rows(item))
                .singleElement()
                .satisfies(row ->
                        assertThat(Path.of(row.get("alsoWritten.0"))).exists().startsWith(out()));
    }

    @Test
    void what_is_cancelled_is_no_failure_of_the_item() throws Exception {
        Item item = item(TestMedia.media("song.mp4").toString(), Map.of());
        JobWords job = JobWords.parse(List.of("--manifest", "l", "--output", out().toString(), "--copy"));
        try (Workbench bench = new Workbench(job, "run")) {
            bench.cancel();
            assertThatThrownBy(() -> bench.rows(item)).isInstanceOf(IOException.class);
        }
        assertThat(new Notes(store(), "run", false, false).of(item)).isEqualTo(new Notes.Known(0, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"on-exists, rename", "keep-date, true"})
    void what_has_no_effect_is_refused_to_an_item_too(String option, String value) throws Exception {
        Item item = item(TestMedia.media("song.mp4").toString(), Map.of(option, List.of(value)));
        assertThat(rows(item)).singleElement().satisfies(row -> assertThat(row).containsEntry("error.kind", "usage"));
    }

    @ParameterizedTest
    @CsvSource({
        "../out.mp3, usage",
        "a/../../b.mp3, usage",
        "., usage",
    })
    void no_item_leads_out_of_the_store(String output, String kind) throws Exception {
        Item item = item(TestMedia.media("song.mp4").toString(), Map.of("output", List.of(output)));
        assertThat(rows(item)).singleElement().satisfies(row -> assertThat(row).containsEntry("error.kind", kind));
        assertThat(TestMedia.namesIn(folder)).containsExactly("out");
    }

    @ParameterizedTest
    @CsvSource({
        "text.mp4, not-media",
        "empty.mp4, unreadable",
        "none.mp4, unreadable",
        "nosound.mp4, no-audio",
    })
    void what_cannot_be_done_is_a_row(String name, String kind) throws Exception {
        Item item = item(TestMedia.media(name).toString(), Map.of());
        assertThat(rows(item)).singleElement().satisfies(row -> assertThat(row).containsEntry("error.kind", kind));
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/a/../b//c.mp4, bucket/a/_/b",
        "https://host.example:8443/x/y.mkv?sig=../../z, host.example/x",
        "http://host/, host",
        "/data/in/a.mkv, data/in",
        "../a.mkv, _",
        "a.mkv, files",
        "C:\\films\\a.mkv, C_/films",
    })
    void an_output_lies_as_its_input_does(String input, String folder) {
        assertThat(Workbench.mirrored(input)).isEqualTo(folder);
    }
}
