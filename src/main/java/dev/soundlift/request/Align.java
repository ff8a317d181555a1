package dev.soundlift.request;

/** What sample 0 of the output is. */
public enum Align {
    /** The video's time 0: a late start and gaps become silence, early sound and overlaps are dropped. */
    VIDEO,
    /** The first sample there is; all samples follow each other as they come. */
    NONE
}
