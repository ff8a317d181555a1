package dev.soundlift.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.sound.Wav;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeechWindowsTest {
    @Test
    void a_model_hears_all_of_it_in_windows_of_30_seconds(@TempDir Path folder) throws ExtractionException {
        Path film = Wav.writeSeconds(folder.resolve("film.wav"), 48_000, 70);
        List<Double> starts = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        List<Double> powers = new ArrayList<>();
        SpeechWindows.feed(film, (samples, start) -> {
            starts.add(start);
            lengths.add(samples.length);
            double sum = 0;
            for (int i = 10 * 16_000; i < samples.length; i++) sum += samples[i] * samples[i];
            powers.add(sum);
        });
        assertThat(starts).containsExactly(0.0, 30.0, 60.0);
        assertThat(lengths).containsOnly(480_000);
        assertThat(powers.get(0)).isPositive();
        assertThat(powers.get(2)).as("after the end").isZero();
    }
}
