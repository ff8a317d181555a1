package dev.soundlift.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.batch.ManifestLine;
import dev.soundlift.report.JsonLine;
import dev.soundlift.sound.TestMedia;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a machine of the cluster does with an item, without the cluster. */
class WorkbenchTest {
    @TempDir
    private Path folder;

    private static Item item(String input, Map<String, List<String>> options) {
        ManifestLine line = new ManifestLine(7, input, options, OptionalLong.empty(), Optional.empty());
        return Item.of(line, List.of("--copy"));
    }

    private Path out() {
        return folder.resolve("out");
    }

    private List<Map<String, String>> rows(Item item, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("--manifest", "l", "--output", out().toString(), "--copy"));
        words.addAll(List.of(more));
        try (Workbench bench = new Workbench(JobWords.parse(words), "run")) {
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
        new Notes(store(), "run").begin(item, 1);
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
        new Notes(store(), "run").begin(item, 2);
        assertThat(rows(item))
                .singleElement()
                .satisfies(row ->
                        assertThat(row).containsEntry("status", "failed").containsEntry("error.kind", "crashed"));
        assertThat(store().list("")).allMatch(name -> name.startsWith("_soundlift/"));
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
