package dev.soundlift.cluster;

import dev.soundlift.cluster.Row.Gist;
import dev.soundlift.output.TemporaryFolder;
import dev.soundlift.report.JsonLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What machines tell each other of an item: that somebody has begun it and how often, then its rows. A task that is done
 * puts all its rows into one file and takes the notes away, so that of a job that
 * ends nothing is left but the rows; the next one reads what a killed one left.
 *
 * @param run whose notes and rows are written, by the name of the job
 * @param table whether rows are also written as Parquet, for others to read
 */
record Notes(Store store, String run, boolean table) {
    private static final String ROWS = "_soundlift/rows/";
    private static final String LINES = ".jsonl";
    private static final String TABLES = "_soundlift/rows-parquet/";
    private static final String ITEMS = "_soundlift/items/";

    /**
     * What is known of an item.
     *
     * @param begun how often somebody began it in this run and never came back
     * @param rows nothing until it is done; what failed in another run is not
     */
    record Known(int begun, Optional<List<String>> rows) {}

    private static String lines(List<String> rows) {
        return String.join("\n", rows) + "\n";
    }

    private static String name(Item item) {
        return ITEMS + item.key().substring(0, 2) + "/" + item.key();
    }

    Known of(Item item) throws IOException {
        Optional<String> note = store.read(name(item));
        if (note.isEmpty()) return new Known(0, Optional.empty());
        List<String> lines = note.get().lines().toList();
        Map<String, String> head =
                JsonLine.read(lines.isEmpty() ? "" : lines.get(0)).orElse(Map.of());
        boolean ours = run.equals(head.get("run"));
        List<String> rows = lines.subList(Math.min(1, lines.size()), lines.size());
        String begun = head.getOrDefault("begun", "");
        if (rows.isEmpty()) {
            boolean counts = ours && begun.matches("\\d{1,6}");
            return new Known(counts ? Integer.parseInt(begun) : 0, Optional.empty());
        }
        boolean holds = ours || rows.stream().map(Gist::of).allMatch(Gist::delivered);
        return new Known(0, holds ? Optional.of(rows) : Optional.empty());
    }

    private String head(int times) {
        return JsonLine.write(Map.of("run", run, "begun", times)) + "\n";
    }

    /** Says how often somebody has begun it. */
    void begin(Item item, int times) throws IOException {
        store.write(name(item), head(times));
    }

    void done(Item item, List<String> rows) throws IOException {
        store.write(name(item), head(0) + lines(rows));
    }

    /** Ends a task. The rows are written before the notes go, and under the task's own name if it is done twice. */
    void close(String task, List<Item> items, List<String> rows) throws IOException {
        rows(task, rows);
        for (Item item : items) store.delete(name(item));
    }

    /** Some rows. The next run goes by the lines, which are therefore written last. */
    void rows(String part, List<String> rows) throws IOException {
        String name = run + "-" + part;
        if (table) {
            try (TemporaryFolder folder = TemporaryFolder.open()) {
                Path file = folder.path().resolve("rows.parquet");
                RowTable.write(file, rows);
                store.give(file, TABLES + name + ".parquet", "rows", true);
            }
        }
        store.write(ROWS + name + LINES, lines(rows));
    }

    /** The files of rows that all runs have written. */
    static List<String> written(Store store) throws IOException {
        return store.list(ROWS).stream().filter(name -> name.endsWith(LINES)).toList();
    }
}
