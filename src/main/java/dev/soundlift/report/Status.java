package dev.soundlift.report;

import java.util.Locale;

/** How an output ended. */
public enum Status {
    OK,
    WARNING,
    FAILED,
    SKIPPED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
