package dev.soundlift.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeWishTest {
    private static MediaTime at(String text) {
        return MediaTime.parse(text).orElseThrow();
    }

    private static RangeWish range(String text) {
        return RangeWish.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "2:00-5:00, 2:00, 5:00",
        "90-120.5, 1:30, 2:00.5",
        "-1:00--0:30, -1:00, -0:30",
        "10--0:05, 0:10, -0:05",
        "-10-1h, -0:10, 1:00:00",
        "' 1:00 - 2:00 ', 1:00, 2:00",
    })
    void two_places_make_a_range(String text, String start, String end) {
        assertThat(range(text)).isEqualTo(new RangeWish(at(start), Optional.of(at(end))));
    }

    @ParameterizedTest
    @CsvSource({"2:00-, 2:00", "-0:30-, -0:30"})
    void a_range_may_be_open_to_the_end(String text, String start) {
        assertThat(range(text)).isEqualTo(new RangeWish(at(start), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "--", "---", "5", "-5", "2:00", "a-b", "1-b", "1-2-3", "1:75:00-2:00:00", "1:00--"})
    void what_is_no_range_is_not_guessed_at(String text) {
        assertThat(RangeWish.parse(text)).isEmpty();
    }

    @Test
    void from_the_start_to_the_end_is_the_whole() {
        assertThat(range("0-").isWhole()).isTrue();
        assertThat(range("0-5").isWhole()).isFalse();
        assertThat(range("1-").isWhole()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5-2", "5-5", "-0:30--1:00", "-0:30--0:30"})
    void a_range_that_ends_before_it_begins_is_backwards(String text) {
        assertThat(range(text).isBackwards()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2-5", "-1:00--0:30", "-0:30--0", "5--5", "-5-5", "5-"})
    void only_the_file_can_tell_about_places_counted_from_both_sides(String text) {
        assertThat(range(text).isBackwards()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1:00, 30, 1:00-1:30",
        "0, 10, 0:00-0:10",
        "-1:00, 30, -1:00--0:30",
        "-0:30, 30, -0:30-",
        "-0:30, 45, -0:30-",
    })
    void a_start_and_a_length_make_a_range(String start, long seconds, String expected) {
        assertThat(RangeWish.starting(at(start), Duration.ofSeconds(seconds))).hasToString(expected);
    }

    @Property
    void a_printed_range_is_read_back_unchanged(@ForAll("ranges") RangeWish wish) {
        assertThat(RangeWish.parse(wish.toString())).contains(wish);
    }

    @Property
    void a_start_with_a_length_is_never_backwards(@ForAll("times") MediaTime start, @ForAll("times") MediaTime length) {
        if (length.offset().isZero()) return;
        assertThat(RangeWish.starting(start, length.offset()).isBackwards()).isFalse();
    }

    @Property
    void any_text_is_a_range_or_none_and_never_an_accident(@ForAll String text) {
        assertThat(RangeWish.parse(text)).isNotNull();
    }

    @Provide
    Arbitrary<MediaTime> times() {
        return Combinators.combine(Arbitraries.longs().between(0, 359_999_999), Arbitraries.of(true, false))
                .as((millis, fromEnd) -> new MediaTime(Duration.ofMillis(millis), fromEnd));
    }

    @Provide
    Arbitrary<RangeWish> ranges() {
        return Combinators.combine(times(), times().optional()).as(RangeWish::new);
    }
}
