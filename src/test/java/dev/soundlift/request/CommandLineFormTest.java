package dev.soundlift.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandLineFormTest {
    private static final ExtractionRequest PLAIN = ExtractionRequest.of(Path.of("talk.mkv"));

    private static String form(ExtractionRequest request) {
        return String.join(" ", CommandLineForm.of(List.of("talk.mkv"), request));
    }

    private static RangeWish range(String text) {
        return RangeWish.parse(text).orElseThrow();
    }

    @Test
    void the_example_of_the_contract() {
        ExtractionRequest request = PLAIN.withFormat(AudioFormat.MP3)
                .withEncoding(Encoding.DEFAULT.withQuality(new Quality.BitRate(192_000)))
                .withTracks(new TrackChoice.Position(2))
                .withRange(range("2:00-5:00"));
        assertThat(CommandLineForm.of(List.of("talk.mkv"), request))
                .containsExactly(
                        "talk.mkv", "--format", "mp3", "--bitrate", "192k", "--track", "2", "--range", "2:00-5:00");
    }

    @Test
    void the_order_is_that_of_the_table_but_for_the_track_as_in_its_example() {
        ExtractionRequest request = PLAIN.withTracks(new TrackChoice.Language("eng"), new TrackChoice.Title("Main"))
                .withRange(range("0:10-20"))
                .withAlign(Align.NONE)
                .withEncoding(Encoding.DEFAULT
                        .withFormat(AudioFormat.FLAC)
                        .withQuality(new Quality.BitRate(128_000))
                        .withSampleRateHz(48_000)
                        .withChannels(new ChannelChoice.Side(false))
                        .withDepth(SampleDepth.FLOAT_32))
                .withDestination(new Destination(Optional.of("out/"), OnExists.RENAME))
                .withVerify(VerifyLevel.QUICK)
                .withStrict(true);
        List<String> options = CommandLineForm.of(List.of("a.mkv", "*.mp4"), request).stream()
                .filter(word -> word.startsWith("--"))
                .toList();
        assertThat(options)
                .containsExactly(
                        "--format",
                        "--bitrate",
                        "--rate",
                        "--channels",
                        "--bits",
                        "--track",
                        "--track",
                        "--range",
                        "--align",
                        "--output",
                        "--on-exists",
                        "--verify",
                        "--strict");
    }

    @Test
    void what_is_usual_is_left_out_but_the_format_is_always_said() {
        assertThat(form(PLAIN)).isEqualTo("talk.mkv --format mp3");
    }

    @Test
    void a_format_of_the_outputs_name_is_said_aloud() {
        assertThat(form(PLAIN.withOutput(Path.of("x.flac")))).isEqualTo("talk.mkv --format flac --output x.flac");
    }

    @Test
    void a_copy_without_a_format_keeps_the_codec() {
        assertThat(form(PLAIN.withEncoding(Encoding.DEFAULT.withCopyOnly(true))))
                .isEqualTo("talk.mkv --format same --copy");
    }

    @Test
    void open_ends_are_written_as_from_and_to() {
        assertThat(form(PLAIN.withRange(range("2:00-")))).endsWith("--from 2:00");
        assertThat(form(PLAIN.withRange(range("0-1:02:03.500")))).endsWith("--to 1:02:03.5");
        assertThat(form(PLAIN.withRange(range("-0:30-")))).endsWith("--from -0:30");
        assertThat(form(PLAIN.withRange(range("0:10-70")))).endsWith("--range 0:10-1:10");
    }

    @Test
    void channels_are_called_by_name() {
        assertThat(form(PLAIN.withEncoding(Encoding.DEFAULT.withChannels(new ChannelChoice.Count(1)))))
                .endsWith("--channels mono");
        assertThat(form(PLAIN.withEncoding(Encoding.DEFAULT.withChannels(new ChannelChoice.Count(6)))))
                .endsWith("--channels 5.1");
        assertThat(form(PLAIN.withEncoding(Encoding.DEFAULT.withChannels(new ChannelChoice.Side(true)))))
                .endsWith("--channels left");
    }

    @Test
    void a_bit_rate_is_written_in_thousands_only_where_nothing_is_lost() {
        assertThat(form(PLAIN.withEncoding(Encoding.DEFAULT.withQuality(new Quality.BitRate(320_000)))))
                .endsWith("--bitrate 320k");
        assertThat(form(PLAIN.withEncoding(Encoding.DEFAULT.withQuality(new Quality.BitRate(128_500)))))
                .endsWith("--bitrate 128500");
    }

    @Test
    void inputs_stand_as_they_were_typed() {
        assertThat(CommandLineForm.of(List.of("b.mkv", "*.mp4"), PLAIN))
                .containsExactly("b.mkv", "*.mp4", "--format", "mp3");
    }
}
