package dev.soundlift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.SampleMedia;
import dev.soundlift.SampleTrack;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.ChannelNote;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdviceTest {
    private static List<String> advice(Map<Integer, ChannelNote> notes, AudioTrack... tracks) {
        return Advice.of(SampleMedia.with(tracks), tracks[0], notes).stream()
                .map(one -> (one.about() + " " + one.track() + " " + String.join(" ", one.options())).strip())
                .toList();
    }

    private static AudioTrack track(int number) {
        return SampleTrack.aac().number(number).made();
    }

    @ParameterizedTest
    @CsvSource({
        "QUIET, very-quiet 1 --loudness podcast",
        "SILENT, silent 1",
        "LEFT_ONLY, left-only 1 --channels left",
        "RIGHT_ONLY, right-only 1 --channels right",
        "DIFFERENT, different 1 --channels left",
        "INVERTED, inverted 1 --channels left",
        "IDENTICAL, identical 1 --channels mono",
        "FRONT_ONLY, front-only 1 --channels stereo"
    })
    void what_is_odd_about_the_channels_has_its_remedy(ChannelNote note, String expected) {
        assertThat(advice(Map.of(1, note), track(1))).containsExactly(expected);
    }

    @Test
    void a_silent_track_points_at_the_one_that_sounds() {
        assertThat(advice(Map.of(1, ChannelNote.SILENT), track(1), track(2)))
                .containsExactly("silent-but-another 1 --track 2", "several-tracks 2 --track 2");
    }

    @Test
    void advice_on_another_track_chooses_it() {
        assertThat(advice(Map.of(2, ChannelNote.QUIET), track(1), track(2)))
                .containsExactly("very-quiet 2 --track 2 --loudness podcast", "several-tracks 2 --track 2");
    }

    @Test
    void tracks_of_one_language_are_no_choice_to_make() {
        AudioTrack stereo = SampleTrack.aac().number(1).language("eng").made();
        AudioTrack surround = SampleTrack.aac().number(2).language("eng").made();
        AudioTrack german = SampleTrack.aac().number(3).language("ger").made();
        assertThat(advice(Map.of(), stereo, surround)).isEmpty();
        assertThat(advice(Map.of(), stereo, surround, german)).containsExactly("several-tracks 3 --track 3");
    }

    @Test
    void a_usual_file_needs_none() {
        assertThat(advice(Map.of(), track(1))).isEmpty();
    }

    @Test
    void sound_that_starts_noticeably_late_is_named() {
        assertThat(advice(
                        Map.of(),
                        SampleTrack.aac().start(Duration.ofMillis(1477)).made()))
                .containsExactly("late-start 1");
        assertThat(advice(
                        Map.of(), SampleTrack.aac().start(Duration.ofMillis(90)).made()))
                .isEmpty();
    }

    @Test
    void codecs_of_old_cameras_are_to_be_converted_and_unreadable_ones_kept() {
        assertThat(advice(Map.of(), SampleTrack.lossy("adpcm_ms").made())).containsExactly("rare-codec 1 --format mp3");
        assertThat(advice(Map.of(), SampleTrack.lossy("atrac9x").undecodable().made()))
                .containsExactly("no-decoder 1 --track 1 --format mka --copy");
    }

    @ParameterizedTest
    @EnumSource
    void every_case_has_words_in_both_languages(ChannelNote note) {
        for (Advice one : Advice.of(SampleMedia.with(track(1), track(2)), track(1), Map.of(1, note))) {
            assertThat(one.words().in(Locale.ENGLISH)).doesNotContain("advice.", "{");
            assertThat(one.words().in(Locale.CHINESE)).containsPattern("\\p{IsHan}");
        }
    }
}
