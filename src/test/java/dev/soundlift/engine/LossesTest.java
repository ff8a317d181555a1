package dev.soundlift.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Where faults were met, told so that nothing is left out and nothing is told twice. */
class LossesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static Loss damaged(long from, long to) {
        return new Loss(ms(from), ms(to), Loss.Why.DAMAGED);
    }

    @Example
    void what_lies_close_together_is_one_place() {
        Losses losses = new Losses();
        losses.add(ms(1000), ms(1020));
        losses.add(ms(1100), ms(1120));
        losses.add(ms(5000), ms(5020));
        assertThat(losses.within(Duration.ZERO, HOUR)).containsExactly(damaged(1000, 1120), damaged(5000, 5020));
    }

    @Example
    void only_what_was_wanted_counts() {
        Losses losses = new Losses();
        losses.add(ms(1000), ms(2000));
        losses.add(ms(5000), ms(6000));
        assertThat(losses.within(ms(1500), ms(4000))).containsExactly(damaged(1500, 2000));
    }

    @Property
    void every_fault_is_covered_in_order_and_without_overlap(
            @ForAll @Size(max = 3000) List<@IntRange(max = 2000) Integer> steps) {
        Losses losses = new Losses();
        List<Loss> faults = new ArrayList<>();
        long at = 0;
        for (int step : steps) {
            faults.add(damaged(at, at + step / 2));
            losses.add(ms(at), ms(at + step / 2));
            at += step;
        }
        List<Loss> told = losses.within(Duration.ZERO, ms(at));
        assertThat(told).hasSizeLessThanOrEqualTo(1000);
        IntStream.range(1, told.size())
                .forEach(i -> assertThat(told.get(i).start())
                        .isGreaterThan(told.get(i - 1).end()));
        for (Loss fault : faults) {
            assertThat(told)
                    .anyMatch(loss -> loss.start().compareTo(fault.start()) <= 0
                            && loss.end().compareTo(fault.end()) >= 0);
        }
    }

    @Example
    void people_read_times_that_cover_the_loss() {
        List<Loss> losses = List.of(
                damaged(12_345, 13_050), damaged(20_000, 20_000), new Loss(ms(40_000), ms(60_000), Loss.Why.CUT_OFF));
        assertThat(Loss.told(losses).stream().map(told -> told.in(Locale.ENGLISH)))
                .containsExactly(
                        "lost: 0:12.3-0:13.1 (damaged packets)",
                        "lost: at 0:20 (damaged packets)",
                        "ends at 0:40 of 1:00 (the file is cut off)");
    }

    @Example
    void many_losses_are_told_as_the_first_and_a_sum() {
        List<Loss> losses = IntStream.range(0, 30)
                .mapToObj(i -> damaged(i * 1000, i * 1000 + 100))
                .toList();
        List<Text> told = Loss.told(losses);
        assertThat(told).hasSize(11);
        assertThat(told.get(10)).isEqualTo(Text.of("lost.more", "20", "2.0"));
    }
}
