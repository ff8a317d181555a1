package dev.soundlift.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of codecs and containers. */
class CodecTest {
    private static final List<Integer> MP3_RATES_HZ =
            List.of(8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000);
    /** ISO/IEC 11172-3 and 13818-3, layer III. */
    private static final List<Integer> MPEG_1 = List.of(
            32_000, 40_000, 48_000, 56_000, 64_000, 80_000, 96_000, 112_000, 128_000, 160_000, 192_000, 224_000,
            256_000, 320_000);

    private static final List<Integer> MPEG_2 = List.of(
            8_000, 16_000, 24_000, 32_000, 40_000, 48_000, 56_000, 64_000, 80_000, 96_000, 112_000, 128_000, 144_000,
            160_000);

    private static List<Integer> legalAt(int rateHz) {
        return rateHz >= 32_000 ? MPEG_1 : MPEG_2;
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void a_codec_is_found_by_the_name_that_ffmpeg_gives_it(Codec codec) {
        assertThat(Codec.named(codec.ffmpegName())).contains(codec);
    }

    @Test
    void an_unknown_name_is_no_codec() {
        assertThat(Codec.named("wmav2")).isEmpty();
        assertThat(Codec.named("")).isEmpty();
    }

    @Test
    void lossless_codecs_are_those_that_give_back_every_bit() {
        assertThat(Codec.values())
                .filteredOn(codec -> !codec.lossless())
                .containsExactly(
                        Codec.MP3,
                        Codec.AAC,
                        Codec.OPUS,
                        Codec.VORBIS,
                        Codec.MP2,
                        Codec.AC3,
                        Codec.EAC3,
                        Codec.DTS,
                        Codec.PCM_ALAW,
                        Codec.PCM_MULAW);
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void plain_samples_are_pcm_but_not_companded(Codec codec) {
        boolean expected = codec.name().matches("PCM_[USF]\\d+.*");
        assertThat(codec.linearPcm()).isEqualTo(expected);
    }

    @Property
    void the_nearest_mp3_bit_rate_is_legal_for_its_version_of_mpeg(
            @ForAll @LongRange(min = 0, max = 10_000_000) long wanted, @ForAll @IntRange(min = 0, max = 8) int index) {
        int rateHz = MP3_RATES_HZ.get(index);
        assertThat(Codec.MP3.nearestBitRate(wanted, rateHz)).isIn(legalAt(rateHz));
    }

    @Property
    void a_legal_mp3_bit_rate_that_we_promise_is_kept(@ForAll @IntRange(min = 0, max = 5) int index) {
        int wanted =
                List.of(128_000, 160_000, 192_000, 224_000, 256_000, 320_000).get(index);
        assertThat(Codec.MP3.nearestBitRate(wanted, 44_100)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 48000, 128000",
        "129000, 44100, 160000",
        "900000, 44100, 320000",
        "320000, 22050, 160000",
        "96000, 22050, 96000",
        "97000, 24000, 112000",
        "1, 16000, 8000",
        "320000, 8000, 64000",
        "20000, 8000, 24000",
    })
    void the_nearest_mp3_bit_rate_is_the_lowest_that_is_not_below(long wanted, int rateHz, int chosen) {
        assertThat(Mp3BitRates.nearest(wanted, rateHz)).isEqualTo(chosen);
    }

    @Property
    void every_lossy_bit_rate_is_inside_the_codecs_range(@ForAll Codec codec, @ForAll @LongRange(min = 0) long wanted) {
        if (codec.lossless()) return;
        int chosen = codec.nearestBitRate(wanted, 48_000);
        assertThat(chosen).isPositive();
        assertThat(codec.nearestBitRate(chosen, 48_000)).isEqualTo(chosen);
    }

    @Property
    void the_nearest_sample_rate_loses_nothing_unless_the_codec_has_no_higher(
            @ForAll Codec codec, @ForAll @IntRange(min = 1, max = 768_000) int wanted) {
        int chosen = codec.nearestSampleRate(wanted);
        assertThat(codec.nearestSampleRate(chosen)).isEqualTo(chosen);
        if (chosen < wanted) {
            assertThat(chosen).isEqualTo(codec.nearestSampleRate(Integer.MAX_VALUE));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MP3, 44100, 44100",
        "MP3, 96000, 48000",
        "MP3, 20000, 22050",
        "OPUS, 44100, 48000",
        "FLAC, 37800, 37800"
    })
    void sample_rates_are_those_of_the_codec(Codec codec, int wanted, int chosen) {
        assertThat(codec.nearestSampleRate(wanted)).isEqualTo(chosen);
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void every_codec_has_a_container_that_holds_it(Codec codec) {
        assertThat(Container.of(codec).holds(codec)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "MP3, MP3_FILE",
        "AAC, M4A",
        "ALAC, M4A",
        "FLAC, FLAC_FILE",
        "OPUS, OPUS_FILE",
        "VORBIS, OGG",
        "PCM_S16LE, WAV",
        "PCM_ALAW, WAV",
        "PCM_S16BE, MKA",
        "AC3, MKA",
        "DTS, MKA",
    })
    void the_container_of_a_codec_is_the_narrowest_made_for_it(Codec codec, Container container) {
        assertThat(Container.of(codec)).isEqualTo(container);
    }

    @Test
    void raw_samples_have_a_muxer_for_every_sample_format() {
        assertThat(Container.RAW_PCM.muxerName(Codec.PCM_S24LE)).isEqualTo("s24le");
        assertThat(Container.WAV.muxerName(Codec.PCM_S24LE)).isEqualTo("wav");
    }

    @ParameterizedTest
    @CsvSource({
        "mp3, MP3_FILE",
        "'mov,mp4,m4a,3gp,3g2,mj2', M4A",
        "aac, ADTS",
        "flac, FLAC_FILE",
        "wav, WAV",
        "ogg, OGG",
        "'matroska,webm', MKA",
    })
    void a_reopened_file_is_recognised(String demuxer, Container container) {
        assertThat(Container.demuxedAs(demuxer)).contains(container);
    }

    @Test
    void other_demuxers_are_none_of_ours() {
        assertThat(Container.demuxedAs("avi")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"talk.mkv, talk", "a.b.mp4, a.b", ".hidden, .hidden", "plain, plain", "x/y.z/film, film", "dot., dot"})
    void an_output_is_named_after_its_input_without_the_extension(String path, String name) {
        assertThat(new MediaSource.LocalFile(Path.of(path)).baseName()).isEqualTo(name);
    }

    private static Duration s(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void a_chapter_is_moved_to_the_clock_of_the_piece() {
        Chapter chapter = new Chapter("Two", s(10), s(20));
        assertThat(chapter.within(s(0), s(60))).contains(chapter);
        assertThat(chapter.within(s(5), s(60))).contains(new Chapter("Two", s(5), s(15)));
        assertThat(chapter.within(s(12), s(15))).contains(new Chapter("Two", s(0), s(3)));
        assertThat(chapter.within(s(15), s(60))).contains(new Chapter("Two", s(0), s(5)));
    }

    @Test
    void a_chapter_outside_the_piece_is_left_out() {
        Chapter chapter = new Chapter("Two", s(10), s(20));
        assertThat(chapter.within(s(20), s(30))).isEmpty();
        assertThat(chapter.within(s(0), s(10))).isEmpty();
    }

    @Property
    void a_chapter_within_a_piece_lies_within_it(
            @ForAll @IntRange(max = 100) int start,
            @ForAll @IntRange(max = 100) int length,
            @ForAll @IntRange(max = 100) int from,
            @ForAll @IntRange(min = 1, max = 100) int piece) {
        Optional<Chapter> within = new Chapter("", s(start), s(start + length)).within(s(from), s(from + piece));
        within.ifPresent(chapter -> {
            assertThat(chapter.start()).isBetween(s(0), s(piece));
            assertThat(chapter.end()).isBetween(s(0), s(piece)).isGreaterThan(chapter.start());
        });
    }
}
