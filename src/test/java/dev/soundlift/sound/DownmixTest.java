package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Status;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.SampleDepth;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fewer channels: each at the level that the standard says, nothing turned down as a whole, nothing clipped. */
class DownmixTest {
    private static final int RATE = 48_000;
    private static final double HALF_POWER = Math.sqrt(0.5);

    @TempDir
    Path folder;

    private Path input(Wav sound) {
        return sound.write(folder.resolve("in.wav"));
    }

    /** Front left and right, centre, low frequencies, surround left and right. */
    private static Wav surround(int frames, int bitsOfNoise) {
        int[][] channels = new int[6][];
        for (int i = 0; i < 6; i++) channels[i] = Wav.noise(i + 1, frames, bitsOfNoise);
        return Wav.of(RATE, 16, channels);
    }

    private ExtractionRequest to(String channels, Path input) {
        ExtractionRequest request = Lift.to(folder.resolve("out.wav"), input);
        return request.withEncoding(request.encoding()
                .withChannels(ChannelChoice.parse(channels).orElseThrow())
                .withDepth(SampleDepth.FLOAT_32));
    }

    private Wav delivered(String channels, Wav sound) {
        return Wav.read(Lift.delivered(to(channels, input(sound))));
    }

    private static List<String> repairs(ExtractionReport report) {
        return report.delivered().orElseThrow().source().repairs().stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void stereo_of_surround_is_the_standards_sum_without_a_cut() {
        Wav source = surround(9000, 13);
        Wav sound = delivered("stereo", source);
        assertThat(sound.frames()).isEqualTo(9000);
        for (int i = 0; i < 9000; i++) {
            for (int side = 0; side < 2; side++) {
                double sum = source.value(side, i) + HALF_POWER * (source.value(2, i) + source.value(4 + side, i));
                assertThat(sound.value(side, i))
                        .as("side %d, sample %d", side, i)
                        .isCloseTo(sum, Offset.offset(1e-6));
            }
        }
    }

    @Test
    void mono_of_surround_keeps_the_centre_as_it_is() {
        Wav source = surround(9000, 13);
        Wav sound = delivered("mono", source);
        for (int i = 0; i < 9000; i++) {
            double sum = HALF_POWER * (source.value(0, i) + source.value(1, i))
                    + source.value(2, i)
                    + 0.5 * (source.value(4, i) + source.value(5, i));
            assertThat(sound.value(0, i)).isCloseTo(sum, Offset.offset(1e-6));
        }
    }

    @Test
    void mono_of_stereo_is_the_mean_to_the_bit() {
        int[] left = Wav.noise(1, 5000, 16);
        int[] right = Wav.noise(2, 5000, 16);
        Wav sound = delivered("mono", Wav.of(RATE, 16, left, right));
        for (int i = 0; i < 5000; i++) {
            assertThat(sound.value(0, i)).isEqualTo((left[i] + right[i]) / 65_536.0);
        }
    }

    @Test
    void stereo_of_mono_is_the_same_samples_twice() {
        int[] samples = Wav.noise(1, 5000, 16);
        Wav sound = delivered("stereo", Wav.of(RATE, 16, samples));
        for (int i = 0; i < 5000; i++) {
            assertThat(sound.value(0, i)).isEqualTo(samples[i] / 32_768.0);
            assertThat(sound.value(1, i)).isEqualTo(samples[i] / 32_768.0);
        }
    }

    /** A loud second inside quiet ones: all five speakers at once, which adds up to more than twice full scale. */
    private static Wav explosion() {
        int[] quiet = Wav.tone(RATE, 3 * RATE, 440, 0.05, 16);
        int[] loud = quiet.clone();
        int[] bang = Wav.tone(RATE, RATE, 90, 0.9, 16);
        System.arraycopy(bang, 0, loud, RATE, RATE);
        return Wav.of(RATE, 16, loud, loud, quiet, loud, loud, loud);
    }

    @Test
    void a_peak_that_would_clip_is_held_and_the_rest_keeps_its_level() {
        Wav source = explosion();
        ExtractionReport report = Lift.report(to("stereo", input(source)));
        Wav sound = Wav.read(report.output().orElseThrow());
        assertThat(sound.frames()).isEqualTo(3 * RATE);
        assertThat(20 * Math.log10(sound.peak(0))).isBetween(-1.6, -0.999);
        for (int i = 0; i < RATE - RATE / 100; i++) { // before the limiter looks at the bang
            double sum = source.value(0, i) + HALF_POWER * (source.value(2, i) + source.value(4, i));
            assertThat(sound.value(0, i)).isCloseTo(sum, Offset.offset(1e-6));
        }
        assertThat(sound.cut(RATE * 2 + RATE * 9 / 10, 3 * RATE).levelDb(0))
                .isCloseTo(20 * Math.log10(0.05 * (1 + 2 * HALF_POWER) * HALF_POWER), Offset.offset(0.15));
        assertThat(repairs(report))
                .anySatisfy(repair -> assertThat(repair).startsWith("peaks that would have clipped"));
        assertThat(report.plan().orElseThrow().reasons())
                .extracting(Object::toString)
                .anySatisfy(reason -> assertThat(reason).contains("ITU-R BS.775"));
    }

    @Test
    void the_curve_between_the_samples_is_held_too() {
        // A tone at a quarter of the rate, sampled beside its crests: 3 dB more than any sample shows
        int[] between = new int[RATE];
        for (int i = 0; i < RATE; i++) {
            between[i] = (int) Math.round(22_000 * Math.sin(Math.PI / 2 * i + Math.PI / 4) * Math.sqrt(2) * 0.7071);
        }
        Wav sound = delivered("stereo", Wav.of(RATE, 16, between, between, between, between, between, between));
        assertThat(20 * Math.log10(sound.cut(4800, RATE - 4800).peak(0))).isBetween(-4.7, -4.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 245, 246, 247, 1000, 48_001})
    void a_loud_sound_of_any_length_keeps_it(int frames) {
        assertThat(delivered("stereo", surround(frames, 16)).frames()).isEqualTo(frames);
    }

    @Test
    void a_limiter_that_has_nothing_to_do_changes_no_bit() {
        int[] left = Wav.noise(1, 9000, 14);
        int[] none = new int[9000];
        Wav sound = delivered("stereo", Wav.of(RATE, 16, left, none, none, none, none, none));
        for (int i = 0; i < 9000; i++) assertThat(sound.value(0, i)).isEqualTo(left[i] / 32_768.0);
    }

    @Test
    void sides_that_cancel_are_refused_as_mono_and_the_way_out_is_named() {
        int[] left = Wav.noise(1, RATE, 15);
        int[] right = Arrays.stream(left).map(sample -> -sample).toArray();
        Path input = input(Wav.of(RATE, 16, left, right));
        ExtractionReport report = Lift.report(to("mono", input));
        assertThat(report.failure().orElseThrow().kind()).isEqualTo(ErrorKind.VERIFICATION);
        assertThat(report.failure().get().whatHappened().toString()).contains("cancel");
        assertThat(report.failure().get().nextStep().toString()).contains("--channels left");
        assertThat(folder.resolve("out.wav")).doesNotExist();
        assertThat(Wav.read(Lift.delivered(to("left", input))).frames()).isEqualTo(RATE);
    }

    @Test
    void sides_that_nearly_cancel_are_told() {
        int[] left = Wav.noise(1, RATE, 15);
        int[] right = Wav.noise(2, RATE, 13);
        for (int i = 0; i < RATE; i++) right[i] = right[i] / 2 - left[i];
        ExtractionReport report = Lift.report(to("mono", input(Wav.of(RATE, 16, left, right))));
        assertThat(report.status()).isEqualTo(Status.WARNING);
        assertThat(report.warnings())
                .extracting(Object::toString)
                .anySatisfy(warning -> assertThat(warning).contains("--channels left"));
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void sides_that_do_not_cancel_are_not(int seed) {
        Wav source = Wav.of(RATE, 16, Wav.noise(1, RATE, 15), Wav.noise(seed, RATE, 15));
        assertThat(Lift.report(to("mono", input(source))).status()).isEqualTo(Status.OK);
    }

    @ParameterizedTest
    @CsvSource({"left", "right"})
    void either_side_of_mono_is_the_one_channel_there_is(String side) {
        int[] samples = Wav.noise(1, 5000, 16);
        Wav sound = delivered(side, Wav.of(RATE, 16, samples));
        for (int i = 0; i < 5000; i++) assertThat(sound.value(0, i)).isEqualTo(samples[i] / 32_768.0);
    }

    @ParameterizedTest
    @CsvSource({"left, 0", "right, 1"})
    void a_side_of_surround_is_the_front_speaker_and_it_is_said(String side, int channel) {
        Wav source = surround(5000, 16);
        ExtractionReport report = Lift.report(to(side, input(source)));
        Wav sound = Wav.read(report.output().orElseThrow());
        for (int i = 0; i < 5000; i++) assertThat(sound.value(0, i)).isEqualTo(source.value(channel, i));
        assertThat(report.warnings())
                .extracting(Object::toString)
                .anySatisfy(warning -> assertThat(warning).contains("of 6 channels only the " + side + " front one"));
    }

    @Test
    void a_tracks_own_levels_are_honoured() {
        Path file = folder.resolve("in.ac3");
        Path wav = Wav.of(
                        RATE,
                        16,
                        new int[RATE],
                        new int[RATE],
                        Wav.tone(RATE, RATE, 1000, 0.25, 16),
                        new int[RATE],
                        new int[RATE],
                        new int[RATE])
                .write(folder.resolve("c.wav"));
        PeerFfmpeg.ffmpeg(
                "-i", wav.toString(), "-c:a", "ac3", "-b:a", "448k", "-center_mixlev", "0.5", file.toString());
        ExtractionReport report = Lift.report(to("stereo", file));
        Wav sound = Wav.read(report.output().orElseThrow());
        assertThat(sound.cut(4800, RATE - 4800).levelDb(0))
                .isCloseTo(20 * Math.log10(0.25 * 0.5 * HALF_POWER), Offset.offset(0.2));
        assertThat(repairs(report))
                .contains("mixed down as the track itself says: centre at -6.0 dB, surrounds at -6.0 dB");
    }

    private static double lufs(ExtractionReport report) {
        return report.delivered().orElseThrow().file().integratedLufs().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"6, stereo", "6, mono", "8, stereo", "8, mono"})
    void dialogue_in_the_centre_is_as_loud_as_it_was(int channels, String wanted) {
        int[][] sounds = new int[channels][5 * RATE];
        int[] voice = Wav.tone(RATE, 5 * RATE, 997, 0.6, 16);
        for (int i = 0; i < 5; i++) Arrays.fill(voice, i * RATE + RATE * 3 / 4, (i + 1) * RATE, 0);
        sounds[2] = voice;
        // What happens around it happens in its pauses, and would clip by itself
        for (int side = 0; side < channels; side++) {
            if (side == 2 || side == 3) continue;
            System.arraycopy(Wav.tone(RATE, RATE / 10, 90, 0.8, 16), 0, sounds[side], RATE * 4 / 5, RATE / 10);
        }
        int[][] alone = new int[channels][5 * RATE];
        alone[2] = voice;
        Path input = input(Wav.of(RATE, 16, alone));
        double before = lufs(Lift.report(Lift.to(folder.resolve("same.flac"), input)));
        ExtractionReport mixed = Lift.report(to(wanted, input));
        assertThat(lufs(mixed)).isCloseTo(before, Offset.offset(0.2));

        Path busy = Wav.of(RATE, 16, sounds).write(folder.resolve("busy.wav"));
        ExtractionReport full = Lift.report(Lift.to(folder.resolve("full.wav"), busy)
                .withEncoding(to(wanted, input).encoding()));
        Wav made = Wav.read(full.output().orElseThrow());
        double quiet = wanted.equals("mono") ? 0 : 20 * Math.log10(HALF_POWER);
        double expected =
                Wav.of(RATE, 16, voice).cut(2 * RATE, 2 * RATE + RATE / 2).levelDb(0) + quiet;
        // Half a second, that begins a tenth of a second after what had to be held
        assertThat(made.cut(2 * RATE, 2 * RATE + RATE / 2).levelDb(0)).isCloseTo(expected, Offset.offset(0.5));
        assertThat(PeerFfmpeg.truePeakDb(full.output().get())).isLessThanOrEqualTo(-1.0);
    }

    /** Front left and right, centre, back centre: Opus has left and right in front and at the back. */
    @Test
    void a_centre_without_a_place_goes_to_its_neighbours_and_nothing_is_turned_down() {
        PeerFfmpeg.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=0.3*sin(440*2*PI*t)|0|0.2*sin(1000*2*PI*t)|0:c=4.0:s=48000:d=2",
                folder.resolve("in.flac").toString());
        ExtractionReport report =
                Lift.report(Lift.to(folder.resolve("out.opus"), folder.resolve("in.flac"), AudioFormat.OPUS));
        Wav made = PeerFfmpeg.decoded(report.output().orElseThrow());
        assertThat(made.cut(RATE / 2, RATE).levelDb(1)).isCloseTo(20 * Math.log10(0.2 / 2), Offset.offset(0.2));
        assertThat(repairs(report)).anyMatch(repair -> repair.contains("4.0") && repair.contains("quad"));
    }

    /** A recorder's four microphones are nobody's centre. */
    @Test
    void channels_without_speakers_stay_apart() {
        int[] silence = new int[2 * RATE];
        Path input = input(Wav.of(RATE, 16, silence, silence, Wav.tone(RATE, 2 * RATE, 1000, 0.5, 16), silence));
        Wav made = PeerFfmpeg.decoded(Lift.delivered(Lift.to(folder.resolve("out.opus"), input, AudioFormat.OPUS)));
        assertThat(made.channels()).isEqualTo(4);
        assertThat(made.cut(RATE / 2, RATE).levelDb(2))
                .isCloseTo(20 * Math.log10(0.5 / Math.sqrt(2)), Offset.offset(0.2));
        assertThat(made.cut(RATE / 2, RATE).levelDb(0)).isLessThan(-60);
    }
}
