package dev.soundlift.engine.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What JavaCPP has found is loaded from a list, as long as the list is true. */
class NativeFilesTest {
    private static final Set<String> NAMES =
            new LinkedHashSet<>(List.of("jnijavacpp", "va-drm@.2", "vulkan@.1#", "avutil@.60#avutil-60", "jniavutil"));

    @TempDir
    Path lib;

    private Path folder;
    private NativeFiles natives;
    private Map<String, String> loaded;

    @BeforeEach
    void two_jars_are_unpacked() throws IOException {
        folder = Files.createDirectories(lib.resolve("natives"));
        for (String jar : List.of("javacpp.jar", "ffmpeg.jar")) {
            Files.setLastModifiedTime(Files.createFile(lib.resolve(jar)), FileTime.from(Instant.EPOCH));
        }
        natives = new NativeFiles(folder, lib);
        loaded = Map.of(
                "avutil-60", file("ffmpeg.jar/libavutil.so.60"),
                "jniavutil", file("ffmpeg.jar/libjniavutil.so"),
                "va-drm@.2", file("ffmpeg.jar/libva-drm.so.2"),
                "jnijavacpp", file("javacpp.jar/libjnijavacpp.so"));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private List<String> known() throws IOException {
        return natives.files().stream().map(Path::toString).toList();
    }

    @Test
    void nothing_is_known_at_first() throws IOException {
        assertThat(known()).isEmpty();
    }

    @Test
    void the_files_are_loaded_in_the_order_in_which_they_need_each_other() throws IOException {
        natives.write(NAMES, loaded);
        assertThat(known())
                .containsExactly(
                        file("javacpp.jar/libjnijavacpp.so"),
                        file("ffmpeg.jar/libva-drm.so.2"),
                        file("ffmpeg.jar/libavutil.so.60"),
                        file("ffmpeg.jar/libjniavutil.so"));
    }

    @Test
    void the_folder_may_be_moved() throws IOException {
        natives.write(NAMES, loaded);
        Path elsewhere = lib.resolve("elsewhere");
        Files.move(folder, elsewhere);
        assertThat(new NativeFiles(elsewhere, lib).files()).hasSize(4).allMatch(file -> file.startsWith(elsewhere));
    }

    @Test
    void a_jar_that_was_exchanged_is_looked_into_again() throws IOException {
        natives.write(NAMES, loaded);
        Instant later = Instant.now().plusSeconds(5);
        Files.setLastModifiedTime(lib.resolve("ffmpeg.jar"), FileTime.from(later));
        assertThat(known()).isEmpty();
    }

    @Test
    void a_jar_that_is_gone_is_not_relied_on() throws IOException {
        natives.write(NAMES, loaded);
        Files.delete(lib.resolve("ffmpeg.jar"));
        assertThat(known()).isEmpty();
    }

    @Test
    void what_comes_from_elsewhere_is_not_written_down() throws IOException {
        natives.write(
                NAMES,
                Map.of("jnijavacpp", lib.resolve("cache/libjnijavacpp.so").toString()));
        assertThat(known()).isEmpty();
        natives.write(Set.of("jnijavacpp"), loaded);
        assertThat(known()).isEmpty();
    }
}
