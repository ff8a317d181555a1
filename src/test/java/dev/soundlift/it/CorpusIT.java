package dev.soundlift.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.soundlift.sound.TestMedia;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some hundred files from other projects' tests, good and bad, each with what should become of it. */
@Tag("corpus")
class CorpusIT {
    @TempDir
    Path folder;

    @Test
    void of_the_whole_corpus_99_percent_end_as_expected_and_none_with_a_bug() throws IOException {
        Path corpus = Path.of(System.getProperty("soundlift.corpus", ""))
                .toAbsolutePath()
                .normalize();
        assumeTrue(Files.isRegularFile(corpus.resolve("MANIFEST.json")), "no corpus at " + corpus);
        JsonNode files = new ObjectMapper()
                .readTree(corpus.resolve("MANIFEST.json").toFile())
                .path("files");

        List<String> command = new ArrayList<>(List.of(Launched.LAUNCHER.toString()));
        for (JsonNode file : files)
            command.add(corpus.resolve(file.path("file").asText()).toString());
        command.addAll(List.of("-f", "flac", "-o", folder + "/", "--json", "--on-exists", "rename", "--align", "none"));
        Launched run = Launched.command(folder, Map.of(), command);

        Map<String, JsonNode> reports = new HashMap<>();
        for (JsonNode report : run.json()) {
            reports.putIfAbsent(
                    Path.of(report.path("input").asText()).getFileName().toString(), report);
        }
        List<String> otherwise = new ArrayList<>();
        List<String> lengthOff = new ArrayList<>();
        for (JsonNode file : files) {
            JsonNode report = reports.get(file.path("file").asText());
            String name = file.path("file").asText() + " should be "
                    + file.path("expect").asText() + ": ";
            if (report == null || !asExpected(file.path("expect").asText(), report)) otherwise.add(name + report);
            else if (!lengthIsRight(file, report)) lengthOff.add(name + report.path("durationSeconds"));
        }
        assertThat(run.json())
                .extracting(report -> report.path("error").path("kind").asText())
                .doesNotContain("bug");
        assertThat(otherwise).as("not as expected").hasSizeLessThanOrEqualTo(files.size() / 100);
        assertThat(lengthOff).as("of another length").hasSizeLessThanOrEqualTo(files.size() / 100);
        assertThat(TestMedia.namesIn(folder)).noneMatch(left -> left.endsWith(".part"));
        assertThat(run.err()).doesNotContain("Exception", "\tat ");
    }

    private static boolean asExpected(String expected, JsonNode report) {
        boolean failed = report.path("status").asText().equals("failed");
        boolean warned = report.path("status").asText().equals("warning");
        String kind = report.path("error").path("kind").asText();
        String words = ("" + report.path("warnings") + report.path("checks") + report.path("repairs"))
                .toLowerCase(Locale.ROOT);
        return switch (expected) {
            case "converts" -> !failed;
            case "silent" -> !failed && (words.contains("silen") || words.contains("quiet"));
            case "no-audio" -> failed && kind.equals("no-audio");
            case "unreadable" -> failed && !kind.equals("no-audio");
            case "partial" -> failed || warned;
            default -> throw new IllegalArgumentException(expected);
        };
    }

    private static boolean lengthIsRight(JsonNode file, JsonNode report) {
        if (!file.path("expect").asText().equals("converts")) return true;
        int taken = report.path("track").path("streamIndex").asInt(-1);
        for (JsonNode audio : file.path("audio")) {
            double samples = audio.path("decode").path("samples").asDouble();
            double rate = audio.path("sample_rate").asDouble();
            if (audio.path("index").asInt() != taken || samples == 0 || rate == 0) continue;
            double seconds = samples / rate;
            double off = Math.abs(seconds - report.path("durationSeconds").asDouble());
            return off <= Math.max(0.05, 0.002 * seconds);
        }
        return true;
    }
}
