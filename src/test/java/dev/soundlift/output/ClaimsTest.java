package dev.soundlift.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.request.OnExists;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is one file is one name, however it is written. */
class ClaimsTest {
    private static boolean both(Claims claims, String first, String second) {
        assertThat(claims.take(Path.of(first), OnExists.OVERWRITE)).contains(Path.of(first));
        return claims.take(Path.of(second), OnExists.OVERWRITE).isPresent();
    }

    @Test
    void a_name_is_taken_once() {
        assertThat(both(new Claims(false), "talk.mp3", "./a/../talk.mp3")).isFalse();
        assertThat(both(new Claims(false), "talk.mp3", "walk.mp3")).isTrue();
    }

    @Test
    void capital_letters_make_a_file_of_their_own_where_the_system_says_so() {
        assertThat(both(new Claims(false), "Talk.mp3", "talk.mp3")).isTrue();
        assertThat(both(new Claims(true), "Talk.mp3", "talk.mp3")).isFalse();
    }

    @Test
    void an_accent_is_the_same_as_one_sign_or_as_two() {
        assertThat(both(new Claims(false), "caf\u00e9.mp3", "cafe\u0301.mp3")).isFalse();
    }

    @Test
    void renaming_gives_another_name_beside_it() {
        Claims claims = new Claims(true);
        claims.take(Path.of("Talk.mp3"), OnExists.RENAME);
        assertThat(claims.take(Path.of("talk.mp3"), OnExists.RENAME))
                .isPresent()
                .get()
                .isNotEqualTo(Path.of("talk.mp3"));
    }

    @Test
    void what_was_made_is_found_by_any_writing_of_its_name() {
        Claims claims = new Claims(true);
        claims.made(Path.of("Talk.mp3"), true);
        assertThat(claims.made(Path.of("talk.MP3"))).contains(true);
        assertThat(claims.made(Path.of("walk.mp3"))).isEmpty();
    }
}
