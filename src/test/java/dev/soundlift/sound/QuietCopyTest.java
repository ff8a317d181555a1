package dev.soundlift.sound;

import static dev.soundlift.sound.TestMedia.media;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.Encoding;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy is not decoded to its end, but that it is hard to hear is told all the same. */
class QuietCopyTest {
    @TempDir
    Path folder;

    private List<String> warningsOf(String input) {
        List<ExtractionReport> reports = Lift.SOUNDLIFT.extract(
                Lift.to(folder.resolve("copy.mka"), media(input)).withEncoding(Encoding.DEFAULT.withCopyOnly(true)),
                Progress.NONE,
                new Cancellation());
        assertThat(reports).hasSize(1);
        return reports.get(0).warnings().stream().map(Text::key).toList();
    }

    @Test
    void of_a_very_quiet_track_is_delivered_with_the_warning() {
        assertThat(warningsOf("quiet.webm")).containsExactly("warning.quiet");
    }

    @Test
    void of_a_usual_track_is_delivered_without_one() {
        assertThat(warningsOf("screencast.webm")).isEmpty();
    }
}
