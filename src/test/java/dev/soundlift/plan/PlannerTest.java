package dev.soundlift.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.SampleMedia;
import dev.soundlift.SampleTrack;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.Codec;
import dev.soundlift.media.Container;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.request.Align;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.Preset;
import dev.soundlift.request.Quality;
import dev.soundlift.request.RangeWish;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The decision table; longer than most files because it is one table, in which every case should be found at once. */
class PlannerTest {
    static final Capabilities ALL = new Capabilities(
                    "in-process",
                    Stream.of(Codec.values()).map(Codec::ffmpegName).collect(Collectors.toSet()))
            .levelling()
            .framing();
    private static final Encoding USUAL = Encoding.DEFAULT;

    private static ExtractionRequest wish(Encoding encoding) {
        return ExtractionRequest.of(Path.of("films", "talk.mkv")).withEncoding(encoding);
    }

    private static ExtractionRequest wish(AudioFormat format) {
        return wish(USUAL.withFormat(format));
    }

    private static ExtractionRequest wish(AudioFormat format, String range) {
        return wish(format).withRange(RangeWish.parse(range).orElseThrow());
    }

    private static ExtractionRequest copy(AudioFormat format) {
        return wish(USUAL.withFormat(format).withCopyOnly(true));
    }

    private static Plan plan(ExtractionRequest request, AudioTrack track) throws ExtractionException {
        return plan(request, SampleMedia.with(track), ALL);
    }

    private static Plan plan(ExtractionRequest request, MediaInfo media, Capabilities can) throws ExtractionException {
        List<Plan> plans = Planner.plan(request, media, can);
        assertThat(plans).hasSize(1);
        return plans.get(0);
    }

    private static void fails(ErrorKind kind, ExtractionRequest request, AudioTrack track) {
        assertThatThrownBy(() -> plan(request, track))
                .isInstanceOf(ExtractionException.class)
                .hasFieldOrPropertyWithValue("kind", kind);
    }

    private static List<String> keys(List<Text> texts) {
        return texts.stream().map(Text::key).toList();
    }

    // Route

    @ParameterizedTest(name = "{0} asked as {1} is copied into {2}")
    @CsvSource({
        "mp3, MP3, MP3_FILE",
        "aac, M4A, M4A",
        "aac, AAC, ADTS",
        "alac, ALAC, M4A",
        "flac, FLAC, FLAC_FILE",
        "opus, OPUS, OPUS_FILE",
        "opus, OGG, OGG",
        "vorbis, OGG, OGG",
        "flac, OGG, OGG",
        "pcm_s24le, WAV, WAV",
        "pcm_s16le, PCM, RAW_PCM",
        "ac3, MKA, MKA",
        "wmav2, MKA, MKA",
        "aac, SAME, M4A",
        "vorbis, SAME, OGG",
        "ac3, SAME, MKA",
        "wmav2, SAME, MKA",
        "pcm_s16be, SAME, MKA",
    })
    void what_fits_already_is_copied(String codec, AudioFormat format, Container container) throws ExtractionException {
        Plan plan = plan(wish(format), SampleTrack.lossy(codec).made());
        assertThat(plan.route()).isEqualTo(Route.COPY);
        assertThat(plan.target().container()).isEqualTo(container);
        assertThat(plan.target().codecName()).isEqualTo(codec);
        assertThat(keys(plan.reasons())).containsExactly("reason.copy-fits");
        assertThat(plan.warnings()).isEmpty();
    }

    @ParameterizedTest(name = "{0} asked as {1} becomes {2}")
    @CsvSource({
        "aac, MP3, mp3",
        "opus, M4A, aac",
        "alac, M4A, aac",
        "alac, AAC, aac",
        "aac, ALAC, alac",
        "vorbis, OPUS, opus",
        "aac, OGG, opus",
        "pcm_alaw, WAV, pcm_s16le",
        "aac, WAV, pcm_s16le",
        "pcm_s16be, WAV, pcm_s16le",
        "aac, PCM, pcm_s16le",
        "wmav2, FLAC, flac",
    })
    void what_does_not_fit_is_encoded_anew(String codec, AudioFormat format, String wanted) throws ExtractionException {
        Plan plan = plan(wish(format), SampleTrack.lossy(codec).made());
        assertThat(plan.route()).isEqualTo(Route.TRANSCODE);
        assertThat(plan.target().codecName()).isEqualTo(wanted);
        assertThat(plan.target().container()).isEqualTo(format.container().orElseThrow());
        assertThat(plan.reasons().get(0).key()).isEqualTo("reason.transcode");
    }

    @Test
    void without_any_wish_it_becomes_an_mp3() throws ExtractionException {
        Plan plan = plan(wish(USUAL), SampleTrack.aac().made());
        assertThat(plan.target().codecName()).isEqualTo("mp3");
        assertThat(plan.engine()).isEqualTo("in-process");
    }

    @Test
    void the_name_of_the_output_may_say_the_format() throws ExtractionException {
        Plan plan = plan(
                wish(USUAL).withOutput(Path.of("x.opus")), SampleTrack.aac().made());
        assertThat(plan.target().container()).isEqualTo(Container.OPUS_FILE);
        Plan both = plan(
                wish(AudioFormat.FLAC).withOutput(Path.of("x.opus")),
                SampleTrack.aac().made());
        assertThat(both.target().container()).isEqualTo(Container.FLAC_FILE);
    }

    @ParameterizedTest
    @EnumSource(
            value = AudioFormat.class,
            names = {"M4A", "ALAC", "MKA", "SAME"})
    void a_copy_may_go_wherever_the_container_holds_the_codec(AudioFormat format) throws ExtractionException {
        Plan plan = plan(copy(format), SampleTrack.lossless("alac", 16).made());
        assertThat(plan.route()).isEqualTo(Route.COPY);
        assertThat(keys(plan.reasons())).containsExactly("reason.copy-asked");
    }

    @ParameterizedTest
    @CsvSource({"aac, MP3", "mp3, M4A", "opus, FLAC", "alac, AAC", "aac, WAV", "pcm_s16be, PCM", "wmav2, OGG"})
    void a_copy_that_does_not_fit_is_refused(String codec, AudioFormat format) {
        fails(ErrorKind.DOES_NOT_FIT, copy(format), SampleTrack.lossy(codec).made());
    }

    @Test
    void a_copy_without_a_format_goes_where_the_codec_fits() throws ExtractionException {
        Plan plan = plan(wish(USUAL.withCopyOnly(true)), SampleTrack.aac().made());
        assertThat(plan.target().container()).isEqualTo(Container.M4A);
    }

    @Test
    void a_wish_that_changes_the_sound_is_never_met_by_a_copy() throws ExtractionException {
        AudioTrack mp3 = SampleTrack.lossy("mp3").made();
        for (Encoding changing : List.of(
                USUAL.withQuality(new Quality.BitRate(128_000)),
                USUAL.withQuality(new Quality.Variable(2)),
                USUAL.withSampleRateHz(44_100),
                USUAL.withChannels(new ChannelChoice.Count(2)))) {
            Plan plan = plan(wish(changing), mp3);
            assertThat(plan.route()).isEqualTo(Route.TRANSCODE);
            assertThat(keys(plan.reasons())).containsExactly("reason.transcode-wishes");
        }
    }

    @Test
    void a_track_that_cannot_be_decoded_can_still_be_copied() throws ExtractionException {
        AudioTrack aac = SampleTrack.aac().undecodable().made();
        assertThat(plan(wish(AudioFormat.M4A), aac).route()).isEqualTo(Route.COPY);
        fails(ErrorKind.UNSUPPORTED_CODEC, wish(AudioFormat.MP3), aac);
    }

    @Test
    void an_encrypted_track_is_refused_even_as_a_copy() {
        AudioTrack locked = SampleTrack.aac().encrypted(true).made();
        fails(ErrorKind.PROTECTED, copy(AudioFormat.M4A), locked);
        fails(ErrorKind.PROTECTED, wish(AudioFormat.MP3), locked);
    }

    @Test
    void without_an_encoder_there_is_an_error_and_no_substitute() {
        Capabilities onlyFlac = new Capabilities("in-process", Set.of("flac"));
        MediaInfo media = SampleMedia.with(SampleTrack.aac().made());
        assertThatThrownBy(() -> plan(wish(AudioFormat.MP3), media, onlyFlac))
                .isInstanceOf(ExtractionException.class)
                .hasFieldOrPropertyWithValue("kind", ErrorKind.NO_ENGINE)
                .hasMessageContaining("mp3");
    }

    @Test
    void a_copy_needs_no_encoder() throws ExtractionException {
        Capabilities none = new Capabilities("in-process", Set.of());
        Plan plan =
                plan(wish(AudioFormat.M4A), SampleMedia.with(SampleTrack.aac().made()), none);
        assertThat(plan.route()).isEqualTo(Route.COPY);
    }

    @Test
    void same_with_a_wish_keeps_a_codec_that_we_encode_and_else_loses_nothing() throws ExtractionException {
        Encoding mono = USUAL.withFormat(AudioFormat.SAME).withChannels(new ChannelChoice.Count(1));
        assertThat(plan(wish(mono), SampleTrack.aac().made()).target().codecName())
                .isEqualTo("aac");
        assertThat(plan(wish(mono), SampleTrack.lossy("vorbis").made()).target().codecName())
                .isEqualTo("flac");
        Plan pcm = plan(wish(mono), SampleTrack.lossless("pcm_s24le", 24).made());
        assertThat(pcm.target().codecName()).isEqualTo("pcm_s24le");
        assertThat(pcm.target().container()).isEqualTo(Container.WAV);
    }

    // Ranges

    @Test
    void a_lossless_track_is_cut_at_the_very_sample() throws ExtractionException {
        Plan plan = plan(
                wish(AudioFormat.FLAC, "10-20"),
                SampleTrack.lossless("flac", 16).made());
        assertThat(plan.route()).isEqualTo(Route.TRANSCODE);
        assertThat(plan.cut()).isEqualTo(new Cut(Duration.ofSeconds(10), Optional.of(Duration.ofSeconds(20))));
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void a_lossy_track_is_cut_without_a_word_where_the_container_hides_the_rest() throws ExtractionException {
        Plan plan = plan(wish(AudioFormat.M4A, "10-20"), SampleTrack.aac().made());
        assertThat(plan.route()).isEqualTo(Route.COPY);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void elsewhere_it_is_cut_between_packets_and_that_is_said() throws ExtractionException {
        Plan plan = plan(wish(AudioFormat.MKA, "10-20"), SampleTrack.aac().made());
        assertThat(plan.route()).isEqualTo(Route.COPY);
        assertThat(keys(plan.warnings())).containsExactly("warning.copy-cut");
    }

    @ParameterizedTest
    @CsvSource({"-0:20--0:10, 40, 50", "0:10--0:10, 10, 50", "-2:00-30, 0, 30"})
    void a_place_may_count_from_the_end(String range, long start, long end) throws ExtractionException {
        Plan plan = plan(wish(AudioFormat.MP3, range), SampleTrack.aac().made());
        assertThat(plan.cut()).isEqualTo(new Cut(Duration.ofSeconds(start), Optional.of(Duration.ofSeconds(end))));
    }

    @Test
    void an_open_range_goes_on_until_the_sound_ends() throws ExtractionException {
        Plan plan = plan(wish(AudioFormat.MP3, "10-"), SampleTrack.aac().made());
        assertThat(plan.cut()).isEqualTo(new Cut(Duration.ofSeconds(10), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"1:00-", "1:00-2:00", "99:00-"})
    void a_range_that_begins_after_the_end_is_outside(String range) {
        fails(
                ErrorKind.RANGE_OUTSIDE,
                wish(AudioFormat.MP3, range),
                SampleTrack.aac().made());
    }

    @ParameterizedTest
    @CsvSource({"50--0:20", "-0:10-30"})
    void a_range_that_this_file_turns_around_is_refused(String range) {
        fails(ErrorKind.USAGE, wish(AudioFormat.MP3, range), SampleTrack.aac().made());
    }

    @ParameterizedTest
    @CsvSource({"-2:00-, 1", "-1:00-, 0", "-59-, 0"})
    void a_range_from_before_the_beginning_is_taken_from_there_with_a_warning(String range, int warnings)
            throws ExtractionException {
        Plan plan = plan(wish(AudioFormat.MP3, range), SampleTrack.aac().made());
        assertThat(plan.warnings())
                .extracting(Text::toString)
                .hasSize(warnings)
                .allMatch("-2:00 is before the beginning (it lasts 1:00); taken from the beginning"::equals);
    }

    @Test
    void a_range_past_the_end_is_taken_to_the_end_with_a_warning() throws ExtractionException {
        Plan plan = plan(wish(AudioFormat.MP3, "50-90"), SampleTrack.aac().made());
        assertThat(plan.cut()).isEqualTo(new Cut(Duration.ofSeconds(50), Optional.empty()));
        assertThat(plan.warnings())
                .extracting(Text::toString)
                .containsExactly("1:30 is past the end (1:00); taken to the end");
    }

    @Test
    void a_range_up_to_the_very_end_is_no_reason_to_warn() throws ExtractionException {
        assertThat(plan(wish(AudioFormat.MP3, "50-60"), SampleTrack.aac().made())
                        .warnings())
                .isEmpty();
    }

    @Test
    void without_a_known_length_nothing_counts_from_the_end() throws ExtractionException {
        MediaInfo endless = SampleMedia.of(
                Optional.empty(), List.of(SampleTrack.aac().unknownDuration().made()), List.of(), Map.of());
        assertThat(plan(wish(AudioFormat.MP3, "10-20"), endless, ALL).cut().start())
                .isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(() -> plan(wish(AudioFormat.MP3, "-0:10-"), endless, ALL))
                .isInstanceOf(ExtractionException.class)
                .hasFieldOrPropertyWithValue("kind", ErrorKind.RANGE_OUTSIDE);
    }

    @Test
    void chapters_are_moved_to_the_clock_of_the_output() throws ExtractionException {
        List<Chapter> chapters = List.of(
                new Chapter("One", Duration.ZERO, Duration.ofSeconds(20)),
                new Chapter("Two", Duration.ofSeconds(20), Duration.ofSeconds(40)),
                new Chapter("Three", Duration.ofSeconds(40), Duration.ofSeconds(60)));
        MediaInfo media = SampleMedia.of(
                Optional.of(SampleMedia.LENGTH), List.of(SampleTrack.aac().made()), chapters, Map.of());
        assertThat(plan(wish(AudioFormat.MP3), media, ALL).chapters()).isEqualTo(chapters);
        assertThat(plan(wish(AudioFormat.MP3, "10-30"), media, ALL).chapters())
                .containsExactly(
                        new Chapter("One", Duration.ZERO, Duration.ofSeconds(10)),
                        new Chapter("Two", Duration.ofSeconds(10), Duration.ofSeconds(20)));
    }

    // Numbers

    @ParameterizedTest(name = "{0} at {1} bit/s becomes mp3 at {2}")
    @CsvSource({"aac, 96000, 128000", "aac, 128000, 128000", "aac, 190000, 192000", "ac3, 640000, 320000"})
    void the_bit_rate_is_near_the_sources(String codec, long source, int chosen) throws ExtractionException {
        Plan plan =
                plan(wish(USUAL), SampleTrack.lossy(codec).bitsPerSecond(source).made());
        assertThat(plan.target().bitsPerSecond()).hasValue(chosen);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void samples_of_64_bits_are_rounded_and_that_is_said() throws ExtractionException {
        AudioTrack track = SampleTrack.lossless("pcm_f64le", 64).doubles().made();
        assertThat(keys(plan(wish(AudioFormat.WAV, "10-30"), track).reasons())).contains("reason.doubles");
        assertThat(keys(plan(wish(AudioFormat.WAV), track).reasons())).containsExactly("reason.copy-fits");
        assertThat(keys(plan(wish(AudioFormat.MP3), track).reasons())).doesNotContain("reason.doubles");
    }

    @ParameterizedTest(name = "{1} channels at {2} Hz and {3} bit/s become {0} at {4}")
    @CsvSource({
        "OPUS, 1, 8000, 4750, 24000", "OPUS, 2, 48000, 18000, 48000", "OPUS, 2, 48000, 96000, 96000",
        "M4A, 2, 32000, 32000, 64000", "M4A, 1, 44100, 30000, 44100", "M4A, 1, 8000, 12000, 32000",
        "M4A, 2, 44100, 128000, 128000"
    })
    void what_a_codec_for_speech_got_by_with_is_not_enough_for_a_second_time(
            AudioFormat format, int channels, int rateHz, long source, int chosen) throws ExtractionException {
        AudioTrack track = SampleTrack.lossy("wmav2")
                .shape(rateHz, channels)
                .bitsPerSecond(source)
                .made();
        assertThat(plan(wish(format), track).target().bitsPerSecond()).hasValue(chosen);
        Encoding asked = USUAL.withFormat(format).withQuality(new Quality.BitRate(32_000));
        assertThat(plan(wish(asked), track).target().bitsPerSecond()).hasValue(32_000);
    }

    @Test
    void the_bit_rate_counts_only_the_channels_that_are_kept() throws ExtractionException {
        AudioTrack surround =
                SampleTrack.lossy("ac3").shape(48_000, 6).bitsPerSecond(600_000).made();
        Encoding stereo = USUAL.withChannels(new ChannelChoice.Count(2));
        assertThat(plan(wish(stereo), surround).target().bitsPerSecond()).hasValue(224_000);
    }

    @Test
    void a_source_that_says_nothing_gets_a_good_bit_rate() throws ExtractionException {
        AudioTrack silentAboutIt = SampleTrack.lossy("aac").unknownBitRate().made();
        assertThat(plan(wish(USUAL), silentAboutIt).target().bitsPerSecond()).hasValue(192_000);
        AudioTrack lossless = SampleTrack.lossless("flac", 16).made();
        assertThat(plan(wish(AudioFormat.MP3), lossless).target().bitsPerSecond())
                .hasValue(192_000);
        assertThat(plan(wish(AudioFormat.OPUS), lossless).target().bitsPerSecond())
                .hasValue(128_000);
    }

    @Test
    void a_bit_rate_that_the_codec_does_not_have_is_moved_with_a_warning() throws ExtractionException {
        Encoding odd = USUAL.withQuality(new Quality.BitRate(200_000));
        Plan plan = plan(wish(odd), SampleTrack.aac().made());
        assertThat(plan.target().bitsPerSecond()).hasValue(224_000);
        assertThat(plan.warnings()).extracting(Text::toString).containsExactly("mp3 cannot have 200k; 224k is used");
    }

    @Test
    void a_bit_rate_that_the_codec_has_is_kept_without_a_word() throws ExtractionException {
        Encoding fine = USUAL.withQuality(new Quality.BitRate(192_000));
        Plan plan = plan(wish(fine), SampleTrack.aac().made());
        assertThat(plan.target().bitsPerSecond()).hasValue(192_000);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void a_variable_bit_rate_has_no_constant_one() throws ExtractionException {
        TargetSound target = plan(
                        wish(USUAL.withQuality(new Quality.Variable(2))),
                        SampleTrack.aac().made())
                .target();
        assertThat(target.vbrLevel()).hasValue(2);
        assertThat(target.bitsPerSecond()).isEmpty();
    }

    @Test
    void a_lossless_format_takes_no_bit_rate_and_says_so() throws ExtractionException {
        for (Quality quality : List.of(new Quality.BitRate(192_000), new Quality.Variable(2))) {
            Plan plan = plan(
                    wish(USUAL.withFormat(AudioFormat.FLAC).withQuality(quality)),
                    SampleTrack.aac().made());
            assertThat(plan.target().bitsPerSecond()).isEmpty();
            assertThat(plan.target().vbrLevel()).isEmpty();
            assertThat(keys(plan.warnings())).containsExactly("warning.lossless-has-no-bitrate");
        }
    }

    @Test
    void a_sample_rate_that_the_codec_does_not_have_is_moved_and_only_a_wish_earns_a_warning()
            throws ExtractionException {
        Plan wished =
                plan(wish(USUAL.withSampleRateHz(96_000)), SampleTrack.aac().made());
        assertThat(wished.target().sampleRateHz()).isEqualTo(48_000);
        assertThat(keys(wished.warnings())).containsExactly("warning.rate");
        Plan followed = plan(
                wish(USUAL), SampleTrack.lossless("flac", 24).shape(96_000, 2).made());
        assertThat(followed.target().sampleRateHz()).isEqualTo(48_000);
        assertThat(followed.warnings()).isEmpty();
    }

    @Test
    void more_channels_than_the_codec_has_are_mixed_down_and_that_is_a_reason_not_a_fault() throws ExtractionException {
        Plan plan = plan(wish(USUAL), SampleTrack.lossy("ac3").shape(48_000, 6).made());
        assertThat(plan.target().channels()).isEqualTo(new ChannelChoice.Count(2));
        assertThat(plan.target().channelCount()).isEqualTo(2);
        assertThat(keys(plan.reasons())).containsExactly("reason.transcode", "warning.channels", "reason.downmix");
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void sound_objects_that_decoding_leaves_behind_are_warned_of_and_a_copy_keeps_them() throws ExtractionException {
        AudioTrack atmos = SampleTrack.lossy("eac3")
                .profile("Dolby Digital Plus + Dolby Atmos")
                .made();
        assertThat(keys(plan(wish(USUAL), atmos).warnings())).containsExactly("warning.objects");
        assertThat(plan(wish(USUAL.withFormat(AudioFormat.MKA)), atmos).warnings())
                .isEmpty();
        AudioTrack core = SampleTrack.lossy("dts").profile("DTS-HD HRA").made();
        assertThat(plan(wish(USUAL), core).warnings()).isEmpty();
    }

    @Test
    void one_side_is_one_channel() throws ExtractionException {
        Plan plan = plan(
                wish(USUAL.withChannels(new ChannelChoice.Side(true))),
                SampleTrack.aac().made());
        assertThat(plan.target().channelCount()).isEqualTo(1);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void a_lossy_output_has_no_depth_and_says_so_where_one_is_asked_for() throws ExtractionException {
        AudioTrack track = SampleTrack.lossless("flac", 24).made();
        Plan asked = plan(wish(USUAL.withFormat(AudioFormat.MP3).withDepth(SampleDepth.BITS_24)), track);
        assertThat(keys(asked.warnings())).containsExactly("warning.lossy-has-no-depth");
        assertThat(plan(wish(AudioFormat.MP3), track).warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SPEECH, WAV, pcm_s16le, 16000, 1, BITS_16",
        "SPEECH, FLAC, flac, 16000, 1, BITS_16",
        "SPEECH, MP3, mp3, 16000, 1, BITS_16",
        "ARCHIVE, FLAC, flac, 44100, 2, BITS_24",
        "MUSIC, FLAC, flac, 44100, 2, BITS_24",
        "MUSIC, MP3, mp3, 44100, 2, BITS_24"
    })
    void a_preset_fills_what_was_not_asked_for(
            Preset preset, AudioFormat format, String codec, int rate, int channels, SampleDepth depth)
            throws ExtractionException {
        boolean usual = preset.wishes().format().equals(Optional.of(format));
        Encoding wishes =
                usual ? USUAL.withPreset(preset) : USUAL.withPreset(preset).withFormat(format);
        Plan plan = plan(wish(wishes), SampleTrack.lossless("pcm_s24le", 24).made());
        assertThat(plan.route()).isEqualTo(Route.TRANSCODE);
        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.target().codecName()).isEqualTo(codec);
        assertThat(plan.target().sampleRateHz()).isEqualTo(rate);
        assertThat(plan.target().channelCount()).isEqualTo(channels);
        if (!codec.equals("mp3")) assertThat(plan.target().depth()).isEqualTo(depth);
        if (preset == Preset.MUSIC && codec.equals("mp3"))
            assertThat(plan.target().vbrLevel()).hasValue(0);
    }

    @Test
    void what_is_asked_for_besides_a_preset_comes_first() throws ExtractionException {
        Encoding wishes =
                USUAL.withPreset(Preset.SPEECH).withSampleRateHz(8000).withChannels(new ChannelChoice.Count(2));
        Plan plan = plan(wish(wishes), SampleTrack.aac().made());
        assertThat(plan.target().sampleRateHz()).isEqualTo(8000);
        assertThat(plan.target().channelCount()).isEqualTo(2);
        assertThat(plan.target().codecName()).isEqualTo("pcm_s16le");
    }

    @ParameterizedTest(name = "{0} bits into {1} become {2}")
    @CsvSource({
        "16, FLAC, BITS_16",
        "24, FLAC, BITS_24",
        "24, ALAC, BITS_24",
        "24, WAV, BITS_24",
        "32, WAV, BITS_32",
        "32, FLAC, BITS_32",
        "32, PCM, BITS_32",
    })
    void a_lossless_output_keeps_every_bit(int bits, AudioFormat format, SampleDepth depth) throws ExtractionException {
        Plan plan = plan(wish(format), SampleTrack.lossless("wavpack", bits).made());
        assertThat(plan.target().depth()).isEqualTo(depth);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void an_engine_whose_flac_ends_at_24_bits_says_so_and_hides_the_rounding() throws ExtractionException {
        MediaInfo media = SampleMedia.with(SampleTrack.lossless("wavpack", 32).made());
        Plan plan = plan(wish(AudioFormat.FLAC), media, ALL.withoutDeepFlac());
        assertThat(plan.target().depth()).isEqualTo(SampleDepth.BITS_24);
        assertThat(plan.target().dither()).isTrue();
        assertThat(keys(plan.warnings())).containsExactly("warning.depth");
        assertThat(plan(wish(AudioFormat.WAV), media, ALL.withoutDeepFlac()).warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ALAC, 32", "FLAC, 32f", "ALAC, 32f"})
    void a_depth_that_the_codec_does_not_have_is_moved_with_a_warning(AudioFormat format, String bits)
            throws ExtractionException {
        Plan plan = plan(
                wish(USUAL.withFormat(format).withDepth(SampleDepth.named(bits).orElseThrow())),
                SampleTrack.aac().made());
        assertThat(plan.target().depth()).isEqualTo(SampleDepth.BITS_24);
        assertThat(keys(plan.warnings())).containsExactly("warning.depth");
    }

    @ParameterizedTest
    @CsvSource({"16, pcm_s16le", "24, pcm_s24le", "32, pcm_s32le", "32f, pcm_f32le"})
    void the_depth_decides_which_samples_a_wav_has(String bits, String codec) throws ExtractionException {
        Plan plan = plan(
                wish(USUAL.withFormat(AudioFormat.WAV)
                        .withDepth(SampleDepth.named(bits).orElseThrow())),
                SampleTrack.aac().made());
        assertThat(plan.target().codecName()).isEqualTo(codec);
    }

    @Test
    void floats_stay_floats_where_the_codec_has_them() throws ExtractionException {
        AudioTrack floats = SampleTrack.lossless("wavpack", 32).floats().made();
        assertThat(plan(wish(AudioFormat.WAV), floats).target().codecName()).isEqualTo("pcm_f32le");
    }

    @Test
    void a_sample_rate_that_nobody_knows_stays_as_it_is() throws ExtractionException {
        Plan plan = plan(wish(USUAL), SampleTrack.aac().shape(0, 0).made());
        assertThat(plan.target().sampleRateHz()).isZero();
    }

    // In time with the video

    private static final AudioTrack LATE =
            SampleTrack.lossy("mp3").start(Duration.ofSeconds(2)).made();

    @Test
    void a_late_start_that_the_container_cannot_tell_is_no_copy() throws ExtractionException {
        Plan plan = plan(wish(AudioFormat.MP3), LATE);
        assertThat(plan.route()).isEqualTo(Route.TRANSCODE);
        assertThat(keys(plan.reasons())).containsExactly("reason.align");
    }

    @Test
    void without_alignment_a_late_start_is_copied() throws ExtractionException {
        Plan plan = plan(wish(AudioFormat.MP3).withAlign(Align.NONE), LATE);
        assertThat(plan.route()).isEqualTo(Route.COPY);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void a_copy_that_is_asked_for_loses_the_late_start_with_a_warning() throws ExtractionException {
        assertThat(keys(plan(copy(AudioFormat.MP3), LATE).warnings())).containsExactly("warning.copy-offset");
    }

    @Test
    void a_container_that_tells_the_late_start_takes_the_copy() throws ExtractionException {
        Plan plan = plan(wish(AudioFormat.MKA), LATE);
        assertThat(plan.route()).isEqualTo(Route.COPY);
        assertThat(plan.warnings()).isEmpty();
    }

    // When a copy does not work out

    @Test
    void a_copy_of_our_own_choice_can_be_made_anew_by_encoding() throws ExtractionException {
        ExtractionRequest request = wish(AudioFormat.M4A, "10-20");
        Plan copy = plan(request, SampleTrack.aac().made());
        Plan instead = Planner.insteadOfCopy(copy, request, ALL).orElseThrow();
        assertThat(instead.route()).isEqualTo(Route.TRANSCODE);
        assertThat(instead.target().codecName()).isEqualTo("aac");
        assertThat(instead.cut()).isEqualTo(copy.cut());
        assertThat(keys(instead.reasons())).containsExactly("reason.copy-failed");
        assertThat(keys(instead.warnings())).doesNotContain("warning.copy-cut");
    }

    @Test
    void a_copy_that_the_user_asked_for_is_not_encoded_behind_his_back() throws ExtractionException {
        ExtractionRequest request = copy(AudioFormat.M4A);
        assertThat(Planner.insteadOfCopy(plan(request, SampleTrack.aac().made()), request, ALL))
                .isEmpty();
    }

    @Test
    void what_was_encoded_already_has_no_other_way() throws ExtractionException {
        ExtractionRequest request = wish(AudioFormat.MP3);
        assertThat(Planner.insteadOfCopy(plan(request, SampleTrack.aac().made()), request, ALL))
                .isEmpty();
    }

    @Test
    void a_copy_that_cannot_be_encoded_has_no_other_way() throws ExtractionException {
        ExtractionRequest request = wish(AudioFormat.M4A);
        Plan undecodable = plan(request, SampleTrack.aac().undecodable().made());
        assertThat(Planner.insteadOfCopy(undecodable, request, ALL)).isEmpty();
        Plan copy = plan(request, SampleTrack.aac().made());
        assertThat(Planner.insteadOfCopy(copy, request, new Capabilities("in-process", Set.of())))
                .isEmpty();
    }

    @Test
    void a_guessed_length_is_no_reason_to_refuse_or_to_warn() throws ExtractionException {
        Plan plan = plan(
                wish(AudioFormat.MP3, "2:00-3:00"),
                SampleMedia.guessed(SampleTrack.aac().made()),
                ALL);
        assertThat(plan.cut()).isEqualTo(new Cut(Duration.ofMinutes(2), Optional.of(Duration.ofMinutes(3))));
        assertThat(plan.warnings()).isEmpty();
    }

    // Several outputs

    @Test
    void there_is_one_plan_for_each_track_in_the_order_asked() throws ExtractionException {
        MediaInfo media = SampleMedia.with(
                SampleTrack.aac().number(1).made(),
                SampleTrack.lossy("mp3").number(2).made());
        ExtractionRequest request = wish(USUAL).withTracks(new TrackChoice.Position(2), new TrackChoice.Position(1));
        assertThat(Planner.plan(request, media, ALL))
                .extracting(plan -> plan.pick().track().number(), Plan::route)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, Route.COPY),
                        org.assertj.core.groups.Tuple.tuple(1, Route.TRANSCODE));
        assertThat(Planner.plan(request.withTracks(TrackChoice.ALL), media, ALL))
                .hasSize(2);
    }

    @Test
    void a_copy_says_the_shape_of_its_source() throws ExtractionException {
        TargetSound target = plan(
                        wish(AudioFormat.FLAC),
                        SampleTrack.lossless("flac", 24).shape(96_000, 6).made())
                .target();
        assertThat(target)
                .isEqualTo(new TargetSound(
                        "flac",
                        Container.FLAC_FILE,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        96_000,
                        ChannelChoice.AS_SOURCE,
                        6,
                        SampleDepth.BITS_24,
                        false));
    }

    @Test
    void a_picture_of_the_video_is_refused_where_the_engine_can_take_none() {
        Capabilities program = new Capabilities("executable", Set.of("libmp3lame", "mp3"));
        ExtractionRequest request = wish(USUAL).withFormat(AudioFormat.MP3);
        ExtractionRequest framed = request.withExtras(request.extras().withCoverFrame(Optional.of(MediaTime.START)));
        MediaInfo media = SampleMedia.with(SampleTrack.aac().made());
        assertThatThrownBy(() -> Planner.plan(framed, media, program))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.NO_ENGINE));
    }
}
