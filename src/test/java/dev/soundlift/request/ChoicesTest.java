package dev.soundlift.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.media.Codec;
import dev.soundlift.media.Container;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small vocabularies of the command line: tracks, channels, depths, formats. */
class ChoicesTest {
    @Test
    void tracks_are_chosen_by_rule_number_language_or_title() {
        assertThat(TrackChoice.parse("best")).contains(TrackChoice.BEST);
        assertThat(TrackChoice.parse("all")).contains(TrackChoice.ALL);
        assertThat(TrackChoice.parse("2")).contains(new TrackChoice.Position(2));
        assertThat(TrackChoice.parse("lang:eng")).contains(new TrackChoice.Language("eng"));
        assertThat(TrackChoice.parse("title:Director's cut")).contains(new TrackChoice.Title("Director's cut"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "01", "1.5", "lang:", "title:", "eng", "Best", "lang", "99999999999", "２"})
    void other_words_choose_no_track(String text) {
        assertThat(TrackChoice.parse(text)).isEmpty();
    }

    @Property
    void a_printed_track_number_is_read_back(@ForAll @IntRange(min = 1, max = 99_999) int number) {
        TrackChoice choice = new TrackChoice.Position(number);
        assertThat(TrackChoice.parse(choice.toString())).contains(choice);
    }

    @Property
    void a_printed_title_or_language_is_read_back(@ForAll @NotBlank String words) {
        for (TrackChoice choice : List.of(new TrackChoice.Title(words), new TrackChoice.Language(words))) {
            assertThat(TrackChoice.parse(choice.toString())).contains(choice);
        }
    }

    @Property
    void any_text_chooses_a_track_or_none_and_is_never_an_accident(@ForAll String text) {
        assertThat(TrackChoice.parse(text)).isNotNull();
        assertThat(ChannelChoice.parse(text)).isNotNull();
        assertThat(SampleDepth.named(text)).isNotNull();
        assertThat(AudioFormat.named(text)).isNotNull();
        assertThat(AudioFormat.ofExtension(text)).isNotNull();
    }

    @Test
    void tracks_are_counted_from_one() {
        assertThatThrownBy(() -> new TrackChoice.Position(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"mono, 1", "stereo, 2", "5.1, 6", "7.1, 8", "1, 1", "2, 2", "3, 3", "8, 8"})
    void channels_have_names_and_numbers(String text, int channels) {
        assertThat(ChannelChoice.parse(text)).contains(new ChannelChoice.Count(channels));
    }

    @Test
    void one_side_can_be_taken_alone() {
        assertThat(ChannelChoice.parse("left")).contains(new ChannelChoice.Side(true));
        assertThat(ChannelChoice.parse("right")).contains(new ChannelChoice.Side(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "9", "-1", "10", "Mono", "surround", "5,1", "1.0"})
    void other_words_are_no_channels(String text) {
        assertThat(ChannelChoice.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 9})
    void a_count_of_channels_is_one_to_eight(int channels) {
        assertThatThrownBy(() -> new ChannelChoice.Count(channels)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"16, 16, false", "24, 24, false", "32, 32, false", "32f, 32, true"})
    void depths_are_named_by_their_bits(String label, int bits, boolean floats) {
        SampleDepth depth = SampleDepth.named(label).orElseThrow();
        assertThat(depth.bits()).isEqualTo(bits);
        assertThat(depth.floatingPoint()).isEqualTo(floats);
        assertThat(depth.label()).isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8", "16f", "32F", "64", " 16"})
    void other_words_are_no_depth(String label) {
        assertThat(SampleDepth.named(label)).isEmpty();
    }

    @Test
    void the_formats_are_those_of_the_contract_in_its_order() {
        assertThat(AudioFormat.values())
                .extracting(AudioFormat::label)
                .containsExactly("mp3", "m4a", "aac", "alac", "flac", "wav", "pcm", "opus", "ogg", "mka", "same");
    }

    @ParameterizedTest
    @EnumSource(AudioFormat.class)
    void a_format_is_found_by_its_name_in_any_case(AudioFormat format) {
        assertThat(AudioFormat.named(format.label())).contains(format);
        assertThat(AudioFormat.named(format.name())).contains(format);
    }

    @ParameterizedTest
    @EnumSource(value = AudioFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "SAME")
    void the_container_of_a_format_holds_its_codec(AudioFormat format) {
        Container container = format.container().orElseThrow();
        Codec codec = format.codec().orElseThrow();
        assertThat(container.holds(codec)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = AudioFormat.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SAME", "ALAC"})
    void the_extension_that_we_write_asks_for_the_same_format(AudioFormat format) {
        assertThat(AudioFormat.ofExtension(format.container().orElseThrow().extension()))
                .contains(format);
    }

    @Test
    void same_has_neither_codec_nor_container() {
        assertThat(AudioFormat.SAME.codec()).isEmpty();
        assertThat(AudioFormat.SAME.container()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "out.flac, FLAC",
        "out.MP3, MP3",
        "a.b.wav, WAV",
        "dir.mp3/out.oga, OGG",
        "{name}.m4b, M4A",
    })
    void the_extension_of_an_output_names_a_format(String output, AudioFormat format) {
        assertThat(destination(output).formatOfName()).contains(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"out", "out.txt", "dir.mp3/", "dir.mp3/out", "dir.wav/out", "{dir}/{name}.{ext}", "out."})
    void other_outputs_name_none(String output) {
        assertThat(destination(output).formatOfName()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wav", "flac", "raw", "opus"})
    void a_name_without_a_dot_has_no_extension(String output) {
        assertThat(destination(output).formatOfName()).isEmpty();
    }

    private static Destination destination(String output) {
        return new Destination(Optional.of(output), OnExists.FAIL);
    }

    @Test
    void only_what_touches_samples_changes_the_sound() {
        Encoding plain = Encoding.DEFAULT.withFormat(AudioFormat.FLAC).withCopyOnly(true);
        assertThat(plain.changesTheSound()).isFalse();
        assertThat(plain.withQuality(new Quality.Variable(2)).changesTheSound()).isTrue();
        assertThat(plain.withSampleRateHz(8000).changesTheSound()).isTrue();
        assertThat(plain.withChannels(new ChannelChoice.Count(1)).changesTheSound())
                .isTrue();
        assertThat(plain.withDepth(SampleDepth.BITS_24).changesTheSound()).isTrue();
    }

    @Test
    void a_quality_out_of_range_cannot_be_made() {
        assertThatThrownBy(() -> new Quality.BitRate(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Quality.Variable(10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Quality.Variable(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_request_always_has_a_track() {
        ExtractionRequest request = ExtractionRequest.of(Path.of("talk.mkv"));
        assertThat(request.tracks()).containsExactly(TrackChoice.BEST);
        assertThatThrownBy(request::withTracks).isInstanceOf(IllegalArgumentException.class);
    }
}
