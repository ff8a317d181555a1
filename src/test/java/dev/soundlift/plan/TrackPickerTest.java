package dev.soundlift.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.SampleMedia;
import dev.soundlift.SampleTrack;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.TrackFlag;
import dev.soundlift.request.TrackChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Longer than most files because every rule needs a track that it prefers and one that it does not. */
class TrackPickerTest {
    private static SampleTrack track(int number) {
        return SampleTrack.aac().number(number);
    }

    private static TrackPick best(AudioTrack... tracks) throws ExtractionException {
        return pick(TrackChoice.BEST, tracks);
    }

    private static TrackPick pick(TrackChoice choice, AudioTrack... tracks) throws ExtractionException {
        List<TrackPick> picks = TrackPicker.pick(SampleMedia.with(tracks), choice);
        assertThat(picks).hasSize(1);
        return picks.get(0);
    }

    private static void wins(int number, String rule, AudioTrack... tracks) throws ExtractionException {
        TrackPick pick = best(tracks);
        assertThat(pick.track().number()).isEqualTo(number);
        assertThat(pick.why().key()).isEqualTo("track.because");
        assertThat(pick.why().arguments().get(0)).hasFieldOrPropertyWithValue("key", rule);
    }

    @Test
    void the_only_track_is_taken_whatever_it_is() throws ExtractionException {
        TrackPick pick = best(
                track(1).title("Commentary").flag(TrackFlag.DUB).undecodable().made());
        assertThat(pick.track().number()).isEqualTo(1);
        assertThat(pick.why().key()).isEqualTo("track.only");
        assertThat(pick.runnerUp()).isEmpty();
    }

    @Test
    void a_track_that_cannot_be_decoded_loses_even_as_the_default() throws ExtractionException {
        wins(
                2,
                "track.rule.decodable",
                track(1).undecodable().flag(TrackFlag.DEFAULT).made(),
                track(2).title("Commentary").made());
    }

    @ParameterizedTest
    @EnumSource(
            value = TrackFlag.class,
            names = {"VISUAL_IMPAIRED", "DESCRIPTIONS"})
    void an_audio_description_loses_by_its_flag(TrackFlag flag) throws ExtractionException {
        wins(
                2,
                "track.rule.not-description",
                track(1).flag(flag).flag(TrackFlag.DEFAULT).made(),
                track(2).made());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Audio Description",
                "Descriptive Audio",
                "English AD",
                "AD",
                "Hörfilmfassung",
                "HÖRFILM",
                "For the visually impaired",
                "口述影像",
                "无障碍音轨"
            })
    void an_audio_description_loses_by_its_title(String title) throws ExtractionException {
        wins(2, "track.rule.not-description", track(1).title(title).made(), track(2).made());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Commentary",
                "DIRECTOR'S COMMENTARY",
                "Commentaire du réalisateur",
                "Audiokommentar",
                "Kommentar der Regie",
                "导演评论",
                "評論音軌",
                "解说",
                "解說",
                "旁白"
            })
    void a_commentary_loses_by_its_title(String title) throws ExtractionException {
        wins(
                2,
                "track.rule.not-commentary",
                track(1).title(title).flag(TrackFlag.DEFAULT).made(),
                track(2).made());
    }

    @Test
    void a_commentary_loses_by_its_flag() throws ExtractionException {
        wins(
                2,
                "track.rule.not-commentary",
                track(1).flag(TrackFlag.COMMENTARY).flag(TrackFlag.DEFAULT).made(),
                track(2).made());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Main", "Adagio", "Stereo", "Madrid", "Community edition", "正片"})
    void other_titles_are_neither_commentary_nor_description(String title) throws ExtractionException {
        assertThat(best(track(1).title(title).made(), track(2).made()).track().number())
                .isEqualTo(1);
    }

    @Test
    void the_default_track_wins() throws ExtractionException {
        wins(
                2,
                "track.rule.default",
                track(1).shape(48_000, 6).flag(TrackFlag.ORIGINAL).made(),
                track(2).flag(TrackFlag.DEFAULT).flag(TrackFlag.DUB).made());
    }

    @Test
    void among_defaults_the_original_language_wins() throws ExtractionException {
        wins(
                2,
                "track.rule.original",
                track(1).flag(TrackFlag.DEFAULT).made(),
                track(2).flag(TrackFlag.DEFAULT).flag(TrackFlag.ORIGINAL).made());
    }

    @Test
    void a_dub_loses() throws ExtractionException {
        wins(2, "track.rule.not-dub", track(1).flag(TrackFlag.DUB).made(), track(2).made());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dubbed",
                "English Dub",
                "Doublage français",
                "VF",
                "Doblaje latino",
                "Synchronfassung",
                "Дубляж",
                "国语配音",
                "譯製",
                "日本語吹替",
                "더빙"
            })
    void a_dub_loses_by_its_title(String title) throws ExtractionException {
        wins(2, "track.rule.not-dub", track(1).title(title).made(), track(2).made());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Original",
                "Original audio",
                "Originalton",
                "O-Ton",
                "VO",
                "Version originale",
                "粤语原声",
                "原版",
                "オリジナル"
            })
    void the_original_wins_by_its_title(String title) throws ExtractionException {
        wins(2, "track.rule.original", track(1).made(), track(2).title(title).made());
    }

    @ParameterizedTest
    @ValueSource(strings = {"M&E", "Music and effects", "Isolated Score", "国际声", "Karaoke"})
    void a_part_of_the_sound_loses_even_as_the_default(String title) throws ExtractionException {
        wins(
                2,
                "track.rule.not-part",
                track(1).title(title).flag(TrackFlag.DEFAULT).made(),
                track(2).made());
        wins(2, "track.rule.not-part", track(1).flag(TrackFlag.CLEAN_EFFECTS).made(), track(2).made());
    }

    @Test
    void the_mix_for_the_hard_of_hearing_loses() throws ExtractionException {
        wins(
                2,
                "track.rule.not-hearing-impaired",
                track(1).flag(TrackFlag.HEARING_IMPAIRED).made(),
                track(2).made());
    }

    @Test
    void of_two_languages_that_only_their_order_tells_apart_the_other_is_named() throws ExtractionException {
        TrackPick pick =
                best(track(1).language("eng").made(), track(2).language("fra").made());
        assertThat(pick.close())
                .hasToString("Optional[track 2 (fra) may be meant as well: only more channels or its place in the file"
                        + " speak for track 1; take the other with --track 2]");
        assertThat(best(
                                track(1).language("eng").made(),
                                track(2).language("fra").shape(48_000, 6).made())
                        .close())
                .isPresent();
    }

    @Test
    void of_two_tracks_that_say_nothing_of_themselves_the_other_is_named() throws ExtractionException {
        assertThat(best(track(1).made(), track(2).made()).close()).isPresent();
    }

    @Test
    void a_choice_by_a_strong_rule_or_within_one_language_is_not_close() throws ExtractionException {
        assertThat(best(
                                track(1).language("eng").flag(TrackFlag.DEFAULT).made(),
                                track(2).language("fra").made())
                        .close())
                .isEmpty();
        assertThat(best(
                                track(1).language("eng").made(),
                                track(2).language("en").shape(48_000, 6).made())
                        .close())
                .isEmpty();
        assertThat(best(track(1).made()).close()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"lang:de, 2", "lang:德语, 2", "lang:English, 1", "lang:zh, 3"})
    void a_track_without_a_language_is_found_by_the_one_in_its_title(String choice, int number)
            throws ExtractionException {
        TrackPick pick = pick(
                TrackChoice.parse(choice).orElseThrow(),
                track(1).title("English 5.1").made(),
                track(2).title("Ton: Deutsch (Kino)").made(),
                track(3).title("国语").made());
        assertThat(pick.track().number()).isEqualTo(number);
    }

    @Test
    void more_channels_win_between_equals() throws ExtractionException {
        wins(
                2,
                "track.rule.channels",
                track(1).made(),
                track(2).shape(48_000, 6).made());
    }

    @Test
    void between_equals_the_first_wins_and_it_is_said_so() throws ExtractionException {
        TrackPick pick = best(track(1).made(), track(2).made(), track(3).made());
        assertThat(pick.track().number()).isEqualTo(1);
        assertThat(pick.why()).hasToString("it is the first; nothing tells it from track 2");
        assertThat(pick.runnerUp()).map(AudioTrack::number).contains(2);
    }

    @Test
    void the_runner_up_is_the_next_best_and_not_the_next_in_the_file() throws ExtractionException {
        TrackPick pick = best(
                track(1).flag(TrackFlag.DEFAULT).made(),
                track(2).title("Commentary").made(),
                track(3).shape(48_000, 6).made());
        assertThat(pick.runnerUp()).map(AudioTrack::number).contains(3);
        assertThat(pick.why()).hasToString("it is flagged as the default (track 3 is next)");
    }

    @Test
    void a_track_is_taken_by_its_number_against_all_rules() throws ExtractionException {
        TrackPick pick = pick(
                new TrackChoice.Position(2),
                track(1).flag(TrackFlag.DEFAULT).made(),
                track(2).title("Commentary").made());
        assertThat(pick.track().number()).isEqualTo(2);
        assertThat(pick.why()).hasToString("asked for as \"2\"");
        assertThat(pick.runnerUp()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"lang:de, 2", "lang:deu, 2", "lang:ger, 2", "lang:German, 2", "lang:en, 1", "title:DIRECTOR, 2"})
    void a_track_is_taken_by_language_or_title(String choice, int number) throws ExtractionException {
        TrackPick pick = pick(
                TrackChoice.parse(choice).orElseThrow(),
                track(1).language("eng").title("Main").made(),
                track(2).language("ger").title("Director's cut").made());
        assertThat(pick.track().number()).isEqualTo(number);
    }

    @Test
    void of_several_that_match_the_rules_decide() throws ExtractionException {
        TrackPick pick = pick(
                new TrackChoice.Language("en"),
                track(1).language("eng").title("Commentary").made(),
                track(2).language("ger").flag(TrackFlag.DEFAULT).made(),
                track(3).language("eng").made());
        assertThat(pick.track().number()).isEqualTo(3);
        assertThat(pick.runnerUp()).map(AudioTrack::number).contains(1);
        assertThat(pick.why())
                .hasToString(
                        "asked for as \"lang:en\"; of several that match, it is not a commentary (track 1 is next)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "99", "lang:fra", "title:nothing"})
    void a_track_that_is_not_there_is_an_error_that_names_it(String choice) {
        assertThatThrownBy(() -> pick(
                        TrackChoice.parse(choice).orElseThrow(),
                        track(1).language("eng").made(),
                        track(2).made()))
                .isInstanceOf(ExtractionException.class)
                .hasFieldOrPropertyWithValue("kind", ErrorKind.NO_SUCH_TRACK)
                .hasMessage("there is no track \"" + choice + "\" (audio tracks: 1 eng, 2)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"best", "all", "1", "lang:eng", "title:x"})
    void without_audio_every_choice_fails_the_same_way(String choice) {
        assertThatThrownBy(() -> pick(TrackChoice.parse(choice).orElseThrow()))
                .isInstanceOf(ExtractionException.class)
                .hasFieldOrPropertyWithValue("kind", ErrorKind.NO_AUDIO);
    }

    @Test
    void all_means_each_in_the_files_order() throws ExtractionException {
        List<TrackPick> picks = TrackPicker.pick(
                SampleMedia.with(track(1).title("Commentary").made(), track(2).made()), TrackChoice.ALL);
        assertThat(picks).extracting(pick -> pick.track().number()).containsExactly(1, 2);
        assertThat(picks).extracting(TrackPick::runnerUp).containsOnly(Optional.empty());
    }

    @Property
    void equal_tracks_give_the_lowest_number_in_whatever_order_they_stand(
            @ForAll("tracks") SampleTrack like,
            @ForAll @IntRange(min = 2, max = 6) int count,
            @ForAll java.util.Random random)
            throws ExtractionException {
        List<AudioTrack> tracks = new ArrayList<>();
        for (int number = 1; number <= count; number++)
            tracks.add(like.number(number).made());
        java.util.Collections.shuffle(tracks, random);
        assertThat(best(tracks.toArray(new AudioTrack[0])).track().number()).isEqualTo(1);
    }

    @Property
    void the_winner_is_the_same_in_whatever_order_the_tracks_stand(
            @ForAll @Size(min = 1, max = 5) List<@net.jqwik.api.From("tracks") SampleTrack> made,
            @ForAll java.util.Random random)
            throws ExtractionException {
        List<AudioTrack> tracks = numbered(made);
        TrackPick before = best(tracks.toArray(new AudioTrack[0]));
        java.util.Collections.shuffle(tracks, random);
        assertThat(best(tracks.toArray(new AudioTrack[0]))).isEqualTo(before);
    }

    @Property
    void a_commentary_is_never_taken_where_a_normal_track_can_be(
            @ForAll @Size(min = 1, max = 5) List<@net.jqwik.api.From("tracks") SampleTrack> made)
            throws ExtractionException {
        List<AudioTrack> tracks = numbered(made);
        boolean normal = tracks.stream()
                .anyMatch(track ->
                        track.decodable() && !TrackPicker.isCommentary(track) && !TrackPicker.isDescription(track));
        AudioTrack taken = best(tracks.toArray(new AudioTrack[0])).track();
        if (!normal) return;
        assertThat(TrackPicker.isCommentary(taken)).isFalse();
        assertThat(TrackPicker.isDescription(taken)).isFalse();
        assertThat(taken.decodable()).isTrue();
    }

    @Property
    void every_choice_is_explained_and_names_its_runner_up(
            @ForAll @Size(min = 2, max = 5) List<@net.jqwik.api.From("tracks") SampleTrack> made)
            throws ExtractionException {
        TrackPick pick = best(numbered(made).toArray(new AudioTrack[0]));
        int next = pick.runnerUp().orElseThrow().number();
        assertThat(next).isNotEqualTo(pick.track().number());
        assertThat(pick.why().toString()).contains("track " + next);
    }

    private static List<AudioTrack> numbered(List<SampleTrack> made) {
        List<AudioTrack> tracks = new ArrayList<>();
        for (SampleTrack track : made)
            tracks.add(track.number(tracks.size() + 1).made());
        return tracks;
    }

    @Provide
    Arbitrary<SampleTrack> tracks() {
        Arbitrary<Set<TrackFlag>> flags = Arbitraries.of(TrackFlag.class).set().ofMaxSize(3);
        return Combinators.combine(
                        flags,
                        Arbitraries.of("", "Main", "Commentary", "Kommentar", "评论", "AD", "Adagio"),
                        Arbitraries.of(1, 2, 6),
                        Arbitraries.of(true, true, false))
                .as((flagged, title, channels, decodable) -> SampleTrack.aac()
                        .flags(flagged)
                        .title(title)
                        .shape(48_000, channels)
                        .decodable(decodable));
    }
}
