package dev.soundlift.plan;

import java.util.Locale;

/** How the sound gets into the output. */
public enum Route {
    /** The track's packets untouched. */
    COPY,
    /** Decoded and encoded again. */
    TRANSCODE,
    /** Fetched from the NemoVideo service, and cut and converted here. */
    CLOUD;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
