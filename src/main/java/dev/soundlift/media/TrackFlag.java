package dev.soundlift.media;

/** What a container says of a track (Matroska track flags, DVB and MP4 roles), as far as a choice depends on it. */
public enum TrackFlag {
    DEFAULT,
    FORCED,
    ORIGINAL,
    DUB,
    COMMENTARY,
    HEARING_IMPAIRED,
    VISUAL_IMPAIRED,
    DESCRIPTIONS,
    CLEAN_EFFECTS
}
