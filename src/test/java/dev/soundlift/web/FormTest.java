package dev.soundlift.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.request.Align;
import dev.soundlift.request.Combination;
import dev.soundlift.request.CommandLineForm;
import dev.soundlift.request.Destination;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Extras;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.Pieces;
import dev.soundlift.request.VerifyLevel;
import dev.soundlift.sentence.SentenceReader;
import dev.soundlift.sentence.Surroundings;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No wish gets lost between a sentence, the form and the request. */
class FormTest {
    private static final MediaSource SOURCE = new MediaSource.LocalFile(Path.of("a.mkv"));

    private static ExtractionRequest throughTheForm(ExtractionRequest wish) throws ExtractionException {
        return Form.request(Form.of(wish), SOURCE);
    }

    private static List<String> words(ExtractionRequest request) {
        return CommandLineForm.of(List.of(), request);
    }

    /** What is neither in the form nor said to be left out. */
    private static void nothingIsLost(ExtractionRequest wish) throws ExtractionException {
        ExtractionRequest kept = wish.withDestination(Destination.BESIDE_THE_INPUT)
                .withEngine(EngineChoice.AUTO)
                .withFormat(wish.format())
                .withExtras(new Extras(
                        wish.extras().id3(),
                        wish.extras().coverFrame(),
                        false,
                        wish.extras().chapterList()));
        assertThat(words(throughTheForm(wish))).isEqualTo(words(kept));
        boolean all = words(kept).equals(words(wish));
        assertThat(Form.notDone(wish).isEmpty()).as(words(wish).toString()).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mp3 V0, mono, 44.1 kHz",
                "24 bit flac at 96000 Hz, all tracks",
                "wav, mix all tracks",
                "tracks 1 and 2 as left and right of one file, wav",
                "cut in silences, no piece longer than 10 minutes",
                "opus, cut at silence, at most 25 MB each",
                "the third chapter as m4a",
                "mp3 192k, the cover from 1:30, keep the date",
                "flac with a cue sheet",
                "mp3, save as /tmp/x/out.mp3, overwrite",
                "to the folder music",
                "every warning is a failure, mp3",
                "no verification, flac",
                "use the cloud, mp3",
                "with ffmpeg, mp3",
                "播客响度，第二条音轨，2到5分钟",
                "the German track, from 2:00 to 5:00 and from 7:00 to 8:00",
                "untouched, without the delay"
            })
    void a_wish_is_in_the_form_or_said_to_be_left_out(String sentence) throws Exception {
        nothingIsLost(
                new SentenceReader(Surroundings.NONE).read(sentence, List.of()).request());
    }

    @Test
    void all_wishes_together() throws Exception {
        nothingIsLost(ExtractionRequest.of(SOURCE)
                .withCombination(new Combination(false, List.of(List.of(1, 2))))
                .withPieces(new Pieces.Silences(Optional.of(Duration.ofMinutes(10)), OptionalLong.of(25_000_000)))
                .withAlign(Align.NONE)
                .withExtras(
                        new Extras(Extras.Id3.V2_4, MediaTime.parse("1:30"), true, Optional.of(Extras.ChapterList.CUE)))
                .withDestination(new Destination(Optional.of("x.flac"), OnExists.OVERWRITE))
                .withEngine(new EngineChoice(EngineChoice.Kind.LOCAL, Optional.of("/x"), false))
                .withVerify(VerifyLevel.QUICK)
                .withStrict(true));
    }

    @Test
    void pieces_that_may_be_so_long_or_so_large() throws Exception {
        ExtractionRequest wish = ExtractionRequest.of(SOURCE);
        nothingIsLost(wish.withPieces(new Pieces.Silences(Optional.of(Duration.ofMinutes(10)), OptionalLong.empty())));
        nothingIsLost(wish.withPieces(new Pieces.Silences(Optional.empty(), OptionalLong.of(24 << 20))));
    }

    @Test
    void each_thing_that_is_left_out_is_named() {
        ExtractionRequest wish = ExtractionRequest.of(SOURCE)
                .withEngine(new EngineChoice(EngineChoice.Kind.CLOUD, false))
                .withDestination(new Destination(Optional.of("x"), OnExists.SKIP));
        assertThat(Form.notDone(wish).stream().map(Text::key))
                .containsExactly("web.not-done-cloud", "web.not-done-output", "web.not-done-exists");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'bitrate':'192k','vbr':'0'}",
                "{'id3':'3'}",
                "{'verify':'a bit'}",
                "{'group':'1'}",
                "{'coverFrame':'x'}",
                "{'pieceLength':'0'}",
                "{'pieceSize':'large'}",
                "{'chapterList':'xml'}",
                "{'align':'left'}"
            })
    void what_cannot_be_is_told_in_the_pages_own_words(String form) throws Exception {
        var json = new ObjectMapper().readTree(form.replace('\'', '"'));
        ExtractionException failed = catchThrowableOfType(ExtractionException.class, () -> Form.request(json, SOURCE));
        for (Locale locale : List.of(Locale.ENGLISH, Locale.CHINESE)) {
            assertThat(failed.whatHappened().in(locale)).isNotBlank().doesNotContain("--");
        }
    }
}
