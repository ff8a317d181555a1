package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.report.ExtractionReport;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings that were put together byte by byte: the clock begins anew in the middle. */
class JoinedRecordingsTest {
    @TempDir
    Path folder;

    private Path clip(int hertz, int rateHz) {
        Path tone =
                Wav.of(rateHz, 16, Wav.tone(rateHz, 3 * rateHz, hertz, 0.5, 16)).write(folder.resolve(hertz + ".wav"));
        Path clip = folder.resolve(hertz + ".ts");
        PeerFfmpeg.ffmpeg("-i", tone.toString(), "-c:a", "aac", "-b:a", "96k", "-f", "mpegts", clip.toString());
        return clip;
    }

    private Path joined(Path first, Path second) throws IOException {
        Path joined = folder.resolve("joined.ts");
        try (OutputStream out = Files.newOutputStream(joined)) {
            Files.copy(first, out);
            Files.copy(second, out);
        }
        return joined;
    }

    @ParameterizedTest
    @CsvSource({"48000, wav", "48000, mp3", "44100, wav", "44100, mp3"})
    void both_halves_are_heard_one_after_the_other(int secondRateHz, String ending) throws IOException {
        Path source = joined(clip(440, 48_000), clip(1000, secondRateHz));
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out." + ending), source));
        assertThat(report.failure()).isEmpty();
        assertThat(report.delivered().orElseThrow().source().repairs())
                .extracting(Text::key)
                .contains("repair.jump");
        Wav sound = PeerFfmpeg.decoded(report.output().orElseThrow());
        int rate = sound.rateHz();
        assertThat(rate).isEqualTo(48_000);
        assertThat(sound.frames() / (double) rate).isBetween(5.85, 6.25);
        Wav before = sound.cut(rate / 2, 5 * rate / 2);
        Wav after = sound.cut(7 * rate / 2, 11 * rate / 2);
        assertThat(before.strongest(0, 440, 1000, 919, 1088)).isEqualTo(440);
        assertThat(after.strongest(0, 440, 1000, 919, 1088)).isEqualTo(1000);
        assertThat(before.levelDb(0)).isBetween(-11.0, -7.0);
        assertThat(after.levelDb(0)).isBetween(-11.0, -7.0);
    }
}
