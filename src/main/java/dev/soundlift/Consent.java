package dev.soundlift;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.text.Text;

/** Asks the user before anything leaves the machine. Called from any thread that works. */
public interface Consent {
    /** What the request itself says: who chose the cloud or allowed it has agreed; files are sent as they are. */
    Consent OF_THE_REQUEST = new Consent() {
        @Override
        public boolean toUpload(Text what, Cancellation cancellation) {
            return true;
        }

        @Override
        public boolean toRepackage() {
            return false;
        }
    };

    /**
     * Whether this may be sent.
     *
     * @param what goes where, how large it is, and what it may cost
     * @param cancellation when requested, the answer is no
     */
    boolean toUpload(Text what, Cancellation cancellation);

    /** Whether the sound of a file of a type that the service does not take may be sent in another container. */
    boolean toRepackage();
}
