package dev.soundlift.sentence;

/** What a sentence says besides its wishes, which may make one of them, or a question. */
enum Remark {
    /** That what is named is to go, so that the rest is kept. */
    KEEPS_REST,
    /** A part that only people can find. */
    PART,
    /** That the commentary is not wanted. */
    NO_COMMENTARY,
    /** That the usual track is not wanted. */
    NOT_MAIN,
    /** One file. */
    JOINED,
    /** Both sides. */
    SIDES,
    /** A format that is not wanted. */
    EXCLUDED,
    /** Joining, without saying what of. */
    MIXED,
    /** A stretch, a track, a side, a format of which it is only told what it is, not whether it is wanted. */
    STRETCH_TOLD,
    TRACK_TOLD,
    SIDE_TOLD,
    FORMAT_TOLD
}
