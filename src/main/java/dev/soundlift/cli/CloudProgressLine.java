package dev.soundlift.cli;

import dev.soundlift.nemo.CloudProgress;
import dev.soundlift.text.Text;
import org.jspecify.annotations.Nullable;

/** How far the service is: a percentage on a terminal, notes everywhere. */
final class CloudProgressLine implements CloudProgress {
    private final CloudAction action;
    private @Nullable Text shown;

    CloudProgressLine(CloudAction action) {
        this.action = action;
    }

    @Override
    public synchronized void advanced(Stage stage, double share) {
        if (!action.console.terminal() || action.global.quiet) return;
        Text now = stage.text(share);
        if (now.equals(shown)) return;
        shown = now;
        String ending = share >= 1 ? "\r\u001b[K" : "";
        action.console.err().print("\r" + action.console.words(now) + "\u001b[K" + ending);
        action.console.err().flush();
    }

    @Override
    public synchronized void says(Text words) {
        if (shown != null) action.console.err().print("\r\u001b[K");
        shown = null;
        action.note(words);
    }
}
