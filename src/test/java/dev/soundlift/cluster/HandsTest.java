package dev.soundlift.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandsTest {
    private static List<Item> items(List<Long> sizes) {
        List<Item> items = new ArrayList<>();
        for (long size : sizes) items.add(new Item(items.size() + 1, "in" + items.size(), "in", Map.of(), size, "k"));
        return items;
    }

    @Property
    void every_item_is_dealt_once_and_no_task_has_many_more_than_another(
            @ForAll @Size(min = 1, max = 200) List<@LongRange(min = -1, max = 1_000_000) Long> sizes,
            @ForAll @IntRange(min = 1, max = 20) int perTask,
            @ForAll @IntRange(min = 1, max = 8) int cores) {
        List<Item> items = items(sizes);
        List<List<Item>> hands = Hands.deal(items, perTask, cores);
        assertThat(hands.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(items);
        assertThat(hands).allSatisfy(hand -> assertThat(hand).hasSizeBetween(1, perTask));
        assertThat(hands.size()).isGreaterThanOrEqualTo(Math.min(cores, items.size()));
        int most = hands.stream().mapToInt(List::size).max().orElse(0);
        int least = hands.stream().mapToInt(List::size).min().orElse(0);
        assertThat(most - least).isLessThanOrEqualTo(1);
    }

    @Property
    void no_task_gets_much_more_than_its_share_of_the_bytes(
            @ForAll @Size(min = 40, max = 200) List<@LongRange(min = 0, max = 1_000_000) Long> sizes) {
        List<List<Item>> hands = Hands.deal(items(sizes), 10, 1);
        long largest = sizes.stream().max(Comparator.naturalOrder()).orElse(0L);
        double mean = sizes.stream().mapToLong(Long::longValue).sum() / (double) hands.size();
        assertThat(hands)
                .allSatisfy(hand -> assertThat(
                                (double) hand.stream().mapToLong(Item::bytes).sum())
                        .isLessThanOrEqualTo(mean + largest));
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "300, 8", "80000, 8", "500000, 50"})
    void the_driver_never_has_more_tasks_than_it_can_keep(int items, int perTask) {
        assertThat(Hands.itemsPerTask(items)).isEqualTo(perTask);
    }
}
