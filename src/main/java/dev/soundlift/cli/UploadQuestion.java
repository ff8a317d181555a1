package dev.soundlift.cli;

import dev.soundlift.Consent;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * Asks before each file that is to leave the machine, where somebody sits at the terminal. In a script the options are the
 * answer: whoever wrote {@code --engine cloud} or {@code --allow-upload} has agreed.
 */
final class UploadQuestion implements Consent {
    /** How a batch tells the process of one file that {@code --yes} was given. */
    static final String AGREED = "soundlift.yes";

    private final Questions questions;
    private final boolean yes;
    private boolean all;

    UploadQuestion(Questions questions, boolean yes) {
        this.questions = questions;
        this.yes = yes || Boolean.getBoolean(AGREED);
    }

    @Override
    public synchronized boolean toUpload(Text what, Cancellation cancellation) {
        if (yes || all || !questions.areWatched()) return true;
        try {
            Text question = Text.of("cloud.upload-question", what);
            String answer = questions.answer(question, cancellation).toLowerCase(Locale.ROOT);
            all = answer.startsWith("a") || answer.startsWith("全");
            return all || Questions.isYes(answer);
        } catch (IOException terminalGone) {
            throw new UncheckedIOException(terminalGone);
        }
    }

    /** Somebody who is asked anyway sees what is to be sent. */
    @Override
    public boolean toRepackage() {
        return yes || questions.areWatched();
    }
}
