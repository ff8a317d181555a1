package dev.soundlift.request;

import java.util.Optional;

/**
 * Who may do the work.
 *
 * @param kind {@link Kind#AUTO} takes the first that can, this machine before any other
 * @param program the ffmpeg program, or the folder that it is in, where the user names one
 * @param uploadAllowed whether {@link Kind#AUTO} may choose the cloud; without it no byte leaves the machine
 */
public record EngineChoice(Kind kind, Optional<String> program, boolean uploadAllowed) {
    /** Whoever can, on this machine. */
    public static final EngineChoice AUTO = new EngineChoice(Kind.AUTO, false);

    /** Without a program that the user named. */
    public EngineChoice(Kind kind, boolean uploadAllowed) {
        this(kind, Optional.empty(), uploadAllowed);
    }

    /** The same with another program. */
    public EngineChoice withProgram(Optional<String> wanted) {
        return new EngineChoice(kind, wanted, uploadAllowed);
    }

    /** The names on the command line, in upper case. */
    public enum Kind {
        /** The first that can. */
        AUTO,
        /** FFmpeg's libraries inside this process. */
        LOCAL,
        /** An {@code ffmpeg} program. */
        EXECUTABLE,
        /** NemoVideo's service. */
        CLOUD
    }
}
