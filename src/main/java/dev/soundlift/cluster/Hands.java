package dev.soundlift.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Deals the items out to tasks like cards, the largest first, so that no task gets all the large ones. */
final class Hands {
    /** More tasks at once than these cost the driver more than they bring. */
    private static final int MANY_TASKS = 10_000;

    private static final int FEW_ITEMS = 8;

    private Hands() {}

    /** So many that a lost machine costs little, and as few as make the driver's work small. */
    static int itemsPerTask(int items) {
        return Math.max(FEW_ITEMS, (items + MANY_TASKS - 1) / MANY_TASKS);
    }

    /**
     * The items of each task, at least one.
     *
     * @param cores that shall all have something to do
     */
    static List<List<Item>> deal(List<Item> items, int itemsPerTask, int cores) {
        int least = (items.size() + itemsPerTask - 1) / itemsPerTask;
        int tasks = Math.min(items.size(), Math.max(least, cores));
        List<List<Item>> hands = new ArrayList<>();
        for (int i = 0; i < tasks; i++) hands.add(new ArrayList<>());
        long usual = (long) items.stream()
                .mapToLong(Item::bytes)
                .filter(bytes -> bytes >= 0)
                .average()
                .orElse(0);
        List<Item> sorted = new ArrayList<>(items);
        sorted.sort(Comparator.comparingLong((Item item) -> item.bytes() < 0 ? usual : item.bytes())
                .reversed());
        for (int i = 0; i < sorted.size(); i++) {
            int round = i / tasks;
            int place = i % tasks;
            hands.get(round % 2 == 0 ? place : tasks - 1 - place).add(sorted.get(i));
        }
        return hands;
    }
}
