package dev.soundlift.request;

/** What happens when the output is there already. */
public enum OnExists {
    FAIL,
    SKIP,
    RENAME,
    OVERWRITE
}
