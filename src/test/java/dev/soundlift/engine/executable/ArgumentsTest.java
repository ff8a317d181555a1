package dev.soundlift.engine.executable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.engine.executable.Arguments.Attire;
import dev.soundlift.engine.executable.Arguments.CoverFile;
import dev.soundlift.media.Container;
import dev.soundlift.plan.TargetSound;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.SampleDepth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to the program, word by word. */
class ArgumentsTest {
    private static final FfmpegProgram PROGRAM = new FfmpegProgram(
            Path.of("ffmpeg"),
            Path.of("ffprobe"),
            "5.1",
            new Abilities(Set.of(), Set.of(), Set.of(), "matroska,webm,mp3"));
    private static final Stream STEREO = stream("aac", "fltp", 48_000, 2, "stereo");
    private static final Attire BARE = new Attire(Path.of("tags"), "", "", Optional.empty());

    private static Stream stream(String codec, String form, int rate, int channels, String layout) {
        try {
            return Stream.of(Tree.parse("""
                    {"index": 3, "codec_type": "audio", "codec_name": "%s", "sample_fmt": "%s", "sample_rate": "%d",
                     "channels": %d, "channel_layout": "%s", "time_base": "1/%d", "start_pts": 0}""".formatted(codec, form, rate, channels, layout, rate)));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static TargetSound mp3(ChannelChoice channels, int count) {
        return new TargetSound(
                "mp3",
                Container.MP3_FILE,
                OptionalInt.of(256_000),
                OptionalInt.empty(),
                44_100,
                channels,
                count,
                SampleDepth.BITS_16,
                false);
    }

    private static List<String> encode(TargetSound target, Attire attire) {
        return Arguments.encode(PROGRAM, STEREO, target, attire, Path.of("out.part"));
    }

    private static String after(List<String> words, String option) {
        return words.get(words.lastIndexOf(option) + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-dash.mkv", "http:evil.mkv", "100%d.mkv", "a b'c\"$(x).mkv", "concat:a|b", "音.mkv"})
    void a_name_is_always_one_word_and_always_a_file(String name) {
        for (List<String> words : List.of(
                Arguments.probe(PROGRAM, Path.of(name)),
                Arguments.decode(PROGRAM, Path.of(name), STEREO, OptionalDouble.empty()),
                Arguments.packets(PROGRAM, Path.of(name), STEREO, OptionalDouble.empty()))) {
            assertThat(after(words, "-i")).isEqualTo("file:" + name);
            assertThat(words).filteredOn(word -> word.contains(name)).hasSize(1);
        }
        assertThat(Arguments.encode(PROGRAM, STEREO, mp3(ChannelChoice.AS_SOURCE, 2), BARE, Path.of(name)))
                .last()
                .isEqualTo("file:" + name);
    }

    @Test
    void a_source_may_open_files_only_and_no_playlist() {
        List<String> words = Arguments.probe(PROGRAM, Path.of("in.mkv"));
        assertThat(after(words, "-protocol_whitelist")).isEqualTo("file");
        assertThat(after(words, "-format_whitelist")).isEqualTo("matroska,webm,mp3");
        assertThat(words.indexOf("-format_whitelist")).isLessThan(words.indexOf("-i"));
    }

    @Test
    void the_track_is_named_by_its_index_and_told_frame_by_frame() {
        List<String> words = Arguments.decode(PROGRAM, Path.of("in"), STEREO, OptionalDouble.of(12.5));
        assertThat(after(words, "-map")).isEqualTo("0:3");
        assertThat(after(words, "-af"))
                .isEqualTo("aformat=sample_fmts=flt:sample_rates=48000:channel_layouts='stereo',ashowinfo");
        assertThat(after(words, "-ss")).isEqualTo("12.500000");
        assertThat(words).contains("-copyts", "-noaccurate_seek").endsWith("-f", "f32le", "pipe:1");
    }

    @Test
    void channels_without_places_are_left_as_they_are() {
        List<String> words = Arguments.decode(
                PROGRAM, Path.of("in"), stream("pcm_s16le", "s16", 44_100, 16, ""), OptionalDouble.empty());
        assertThat(after(words, "-af")).isEqualTo("aformat=sample_fmts=s16:sample_rates=44100,ashowinfo");
        assertThat(words).doesNotContain("-ss");
    }

    @Test
    void an_mp3_is_written_as_players_read_it() {
        List<String> words = encode(mp3(ChannelChoice.AS_SOURCE, 2), BARE);
        assertThat(after(words, "-c:a")).isEqualTo("libmp3lame");
        assertThat(after(words, "-b:a")).isEqualTo("256000");
        assertThat(after(words, "-id3v2_version")).isEqualTo("0"); // the tag is ours
        assertThat(after(words, "-af")).isEqualTo("aformat=sample_rates=44100,ashowinfo");
        assertThat(words).endsWith("-f", "mp3", "file:out.part");
    }

    @Test
    void one_side_and_fewer_channels_are_filters_before_the_count() {
        assertThat(after(encode(mp3(new ChannelChoice.Side(false), 1), BARE), "-af"))
                .isEqualTo("pan=mono|c0=c1,aformat=sample_rates=44100,ashowinfo");
        assertThat(after(encode(mp3(new ChannelChoice.Count(1), 1), BARE), "-af"))
                .isEqualTo("aformat=sample_rates=44100:channel_layouts='mono',ashowinfo");
    }

    @Test
    void both_sides_of_what_was_mono_are_as_loud_as_it_was() {
        TargetSound stereo = mp3(new ChannelChoice.Count(2), 2);
        List<String> words =
                Arguments.encode(PROGRAM, stream("aac", "fltp", 44_100, 1, "mono"), stereo, BARE, Path.of("out.part"));
        assertThat(after(words, "-af"))
                .isEqualTo("pan=stereo|c0=c0|c1=c0,aformat=sample_rates=44100:channel_layouts='stereo',ashowinfo");
    }

    @Test
    void a_cover_is_a_stream_where_the_container_has_such() {
        Attire dressed = new Attire(Path.of("tags"), "eng", "", Optional.of(new CoverFile(Path.of("cover"), true)));
        TargetSound m4a = new TargetSound(
                "aac",
                Container.M4A,
                OptionalInt.of(192_000),
                OptionalInt.empty(),
                0,
                ChannelChoice.AS_SOURCE,
                2,
                SampleDepth.BITS_16,
                false);
        List<String> words = encode(m4a, dressed);
        assertThat(words).containsSequence("-f", "png_pipe", "-i", "file:cover");
        assertThat(words).containsSequence("-map", "2:v", "-c:v", "copy", "-disposition:v:0", "attached_pic");
        assertThat(words).containsSequence("-metadata:s:a:0", "language=eng");
    }

    private static TargetSound flac(SampleDepth depth, boolean dither) {
        return new TargetSound(
                "flac",
                Container.FLAC_FILE,
                OptionalInt.empty(),
                OptionalInt.empty(),
                0,
                ChannelChoice.AS_SOURCE,
                0,
                depth,
                dither);
    }

    @Test
    void bits_that_are_cut_are_hidden_in_noise_after_everything_else() {
        assertThat(after(encode(flac(SampleDepth.BITS_16, true), BARE), "-af"))
                .isEqualTo("aresample=osf=s16:output_sample_bits=16:dither_method=triangular,"
                        + "aformat=sample_rates=48000,ashowinfo");
        assertThat(after(encode(flac(SampleDepth.BITS_24, true), BARE), "-af"))
                .startsWith("aresample=osf=s32:output_sample_bits=24:dither_method=triangular,");
    }

    @Test
    void thirty_two_bits_are_asked_for_as_such() {
        assertThat(encode(flac(SampleDepth.BITS_32, false), BARE))
                .containsSequence("-sample_fmt", "s32", "-bits_per_raw_sample", "32", "-strict", "experimental");
    }

    @Test
    void depth_is_asked_for_where_the_codec_has_a_choice() {
        List<String> words = encode(flac(SampleDepth.BITS_24, false), BARE);
        assertThat(words).containsSequence("-sample_fmt", "s32", "-bits_per_raw_sample", "24");
        assertThat(after(words, "-map_chapters")).isEqualTo("-1");
        assertThat(after(words, "-af")).isEqualTo("aformat=sample_rates=48000,ashowinfo");
    }
}
