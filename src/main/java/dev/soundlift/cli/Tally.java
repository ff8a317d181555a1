package dev.soundlift.cli;

import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Failure;
import java.util.ArrayList;
import java.util.List;

/** What became of many inputs so far: counts and the failures, nothing that grows with what went well. */
final class Tally {
    /** An input that failed, for the summary. */
    record Failed(String input, Failure failure) {}

    private int delivered;
    private int warned;
    private int skipped;
    private final List<Failed> failures = new ArrayList<>();
    private int code = ExitCode.OK;
    private boolean interrupted;

    void add(ExtractionReport report) {
        switch (report.status()) {
            case OK, PLANNED -> delivered++;
            case WARNING -> {
                delivered++;
                warned++;
            }
            case SKIPPED -> skipped++;
            case FAILED ->
                failures.add(new Failed(
                        report.input().displayName(), report.failure().orElseThrow()));
        }
        boolean failedAfterDamage = code == ExitCode.DAMAGED && report.failure().isPresent();
        if (code == ExitCode.OK || failedAfterDamage) code = report.exitCode();
        if (report.exitCode() == ExitCode.INTERRUPTED) interrupted = true;
    }

    int delivered() {
        return delivered;
    }

    int warned() {
        return warned;
    }

    int skipped() {
        return skipped;
    }

    List<Failed> failures() {
        return failures;
    }

    /** Whatever number of outputs each input gave, a single one ends with its own code. */
    int exitCode(boolean several) {
        if (interrupted) return ExitCode.INTERRUPTED;
        return several && !failures.isEmpty() ? ExitCode.SOME_FAILED : code;
    }
}
