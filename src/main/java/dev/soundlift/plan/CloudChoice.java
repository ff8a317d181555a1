package dev.soundlift.plan;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.text.Text;
import java.util.Optional;

/**
 * Decides whether a job may leave the machine: where the user asks for it, or nothing here can do it and they allow it.
 *
 * @param why the cloud, or why it would help; nothing where it is out of the question
 */
public record CloudChoice(Where where, Optional<Why> why) {
    /** Who does it. */
    public enum Where {
        HERE,
        CLOUD,
        /** Consent is missing. */
        CLOUD_IF_ALLOWED,
        NOWHERE
    }

    /** Why not here. */
    public enum Why {
        ASKED("reason.cloud-asked"),
        NO_ENGINE("reason.cloud-no-engine"),
        NO_CODEC("reason.cloud-no-codec"),
        /** An address that this machine cannot fetch from, though others perhaps can. */
        ONLY_THERE("reason.cloud-only-there");

        private final String key;

        Why(String key) {
            this.key = key;
        }

        public Text text() {
            return Text.of(key);
        }
    }

    /**
     * The decision.
     *
     * @param here why it cannot be done on this machine; nothing where it can
     */
    public static CloudChoice of(EngineChoice wish, MediaSource source, Optional<ErrorKind> here) {
        boolean asked = wish.kind() == EngineChoice.Kind.CLOUD;
        if (here.isEmpty()) {
            return asked
                    ? new CloudChoice(Where.CLOUD, Optional.of(Why.ASKED))
                    : new CloudChoice(Where.HERE, Optional.empty());
        }
        Optional<Why> helps = asked || wish.kind() == EngineChoice.Kind.AUTO ? helps(here.get(), source) : helpless();
        if (helps.isEmpty()) return new CloudChoice(Where.NOWHERE, helps);
        if (asked) return new CloudChoice(Where.CLOUD, Optional.of(Why.ASKED));
        return new CloudChoice(wish.uploadAllowed() ? Where.CLOUD : Where.CLOUD_IF_ALLOWED, helps);
    }

    private static Optional<Why> helpless() {
        return Optional.empty();
    }

    /** What fails here for want of an engine, a codec or a way may work elsewhere; a broken file is broken everywhere. */
    private static Optional<Why> helps(ErrorKind here, MediaSource source) {
        boolean address = source instanceof MediaSource.RemoteUrl;
        if (!address && !(source instanceof MediaSource.LocalFile)) return helpless(); // a pipe is nothing to hand on
        return switch (here) {
            case NO_ENGINE -> Optional.of(Why.NO_ENGINE);
            case UNSUPPORTED_CODEC -> Optional.of(Why.NO_CODEC);
            case NETWORK, UNREADABLE, NOT_MEDIA -> address ? Optional.of(Why.ONLY_THERE) : helpless();
            default -> helpless();
        };
    }

    /** The failure here, with the way out that the user has not allowed, where there is one. */
    public ExtractionException told(ExtractionException here) {
        if (where != Where.CLOUD_IF_ALLOWED) return here;
        return new ExtractionException(
                here.kind(), here.whatHappened(), Text.of("next.or-allow-upload", here.nextStep()), here);
    }
}
