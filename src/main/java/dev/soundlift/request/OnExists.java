package dev.soundlift.request;

/** What happens when the output is there already. */
public enum OnExists {
    /** An error; what is there stays. */
    FAIL,
    /** Nothing is done; what is there stays. */
    SKIP,
    /** The output gets a number after its name. */
    RENAME,
    /** What is there is replaced once the output is found good. */
    OVERWRITE
}
