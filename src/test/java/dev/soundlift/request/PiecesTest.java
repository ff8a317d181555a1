package dev.soundlift.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTest {
    private static String form(Pieces pieces) {
        ExtractionRequest request = ExtractionRequest.of(Path.of("talk.mkv")).withPieces(pieces);
        return String.join(" ", CommandLineForm.of(List.of("talk.mkv"), request));
    }

    private static Pieces ranges(String... texts) {
        return new Pieces.Ranges(Stream.of(texts)
                .map(text -> RangeWish.parse(text).orElseThrow())
                .toList());
    }

    @Test
    void a_split_is_by_chapters() {
        assertThat(Pieces.parseSplit("chapters")).contains(new Pieces.EveryChapter());
    }

    @ParameterizedTest
    @CsvSource({"10m, PT10M", "0:30, PT30S", "90, PT90S", "1, PT1S", "1.5s, PT1.5S", "1h2m3s, PT1H2M3S"})
    void or_by_a_length(String text, Duration each) {
        assertThat(Pieces.parseSplit(text)).contains(new Pieces.Lengths(each));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "chapter", "Chapters", "10x", "-10", "-1:00", "0", "0.999", "0:00", "1:75:00"})
    void nothing_else_is_a_split(String text) {
        assertThat(Pieces.parseSplit(text)).isEmpty();
    }

    @Property
    void a_length_is_read_as_it_is_printed(@ForAll @LongRange(min = 1000, max = 400_000_000) long millis) {
        Pieces lengths = new Pieces.Lengths(Duration.ofMillis(millis));
        assertThat(Pieces.parseSplit(lengths.toString())).contains(lengths);
    }

    @Test
    void impossible_wishes_cannot_be_made() {
        assertThatThrownBy(() -> new Pieces.OneChapter(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pieces.Lengths(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pieces.Lengths(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pieces.Ranges(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_whole_is_one_range() {
        assertThat(Pieces.WHOLE).isEqualTo(Pieces.of(RangeWish.WHOLE));
        assertThat(form(Pieces.WHOLE)).isEqualTo("talk.mkv --format mp3");
    }

    @Test
    void a_chapter_is_written_by_its_number() {
        assertThat(form(new Pieces.OneChapter(3))).isEqualTo("talk.mkv --format mp3 --chapter 3");
    }

    @Test
    void a_split_is_written_as_it_is_read() {
        assertThat(form(new Pieces.EveryChapter())).endsWith("mp3 --split chapters");
        assertThat(form(new Pieces.Lengths(Duration.ofMinutes(10)))).endsWith("mp3 --split 10:00");
        assertThat(form(new Pieces.Lengths(Duration.ofMillis(1500)))).endsWith("mp3 --split 0:01.5");
    }

    @Test
    void several_ranges_are_all_written_in_their_order() {
        assertThat(form(ranges("5:00-6:00", "0:10-20", "-1:00--0:30")))
                .endsWith("mp3 --range 5:00-6:00 --range 0:10-0:20 --range -1:00--0:30");
    }

    @Test
    void among_several_ranges_the_open_ones_stay_ranges() {
        assertThat(form(ranges("0-10", "2:00-"))).endsWith("mp3 --range 0:00-0:10 --range 2:00-");
    }
}
