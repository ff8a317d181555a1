package dev.soundlift.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class KeysTest {
    /** Few that differ, so that many meet and many come twice. */
    @Property(tries = 200)
    void what_was_added_is_there_and_nothing_else(
            @ForAll @Size(max = 60) List<@LongRange(min = 1, max = 60) Long> some) {
        Keys keys = new Keys();
        Set<Long> same = new HashSet<>();
        for (long number : some) {
            long key = number << 56 | number % 3; // all belong to few places
            assertThat(keys.add(key)).isEqualTo(same.add(key));
        }
        for (long number = 1; number <= 60; number++) {
            long key = number << 56 | number % 3;
            assertThat(keys.has(key)).isEqualTo(same.contains(key));
        }
    }

    @Example
    void many_more_than_there_was_room_for() {
        Keys keys = new Keys();
        Random numbers = new Random(1);
        for (int i = 0; i < 100_000; i++)
            assertThat(keys.add(numbers.nextLong())).isTrue();
        Random again = new Random(1);
        for (int i = 0; i < 100_000; i++) assertThat(keys.has(again.nextLong())).isTrue();
        for (int i = 0; i < 1000; i++) assertThat(keys.has(again.nextLong())).isFalse();
    }

    @Example
    void a_key_is_told_by_its_beginning() {
        assertThat(Keys.number("ffffffffffffffff00000000")).isEqualTo(-1);
        assertThat(Keys.number("00000000000000100000000f")).isEqualTo(16);
    }
}
