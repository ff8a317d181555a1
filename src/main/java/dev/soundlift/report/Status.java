package dev.soundlift.report;

import java.util.Locale;

/** How an output ended. */
public enum Status {
    OK,
    WARNING,
    FAILED,
    SKIPPED,
    /** Of a dry run: it would be made. */
    PLANNED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
