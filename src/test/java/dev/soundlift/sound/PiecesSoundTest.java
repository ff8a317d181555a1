package dev.soundlift.sound;

import static dev.soundlift.sound.TestMedia.media;
import static dev.soundlift.sound.TestMedia.namesIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Pieces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is cut into pieces is, piece after piece, what it was. */
class PiecesSoundTest {
    @TempDir
    Path folder;

    private Path pieces;

    @BeforeEach
    void makeFolder() throws Exception {
        pieces = Files.createDirectory(folder.resolve("pieces"));
    }

    private List<Path> split(Pieces how) {
        List<ExtractionReport> reports = Lift.all(
                Lift.to(pieces, media("interview.mkv"), AudioFormat.FLAC).withPieces(how));
        assertThat(reports).allSatisfy(report -> {
            assertThat(report.failure()).isEmpty();
            assertThat(report.warnings()).isEmpty();
        });
        return reports.stream().map(report -> report.output().orElseThrow()).toList();
    }

    private void assertJoinedIsTheWhole(List<Path> files) {
        Wav whole = PeerFfmpeg.decoded(
                Lift.delivered(Lift.to(folder.resolve("whole.flac"), media("interview.mkv"), AudioFormat.FLAC)));
        int[] joined = files.stream()
                .map(PeerFfmpeg::decoded)
                .flatMapToInt(piece -> Arrays.stream(piece.samples()))
                .toArray();
        assertThat(joined).hasSameSizeAs(whole.samples());
        assertThat(Arrays.mismatch(joined, whole.samples())).isEqualTo(-1);
    }

    @Test
    void chapters_joined_are_the_whole_sample_for_sample() {
        List<Path> files = split(new Pieces.EveryChapter());
        assertThat(files).hasSize(3);
        assertJoinedIsTheWhole(files);
    }

    @Test
    void lengths_joined_are_the_whole_sample_for_sample() {
        List<Path> files = split(Pieces.parseSplit("17.3").orElseThrow());
        assertThat(files).hasSize(4);
        assertJoinedIsTheWhole(files);
    }

    @Test
    void chapters_are_called_by_number_and_title() {
        split(new Pieces.EveryChapter());
        assertThat(namesIn(pieces))
                .containsExactly(
                        "interview.01 Opening.flac",
                        "interview.02 The question.flac",
                        "interview.03 Closing – 结束.flac");
    }

    @Test
    void the_whole_is_the_album_of_a_chapter() {
        Path second = split(new Pieces.OneChapter(2)).get(0);
        JsonNode tags = PeerFfmpeg.probed(second).path("format").path("tags");
        assertThat(tag(tags, "title")).isEqualTo("The question");
        assertThat(tag(tags, "album")).isEqualTo("The Lighthouse Keeper");
        assertThat(tag(tags, "artist")).isEqualTo("Ada & Ben");
    }

    private static String tag(JsonNode tags, String key) {
        for (var tag : tags.properties()) {
            if (tag.getKey().equalsIgnoreCase(key)) return tag.getValue().asText();
        }
        return "";
    }
}
