package dev.soundlift.sound;

import static dev.soundlift.sound.TestMedia.media;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.TrackChoice;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The track that is asked for is the one that is heard: track n of many.mkv plays 200 + 50 n Hz. */
class TracksTest {
    private static final int[] TONES = {250, 300, 350, 400, 450, 500, 550, 600, 650, 700, 750, 800};

    @TempDir
    Path folder;

    private ExtractionRequest many(String choice) {
        return Lift.to(folder.resolve("out.wav"), media("many.mkv"))
                .withTracks(TrackChoice.parse(choice).orElseThrow());
    }

    private static int tone(Path file) {
        return Wav.read(file).strongest(0, TONES);
    }

    @ParameterizedTest
    @CsvSource({
        "best, 1",
        "1, 1",
        "2, 2",
        "7, 7",
        "12, 12",
        "lang:jpn, 3",
        "lang:ja, 3",
        "lang:Japanese, 3",
        "lang:chi, 4",
        "lang:zho, 4",
        "lang:zh, 4",
        "lang:fre, 5",
        "lang:de, 7",
        "lang:deu, 7",
        "lang:ger, 7",
        "lang:ko, 8",
        "title:日本語, 3",
        "title:français, 5",
        "title:No language, 11",
        "title:العربية, 9",
        "title:ton/regie, 7"
    })
    void a_track_is_found_by_number_language_or_title(String choice, int track) {
        assertThat(tone(Lift.delivered(many(choice)))).isEqualTo(200 + 50 * track);
    }

    @Test
    void all_tracks_are_twelve_files_with_twelve_sounds() {
        List<ExtractionReport> reports = Lift.all(many("all"));
        assertThat(reports).hasSize(12);
        Set<Path> files = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            assertThat(reports.get(i).failure()).isEmpty();
            Path file = reports.get(i).output().orElseThrow();
            files.add(file);
            assertThat(tone(file)).isEqualTo(TONES[i]);
            assertThat(file.getParent()).isEqualTo(folder);
        }
        assertThat(files).hasSize(12);
    }

    @Test
    void several_choices_are_one_file_each() {
        ExtractionRequest request =
                many("best").withTracks(new TrackChoice.Position(9), new TrackChoice.Language("ko"));
        List<ExtractionReport> reports = Lift.all(request);
        assertThat(reports).hasSize(2);
        assertThat(tone(reports.get(0).output().orElseThrow())).isEqualTo(650);
        assertThat(tone(reports.get(1).output().orElseThrow())).isEqualTo(600);
    }

    @ParameterizedTest
    @CsvSource({"13", "lang:xyz", "lang:swe", "title:Karaoke"})
    void a_track_that_is_not_there_is_an_error_of_its_own(String choice) {
        assertThat(Lift.failure(many(choice))).isEqualTo(ErrorKind.NO_SUCH_TRACK);
        assertThat(TestMedia.namesIn(folder)).isEmpty();
    }

    @Test
    void commentary_is_not_the_best_track() {
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out.wav"), media("interview.mkv")));
        assertThat(report.plan().orElseThrow().pick().track().number()).isEqualTo(1);
        assertThat(report.plan().get().pick().why().toString()).isNotBlank();
    }
}
