package dev.soundlift.cli;

import dev.soundlift.report.ExtractionReport;
import java.util.List;

/** The codes that do not come from a single failure's kind (CONTRACT: "Exit codes"). */
final class ExitCode {
    static final int OK = 0;
    static final int SOME_FAILED = 1;
    static final int USAGE = 2;
    static final int DAMAGED = 6;
    static final int BUG = 70;
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** For these reports of so many inputs, whatever number of outputs each gave. */
    static int of(List<ExtractionReport> reports, int inputs) {
        Tally tally = new Tally();
        reports.forEach(tally::add);
        return tally.exitCode(inputs > 1);
    }
}
