package dev.soundlift.failure;

import java.util.Locale;

/** What kind of thing went wrong. The kind, never the message, decides the exit code (CONTRACT: "Exit codes"). */
public enum ErrorKind {
    USAGE(2),
    RANGE_OUTSIDE(2),
    DOES_NOT_FIT(2),
    UNREADABLE(3),
    NOT_MEDIA(3),
    PROTECTED(3),
    UNSUPPORTED_CODEC(3),
    NO_ENGINE(3),
    NO_AUDIO(4),
    NO_SUCH_TRACK(4),
    VERIFICATION(5),
    CLOUD_SIGN_IN(7),
    CLOUD_SESSION(7),
    CLOUD_CREDITS(7),
    CLOUD_PLAN(7),
    CLOUD_FILE_TYPE(7),
    CLOUD_FILE_SIZE(7),
    CLOUD_BUSY(7),
    CLOUD_REFUSED(7),
    CLOUD_NO_ANSWER(8),
    CLOUD_RENDER_FAILED(8),
    NETWORK(8),
    OUTPUT_EXISTS(9),
    OUTPUT_IS_INPUT(9),
    NO_SPACE(9),
    NOT_WRITABLE(9),
    CRASHED(70),
    BUG(70),
    INTERRUPTED(130);

    private final int exitCode;

    ErrorKind(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** The stable name in reports, such as {@code no-audio}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
