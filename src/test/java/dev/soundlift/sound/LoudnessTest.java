package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.LoudnessTarget;
import dev.soundlift.verify.Verification;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void silence_stays_as_it_is_and_that_is_said() {
        int[] quiet = Wav.tone(RATE, 2 * RATE, 997, 0.0002, 16);
        ExtractionReport report = report(Wav.of(RATE, 16, quiet, quiet), -16);
        Wav out = PeerFfmpeg.decoded(report.output().orElseThrow());
        assertThat(out.firstDifference(Wav.of(RATE, 16, quiet, quiet).in32Bits()))
                .isEqualTo(-1);
        assertThat(report.delivered().orElseThrow().source().warnings())
                .extracting(Object::toString)
                .anySatisfy(said -> assertThat(said).startsWith("no loudness could be measured"));
    }
}
