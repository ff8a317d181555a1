package dev.soundlift.cluster;

import dev.soundlift.report.JsonLine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What machines tell each other of an item: that somebody has begun it and how often, then its rows. A task that is done
 * puts all its rows into one file and takes the notes away, so that of a job nothing is left but the rows.
 *
 * @param run whose rows are written, by the name of the job
 */
record Notes(Store store, String run) {
    static final String ROWS = "_soundlift/rows/";
    private static final String ITEMS = "_soundlift/items/";

    /**
     * What is known of an item.
     *
     * @param begun how often somebody began it and never came back
     * @param rows nothing until it is done
     */
    record Known(int begun, Optional<List<String>> rows) {}

    private static String name(Item item) {
        return ITEMS + item.key().substring(0, 2) + "/" + item.key();
    }

    Known of(Item item) throws IOException {
        Optional<String> note = store.read(name(item));
        if (note.isEmpty()) return new Known(0, Optional.empty());
        Map<String, String> read = JsonLine.read(note.get()).orElse(Map.of());
        String begun = read.getOrDefault("begun", "");
        if (begun.matches("\\d{1,6}")) return new Known(Integer.parseInt(begun), Optional.empty());
        return new Known(0, Optional.of(note.get().lines().toList()));
    }

    void begin(Item item, int times) throws IOException {
        store.write(name(item), JsonLine.write(Map.of("begun", times)));
    }

    void done(Item item, List<String> rows) throws IOException {
        store.write(name(item), String.join("\n", rows) + "\n");
    }

    /** Ends a task. The rows are written before the notes go, and under the task's own name if it is done twice. */
    void close(int task, List<Item> items, List<String> rows) throws IOException {
        store.write(ROWS + run + "-" + task + ".jsonl", String.join("\n", rows) + "\n");
        for (Item item : items) store.delete(name(item));
    }
}
