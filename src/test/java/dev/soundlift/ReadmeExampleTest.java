package dev.soundlift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example of the library is this code, and it runs. */
class ReadmeExampleTest {
    private static final Path VIDEO = Path.of(System.getProperty("soundlift.testdata"), "media", "interview.mkv");
    private static final Path THIS_FILE = Path.of("src/test/java/dev/soundlift/ReadmeExampleTest.java");

    // <example>
    /** The best track of a video as FLAC; what is inside the file decides the rest. */
    static Path soundOf(Path video, Path folder) throws ExtractionException {
        Soundlift soundlift = Soundlift.local();
        ExtractionRequest request =
                ExtractionRequest.of(video).withFormat(AudioFormat.FLAC).withOutput(folder.resolve("sound.flac"));
        Progress progress = Progress.NONE; // or (done, total) -> …, called with every packet
        List<ExtractionReport> reports = soundlift.extract(request, progress, new Cancellation());

        ExtractionReport report = reports.get(0); // one for each track that was asked for
        report.warnings().forEach(System.err::println);
        return report.requireDelivered(); // throws ExtractionException with what happened and what to do
    }
    // </example>

    @Test
    void the_example_delivers_the_sound(@TempDir Path folder) throws Exception {
        Path sound = soundOf(VIDEO, folder);
        assertThat(sound).hasFileName("sound.flac").isNotEmptyFile();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(sound);
        }
    }

    @Test
    void the_readme_shows_this_very_code() throws IOException {
        String code =
                between("    // <example>\n", "    // </example>\n", THIS_FILE).stripTrailing();
        assertThat(between("<!-- example -->\n```java\n", "```\n<!-- /example -->", Path.of("README.md")))
                .isEqualTo(code.stripIndent() + "\n");
    }

    private static String between(String start, String end, Path file) throws IOException {
        String text = Files.readString(file).replace("\r\n", "\n");
        assertThat(text).contains(start, end);
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
