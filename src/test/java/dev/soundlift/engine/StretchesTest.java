package dev.soundlift.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StretchesTest {
    private static Stretches of(long gap, long... edges) {
        List<Stretches.Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < edges.length; i += 2) stretches.add(new Stretches.Stretch(edges[i], edges[i + 1]));
        return Stretches.of(stretches, gap);
    }

    @Test
    void what_is_not_far_apart_is_one() {
        assertThat(of(2, 30, 40, 10, 20, 22, 25).from(10, 1000, 9)).containsExactly(10, 25, 30, 40);
        assertThat(of(0, 10, 20, 15, 18, 20, 25).from(10, 1000, 9)).containsExactly(10, 25);
    }

    @Test
    void so_much_comes_and_so_many_and_it_begins_where_it_is_asked_for() {
        Stretches three = of(0, 10, 20, 30, 40, 50, 60);
        assertThat(three.from(15, 1000, 2)).containsExactly(15, 20, 30, 40);
        assertThat(three.from(15, 5, 9)).containsExactly(15, 20);
        assertThat(three.from(15, 6, 9)).containsExactly(15, 20, 30, 31);
        assertThat(three.from(25, 1000, 9)).isEmpty();
        assertThat(three.from(60, 1000, 9)).isEmpty();
        assertThat(Stretches.NONE.from(0, 1000, 9)).isEmpty();
    }

    @Test
    void reading_goes_on_at_the_next_one() {
        Stretches two = of(0, 10, 20, 30, 40);
        assertThat(two.atOrAfter(0)).isEqualTo(10);
        assertThat(two.atOrAfter(13)).isEqualTo(13);
        assertThat(two.atOrAfter(20)).isEqualTo(30);
        assertThat(two.atOrAfter(40)).isEqualTo(-1);
    }

    /** Whoever goes from answer to answer gets every byte of every stretch once, and no other. */
    @Property
    void answers_follow_each_other(
            @ForAll @Size(min = 2, max = 40) List<@IntRange(min = 0, max = 500) Integer> places,
            @ForAll @IntRange(min = 1, max = 60) int bytes,
            @ForAll @IntRange(min = 1, max = 5) int most) {
        TreeSet<Long> wanted = new TreeSet<>();
        List<Stretches.Stretch> stretches = new ArrayList<>();
        for (int i = 0; i + 1 < places.size(); i += 2) {
            long from = places.get(i);
            long to = from + 1 + places.get(i + 1) % 30;
            stretches.add(new Stretches.Stretch(from, to));
            for (long at = from; at < to; at++) wanted.add(at);
        }
        Stretches all = Stretches.of(stretches, 0);
        List<Long> got = new ArrayList<>();
        for (long at = all.atOrAfter(0); at >= 0; ) {
            long[] edges = all.from(at, bytes, most);
            long length = 0;
            for (int i = 0; i < edges.length; i += 2) {
                length += edges[i + 1] - edges[i];
                for (long one = edges[i]; one < edges[i + 1]; one++) got.add(one);
            }
            assertThat(length).isBetween(1L, (long) bytes);
            at = all.atOrAfter(edges[edges.length - 1]);
        }
        assertThat(got).containsExactlyElementsOf(wanted);
    }
}
