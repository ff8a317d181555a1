package dev.soundlift.batch;

import dev.soundlift.engine.Progress;
import dev.soundlift.report.ExtractionReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps the reports; an ArrayList, because that it is never called by two threads at once is the promise. */
record Collected(List<ExtractionReport> reports) implements Batch.Listener {
    Collected() {
        this(new ArrayList<>());
    }

    @Override
    public Progress begun(Path file) {
        return Progress.NONE;
    }

    @Override
    public void finished(Path file, List<Worker.Outcome> outcomes) {
        outcomes.forEach(outcome -> reports.add(outcome.report()));
    }
}
