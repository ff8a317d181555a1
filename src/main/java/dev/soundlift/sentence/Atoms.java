package dev.soundlift.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts text into words, numbers, single Chinese characters and signs. */
final class Atoms {
    /** @param text in plain form, see {@link Traditional#plain} */
    record Atom(String text, int start, int end) {
        boolean isNumber() {
            return Character.isDigit(text.charAt(0));
        }

        boolean isClock() {
            return isNumber() && (text.indexOf(':') > 0 || text.indexOf('\'') > 0);
        }
    }

    private static final Pattern ATOM = Pattern.compile(
            "\\d{1,4}(?::[0-9]{1,2}){1,2}(?:[.,]\\d{1,9})?(?![\\d:])" // 1:02:03.5
                    + "|\\d{1,4}['′]\\d{1,2}(?:[\"″]|'')" // two minutes thirty as 2'30''
                    + "|\\d{1,3}(?:,\\d{3})+(?![\\d,])" // 44,100
                    + "|\\d{1,40}(?:\\.\\d{1,9})?"
                    + "|\\.[a-z][a-z0-9]{1,4}(?![a-z0-9])" // .mkv
                    + "|[a-z\u00df-\u024f][a-z0-9\u00df-\u024f]*(?:'[a-z]+)?(?:/s(?![a-z]))?"
                    + "|->|\\S");

    /** After a number only letters: {@code 1h2m3s}, {@code 192kbps}. */
    private static final Pattern UNIT = Pattern.compile("[a-z]+(?:/s(?![a-z]))?");

    private Atoms() {}

    static List<Atom> of(String text) {
        String plain = Traditional.plain(text);
        List<Atom> atoms = new ArrayList<>();
        Matcher matcher = ATOM.matcher(plain);
        Matcher unit = UNIT.matcher(plain);
        int at = 0;
        while (matcher.find(at)) {
            Matcher found = matcher;
            boolean afterNumber = !atoms.isEmpty()
                    && atoms.get(atoms.size() - 1).isNumber()
                    && last(atoms).end() == matcher.start();
            if (afterNumber && unit.region(matcher.start(), plain.length()).lookingAt()) found = unit;
            at = found.end();
            if (!isJoint(plain, found.start())) atoms.add(new Atom(found.group(), found.start(), found.end()));
        }
        return atoms;
    }

    private static Atom last(List<Atom> atoms) {
        return atoms.get(atoms.size() - 1);
    }

    /** A hyphen between words: {@code re-encoding}, {@code 24-bit}; between numbers it means "to". */
    private static boolean isJoint(String text, int at) {
        return text.charAt(at) == '-'
                && at > 0
                && at + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(at - 1))
                && isLatin(text.charAt(at + 1));
    }

    private static boolean isLatin(char letter) {
        return letter >= 'a' && letter <= 'z';
    }
}
