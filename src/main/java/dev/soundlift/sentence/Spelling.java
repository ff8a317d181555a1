package dev.soundlift.sentence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the word of the vocabulary that a misspelt English one is meant to be. */
final class Spelling {
    private static final int SHORTEST = 4;
    /** From here on two slips are forgiven, before that one. */
    private static final int LONG = 8;
    /** Enough for people; a heap of unknown words stays unknown. */
    private static final int MOST = 12;

    private static final Pattern SMALL = Pattern.compile("[a-z]+");

    private Spelling() {}

    /**
     * The words that nothing is known of, and what they are probably meant to be.
     *
     * @param sentence whose words with a capital are names, except for the first
     */
    static Map<String, String> of(String sentence, List<Token> left) {
        Map<String, String> corrections = new HashMap<>();
        left.stream()
                .filter(token -> !token.isKnown())
                .filter(token -> SMALL.matcher(token.text()).matches()
                        || sentence.substring(0, token.start()).isBlank())
                .map(token -> Traditional.plain(token.text()))
                .distinct()
                .limit(MOST)
                .forEach(word ->
                        meant(word, isCounted(word, sentence)).ifPresent(known -> corrections.put(word, known)));
        return corrections;
    }

    /** "Two and a half minuts": a unit stands there. */
    private static boolean isCounted(String word, String sentence) {
        List<Token> tokens = Lexer.words(sentence);
        for (int at = 1; at < tokens.size(); at++) {
            Token before = tokens.get(at - 1);
            if (Traditional.plain(tokens.get(at).text()).equals(word))
                return before.is(Token.NUMBER) || before.is("HALF");
        }
        return false;
    }

    /**
     * Nothing where two words with different meanings are as near.
     *
     * @param counted whether a number stands before it
     */
    private static Optional<String> meant(String word, boolean counted) {
        if (!Vocabulary.WORDS.beginningWith(word).isEmpty()) return Optional.empty();
        if (word.length() < SHORTEST || !SMALL.matcher(word).matches()) return Optional.empty();
        int most = word.length() < LONG ? 1 : 2;
        for (int slips = 1; slips <= most; slips++) {
            int wanted = slips;
            List<String> near = Vocabulary.WORDS.latinWords(word.charAt(0)).stream()
                    .filter(known -> slips(word, known, most) == wanted)
                    .toList();
            if (near.isEmpty()) continue;
            Optional<String> unit =
                    near.stream().filter(Vocabulary.WORDS::isUnit).findFirst();
            if (counted && unit.isPresent()) return unit;
            List<String> unfinished = near.stream()
                    .filter(known -> word.length() > SHORTEST && known.startsWith(word))
                    .toList();
            if (unfinished.size() == 1) return Optional.of(unfinished.get(0));
            // A letter is left out more often than one is put in
            List<String> longer = near.stream()
                    .filter(known -> known.length() >= word.length())
                    .toList();
            if (!longer.isEmpty() && longer.stream().allMatch(known -> Vocabulary.WORDS.meanSame(known, longer.get(0))))
                return Optional.of(longer.get(0));
            boolean clear = near.stream().allMatch(known -> Vocabulary.WORDS.meanSame(known, near.get(0)));
            return clear ? Optional.of(near.get(0)) : Optional.empty();
        }
        return Optional.empty();
    }

    /**
     * How many letters are wrong, missing, too many, or swapped with their neighbour (optimal string alignment).
     *
     * @param most where there are more, one more than this is returned
     */
    static int slips(String word, String known, int most) {
        int rows = word.length();
        int columns = known.length();
        if (Math.abs(rows - columns) > most) return most + 1;
        int[][] slips = new int[rows + 1][columns + 1];
        for (int row = 0; row <= rows; row++) slips[row][0] = row;
        for (int column = 0; column <= columns; column++) slips[0][column] = column;
        for (int row = 1; row <= rows; row++) {
            for (int column = 1; column <= columns; column++) {
                boolean equal = word.charAt(row - 1) == known.charAt(column - 1);
                int least = Math.min(
                        slips[row - 1][column - 1] + (equal ? 0 : 1),
                        1 + Math.min(slips[row - 1][column], slips[row][column - 1]));
                boolean swapped = row > 1
                        && column > 1
                        && word.charAt(row - 1) == known.charAt(column - 2)
                        && word.charAt(row - 2) == known.charAt(column - 1);
                slips[row][column] = swapped ? Math.min(least, slips[row - 2][column - 2] + 1) : least;
            }
        }
        return Math.min(slips[rows][columns], most + 1);
    }
}
