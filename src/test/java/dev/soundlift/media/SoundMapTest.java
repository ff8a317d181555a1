package dev.soundlift.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoundMapTest {
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
    private static final float NOTHING = Float.NEGATIVE_INFINITY;

    /** So many windows at each level, in turn: count, level, count, level … */
    private static SoundMap map(double... countsAndLevels) {
        float[] levels = new float[0];
        for (int i = 0; i < countsAndLevels.length; i += 2) {
            int from = levels.length;
            levels = Arrays.copyOf(levels, from + (int) countsAndLevels[i]);
            Arrays.fill(levels, from, levels.length, (float) countsAndLevels[i + 1]);
        }
        return new SoundMap(Duration.ZERO, Duration.ofMillis(10L * levels.length), levels);
    }

    private static SoundMap.Stretch stretch(int fromMillis, int toMillis) {
        return new SoundMap.Stretch(Duration.ofMillis(fromMillis), Duration.ofMillis(toMillis));
    }

    @ParameterizedTest(name = "pauses at {1} dB in speech at {0} dB are silent up to {2} dB")
    @CsvSource({"-10, -70, -40", "-20, -80, -50", "-25, -80, -50", "-40, -80, -60", "-18, -48.5, -48"})
    void what_is_silent_follows_from_the_material(double sound, double pause, double threshold) {
        assertThat(map(300, sound, 100, pause).threshold()).isEqualTo(threshold, within(0.01));
    }

    @Test
    void long_silence_does_not_make_the_material_quieter() {
        assertThat(map(100, -20, 100_000, -65).threshold()).isEqualTo(-50, within(0.01));
    }

    @Test
    void stretches_are_parted_by_silence_that_is_long_enough() {
        assertThat(map(30, NOTHING, 100, -20, 50, -80, 100, -20, 49, -80, 10, -20)
                        .sounds(HALF_A_SECOND))
                .containsExactly(stretch(300, 1300), stretch(1800, 3390));
    }

    @Test
    void where_all_is_silent_there_is_no_stretch() {
        assertThat(map(1000, NOTHING).sounds(HALF_A_SECOND)).isEmpty();
        assertThat(map().sounds(HALF_A_SECOND)).isEmpty();
    }

    @Test
    void where_nothing_is_silent_there_is_one() {
        assertThat(map(1000, -30).sounds(HALF_A_SECOND)).containsExactly(stretch(0, 10_000));
    }

    @Test
    void times_are_counted_from_where_the_sound_begins_and_end_with_it() {
        float[] levels = new float[100];
        Arrays.fill(levels, -20);
        SoundMap late = new SoundMap(Duration.ofMillis(1234), Duration.ofMillis(2227), levels);
        assertThat(late.sounds(HALF_A_SECOND)).containsExactly(stretch(1234, 2227));
    }

    @Test
    void the_quietest_place_is_the_middle_of_the_quietest_syllable() {
        SoundMap map = map(100, -20, 40, -35, 100, -20, 20, -40, 100, -20);
        assertThat(map.quietest(Duration.ZERO, Duration.ofMillis(3600))).isEqualTo(Duration.ofMillis(2500));
        assertThat(map.quietest(Duration.ZERO, Duration.ofMillis(2300))).isEqualTo(Duration.ofMillis(1300));
    }

    @Property
    void no_window_that_sounds_is_outside_of_the_stretches_and_their_order_is_the_clocks(
            @ForAll @Size(max = 400) List<@FloatRange(min = -100, max = 0) Float> levels) {
        float[] windows = new float[levels.size()];
        for (int i = 0; i < windows.length; i++) windows[i] = levels.get(i);
        SoundMap map = new SoundMap(Duration.ZERO, Duration.ofMillis(10L * windows.length), windows);
        Duration shortest = Duration.ofMillis(50);
        List<SoundMap.Stretch> sounds = map.sounds(shortest);
        for (int i = 0; i < windows.length; i++) {
            Duration at = Duration.ofMillis(10L * i);
            boolean inside = sounds.stream()
                    .anyMatch(sound ->
                            sound.start().compareTo(at) <= 0 && sound.end().compareTo(at) > 0);
            if (windows[i] > map.threshold()) assertThat(inside).isTrue();
        }
        for (int i = 1; i < sounds.size(); i++) {
            assertThat(sounds.get(i).start().minus(sounds.get(i - 1).end())).isGreaterThanOrEqualTo(shortest);
        }
    }
}
