package dev.soundlift.verify;

import java.util.Locale;

/** What a check found. */
public enum Verdict {
    PASS,
    WARN,
    FAIL;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
