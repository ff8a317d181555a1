package dev.soundlift.batch;

import dev.soundlift.engine.Progress;
import dev.soundlift.media.MediaSource;
import dev.soundlift.report.ExtractionReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Keeps the reports; an ArrayList, because that it is never called by two threads at once is the promise. */
record Collected(List<ExtractionReport> reports) implements Batch.Listener {
    Collected() {
        this(new ArrayList<>());
    }

    /** What a batch takes its work from. */
    static Iterator<Input> queue(List<Path> files) {
        return files.stream().map(Input::of).iterator();
    }

    @Override
    public Progress begun(MediaSource input) {
        return Progress.NONE;
    }

    @Override
    public void finished(MediaSource input, List<Worker.Outcome> outcomes) {
        outcomes.forEach(outcome -> reports.add(outcome.report()));
    }
}
