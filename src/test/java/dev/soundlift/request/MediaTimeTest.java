package dev.soundlift.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTimeTest {
    @ParameterizedTest
    @CsvSource({
        "90, 90000",
        "90s, 90000",
        "90S, 90000",
        "0, 0",
        "1:30, 90000",
        "01:30, 90000",
        "0:05, 5000",
        "1:02:03.500, 3723500",
        "1:02:03, 3723000",
        "2m, 120000",
        "1h2m3s, 3723000",
        "1h, 3600000",
        "1h30m, 5400000",
        "2m3.25s, 123250",
        "90.5, 90500",
        "0.001, 1",
        "75:00, 4500000",
        "600:00, 36000000",
        "' 1:30 ', 90000",
    })
    void every_documented_spelling_is_understood(String text, long millis) {
        assertThat(MediaTime.parse(text)).contains(new MediaTime(Duration.ofMillis(millis), false));
    }

    @Test
    void a_comma_is_as_good_as_a_point() {
        assertThat(MediaTime.parse("1:30,5"))
                .isEqualTo(MediaTime.parse("1:30.5"))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"-0:30, 30000", "-90, 90000", "-1h2m3s, 3723000", "-0, 0"})
    void a_minus_sign_counts_from_the_end(String text, long millis) {
        assertThat(MediaTime.parse(text)).contains(new MediaTime(Duration.ofMillis(millis), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "-", "--5", "- 5", "+5", "abc", "1:75:00", "1:60", "0:75", "1:2:3:4", "1:", ":30", ":", "1m30",
                "1h30", "1h2m3", "30s1m", "1ms", "s", "h", "m", ".", ".5", "1.", "1:30.", "1..5", "1e3", "0x10",
                        "1:-30",
                "NaN", "infinity", "１:３０", "٣", "1:30s", "99999999999", "1m 30s", "1:30\n2"
            })
    void what_is_no_time_is_not_guessed_at(String text) {
        assertThat(MediaTime.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0:00",
        "10000, 0:10",
        "120000, 2:00",
        "3723500, 1:02:03.5",
        "3599999, 59:59.999",
        "3600000, 1:00:00",
        "36000000, 10:00:00",
        "1, 0:00.001",
    })
    void a_time_is_printed_without_needless_zeros(long millis, String printed) {
        assertThat(MediaTime.print(Duration.ofMillis(millis))).isEqualTo(printed);
    }

    @Property
    void a_printed_time_is_read_back_unchanged(@ForAll @LongRange(min = 0, max = 359_999_999) long millis) {
        MediaTime time = new MediaTime(Duration.ofMillis(millis), false);
        assertThat(MediaTime.parse(time.toString())).contains(time);
    }

    @Property
    void not_a_nanosecond_is_lost(
            @ForAll @LongRange(min = 0, max = 359_999_999_999_999_999L) long nanos, @ForAll boolean fromEnd) {
        MediaTime time = new MediaTime(Duration.ofNanos(nanos), fromEnd);
        assertThat(MediaTime.parse(time.toString())).contains(time);
    }

    @Property
    void any_text_is_a_time_or_none_and_never_an_accident(@ForAll String text) {
        assertThat(MediaTime.parse(text)).isNotNull();
    }

    @Property(tries = 5000)
    void what_looks_like_a_time_is_one_that_is_printed_and_read_back_or_none(
            @ForAll
                    @Chars({':', '.', ',', '-', 'h', 'm', 's', ' '})
                    @CharRange(from = '0', to = '9')
                    @StringLength(max = 8)
                    String text) {
        MediaTime.parse(text)
                .filter(time -> time.offset().toHours() < 100_000)
                .ifPresent(time -> assertThat(MediaTime.parse(time.toString())).contains(time));
    }

    @Test
    void the_longest_time_that_is_read_can_be_printed_and_read_back() {
        MediaTime time = MediaTime.parse("999999999").orElseThrow();
        assertThat(MediaTime.parse(time.toString())).contains(time);
    }

    @Test
    void a_distance_is_never_negative() {
        assertThatThrownBy(() -> new MediaTime(Duration.ofMillis(-1), false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
