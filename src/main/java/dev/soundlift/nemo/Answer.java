package dev.soundlift.nemo;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.util.List;

/**
 * What became of a message.
 *
 * @param paragraphs what the service said, as it said it; empty where it did its work in silence
 * @param before what the session held before the message was sent
 * @param after what it holds now
 * @param recovered whether the stream broke off and only the state tells what happened
 */
public record Answer(List<String> paragraphs, State before, State after, boolean recovered) {
    public Answer {
        paragraphs = List.copyOf(paragraphs);
    }

    public boolean changedAnything() {
        return after.differsFrom(before);
    }

    /** For a job that cannot go on with nothing. */
    public Answer requireChange() throws ExtractionException {
        if (changedAnything()) return this;
        String said = Redaction.line(String.join(" ", Translation.of(paragraphs).kept()));
        throw new ExtractionException(
                ErrorKind.CLOUD_REFUSED,
                said.isEmpty() ? Text.of("error.cloud-nothing-done") : Text.of("error.cloud-nothing-done-words", said),
                Text.of("next.cloud-nothing-done"));
    }
}
