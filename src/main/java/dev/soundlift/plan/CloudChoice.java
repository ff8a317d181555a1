package dev.soundlift.plan;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.text.Text;
import java.util.Optional;

/** Decides whether a file may leave the machine: where the user asks for it, or nothing here can do it and they allow it. */
public final class CloudChoice {
    private CloudChoice() {}

    /**
     * Why the cloud does it; nothing where it must not.
     *
     * @param here why it cannot be done on this machine; nothing where it can
     */
    public static Optional<Text> why(EngineChoice wish, Optional<ErrorKind> here) {
        if (wish.kind() == EngineChoice.Kind.CLOUD) return Optional.of(Text.of("reason.cloud-asked"));
        boolean allowed = wish.kind() == EngineChoice.Kind.AUTO && wish.uploadAllowed();
        return allowed ? here.flatMap(CloudChoice::helps) : Optional.empty();
    }

    /** What fails here for want of an engine or a codec may work elsewhere; a broken file is broken everywhere. */
    private static Optional<Text> helps(ErrorKind here) {
        return switch (here) {
            case NO_ENGINE -> Optional.of(Text.of("reason.cloud-no-engine"));
            case UNSUPPORTED_CODEC -> Optional.of(Text.of("reason.cloud-no-codec"));
            default -> Optional.empty();
        };
    }

    /** The same failure, with the way out that the user has not allowed. */
    public static ExtractionException withTheWayOut(ExtractionException here, EngineChoice wish) {
        boolean couldHelp = wish.kind() == EngineChoice.Kind.AUTO
                && !wish.uploadAllowed()
                && helps(here.kind()).isPresent();
        if (!couldHelp) return here;
        return new ExtractionException(
                here.kind(), here.whatHappened(), Text.of("next.or-allow-upload", here.nextStep()), here);
    }
}
