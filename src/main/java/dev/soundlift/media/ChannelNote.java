package dev.soundlift.media;

import java.util.Locale;

/** What is odd about the channels of a track, as far as some parts of it tell. */
public enum ChannelNote {
    /** No channel has any sound. */
    SILENT,
    /** There is sound, but on average below -50 dBFS. */
    QUIET,
    /** Of two channels only the first has sound. */
    LEFT_ONLY,
    /** Of two channels only the second has sound. */
    RIGHT_ONLY,
    /** Two channels with the same sound: mono that takes twice the room. */
    IDENTICAL,
    /** Two channels of which one is the other upside down: mixed to mono they cancel. */
    INVERTED,
    /** Two channels with nothing in common: perhaps two languages, or two people. */
    DIFFERENT,
    /** Of more than two channels only the first two have sound. */
    FRONT_ONLY;

    /** The stable name in reports, such as {@code left-only}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
