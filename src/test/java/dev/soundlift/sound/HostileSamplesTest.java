package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.report.ExtractionReport;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples that are no numbers, or absurdly large: LAME ends the whole process on them, integers make clicks of them. */
class HostileSamplesTest {
    private static final int RATE = 48_000;
    private static final float[] HOSTILE = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e20f, -1e20f};

    @TempDir
    Path folder;

    /** Two seconds of a tone; in its first half every hundredth sample is hostile. */
    private static Wav hostile() {
        int[] samples = IntStream.range(0, 2 * RATE)
                .map(i -> Float.floatToRawIntBits(
                        i < RATE && i % 100 == 50
                                ? HOSTILE[i / 100 % HOSTILE.length]
                                : (float) (0.3 * Math.sin(2 * Math.PI * 440 * i / RATE))))
                .toArray();
        return new Wav(RATE, 1, 32, true, samples);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "m4a", "opus", "flac"})
    void hostile_samples_are_replaced_and_listed(String ending) {
        Path source = hostile().write(folder.resolve("in.wav"));
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out." + ending), source));
        assertThat(report.failure()).isEmpty();
        assertThat(report.delivered().orElseThrow().source().repairs())
                .containsExactly(Text.of("repair.not-a-number", Integer.toString(RATE / 100)));
        Wav made = PeerFfmpeg.decodedAsFloats(folder.resolve("out." + ending));
        Wav end = made.cut(made.frames() - made.rateHz() / 2, made.frames() - made.rateHz() / 10);
        assertThat(end.strongest(0, 220, 440, 880)).isEqualTo(440);
        assertThat(end.peak(0)).isBetween(0.2, 0.4);
    }

    @Test
    void samples_that_are_copied_stay_as_they_are() {
        Wav source = hostile();
        ExtractionReport report =
                Lift.report(Lift.to(folder.resolve("out.wav"), source.write(folder.resolve("in.wav"))));
        assertThat(report.failure()).isEmpty();
        Wav made = Wav.read(folder.resolve("out.wav"));
        assertThat(made.floats()).isTrue();
        assertThat(source.firstDifference(made)).isEqualTo(-1);
    }
}
