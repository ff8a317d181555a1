package dev.soundlift.emulator;

/** What can go wrong with one request. */
public enum Fault {
    NONE,
    /** Business codes, on HTTP 200. */
    CODE_1001,
    CODE_1002,
    CODE_2001,
    CODE_4001,
    CODE_4002,
    /** The same on the HTTP status that fits, without a body. */
    HTTP_400,
    HTTP_401,
    HTTP_402,
    HTTP_404,
    HTTP_413,
    HTTP_415,
    HTTP_422,
    HTTP_429,
    HTTP_500,
    /** Asks a client to send the same again at once. */
    HTTP_503_NOW,
    /** The work is done, then the answer is an error of the server. */
    DONE_BUT_500,
    REDIRECT,
    HTML,
    EMPTY,
    ARRAY,
    HALF_JSON,
    WRONG_TYPES,
    HANG,
    DROP,
    /** The work is done, but the answer never comes. */
    DONE_BUT_DROP,
    /** The answer is cut in its middle. */
    DROP_MID,
    // For streams
    SILENT,
    SILENT_AND_NOTHING_DONE,
    HEARTBEATS_ONLY,
    NOISE_TAIL,
    ERROR_IN_STREAM,
    CODE_IN_STREAM,
    PLAIN_JSON,
    // For renders and downloads
    SLOW,
    FAILED,
    NO_URL,
    BAD_URL,
    PRIVATE_URL,
    WRONG_SIZE,
    DUPLICATE_ID;

    /** Whether the work is refused before it is begun, in a way that the documents name. */
    boolean refuses() {
        return name().startsWith("CODE_1")
                || name().startsWith("CODE_2")
                || name().startsWith("CODE_4")
                || this == HTTP_400
                || this == HTTP_401
                || this == HTTP_402
                || this == HTTP_404
                || this == HTTP_413
                || this == HTTP_415
                || this == HTTP_422
                || this == HTTP_429
                || this == DUPLICATE_ID;
    }
}
