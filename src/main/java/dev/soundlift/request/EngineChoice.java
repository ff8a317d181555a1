package dev.soundlift.request;

/**
 * Who may do the work.
 *
 * @param kind {@link Kind#AUTO} takes the first that can, this machine before any other
 * @param uploadAllowed whether {@link Kind#AUTO} may choose the cloud; without it no byte leaves the machine
 */
public record EngineChoice(Kind kind, boolean uploadAllowed) {
    public static final EngineChoice AUTO = new EngineChoice(Kind.AUTO, false);

    /** The names on the command line, in upper case. */
    public enum Kind {
        AUTO,
        LOCAL,
        EXECUTABLE,
        CLOUD
    }
}
