package dev.soundlift.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.batch.ManifestLine;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder as the inputs of a job; a bucket is in {@link S3StoreIT}. */
class ListingTest {
    @TempDir
    private Path folder;

    private void file(String name, int bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, new byte[bytes]);
    }

    private List<ManifestLine> found(String prefix, String output) throws ExtractionException {
        List<ManifestLine> found = new ArrayList<>();
        Listing.of(JobWords.parse(List.of("--prefix", prefix, "--output", output)))
                .forEachRemaining(found::add);
        return found;
    }

    @Test
    void media_files_with_their_sizes_and_nothing_that_was_made() throws Exception {
        file("in/a.mp4", 10);
        file("in/deep/er/b c.MKV", 20);
        file("in/notes.txt", 30);
        file("in/.hidden.mp4", 40);
        file("in/.trash/c.mp4", 50);
        file("in/sound/a.mp3", 60);
        List<ManifestLine> found = found(
                folder.resolve("in").toString(), folder.resolve("in/sound").toString());
        assertThat(found)
                .extracting(ManifestLine::input)
                .containsExactlyInAnyOrder(
                        folder.resolve("in/a.mp4").toString(),
                        folder.resolve("in/deep/er/b c.MKV").toString());
        assertThat(found).extracting(line -> line.bytes().orElse(-1)).containsExactlyInAnyOrder(10L, 20L);
        assertThat(found).allMatch(line -> line.fault().isEmpty() && !line.isListed());
    }

    @ParameterizedTest
    @CsvSource({
        "in, in, usage",
        "in, ., usage",
        "in/deep, in, usage",
        "empty, out, unreadable",
        "none, out, unreadable",
    })
    void what_would_list_its_own_results_or_nothing_is_refused(String prefix, String output, String kind)
            throws Exception {
        file("in/deep/a.mp4", 10);
        Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> found(
                        folder.resolve(prefix).toString(),
                        folder.resolve(output).toString()))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        refused -> assertThat(refused.kind())
                                .isEqualTo(kind.equals("usage") ? ErrorKind.USAGE : ErrorKind.UNREADABLE));
    }
}
