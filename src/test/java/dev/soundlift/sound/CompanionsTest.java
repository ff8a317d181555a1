package dev.soundlift.sound;

import static dev.soundlift.sound.TestMedia.media;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.Destination;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Extras;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.Pieces;
import dev.soundlift.request.RangeWish;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists of chapters beside the output, the date of the source, and the version of ID3. */
class CompanionsTest {
    private static final Extras CUE =
            new Extras(Extras.Id3.V2_3, Optional.empty(), false, Optional.of(Extras.ChapterList.CUE));
    private static final Extras JSON =
            new Extras(Extras.Id3.V2_3, Optional.empty(), false, Optional.of(Extras.ChapterList.JSON));

    @TempDir
    Path folder;

    private ExtractionRequest interview(String output, Extras extras) {
        return Lift.to(folder.resolve(output), media("interview.mkv")).withExtras(extras);
    }

    @Test
    void a_cue_sheet_names_the_file_and_where_its_chapters_begin() throws IOException {
        ExtractionReport report = Lift.report(interview("talk.mp3", CUE));
        Path cue = folder.resolve("talk.cue");
        assertThat(report.delivered().orElseThrow().alsoWritten()).containsExactly(cue);
        assertThat(Files.readString(cue))
                .isEqualTo(String.join(
                                "\r\n",
                                "PERFORMER \"Ada & Ben\"",
                                "TITLE \"The Lighthouse Keeper\"",
                                "FILE \"talk.mp3\" MP3",
                                "  TRACK 01 AUDIO",
                                "    TITLE \"Opening\"",
                                "    INDEX 01 00:00:00",
                                "  TRACK 02 AUDIO",
                                "    TITLE \"The question\"",
                                "    INDEX 01 00:20:00",
                                "  TRACK 03 AUDIO",
                                "    TITLE \"Closing – 结束\"",
                                "    INDEX 01 00:40:00")
                        + "\r\n");
    }

    @Test
    void after_a_cut_the_list_is_on_the_outputs_own_clock() throws IOException {
        Lift.delivered(interview("talk.flac", JSON)
                .withRange(RangeWish.parse("0:15-0:42.5").orElseThrow()));
        JsonNode list =
                new ObjectMapper().readTree(folder.resolve("talk.chapters.json").toFile());
        assertThat(list.path("schema").asText()).isEqualTo("soundlift.chapters/1");
        assertThat(list.path("file").asText()).isEqualTo("talk.flac");
        double[] starts = {0, 5, 25};
        double[] ends = {5, 25, 27.5};
        assertThat(list.path("chapters").size()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            assertThat(list.path("chapters").get(i).path("startSeconds").asDouble())
                    .isEqualTo(starts[i]);
            assertThat(list.path("chapters").get(i).path("endSeconds").asDouble())
                    .isEqualTo(ends[i]);
        }
    }

    @Test
    void every_piece_has_its_own_list() {
        Lift.all(interview("talk.opus", CUE).withPieces(new Pieces.EveryChapter()));
        assertThat(TestMedia.namesIn(folder))
                .containsExactly(
                        "talk.01 Opening.cue",
                        "talk.01 Opening.opus",
                        "talk.02 The question.cue",
                        "talk.02 The question.opus",
                        "talk.03 Closing – 结束.cue",
                        "talk.03 Closing – 结束.opus");
    }

    @Test
    void a_list_that_is_there_already_stays_and_nothing_is_converted() throws IOException {
        Path cue = Files.writeString(folder.resolve("talk.cue"), "mine");
        ExtractionReport report = Lift.report(interview("talk.mp3", CUE));
        assertThat(report.failure().orElseThrow().kind()).isEqualTo(ErrorKind.OUTPUT_EXISTS);
        assertThat(report.failure().orElseThrow().whatHappened()).isEqualTo(Text.of("error.exists", cue.toString()));
        assertThat(cue).hasContent("mine");
        assertThat(TestMedia.namesIn(folder)).containsExactly("talk.cue");
    }

    @ParameterizedTest
    @EnumSource(
            value = OnExists.class,
            names = {"RENAME", "OVERWRITE"})
    void a_list_belongs_to_the_output_that_was_written(OnExists onExists) throws IOException {
        Files.writeString(folder.resolve("talk.mp3"), "old");
        Files.writeString(folder.resolve("talk.cue"), "old");
        Lift.delivered(interview("talk.mp3", CUE)
                .withDestination(
                        new Destination(Optional.of(folder.resolve("talk.mp3").toString()), onExists)));
        String name = onExists == OnExists.RENAME ? "talk (2)" : "talk";
        assertThat(Files.readString(folder.resolve(name + ".cue"))).contains("FILE \"" + name + ".mp3\" MP3");
        assertThat(TestMedia.namesIn(folder)).hasSize(onExists == OnExists.RENAME ? 4 : 2);
    }

    @Test
    void without_chapters_there_is_no_list_and_a_warning() {
        ExtractionReport report = Lift.report(
                Lift.to(folder.resolve("song.mp3"), media("song.mp4")).withExtras(CUE));
        assertThat(report.warnings()).containsExactly(Text.of("warning.no-chapters-to-list"));
        assertThat(TestMedia.namesIn(folder)).containsExactly("song.mp3");
    }

    @Test
    void the_date_of_the_source_is_kept_where_that_is_asked_for() throws IOException {
        Path input = TestMedia.copyTo(folder, "song.mp4");
        FileTime date = FileTime.from(Instant.parse("2019-05-17T10:11:12Z"));
        Files.setLastModifiedTime(input, date);
        Extras dated = new Extras(Extras.Id3.V2_3, Optional.empty(), true, Optional.empty());
        Path kept = Lift.delivered(Lift.to(folder.resolve("kept.mp3"), input).withExtras(dated));
        Path usual = Lift.delivered(Lift.to(folder.resolve("usual.mp3"), input));
        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(date);
        assertThat(Files.getLastModifiedTime(usual).toInstant()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @EnumSource(Extras.Id3.class)
    void the_version_of_id3_is_the_one_that_was_asked_for(Extras.Id3 version) throws IOException {
        Extras extras = new Extras(version, Optional.empty(), false, Optional.empty());
        byte[] made = Files.readAllBytes(Lift.delivered(interview("talk.mp3", extras)));
        assertThat(new String(made, 0, 3, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("ID3");
        assertThat(made[3]).isEqualTo((byte) version.major());
        // How the comment's text is encoded: UTF-16 is 1 in both, UTF-8 is 3 and exists only in 2.4 (id3.org)
        byte encoding = made[after(made, version == Extras.Id3.V2_3 ? "TYER" : "TDRC") + 6];
        assertThat(encoding).isLessThanOrEqualTo((byte) (version == Extras.Id3.V2_3 ? 1 : 3));
    }

    private static int after(byte[] bytes, String text) {
        String all = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(all).contains(text);
        return all.indexOf(text) + text.length();
    }
}
