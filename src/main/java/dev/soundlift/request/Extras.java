package dev.soundlift.request;

import java.util.Optional;

/**
 * What goes with the sound.
 *
 * @param id3 the version of the tags in MP3 files
 * @param coverFrame a moment of the video whose picture becomes the cover
 * @param keepDate whether the output gets the input's time of last change
 * @param chapterList a file with the chapters, written beside the output
 */
public record Extras(Id3 id3, Optional<MediaTime> coverFrame, boolean keepDate, Optional<ChapterList> chapterList) {
    /** ID3 2.3, no cover from the video, today as the date, no list. */
    public static final Extras DEFAULT = new Extras(Id3.V2_3, Optional.empty(), false, Optional.empty());

    /** The same with another picture for the cover. */
    public Extras withCoverFrame(Optional<MediaTime> wanted) {
        return new Extras(id3, wanted, keepDate, chapterList);
    }

    /** Without what stands beside the output. */
    public Extras alone() {
        return new Extras(id3, coverFrame, keepDate, Optional.empty());
    }

    /** Versions of ID3; 2.3, whose text is UTF-16, is what old players and Windows read. */
    public enum Id3 {
        /** ID3v2.3.0. */
        V2_3("2.3"),
        /** ID3v2.4.0. */
        V2_4("2.4");

        private final String label;

        Id3(String label) {
            this.label = label;
        }

        /** 3 of 2.3. */
        public int major() {
            return label.charAt(2) - '0';
        }

        /** The name on the command line. */
        public String label() {
            return label;
        }
    }

    /** Forms of a list of chapters. */
    public enum ChapterList {
        /** A cue sheet, as disc burners and players read it. */
        CUE,
        /** The chapters of the reports. */
        JSON
    }
}
