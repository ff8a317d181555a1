package dev.soundlift.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What the build does once so that every start is fast: usual calls, one after the other in one process. What they need
 * goes into the class-data archive (pom.xml), which a single call would fill with its own classes only.
 */
final class Rehearsal {
    /** Ends each call. */
    private static final String NEXT = "then";

    private Rehearsal() {}

    static boolean isWished() {
        return Boolean.getBoolean("soundlift.rehearsal");
    }

    /** The worst exit code. */
    static int run(String[] words, PrintStream out, PrintStream err) {
        int worst = ExitCode.OK;
        List<String> call = new ArrayList<>();
        for (String word : words) {
            if (!word.equals(NEXT)) {
                call.add(word);
            } else {
                worst = Math.max(worst, Main.run(call.toArray(new String[0]), out, err, true));
                call.clear();
            }
        }
        WebCommand.rehearse(err);
        return worst;
    }
}
