package dev.soundlift.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.soundlift.SampleMedia;
import dev.soundlift.SampleTrack;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.request.Pieces;
import dev.soundlift.request.RangeWish;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PieceTest {
    private static final List<Chapter> CHAPTERS =
            List.of(chapter("Opening", 0, 20), chapter("", 20, 40), chapter("Closing – 结束", 40, 60));
    private static final MediaInfo THREE = media(CHAPTERS);
    private static final MediaInfo NONE = media(List.of());

    private static Chapter chapter(String title, int from, int to) {
        return new Chapter(title, Duration.ofSeconds(from), Duration.ofSeconds(to));
    }

    private static MediaInfo media(List<Chapter> chapters) {
        return media(Optional.of(SampleMedia.LENGTH), chapters);
    }

    private static MediaInfo media(Optional<Duration> length, List<Chapter> chapters) {
        return SampleMedia.of(length, List.of(SampleTrack.aac().made()), chapters, Map.of());
    }

    private static Pieces ranges(String... texts) {
        return new Pieces.Ranges(Stream.of(texts)
                .map(text -> RangeWish.parse(text).orElseThrow())
                .toList());
    }

    private static List<Piece> pieces(Pieces wish, MediaInfo media) {
        try {
            return Piece.of(wish, media);
        } catch (ExtractionException refused) {
            throw new AssertionError(refused);
        }
    }

    private static ExtractionException refusal(Pieces wish, MediaInfo media) {
        ExtractionException refused = catchThrowableOfType(ExtractionException.class, () -> Piece.of(wish, media));
        assertThat(refused.whatHappened().toString()).isNotBlank();
        assertThat(refused.nextStep().toString()).isNotBlank();
        return refused;
    }

    private static Cut cut(double from, double to) {
        return new Cut(seconds(from), Optional.of(seconds(to)));
    }

    private static Cut from(double start) {
        return new Cut(seconds(start), Optional.empty());
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    @Test
    void every_chapter_is_a_piece_with_its_number_and_title_and_the_last_one_has_no_end() {
        assertThat(pieces(new Pieces.EveryChapter(), THREE))
                .containsExactly(
                        new Piece(cut(0, 20), "01 Opening", "Opening", List.of()),
                        new Piece(cut(20, 40), "02", "", List.of()),
                        new Piece(from(40), "03 Closing – 结束", "Closing – 结束", List.of()));
    }

    @Test
    void one_chapter_is_the_same_piece_as_among_all() {
        List<Piece> all = pieces(new Pieces.EveryChapter(), THREE);
        for (int number = 1; number <= 3; number++) {
            assertThat(pieces(new Pieces.OneChapter(number), THREE)).containsExactly(all.get(number - 1));
        }
    }

    @Test
    void the_only_chapter_is_the_whole() {
        List<Piece> only = pieces(new Pieces.EveryChapter(), media(List.of(chapter("All", 0, 30))));
        assertThat(only).singleElement().extracting(Piece::cut).isEqualTo(Cut.NOTHING);
    }

    @Test
    void an_only_chapter_that_begins_later_is_not_the_whole() {
        List<Piece> only = pieces(new Pieces.EveryChapter(), media(List.of(chapter("All", 10, 30))));
        assertThat(only).singleElement().extracting(Piece::cut).isEqualTo(from(10));
    }

    @Test
    void without_chapters_none_can_be_taken() {
        for (Pieces wish : List.of(new Pieces.EveryChapter(), new Pieces.OneChapter(1))) {
            ExtractionException refused = refusal(wish, NONE);
            assertThat(refused.kind()).isEqualTo(ErrorKind.RANGE_OUTSIDE);
            assertThat(refused.whatHappened().key()).isEqualTo("error.no-chapters");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 99_999})
    void a_chapter_beyond_the_last_is_refused_and_their_number_said(int number) {
        ExtractionException refused = refusal(new Pieces.OneChapter(number), THREE);
        assertThat(refused.kind()).isEqualTo(ErrorKind.RANGE_OUTSIDE);
        assertThat(refused.whatHappened()).isEqualTo(Text.of("error.no-such-chapter", Integer.toString(number), "3"));
    }

    @Test
    void lengths_are_numbered_and_the_last_one_has_no_end() {
        assertThat(pieces(new Pieces.Lengths(seconds(25)), NONE))
                .containsExactly(
                        new Piece(cut(0, 25), "001", "", List.of()),
                        new Piece(cut(25, 50), "002", "", List.of()),
                        new Piece(from(50), "003", "", List.of()));
    }

    @Test
    void lengths_that_go_up_evenly_leave_no_empty_piece() {
        assertThat(pieces(new Pieces.Lengths(seconds(20)), NONE))
                .extracting(Piece::cut)
                .containsExactly(cut(0, 20), cut(20, 40), from(40));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 61, 3600})
    void a_length_of_the_whole_or_more_is_the_whole_without_a_number(int seconds) {
        assertThat(pieces(new Pieces.Lengths(seconds(seconds)), NONE))
                .containsExactly(new Piece(Cut.NOTHING, "", "", List.of()));
    }

    @ParameterizedTest
    @CsvSource({"60099, 3", "60100, 4"})
    void a_last_piece_under_a_tenth_of_a_second_goes_to_the_one_before(long totalMillis, int count) {
        MediaInfo media = media(Optional.of(Duration.ofMillis(totalMillis)), List.of());
        assertThat(pieces(new Pieces.Lengths(seconds(20)), media)).hasSize(count);
    }

    @Property
    void lengths_cover_the_whole_without_overlap(
            @ForAll @LongRange(min = 1000, max = 100_000) long each,
            @ForAll @LongRange(min = 1, max = 5_000_000) long total) {
        List<Piece> pieces = pieces(
                new Pieces.Lengths(Duration.ofMillis(each)), media(Optional.of(Duration.ofMillis(total)), List.of()));
        Duration next = Duration.ZERO;
        for (Piece piece : pieces.subList(0, pieces.size() - 1)) {
            assertThat(piece.cut().start()).isEqualTo(next);
            assertThat(piece.cut().length()).contains(Duration.ofMillis(each));
            next = piece.cut().end().orElseThrow();
        }
        Cut last = pieces.get(pieces.size() - 1).cut();
        assertThat(last).isEqualTo(new Cut(next, Optional.empty()));
        assertThat(next).isLessThan(Duration.ofMillis(total));
        // Less than a tenth of a second is no piece of its own
        assertThat(next.plusMillis(each + 99)).isGreaterThanOrEqualTo(Duration.ofMillis(total));
        if (pieces.size() > 1) assertThat(next.plusMillis(100)).isLessThanOrEqualTo(Duration.ofMillis(total));
        assertThat(pieces).extracting(Piece::name).doesNotHaveDuplicates();
    }

    @Test
    void what_does_not_say_how_long_it_is_cannot_be_split_by_length() {
        ExtractionException refused = refusal(new Pieces.Lengths(seconds(10)), media(Optional.empty(), CHAPTERS));
        assertThat(refused.kind()).isEqualTo(ErrorKind.RANGE_OUTSIDE);
        assertThat(refused.whatHappened().key()).isEqualTo("error.no-duration-to-split");
    }

    @Test
    void chapters_need_no_length_of_the_whole() {
        assertThat(pieces(new Pieces.EveryChapter(), media(Optional.empty(), CHAPTERS)))
                .hasSize(3);
    }

    @Test
    void one_range_has_no_name_and_several_are_called_by_their_times() {
        assertThat(pieces(ranges("0:10-20"), NONE)).containsExactly(new Piece(cut(10, 20), "", "", List.of()));
        assertThat(pieces(ranges("0:10-20", "-30--15", "50-"), NONE))
                .containsExactly(
                        new Piece(cut(10, 20), "0:10-0:20", "", List.of()),
                        new Piece(cut(30, 45), "-0:30--0:15", "", List.of()),
                        new Piece(from(50), "0:50-", "", List.of()));
    }

    @Test
    void a_warning_belongs_to_the_range_that_it_is_about() {
        List<Piece> pieces = pieces(ranges("0:10-20", "0:50-1:10"), NONE);
        assertThat(pieces.get(0).warnings()).isEmpty();
        assertThat(pieces.get(1).cut()).isEqualTo(from(50));
        assertThat(pieces.get(1).warnings()).extracting(Text::key).containsExactly("warning.range-past-end");
    }

    @Test
    void one_impossible_range_refuses_all() {
        assertThat(refusal(ranges("0:10-20", "1:00-1:10"), NONE).kind()).isEqualTo(ErrorKind.RANGE_OUTSIDE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-10-", "0:10--5", "-20--10"})
    void from_the_end_of_a_guessed_length_nothing_is_counted(String range) {
        ExtractionException refused =
                refusal(ranges(range), SampleMedia.guessed(SampleTrack.aac().made()));
        assertThat(refused.kind()).isEqualTo(ErrorKind.RANGE_OUTSIDE);
        assertThat(refused.whatHappened().key()).isEqualTo("error.no-duration");
    }

    @Test
    void a_guessed_length_refuses_no_place_beyond_it() {
        MediaInfo guessed = SampleMedia.guessed(SampleTrack.aac().made());
        assertThat(pieces(ranges("1:10-1:20"), guessed)).containsExactly(new Piece(cut(70, 80), "", "", List.of()));
    }

    @Test
    void a_chapters_title_is_the_title_and_the_whole_ones_the_album() {
        MediaInfo book = SampleMedia.of(
                Optional.of(SampleMedia.LENGTH),
                List.of(SampleTrack.aac().made()),
                CHAPTERS,
                Map.of("title", "The book", "artist", "Ada"));
        List<Piece> pieces = pieces(new Pieces.EveryChapter(), book);
        assertThat(Tags.carried(book, book.tracks().get(0), pieces.get(0)))
                .containsEntry("title", "Opening")
                .containsEntry("album", "The book")
                .containsEntry("artist", "Ada");
        assertThat(Tags.carried(book, book.tracks().get(0), pieces.get(1)))
                .containsEntry("title", "The book")
                .doesNotContainKey("album");
    }

    @Test
    void an_album_that_is_there_stays() {
        MediaInfo book = SampleMedia.of(
                Optional.of(SampleMedia.LENGTH),
                List.of(SampleTrack.aac().made()),
                CHAPTERS,
                Map.of("title", "The book", "album", "The series"));
        Piece first = pieces(new Pieces.EveryChapter(), book).get(0);
        assertThat(Tags.carried(book, book.tracks().get(0), first))
                .containsEntry("title", "Opening")
                .containsEntry("album", "The series");
    }
}
