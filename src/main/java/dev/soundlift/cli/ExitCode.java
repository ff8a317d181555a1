package dev.soundlift.cli;

import dev.soundlift.report.ExtractionReport;
import java.util.List;

/** The codes that do not come from a single failure's kind (CONTRACT: "Exit codes"). */
final class ExitCode {
    static final int OK = 0;
    static final int SOME_FAILED = 1;
    static final int USAGE = 2;
    static final int BUG = 70;
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** For these reports of so many inputs, whatever number of outputs each gave. */
    static int of(List<ExtractionReport> reports, int inputs) {
        if (reports.stream().anyMatch(report -> report.exitCode() == INTERRUPTED)) return INTERRUPTED;
        boolean anyFailed = reports.stream().anyMatch(report -> report.failure().isPresent());
        if (inputs > 1 && anyFailed) return SOME_FAILED;
        return reports.stream()
                .mapToInt(ExtractionReport::exitCode)
                .filter(code -> code != OK)
                .findFirst()
                .orElse(OK);
    }
}
