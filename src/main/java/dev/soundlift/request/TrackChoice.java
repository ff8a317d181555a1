package dev.soundlift.request;

import java.util.Optional;

/** Which audio track is wished for. */
public sealed interface TrackChoice {
    /** The one that the rules choose. */
    TrackChoice BEST = new Best();
    /** Every one. */
    TrackChoice ALL = new All();

    /** The rules decide (the planner's TrackPicker). */
    record Best() implements TrackChoice {
        @Override
        public String toString() {
            return "best";
        }
    }

    /** The n-th audio track, counted from 1. */
    record Position(int number) implements TrackChoice {
        /** Refuses a number below 1. */
        public Position {
            if (number < 1) throw new IllegalArgumentException("tracks are counted from 1: " + number);
        }

        @Override
        public String toString() {
            return Integer.toString(number);
        }
    }

    /** By language: a code of ISO 639-1, 639-2/B or 639-2/T, or the language's name in English. */
    record Language(String language) implements TrackChoice {
        @Override
        public String toString() {
            return "lang:" + language;
        }
    }

    /** By part of the track's title, in any case. */
    record Title(String words) implements TrackChoice {
        @Override
        public String toString() {
            return "title:" + words;
        }
    }

    /** Every track, one file each. */
    record All() implements TrackChoice {
        @Override
        public String toString() {
            return "all";
        }
    }

    /**
     * Reads what {@code --track} takes, but for joined tracks: {@code best}, {@code all}, a number from 1, {@code
     * lang:}, {@code title:}.
     */
    static Optional<TrackChoice> parse(String text) {
        if (text.equals("best")) return Optional.of(BEST);
        if (text.equals("all")) return Optional.of(ALL);
        if (text.matches("[1-9]\\d{0,4}")) return Optional.of(new Position(Integer.parseInt(text)));
        if (text.startsWith("lang:") && text.length() > 5) return Optional.of(new Language(text.substring(5)));
        if (text.startsWith("title:") && text.length() > 6) return Optional.of(new Title(text.substring(6)));
        return Optional.empty();
    }
}
