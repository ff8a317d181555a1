package dev.soundlift.batch;

import dev.soundlift.Bookkeeping;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.OnExists;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Limits for those who call in a user's stead: which files they may have read and written, and what may leave the machine. */
public interface Fence {
    /** What a name means there: relative names begin in a folder of the fence's choice. */
    String place(String name);

    /** Refuses what lies outside. */
    void requireReadable(Path file) throws ExtractionException;

    /** Refuses a file that would lie outside. */
    void requireWritable(Path file) throws ExtractionException;

    /** Whether anything may be uploaded, where the request asks for it. */
    boolean allowsUploads();

    /** The same worker, which reads and writes inside only, whatever a pattern, a link or a template leads to. */
    default Worker around(Worker worker) {
        return job -> {
            MediaSource source = job.request().source();
            try {
                if (source instanceof MediaSource.LocalFile local) requireReadable(local.path());
            } catch (ExtractionException outside) {
                return List.of(Batch.outcome(
                        ExtractionReport.failed(source, Optional.empty(), Optional.empty(), Duration.ZERO, outside)));
            }
            return worker.convert(new Worker.Job(
                    job.request(), job.progress(), job.cancellation(), around(job.books()), job.remark()));
        };
    }

    private Bookkeeping around(Bookkeeping books) {
        return new Bookkeeping() {
            @Override
            public List<Standing> claim(List<Wanted> wanted, OnExists onExists) throws ExtractionException {
                for (Wanted one : wanted) requireWritable(one.target());
                return books.claim(wanted, onExists);
            }

            @Override
            public void delivering(Path target, Path name, Path pending) throws ExtractionException {
                requireWritable(name);
                books.delivering(target, name, pending);
            }
        };
    }
}
