package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sounds that are long enough to be encoded in several blocks. */
class LongSoundTest {
    private static final int RATE = 48_000;
    private static final int SECONDS = 50;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "m4a", "opus", "flac"})
    void a_long_sound_is_where_it_was_from_its_first_second_to_its_last(String extension) {
        Path source = Wav.writeSeconds(folder.resolve("long.wav"), RATE, SECONDS);
        Wav made = PeerFfmpeg.decoded(Lift.delivered(Lift.to(folder.resolve("out." + extension), source)));
        int[] before = Wav.read(source).channel(0);
        int[] after = made.channel(0);
        assertThat(after.length).isBetween(before.length, before.length + 1024); // FFmpeg 5 reads no end of an M4A
        for (int second = 0; second < SECONDS; second++) {
            assertThat(correlation(before, after, second * RATE))
                    .as("second %d", second)
                    .isGreaterThan(0.5);
        }
        if (extension.equals("flac")) {
            assertThat(Arrays.stream(after).map(sample -> sample >> 16).toArray())
                    .isEqualTo(before);
        }
    }

    /** Of a second of noise with itself is 1, and next to 0 where it is shifted by a few samples. */
    private static double correlation(int[] one, int[] other, int from) {
        double product = 0;
        double power = 0;
        double otherPower = 0;
        for (int i = from; i < from + RATE; i++) {
            product += (double) one[i] * other[i];
            power += (double) one[i] * one[i];
            otherPower += (double) other[i] * other[i];
        }
        return product / Math.sqrt(power * otherPower);
    }
}
