package dev.soundlift.agent;

import dev.soundlift.engine.Cancellation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Something that an agent can ask for, said without any protocol.
 *
 * @param title for people
 * @param input JSON Schema of the arguments
 * @param output JSON Schema of {@link Answer#structured}
 * @param onlyReads whether it changes nothing
 */
record Tool(
        String name,
        String title,
        String description,
        Map<String, Object> input,
        Map<String, Object> output,
        boolean onlyReads,
        Handler handler) {

    /** Does it; called from any thread, and waits as long as it takes. */
    @FunctionalInterface
    interface Handler {
        Answer call(Map<String, Object> arguments, Asker asker);
    }

    /**
     * What came of it.
     *
     * @param text for a model to read
     * @param structured the same for programs
     * @param files that were made, the first of many
     */
    record Answer(String text, Map<String, Object> structured, boolean isError, List<Path> files) {}

    /** Who waits for an answer. */
    interface Asker {
        /** Requested when the answer is no longer wanted. */
        Cancellation cancellation();

        /**
         * Tells how far it is; each time more.
         *
         * @param done seconds of media
         * @param total of them, where that is known
         */
        void progress(double done, OptionalDouble total, String message);
    }
}
