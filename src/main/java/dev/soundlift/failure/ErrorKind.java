package dev.soundlift.failure;

import java.util.Locale;

/** What kind of thing went wrong. The kind, never the message, decides the exit code (CONTRACT: "Exit codes"). */
public enum ErrorKind {
    /** The request contradicts itself or cannot be read. */
    USAGE(2),
    /** The stretch lies outside the media. */
    RANGE_OUTSIDE(2),
    /** What is asked for cannot be in the format asked for. */
    DOES_NOT_FIT(2),
    /** The input is missing or may not be read. */
    UNREADABLE(3),
    /** The input is empty, damaged beyond use, or no media at all. */
    NOT_MEDIA(3),
    /** The input is encrypted. */
    PROTECTED(3),
    /** Nothing here decodes it. */
    UNSUPPORTED_CODEC(3),
    /** None of those allowed can do the work. */
    NO_ENGINE(3),
    /** There is no audio track. */
    NO_AUDIO(4),
    /** There is audio, but not the track asked for. */
    NO_SUCH_TRACK(4),
    /** The result was made and found wrong: silent, cut off or damaged. */
    VERIFICATION(5),
    /** The cloud does not know the token. */
    CLOUD_SIGN_IN(7),
    /** The session has ended. */
    CLOUD_SESSION(7),
    /** The credits are used up. */
    CLOUD_CREDITS(7),
    /** The plan does not include it. */
    CLOUD_PLAN(7),
    /** The cloud does not take such files. */
    CLOUD_FILE_TYPE(7),
    /** The file is too large for the cloud. */
    CLOUD_FILE_SIZE(7),
    /** The cloud asks to come back later. */
    CLOUD_BUSY(7),
    /** The cloud refuses for another reason. */
    CLOUD_REFUSED(7),
    /** No answer that can be read, within the time. */
    CLOUD_NO_ANSWER(8),
    /** The cloud began and did not succeed. */
    CLOUD_RENDER_FAILED(8),
    /** The address cannot be reached. */
    NETWORK(8),
    /** The output is there already. */
    OUTPUT_EXISTS(9),
    /** The output would replace its own input. */
    OUTPUT_IS_INPUT(9),
    /** The disk is full. */
    NO_SPACE(9),
    /** The place may not be written to. */
    NOT_WRITABLE(9),
    /** A process that did the work died. */
    CRASHED(70),
    /** An error of ours. */
    BUG(70),
    /** The user or the caller ended it. */
    INTERRUPTED(130);

    private final int exitCode;

    ErrorKind(int exitCode) {
        this.exitCode = exitCode;
    }

    /** What the command line ends with. */
    public int exitCode() {
        return exitCode;
    }

    /** The stable name in reports, such as {@code no-audio}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
