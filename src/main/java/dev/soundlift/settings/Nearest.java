package dev.soundlift.settings;

import java.util.Collection;
import java.util.Optional;

/** What a misspelt word was meant to be. */
public final class Nearest {
    private Nearest() {}

    /**
     * The known word that differs least.
     *
     * @param most so many letters may differ
     */
    public static Optional<String> to(String word, Collection<String> known, int most) {
        String best = "";
        int least = most + 1;
        for (String name : known) {
            int distance = distance(word, name);
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** Levenshtein's: letters to be added, left out or changed. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) row[j] = j;
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
