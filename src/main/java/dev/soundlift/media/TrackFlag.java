package dev.soundlift.media;

/** What a container says of a track (Matroska track flags, DVB and MP4 roles), as far as a choice depends on it. */
public enum TrackFlag {
    /** Played unless something else is chosen. */
    DEFAULT,
    /** Played whatever the language. */
    FORCED,
    /** In the language of the work. */
    ORIGINAL,
    /** Spoken over the original. */
    DUB,
    /** Makers or critics talk about the work. */
    COMMENTARY,
    /** For those who hear badly: clearer voices. */
    HEARING_IMPAIRED,
    /** For those who see badly. */
    VISUAL_IMPAIRED,
    /** Tells what is to be seen. */
    DESCRIPTIONS,
    /** Music and effects without voices. */
    CLEAN_EFFECTS
}
