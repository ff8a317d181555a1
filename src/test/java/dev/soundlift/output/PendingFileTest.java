package dev.soundlift.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.OnExists;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The destination is the old file or the whole new one, never half of one. */
class PendingFileTest {
    @TempDir
    private Path folder;

    private Path target() {
        return folder.resolve("talk.mp3");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @EnumSource(OnExists.class)
    void a_commit_gives_the_file_its_name(OnExists onExists) throws Exception {
        try (PendingFile pending = PendingFile.beside(target(), onExists)) {
            Files.writeString(pending.path(), "new");
            assertThat(target()).doesNotExist();
            assertThat(pending.commit()).isEqualTo(target());
        }
        assertThat(target()).hasContent("new");
        assertThat(names()).containsExactly("talk.mp3");
    }

    @Test
    void folders_that_were_made_for_it_go_with_it() throws Exception {
        Path deep = folder.resolve("new/deep/talk.mp3");
        try (PendingFile pending = PendingFile.inNewFolder(deep, OnExists.FAIL)) {
            assertThat(pending.path()).exists();
        }
        assertThat(names()).isEmpty();
        try (PendingFile pending = PendingFile.inNewFolder(deep, OnExists.FAIL)) {
            pending.commit();
        }
        assertThat(deep).exists();
    }

    @Test
    void folders_stay_where_something_else_is_in_them() throws Exception {
        Path used = Files.createDirectories(folder.resolve("used"));
        try (PendingFile pending = PendingFile.inNewFolder(used.resolve("new/talk.mp3"), OnExists.FAIL)) {
            Files.writeString(used.resolve("new/other"), "x");
            assertThat(pending.path()).exists();
        }
        assertThat(used.resolve("new/other")).exists();
        try (PendingFile pending = PendingFile.inNewFolder(used.resolve("talk.mp3"), OnExists.FAIL)) {
            Files.delete(used.resolve("new/other"));
            Files.delete(used.resolve("new"));
            assertThat(pending.path()).exists();
        }
        assertThat(used).exists(); // empty, but not made for it
    }

    @Test
    void without_a_commit_nothing_is_left() throws Exception {
        try (PendingFile pending = PendingFile.beside(target(), OnExists.FAIL)) {
            Files.writeString(pending.path(), "half");
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void without_a_commit_the_old_file_stays() throws Exception {
        Files.writeString(target(), "old");
        try (PendingFile pending = PendingFile.beside(target(), OnExists.OVERWRITE)) {
            Files.writeString(pending.path(), "half");
            assertThat(target()).hasContent("old");
        }
        assertThat(target()).hasContent("old");
        assertThat(names()).containsExactly("talk.mp3");
    }

    @Test
    void overwriting_replaces_the_old_file() throws Exception {
        Files.writeString(target(), "old");
        try (PendingFile pending = PendingFile.beside(target(), OnExists.OVERWRITE)) {
            Files.writeString(pending.path(), "new");
            pending.commit();
        }
        assertThat(target()).hasContent("new");
        assertThat(names()).containsExactly("talk.mp3");
    }

    @ParameterizedTest
    @EnumSource(
            value = OnExists.class,
            names = {"FAIL", "SKIP"})
    void a_file_that_appears_in_between_is_not_overwritten(OnExists onExists) throws Exception {
        try (PendingFile pending = PendingFile.beside(target(), onExists)) {
            Files.writeString(pending.path(), "ours");
            Files.writeString(target(), "theirs");
            assertThatThrownBy(pending::commit)
                    .isInstanceOf(ExtractionException.class)
                    .hasFieldOrPropertyWithValue("kind", ErrorKind.OUTPUT_EXISTS);
        }
        assertThat(target()).hasContent("theirs");
        assertThat(names()).containsExactly("talk.mp3");
    }

    @Test
    void renaming_finds_the_first_free_name() throws Exception {
        Files.writeString(target(), "1");
        Files.writeString(folder.resolve("talk (2).mp3"), "2");
        try (PendingFile pending = PendingFile.beside(target(), OnExists.RENAME)) {
            Files.writeString(pending.path(), "3");
            assertThat(pending.commit()).isEqualTo(folder.resolve("talk (3).mp3"));
        }
        assertThat(names()).containsExactly("talk (2).mp3", "talk (3).mp3", "talk.mp3");
        assertThat(target()).hasContent("1");
        assertThat(folder.resolve("talk (3).mp3")).hasContent("3");
    }

    @Test
    void a_number_stands_before_the_extension_and_fits() {
        assertThat(PendingFile.numbered(Path.of("x", "talk.mp3"), 2)).isEqualTo(Path.of("x", "talk (2).mp3"));
        assertThat(PendingFile.numbered(Path.of("talk"), 2)).isEqualTo(Path.of("talk (2)"));
        assertThat(PendingFile.numbered(Path.of(".talk"), 2)).isEqualTo(Path.of(".talk (2)"));
        assertThat(PendingFile.numbered(Path.of("a".repeat(251) + ".mp3"), 10).toString())
                .hasSize(255)
                .endsWith("a (10).mp3");
    }

    @Test
    void two_at_once_for_the_same_target_do_not_meet() throws Exception {
        try (PendingFile one = PendingFile.beside(target(), OnExists.RENAME);
                PendingFile two = PendingFile.beside(target(), OnExists.RENAME)) {
            assertThat(one.path()).isNotEqualTo(two.path());
            Files.writeString(one.path(), "one");
            Files.writeString(two.path(), "two");
            one.commit();
            two.commit();
        }
        assertThat(names()).containsExactly("talk (2).mp3", "talk.mp3");
    }

    @Test
    void the_pending_file_lies_beside_its_target_and_is_hidden() throws Exception {
        try (PendingFile pending = PendingFile.beside(target(), OnExists.FAIL)) {
            assertThat(pending.path()).hasParent(folder).exists().isEmptyFile();
            assertThat(pending.path().getFileName().toString())
                    .startsWith(".soundlift-")
                    .endsWith(".part");
        }
    }

    @Test
    void a_missing_folder_is_named() {
        assertThatThrownBy(() -> PendingFile.beside(folder.resolve("no/talk.mp3"), OnExists.FAIL))
                .isInstanceOf(ExtractionException.class)
                .hasFieldOrPropertyWithValue("kind", ErrorKind.NOT_WRITABLE)
                .hasMessageContaining(folder.resolve("no").toString());
    }

    @Test
    void a_folder_cannot_be_the_target() throws IOException {
        Files.createDirectory(target());
        assertThatThrownBy(() -> PendingFile.beside(target(), OnExists.OVERWRITE))
                .isInstanceOf(ExtractionException.class)
                .hasFieldOrPropertyWithValue("kind", ErrorKind.NOT_WRITABLE)
                .hasMessageEndingWith("is a folder");
        assertThat(names()).containsExactly("talk.mp3");
    }

    @Test
    void a_folder_without_permission_is_an_error_that_says_so() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
        assumeFalse(!folder.toFile().setWritable(false), "no permissions on this file system");
        try {
            assertThatThrownBy(() -> PendingFile.beside(target(), OnExists.FAIL))
                    .isInstanceOf(ExtractionException.class)
                    .hasFieldOrPropertyWithValue("kind", ErrorKind.NOT_WRITABLE)
                    .hasMessageContaining("permission denied");
        } finally {
            assertThat(folder.toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void a_full_disk_is_told_apart_from_other_refusals() {
        FileSystemException full = new FileSystemException("x", null, "No space left on device");
        FileSystemException other = new FileSystemException("x", null, "Read-only file system");
        assertThat(PendingFile.cannotWrite(folder, full).kind()).isEqualTo(ErrorKind.NO_SPACE);
        assertThat(PendingFile.cannotWrite(folder, other).kind()).isEqualTo(ErrorKind.NOT_WRITABLE);
    }

    @Test
    void names_in_any_script_can_be_written() throws Exception {
        Path odd = folder.resolve("名字 😀 'quoted' $x.mp3");
        try (PendingFile pending = PendingFile.beside(odd, OnExists.FAIL)) {
            pending.commit();
        }
        assertThat(odd).exists();
    }
}
