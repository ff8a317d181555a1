package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.LoudnessTarget;
import dev.soundlift.request.Pieces;
import dev.soundlift.text.Text;
import dev.soundlift.verify.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One gain for the whole, measured before: the loudness is met, and nothing passes -1 dBTP. */
class LoudnessTest {
    private static final int RATE = 44_100;

    @TempDir
    Path folder;

    private ExtractionReport report(Wav sound, double lufs) {
        Path input = sound.write(folder.resolve("in.wav"));
        ExtractionRequest request = Lift.to(folder.resolve("out.flac"), input, AudioFormat.FLAC);
        return Lift.report(request.withEncoding(request.encoding().withLoudness(new LoudnessTarget(lufs))));
    }

    private static Verification file(ExtractionReport report) {
        return report.delivered().orElseThrow().file();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-16, -23, -33.5})
    void the_loudness_is_met_and_no_sample_more_or_less(double lufs) {
        int[] tone = Wav.tone(RATE, 5 * RATE + 17, 997, 0.02, 16);
        ExtractionReport report = report(Wav.of(RATE, 16, tone, tone), lufs);
        assertThat(file(report).integratedLufs().orElseThrow()).isCloseTo(lufs, Offset.offset(0.1));
        Wav out = PeerFfmpeg.decoded(report.output().orElseThrow());
        assertThat(out.rateHz()).isEqualTo(RATE);
        assertThat(out.frames()).isEqualTo(5 * RATE + 17);
        // EBU Tech 3341, case 1: a stereo tone near 1 kHz that peaks at -23 dBFS is as loud as -23 LUFS
        assertThat(20 * Math.log10(out.peak(0))).isCloseTo(lufs, Offset.offset(0.1));
        assertThat(report.delivered().orElseThrow().source().repairs())
                .extracting(Object::toString)
                .anySatisfy(said -> assertThat(said).startsWith("loudness -34.0 LUFS"));
    }

    @Test
    void peaks_are_held_where_the_gain_would_bring_them_above_the_ceiling() {
        int[] sound = Wav.tone(RATE, 5 * RATE, 997, 0.05, 16);
        for (int i = 0; i < 5; i++) System.arraycopy(Wav.tone(RATE, 400, 3000, 0.9, 16), 0, sound, i * RATE + 999, 400);
        ExtractionReport report = report(Wav.of(RATE, 16, sound, sound), -16);
        Wav out = PeerFfmpeg.decoded(report.output().orElseThrow());
        assertThat(out.frames()).isEqualTo(5 * RATE);
        assertThat(20 * Math.log10(out.peak(0))).isBetween(-2.0, -0.9);
        assertThat(report.delivered().orElseThrow().source().repairs())
                .extracting(Object::toString)
                .anySatisfy(said -> assertThat(said).startsWith("peaks that would have passed -1 dBTP"));
    }

    /** A tone at -74 dBFS with pauses: the measure of the standard sees nothing of it. */
    @ParameterizedTest
    @CsvSource({"-16, -16", "-30, -30", "-5, -14"})
    void a_sound_too_faint_to_count_is_raised_all_the_same(double wished, double reached) {
        int[] faint = Wav.tone(RATE, 6 * RATE, 997, 0.0002, 16);
        java.util.Arrays.fill(faint, 2 * RATE, 4 * RATE, 0);
        ExtractionReport report = report(Wav.of(RATE, 16, faint, faint), wished);
        assertThat(file(report).integratedLufs().orElseThrow()).isCloseTo(reached, Offset.offset(0.3));
        assertThat(report.delivered().orElseThrow().source().warnings())
                .extracting(Text::key)
                .containsExactly("warning.level-faint");
    }

    @Test
    void silence_stays_as_it_is_and_that_is_said() {
        int[] quiet = new int[2 * RATE];
        quiet[RATE] = 2; // -84 dBFS
        ExtractionReport report = report(Wav.of(RATE, 16, quiet, quiet), -16);
        Wav out = PeerFfmpeg.decoded(report.output().orElseThrow());
        assertThat(out.firstDifference(Wav.of(RATE, 16, quiet, quiet).in32Bits()))
                .isEqualTo(-1);
        assertThat(report.delivered().orElseThrow().source().warnings())
                .extracting(Object::toString)
                .anySatisfy(said -> assertThat(said).startsWith("no loudness could be measured"));
    }

    /** Words of noise, one in four a pause: the loudest are 20 dB above the mean. */
    private static int[] speech(long seed, int seconds) {
        Random random = new Random(seed);
        int[] samples = new int[seconds * RATE];
        double loud = 0;
        double level = 0;
        double smooth = 0;
        for (int i = 0; i < samples.length; i++) {
            if (i % (RATE / 4) == 0) loud = random.nextInt(4) == 0 ? 0 : 0.02 + 0.2 * Math.pow(random.nextDouble(), 3);
            level += (loud - level) * 0.001;
            smooth += (random.nextGaussian() - smooth) * 0.4;
            samples[i] = (int) Math.round(32_767 * Math.max(-1, Math.min(1, level * smooth)));
        }
        return samples;
    }

    @ParameterizedTest
    @ValueSource(doubles = {-18, -16, -14, -11})
    void the_gain_makes_up_for_what_holding_the_peaks_takes(double lufs) {
        int[] sound = speech(1, 20);
        ExtractionReport report = report(Wav.of(RATE, 16, sound, sound), lufs);
        assertThat(report.warnings()).isEmpty();
        assertThat(file(report).integratedLufs().orElseThrow()).isCloseTo(lufs, Offset.offset(0.5));
        Path output = report.output().orElseThrow();
        assertThat(PeerFfmpeg.decoded(output).frames()).isEqualTo(sound.length);
        assertThat(PeerFfmpeg.truePeakDb(output)).isBetween(-4.0, -1.0);
    }

    @Test
    void where_only_the_limiter_would_work_it_is_told_how_much_is_missing() {
        int[] clicks = new int[10 * RATE];
        for (int i = 0; i < clicks.length; i += RATE / 10) {
            for (int k = 0; k < 30; k++) clicks[i + k] = k % 2 == 0 ? 29_000 : -29_000;
        }
        ExtractionReport report = report(Wav.of(RATE, 16, clicks, clicks), -6);
        assertThat(report.warnings())
                .extracting(Object::toString)
                .anySatisfy(said -> assertThat(said).contains("below the wished -6.0 LUFS"));
    }

    @Test
    void pieces_get_one_gain_that_fits_all_of_them_together() {
        int[] sound = new int[12 * RATE];
        double[] levels = {0.02, 0.06, 0.03};
        for (int i = 0; i < 3; i++) {
            System.arraycopy(Wav.tone(RATE, 4 * RATE, 997, levels[i], 16), 0, sound, i * 4 * RATE, 4 * RATE);
        }
        Path input = Wav.of(RATE, 16, sound, sound).write(folder.resolve("in.wav"));
        ExtractionRequest request = Lift.to(folder.resolve("out.flac"), input, AudioFormat.FLAC)
                .withPieces(new Pieces.Lengths(Duration.ofSeconds(4)));
        List<ExtractionReport> reports =
                Lift.all(request.withEncoding(request.encoding().withLoudness(LoudnessTarget.BROADCAST)));
        assertThat(reports).hasSize(3);
        double power = 0;
        for (int i = 0; i < 3; i++) {
            double lufs = file(reports.get(i)).integratedLufs().orElseThrow();
            power += Math.pow(10, lufs / 10) / 3;
            double first = file(reports.get(0)).integratedLufs().orElseThrow();
            assertThat(lufs - first).isCloseTo(20 * Math.log10(levels[i] / levels[0]), Offset.offset(0.1));
            assertThat(reports.get(i).delivered().orElseThrow().source().repairs())
                    .extracting(Object::toString)
                    .anySatisfy(said -> assertThat(said).contains("for all of them"));
        }
        assertThat(10 * Math.log10(power)).isCloseTo(-23, Offset.offset(0.2));
    }
}
