package dev.soundlift.cluster;

import dev.soundlift.cluster.Row.Gist;
import dev.soundlift.output.TemporaryFolder;
import dev.soundlift.report.JsonLine;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What machines tell each other of an item: that somebody has begun it and how often, then its rows. A task that is done
 * puts all its rows into one file and takes the notes away, so that of a job that
 * ends nothing is left but the rows; the next one reads what a killed one left.
 *
 * @param run whose notes and rows are written, by the name of the job
 * @param again whether it does not count how often earlier runs began an item in vain
 * @param table whether rows are also written as Parquet, for others to read
 */
record Notes(Store store, String run, boolean again, boolean table) {
    private static final String ROWS = "_soundlift/rows/";
    private static final String LINES = ".jsonl";
    private static final String TABLES = "_soundlift/rows-parquet/";
    private static final String TABLE = ".parquet";
    /** For what is not whole yet. */
    static final String WORK = "_soundlift/work/";

    private static final String ITEMS = "_soundlift/items/";

    /**
     * What is known of an item.
     *
     * @param begun how often somebody began it and never came back: also in earlier runs, as in local mode a run ends with its item
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
            boolean counts = (ours || !again) && begun.matches("\\d{1,6}");
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

    /** Some rows, all with the same time. What the lines say holds; the table is made of them, by the next run at the latest. */
    void rows(String part, List<String> rows) throws IOException {
        List<String> timed = Row.written(rows, Instant.now());
        store.write(ROWS + run + "-" + part + LINES, lines(timed));
        if (table) table(run + "-" + part, timed);
    }

    private void table(String name, List<String> rows) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.open()) {
            Path file = folder.path().resolve("rows.parquet");
            RowTable.write(file, rows);
            store.give(file, TABLES + name + TABLE, "rows", true);
        }
    }

    /**
     * A file of rows.
     *
     * @param name without its folder and its ending
     * @param hasTable whether there is one of Parquet beside it
     */
    record Written(String name, boolean hasTable) implements Serializable {}

    /** The files of rows that all runs have written. */
    List<Written> written() throws IOException {
        Set<String> tables = Set.copyOf(names(TABLES, TABLE));
        return names(ROWS, LINES).stream()
                .map(name -> new Written(name, tables.contains(name)))
                .toList();
    }

    private List<String> names(String folder, String ending) throws IOException {
        return store.list(folder).stream()
                .filter(name -> name.endsWith(ending))
                .map(name -> name.substring(folder.length(), name.length() - ending.length()))
                .toList();
    }

    /** What stands in a file of rows; a table that is wanted and not there is made now. */
    List<String> rows(Written file) throws IOException {
        List<String> rows =
                store.read(ROWS + file.name() + LINES).orElse("").lines().toList();
        if (table && !file.hasTable()) table(file.name(), rows);
        return rows;
    }
}
