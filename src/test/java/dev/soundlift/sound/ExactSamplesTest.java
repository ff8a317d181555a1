package dev.soundlift.sound;

import static dev.soundlift.sound.TestMedia.media;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.request.VerifyLevel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Lossless means: every sample, bit by bit, where it was. */
class ExactSamplesTest {
    private static final int[] SIX = {200, 300, 400, 50, 600, 700};

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "clicks.mkv, WAV, wav",
        "clicks.mkv, FLAC, flac",
        "clicks.mkv, ALAC, m4a",
        "clicks.mkv, MKA, mka",
        "clicks.mov, WAV, wav",
        "clicks.mov, FLAC, flac",
        "clicks.mov, ALAC, m4a"
    })
    void clicks_lie_exactly_where_they_were_made(String input, AudioFormat format, String ending) {
        AudioFormat asked = format == AudioFormat.MKA ? AudioFormat.SAME : format;
        Path made = Lift.delivered(Lift.to(folder.resolve("out." + ending), media(input), asked));
        Wav sound = PeerFfmpeg.decoded(made);
        assertThat(sound.rateHz()).isEqualTo(48_000);
        assertThat(sound.frames()).isEqualTo(72_000);
        assertThat(clicks(sound, 0))
                .isEqualTo(Map.of(0, 20_000, 1000, 20_000, 24_000, 20_000, 48_000, 20_000, 71_999, 20_000));
        assertThat(clicks(sound, 1)).isEqualTo(Map.of(500, -15_000, 36_000, -15_000));
    }

    private static Map<Integer, Integer> clicks(Wav sound, int channel) {
        Map<Integer, Integer> clicks = new TreeMap<>();
        for (int i = 0; i < sound.frames(); i++) {
            if (sound.at(channel, i) != 0) clicks.put(i, sound.at(channel, i) >> 16);
        }
        return clicks;
    }

    @ParameterizedTest
    @CsvSource({"clicks.mkv", "clicks.mov"})
    void raw_samples_are_the_samples_and_nothing_else(String input) throws IOException {
        Path made = Lift.delivered(Lift.to(folder.resolve("out.pcm"), media(input)));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(made)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.remaining()).isEqualTo(72_000 * 4);
        assertThat(bytes.getShort(0)).isEqualTo((short) 20_000);
        assertThat(bytes.getShort(500 * 4 + 2)).isEqualTo((short) -15_000);
        assertThat(bytes.getShort(71_999 * 4)).isEqualTo((short) 20_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"WAV", "FLAC", "ALAC"})
    void noise_of_16_and_24_bits_comes_out_bit_by_bit(AudioFormat format) {
        for (int bits : new int[] {16, 24}) {
            for (int frames : new int[] {1, 4095, 4096, 4097, 30_000}) {
                Wav noise = Wav.of(44_100, bits, Wav.noise(frames, frames, bits), Wav.noise(frames + 1, frames, bits));
                Path source = noise.write(folder.resolve(bits + "-" + frames + ".wav"));
                String name = bits + "-" + frames + "-out." + ending(format);
                Path made = Lift.delivered(Lift.to(folder.resolve(name), source, format));
                assertThat(noise.in32Bits().firstDifference(PeerFfmpeg.decoded(made)))
                        .as("%s bits, %s frames", bits, frames)
                        .isEqualTo(-1);
            }
        }
    }

    private static String ending(AudioFormat format) {
        return format == AudioFormat.ALAC ? "m4a" : format.label();
    }

    @ParameterizedTest
    @CsvSource({
        "hires.mkv, FLAC",
        "hires.mkv, WAV",
        "hires.mkv, ALAC",
        "pcm24.mov, FLAC",
        "pcm24.mov, WAV",
        "pcm24.mov, ALAC"
    })
    void all_24_bits_are_kept(String input, AudioFormat format) {
        Path made = Lift.delivered(Lift.to(folder.resolve("out." + ending(format)), media(input), format));
        Wav sound = PeerFfmpeg.decoded(made);
        Wav source = PeerFfmpeg.decoded(media(input));
        assertThat(sound.rateHz()).isEqualTo(source.rateHz());
        assertThat(source.firstDifference(sound)).isEqualTo(-1);
        assertThat(Arrays.stream(sound.samples()).anyMatch(sample -> (sample & 0xFF00) != 0))
                .as("bits below the sixteenth")
                .isTrue();
        var stream = PeerFfmpeg.audio(made);
        assertThat(Math.max(
                        stream.path("bits_per_raw_sample").asInt(),
                        stream.path("bits_per_sample").asInt()))
                .isEqualTo(24);
    }

    /** A program's FLAC may end at 24 bits; then that is said. */
    @Test
    void all_32_bits_are_kept_or_it_is_said_that_they_are_not() {
        Wav noise = Wav.of(44_100, 32, Wav.noise(1, 10_000, 32));
        Path source = noise.write(folder.resolve("in.wav"));
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out.flac"), source));
        boolean cut = report.plan().orElseThrow().warnings().stream()
                .anyMatch(warning -> warning.key().equals("warning.depth"));
        Path made = report.output().orElseThrow();
        Path back = Lift.delivered(ExtractionRequest.of(made).withOutput(folder.resolve("back.wav")));
        Wav sound = Wav.read(back);
        assertThat(sound.bits()).isEqualTo(cut ? 24 : 32);
        for (int i = 0; i < noise.frames() && cut; i++) {
            assertThat(Math.abs(((long) sound.at(0, i) << 8) - noise.at(0, i))).isLessThan(3 << 8);
        }
        if (!cut) assertThat(noise.firstDifference(sound)).isEqualTo(-1);
    }

    /** A level of three tenths of the smallest step is lost by rounding; under noise it is there, on average. */
    @ParameterizedTest
    @EnumSource(names = {"WAV", "FLAC", "ALAC"})
    void what_is_smaller_than_a_step_is_kept_on_average_where_bits_are_cut(AudioFormat format) {
        int[] level = new int[48_000];
        Arrays.fill(level, 77); // of 256, which is a step of 16 bits
        Path source = Wav.of(48_000, 24, level).write(folder.resolve("in.wav"));
        ExtractionRequest request =
                Lift.to(folder.resolve("out." + ending(format)), source, format).withVerify(VerifyLevel.FULL);
        Path made = Lift.delivered(request.withEncoding(request.encoding().withDepth(SampleDepth.BITS_16)));
        int[] samples = PeerFfmpeg.decoded(made).samples();
        assertThat(Arrays.stream(samples).map(sample -> sample >> 16).distinct().count())
                .as("noise")
                .isGreaterThan(1);
        assertThat(Arrays.stream(samples)
                        .mapToLong(sample -> sample >> 16)
                        .average()
                        .orElseThrow())
                .isCloseTo(77 / 256.0, org.assertj.core.data.Offset.offset(0.02));
    }

    @Test
    void floating_point_stays_as_it_is_also_beyond_full_scale() {
        Path made = Lift.delivered(Lift.to(folder.resolve("out.wav"), media("float.wav")));
        Wav sound = Wav.read(made);
        assertThat(sound.floats()).isTrue();
        assertThat(sound.peak(0)).isGreaterThan(1.49);
        assertThat(sound.samples()).isEqualTo(Wav.read(media("float.wav")).samples());
    }

    @Test
    void floating_point_becomes_whole_numbers_without_wrapping_around() {
        Path made = Lift.delivered(Lift.to(folder.resolve("out.flac"), media("float.wav")));
        Wav sound = PeerFfmpeg.decoded(made);
        Wav source = Wav.read(media("float.wav"));
        for (int i = 0; i < source.frames(); i++) {
            double clipped = Math.max(-1, Math.min(1, source.value(0, i)));
            assertThat(sound.value(0, i)).isCloseTo(clipped, org.assertj.core.data.Offset.offset(1e-4));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "surround.mkv, WAV",
        "surround.mkv, FLAC",
        "surround.mkv, ALAC",
        "surround.mkv, M4A",
        "surround.mkv, OPUS",
        "ac3.mkv, FLAC",
        "ac3.mkv, WAV",
        "ac3.mkv, M4A"
    })
    void every_channel_of_surround_sound_stays_in_its_place(String input, AudioFormat format) {
        Path made = Lift.delivered(Lift.to(folder.resolve("out." + ending(format)), media(input), format));
        Wav sound = PeerFfmpeg.decoded(made);
        assertThat(sound.channels()).isEqualTo(6);
        for (int channel = 0; channel < 6; channel++) {
            assertThat(sound.strongest(channel, SIX)).as("channel %s", channel).isEqualTo(SIX[channel]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "screencast.webm, FLAC, 440, 880",
        "pcm24.mov, MP3, 440, 660",
        "hires.mkv, OPUS, 1000, 1500",
        "dts.mkv, M4A, 440, 880",
        "camera.avi, WAV, 300, 500"
    })
    void left_stays_left_and_right_stays_right(String input, AudioFormat format, int left, int right) {
        Path made = Lift.delivered(Lift.to(folder.resolve("out." + ending(format)), media(input), format));
        Wav sound = PeerFfmpeg.decoded(made);
        assertThat(sound.strongest(0, left, right)).isEqualTo(left);
        assertThat(sound.strongest(1, left, right)).isEqualTo(right);
    }

    @ParameterizedTest
    @EnumSource(SampleDepth.class)
    void the_depth_that_is_asked_for_is_what_the_wav_file_has(SampleDepth depth) {
        var request = Lift.to(folder.resolve("out.wav"), media("hires.mkv"));
        Path made = Lift.delivered(request.withEncoding(request.encoding().withDepth(depth)));
        Wav sound = Wav.read(made);
        assertThat(sound.bits()).isEqualTo(depth.bits());
        assertThat(sound.floats()).isEqualTo(depth.floatingPoint());
        assertThat(sound.peak(0)).isBetween(0.2499, 0.2501);
    }
}
