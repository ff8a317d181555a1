package dev.soundlift.sentence;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers as digits and as words: {@code 2.5}, {@code twenty-five}, {@code 一百零五}, {@code 三十}. */
final class Numbers {
    /** A number and how many atoms it took. */
    record Found(BigDecimal number, int atoms) {}

    private static final Map<String, Integer> ENGLISH = Map.ofEntries(
            Map.entry("zero", 0),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("eleven", 11),
            Map.entry("twelve", 12),
            Map.entry("thirteen", 13),
            Map.entry("fourteen", 14),
            Map.entry("fifteen", 15),
            Map.entry("sixteen", 16),
            Map.entry("seventeen", 17),
            Map.entry("eighteen", 18),
            Map.entry("nineteen", 19),
            Map.entry("twenty", 20),
            Map.entry("thirty", 30),
            Map.entry("forty", 40),
            Map.entry("fourty", 40),
            Map.entry("fifty", 50),
            Map.entry("sixty", 60),
            Map.entry("seventy", 70),
            Map.entry("eighty", 80),
            Map.entry("ninety", 90));

    private static final String DIGITS = "零一二三四五六七八九";
    private static final Map<Character, Integer> POWERS = Map.of('十', 10, '百', 100, '千', 1000);
    private static final int MYRIAD = 10_000;

    private Numbers() {}

    /** An English one, such as {@code twenty}. */
    static boolean isWord(String text) {
        return ENGLISH.containsKey(text);
    }

    /** The number that begins at this atom. */
    static Optional<Found> at(List<Atoms.Atom> atoms, int index) {
        Atoms.Atom first = atoms.get(index);
        if (first.isNumber() && !first.isClock()) return Optional.of(digits(atoms, index));
        if (ENGLISH.containsKey(first.text()) || first.text().equals("hundred")) return english(atoms, index);
        return chinese(atoms, index);
    }

    /** Digits, and {@code 2万}-like words are left alone. */
    private static Found digits(List<Atoms.Atom> atoms, int index) {
        return new Found(new BigDecimal(atoms.get(index).text().replace(",", "")), 1);
    }

    private static Optional<Found> english(List<Atoms.Atom> atoms, int index) {
        int sum = 0;
        int previous = 1000;
        int at = index;
        while (at < atoms.size()) {
            String word = atoms.get(at).text();
            Integer value = ENGLISH.get(word);
            if (word.equals("hundred") && sum < 10) {
                sum = Math.max(1, sum) * 100;
                previous = 100;
            } else if (value != null && fits(value, previous)) {
                sum += value;
                previous = value;
            } else if (word.equals("and") && sum >= 100 && previous == 100 && at + 1 < atoms.size()) {
                if (!ENGLISH.containsKey(atoms.get(at + 1).text())) break;
            } else {
                break;
            }
            at++;
        }
        return at == index ? Optional.empty() : Optional.of(new Found(BigDecimal.valueOf(sum), at - index));
    }

    /** Whether a word can go on with a number: twenty five, but not five twenty. */
    private static boolean fits(int value, int previous) {
        return previous >= 100 || (previous >= 20 && value > 0 && value < 10);
    }

    private static Optional<Found> chinese(List<Atoms.Atom> atoms, int index) {
        int sum = 0;
        int digit = -1;
        int at = index;
        boolean power = false;
        int last = 1;
        for (; at < atoms.size() && at - index < 9; at++) {
            if (atoms.get(at).text().length() != 1) break;
            char letter = atoms.get(at).text().charAt(0);
            if (letter == '〇') letter = '零';
            if (letter == '两') letter = '二';
            int value = DIGITS.indexOf(letter);
            Integer times = POWERS.get(letter);
            if (value >= 0) {
                // 二三 beside each other are no number; 一零五 is read digit by digit
                if (digit > 0 || (digit == 0 && value == 0)) digit = digit * 10 + value;
                else digit = value;
                if (digit > 9 && power) break;
                if (value == 0) last = 1;
            } else if (letter == '万' && sum + Math.max(0, digit) > 0 && sum < MYRIAD) {
                sum = (sum + Math.max(0, digit)) * MYRIAD;
                digit = -1;
                last = MYRIAD;
            } else if (times != null) {
                sum += (digit < 0 ? 1 : digit) * times;
                digit = -1;
                power = true;
                last = times;
            } else {
                break;
            }
        }
        if (at == index) return Optional.empty();
        // 三百二 is 320, 三百零二 is 302
        int unit = last > 10 && digit > 0 && digit < 10 ? last / 10 : 1;
        return Optional.of(new Found(BigDecimal.valueOf(sum + (long) Math.max(0, digit) * unit), at - index));
    }
}
