package dev.soundlift.cluster;

import dev.soundlift.batch.Inputs;
import dev.soundlift.batch.ManifestLine;
import dev.soundlift.batch.Shard;
import dev.soundlift.failure.ExtractionException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The inputs of a job, so many at a time as its driver can keep. */
final class Waves {
    /** Some 300 MB, and work for a while: at the end of a wave some machines wait for the others. */
    static final int MOST = 500_000;

    private final JobWords job;
    private final Iterator<ManifestLine> lines;
    private final Ended before;
    private final int most;
    private final Shard shard;
    private final List<String> call;
    private final Keys seen = new Keys();

    /** The keys of the items that earlier runs are through with: those that they delivered, and those that will never do. */
    record Ended(Keys delivered, Keys failed) {}

    /**
     * Some of the inputs.
     *
     * @param items to be done
     * @param faults rows of the lines that cannot be read
     * @param deliveredBefore how many others earlier runs delivered
     * @param failedBefore how many others failed in earlier runs, and would again
     */
    record Wave(List<Item> items, List<String> faults, long deliveredBefore, long failedBefore) {}

    Waves(JobWords job, Iterator<ManifestLine> lines, Ended before, int most) throws ExtractionException {
        this.job = job;
        this.lines = lines;
        this.before = before;
        this.most = most;
        this.shard = Shard.parse(job.shard()).orElseThrow();
        this.call = job.canonical();
    }

    boolean hasNext() throws ExtractionException {
        try {
            return lines.hasNext();
        } catch (UncheckedIOException brokenOff) {
            throw Inputs.unreadable(job.inputs(), brokenOff);
        }
    }

    Wave next() throws ExtractionException {
        List<Item> items = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        long delivered = 0;
        long failed = 0;
        while (items.size() + faults.size() < most && hasNext()) {
            ManifestLine line = line();
            if (!shard.has(line.input())) continue;
            Item item = Item.of(line, Workbench.shown(line, job.inputs()), call);
            long key = Keys.number(item.key());
            if (before.delivered().has(key)) delivered++;
            else if (before.failed().has(key)) failed++;
            else if (seen.add(key)) {
                if (line.fault().isEmpty()) items.add(item);
                else faults.add(Row.failed(item, Duration.ZERO, line.fault().get()));
            }
        }
        return new Wave(items, faults, delivered, failed);
    }

    private ManifestLine line() throws ExtractionException {
        try {
            return lines.next();
        } catch (UncheckedIOException brokenOff) {
            throw Inputs.unreadable(job.inputs(), brokenOff);
        }
    }
}
