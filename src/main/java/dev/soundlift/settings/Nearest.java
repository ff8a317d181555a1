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

    /** Letters to be added, left out, changed, or put in the place of their neighbour. */
    private static int distance(String one, String other) {
        int[][] of = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    of[i][j] = i + j;
                    continue;
                }
                int changed = of[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                of[i][j] = Math.min(changed, Math.min(of[i - 1][j], of[i][j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (swapped) of[i][j] = Math.min(of[i][j], of[i - 2][j - 2] + 1);
            }
        }
        return of[one.length()][other.length()];
    }
}
