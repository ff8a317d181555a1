package dev.soundlift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.SampleMedia;
import dev.soundlift.SampleTrack;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.request.Pieces;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OddChaptersTest {
    private static MediaInfo with(Chapter... chapters) {
        return SampleMedia.of(
                Optional.of(SampleMedia.LENGTH), List.of(SampleTrack.aac().made()), List.of(chapters), Map.of());
    }

    private static Chapter chapter(String title, int from, int to) {
        return new Chapter(title, Duration.ofSeconds(from), Duration.ofSeconds(to));
    }

    @Test
    void a_chapter_of_no_length_gives_no_piece() throws ExtractionException {
        List<Piece> pieces = Piece.of(new Pieces.EveryChapter(), with(chapter("A", 0, 0), chapter("B", 0, 60)));
        assertThat(pieces).extracting(Piece::name).containsExactly("02 B");
    }

    @Test
    void pieces_are_numbered_in_the_same_digits_everywhere() throws ExtractionException {
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("fa-IR"));
            assertThat(Piece.of(new Pieces.EveryChapter(), with(chapter("A", 0, 30), chapter("B", 30, 60))))
                    .extracting(Piece::name)
                    .containsExactly("01 A", "02 B");
        } finally {
            Locale.setDefault(usual);
        }
    }
}
