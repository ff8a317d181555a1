package dev.soundlift.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootsTest {
    @TempDir
    Path top;

    private Path open;
    private Path closed;

    @BeforeEach
    void folders() throws IOException {
        open = Files.createDirectory(top.resolve("open"));
        closed = Files.createDirectory(top.resolve("closed"));
    }

    private Roots roots(List<Path> named, Optional<List<String>> client) throws ExtractionException {
        Roots roots = new Roots(named, closed, false);
        roots.ask(() -> client);
        return roots;
    }

    private Roots opened(Path... folders) throws ExtractionException {
        return roots(
                List.of(),
                Optional.of(List.of(folders).stream()
                        .map(folder -> folder.toUri().toString())
                        .toList()));
    }

    private static void inside(Roots roots, Path file) {
        assertThatCode(() -> roots.requireReadable(file)).doesNotThrowAnyException();
        assertThatCode(() -> roots.requireWritable(file)).doesNotThrowAnyException();
    }

    private static void outside(Roots roots, Path file) {
        assertThatThrownBy(() -> roots.requireReadable(file))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.UNREADABLE));
        assertThatThrownBy(() -> roots.requireWritable(file))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.NOT_WRITABLE));
    }

    @Test
    void only_what_lies_in_an_open_folder_is_inside() throws Exception {
        Roots roots = opened(open);
        inside(roots, open.resolve("new.mp3"));
        inside(roots, open.resolve("new/folder/new.mp3"));
        outside(roots, closed.resolve("new.mp3"));
        outside(roots, top.resolve("open-too/new.mp3"));
        outside(roots, Path.of("relative.mp3"));
    }

    @Test
    void names_that_climb_are_refused_even_where_they_come_back() throws Exception {
        Roots roots = opened(open);
        outside(roots, open.resolve("../closed/new.mp3"));
        outside(roots, open.resolve("../open/new.mp3"));
        outside(roots, open.resolve("not-there/../../closed/new.mp3"));
    }

    @Test
    void links_count_as_what_they_lead_to() throws Exception {
        Roots roots = opened(open);
        Files.writeString(closed.resolve("secret"), "");
        outside(roots, Files.createSymbolicLink(open.resolve("file"), closed.resolve("secret")));
        outside(roots, Files.createSymbolicLink(open.resolve("folder"), closed).resolve("new.mp3"));
        outside(roots, Files.createSymbolicLink(open.resolve("nowhere"), closed.resolve("not-there")));
        inside(roots, Files.createSymbolicLink(closed.resolve("back"), open).resolve("new.mp3"));
    }

    @Test
    void a_root_may_be_a_link_and_have_any_name() throws Exception {
        Path real = Files.createDirectory(top.resolve("我的 视频%20#"));
        Path link = Files.createSymbolicLink(top.resolve("link"), real);
        inside(opened(real), real.resolve("讲座.mp3"));
        inside(opened(link), real.resolve("讲座.mp3"));
    }

    @Test
    void a_client_that_opens_nothing_has_nothing() throws Exception {
        outside(roots(List.of(), Optional.of(List.of())), closed.resolve("new.mp3"));
        inside(roots(List.of(open), Optional.of(List.of())), open.resolve("new.mp3"));
        outside(roots(List.of(open), Optional.of(List.of(closed.toUri().toString()))), open.resolve("new.mp3"));
        outside(roots(List.of(), Optional.of(List.of("https://example.org/", "file:x", ":", ""))), Path.of("/new.mp3"));
    }

    @Test
    void a_client_that_knows_no_roots_has_what_the_user_names_or_the_current_folder_but_not_the_whole_disk()
            throws Exception {
        inside(roots(List.of(), Optional.empty()), closed.resolve("new.mp3"));
        Roots named = roots(List.of(open), Optional.empty());
        inside(named, open.resolve("new.mp3"));
        outside(named, closed.resolve("new.mp3"));
        Roots atTheTop = new Roots(List.of(), top.getRoot(), false);
        atTheTop.ask(Optional::empty);
        outside(atTheTop, open.resolve("new.mp3"));
    }

    @Test
    void the_users_folders_hold_for_what_a_client_opens() throws Exception {
        Path deeper = Files.createDirectory(open.resolve("deeper"));
        Roots wider = roots(List.of(open), Optional.of(List.of(top.toUri().toString())));
        inside(wider, open.resolve("new.mp3"));
        outside(wider, closed.resolve("new.mp3"));
        assertThat(wider.place("new.mp3")).isEqualTo(open + "/new.mp3");
        Roots narrower = roots(List.of(open), Optional.of(List.of(deeper.toUri().toString())));
        inside(narrower, deeper.resolve("new.mp3"));
        outside(narrower, open.resolve("new.mp3"));
        Roots apart = roots(List.of(open), Optional.of(List.of(closed.toUri().toString())));
        outside(apart, open.resolve("new.mp3"));
        outside(apart, closed.resolve("new.mp3"));
    }

    @Test
    void the_client_is_asked_once_and_again_when_its_roots_have_changed() throws Exception {
        Roots roots = opened(open);
        roots.ask(() -> {
            throw new AssertionError("asked twice");
        });
        roots.forget();
        inside(roots, open.resolve("new.mp3")); // for what has begun
        roots.ask(() -> Optional.of(List.of(closed.toUri().toString())));
        outside(roots, open.resolve("new.mp3"));
        inside(roots, closed.resolve("new.mp3"));
    }

    @Test
    void a_client_that_does_not_answer_has_opened_nothing() {
        Roots roots = new Roots(List.of(), closed, false);
        assertThatThrownBy(() -> roots.ask(() -> {
                    throw new IOException("too late");
                }))
                .isInstanceOf(ExtractionException.class);
        outside(roots, closed.resolve("new.mp3"));
    }

    @Test
    void names_begin_in_the_first_open_folder_and_keep_their_slash() throws Exception {
        Roots roots = opened(open, closed);
        assertThat(roots.place("talk.mkv")).isEqualTo(open + "/talk.mkv");
        assertThat(roots.place("Audio/")).isEqualTo(open + "/Audio/");
        assertThat(roots.place("/talk.mkv")).isEqualTo("/talk.mkv");
        assertThat(roots.place("https://example.org/talk.mkv")).isEqualTo("https://example.org/talk.mkv");
        assertThat(roots.place(closed.resolve("会议 1.mkv").toUri().toString()))
                .isEqualTo(closed.resolve("会议 1.mkv").toString());
    }

    /** Who goes by what is told before it is told goes by the folders that were open before. */
    @Test
    void nobody_takes_for_told_what_is_still_being_told() throws Exception {
        Roots roots = new Roots(List.of(), closed, false);
        List<String> asked = new ArrayList<>();
        List<String> told = new AbstractList<>() {
            @Override
            public String get(int index) {
                try {
                    roots.ask(() -> {
                        asked.add("in between");
                        return Optional.of(List.of());
                    });
                } catch (ExtractionException unexpected) {
                    throw new AssertionError(unexpected);
                }
                return open.toUri().toString();
            }

            @Override
            public int size() {
                return 1;
            }
        };
        roots.ask(() -> Optional.of(told));
        assertThat(asked).isNotEmpty();
        inside(roots, open.resolve("new.mp3"));
    }
}
