package dev.soundlift.source;

/** What others did to a source while it was used. */
public enum SourceChange {
    NONE,
    /** It became longer, as a recording or a download does. */
    GREW,
    /** It was written to otherwise, so that what was read may be of two versions. */
    REWRITTEN
}
