package dev.soundlift.nemo;

import java.util.Optional;

/**
 * One project on the service.
 *
 * @param id 19 digits, more than a double holds: always a string
 * @param taskId needed for links only; unknown for a session that was named by hand
 */
public record Session(String id, Optional<String> taskId) {
    public Session {
        if (!isId(id)) throw new IllegalArgumentException("not a session");
    }

    /** What may stand in a path and on a command line. */
    public static boolean isId(String text) {
        return text.matches("[A-Za-z0-9_-]{1,100}");
    }
}
