package dev.soundlift.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.emulator.Endpoint;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the cloud weighs: nothing where it is not used, and little memory where it is. */
class CloudWeightIT {
    @TempDir
    private Path folder;

    private String classesLoadedBy(CloudCalls calls, String... arguments) throws Exception {
        Path log = folder.resolve("classes.log");
        calls.environment.put("SOUNDLIFT_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        calls.run(arguments).succeeded();
        return Files.readString(log);
    }

    @Test
    void a_local_conversion_loads_no_class_of_the_service() throws Exception {
        try (CloudCalls calls = new CloudCalls(folder)) {
            calls.talk();
            assertThat(classesLoadedBy(calls, "talk.mp4", "--allow-upload"))
                    .contains("dev.soundlift.cli.Main", "dev.soundlift.Soundlift")
                    .doesNotContain(
                            "dev.soundlift.nemo.",
                            "dev.soundlift.engine.cloud.",
                            "dev.soundlift.CloudLine",
                            " okhttp3.",
                            " okio.",
                            " kotlin.");
            assertThat(classesLoadedBy(calls, "cloud", "credits")).contains("dev.soundlift.nemo.", " okhttp3.");
        }
    }

    @Test
    void a_file_much_larger_than_the_memory_is_sent() throws Exception {
        try (CloudCalls calls = new CloudCalls(folder);
                RandomAccessFile large =
                        new RandomAccessFile(folder.resolve("large.mp4").toFile(), "rw")) {
            large.setLength(Long.getLong("soundlift.large", 400_000_000L)); // takes no room: it is all hole
            calls.environment.put("SOUNDLIFT_JAVA_OPTS", "-Xmx32m");
            assertThat(calls.run("cloud", "upload", "large.mp4").succeeded().out())
                    .contains("Uploaded: large.mp4");
            assertThat(calls.emulator.count(Endpoint.UPLOAD)).isEqualTo(1);
        }
    }
}
