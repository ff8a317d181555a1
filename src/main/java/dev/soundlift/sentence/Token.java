package dev.soundlift.sentence;

import java.util.Map;

/**
 * A stretch of a sentence that means something, or that nothing is known about.
 *
 * @param meanings kinds of {@code vocabulary.txt} with their values, and NUMBER, CLOCK, ORDINAL, NAME; empty: not known
 * @param text as it was written
 * @param start index of its first character in the sentence
 * @param end index after its last character
 */
record Token(Map<String, String> meanings, String text, int start, int end) {
    static final String NUMBER = "NUMBER";
    static final String CLOCK = "CLOCK";
    static final String ORDINAL = "ORDINAL";

    /** A file, a folder, a pattern, a URL, or anything in quotes. */
    static final String NAME = "NAME";

    boolean is(String kind) {
        return meanings.containsKey(kind);
    }

    String value(String kind) {
        return meanings.getOrDefault(kind, "");
    }

    boolean isKnown() {
        return !meanings.isEmpty();
    }

    /** Whether a rule may pass over it. */
    boolean isSoft() {
        return is("SOFT") || is("A");
    }

    /** Whether nothing is lost when it stands alone. */
    boolean isFiller() {
        if (is("TOLD")) return false;
        return is("FILLER")
                || is("PUNCTUATION")
                || is("SOFT")
                || is("A")
                || is("MEDIA")
                || is("EXTRACT")
                || is("ENOUGH")
                || is("EXISTING")
                || is("WHERE")
                || is("ASKS")
                || is("INTENT")
                || is("DEADLINE")
                || value("RETAKE").equals("weak")
                || is("CONCLUSION")
                || is("BECAUSE")
                || is("WHY");
    }
}
