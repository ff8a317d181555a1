package dev.soundlift.cli;

import dev.soundlift.batch.Fence;
import dev.soundlift.batch.Inputs;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.text.Text;
import java.util.List;
import java.util.function.Function;

/**
 * Who makes a call in the user's stead, such as an agent: hears how far it is, may end it, and is held inside a fence.
 *
 * @param progress hears of each input whose turn has come
 * @param access words that the user has said beforehand about what may be fetched
 */
record Guest(Cancellation cancellation, Function<MediaSource, Progress> progress, Fence fence, List<String> access) {
    Guest {
        access = List.copyOf(access);
    }

    /** Refuses inputs that lie outside before anything is looked for, and those that are not there for a guest. */
    void requireInputs(List<String> typed) throws ExtractionException {
        for (String input : typed) {
            if (input.equals("-")) throw usage("error.guest-pipe", "next.guest-pipe");
            if (!AccessOptions.isElsewhere(input)) fence.requireReadable(Inputs.one(input));
        }
    }

    private static ExtractionException usage(String what, String next) {
        return new ExtractionException(ErrorKind.USAGE, Text.of(what), Text.of(next));
    }

    /** Refuses what the user has not allowed, however it was asked for. */
    void requireNoUpload() throws ExtractionException {
        if (!fence.allowsUploads()) throw usage("error.guest-upload", "next.guest-upload");
    }
}
