package dev.soundlift.sentence;

import dev.soundlift.sentence.Atoms.Atom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a sentence into tokens: names first, then the longest phrase of the vocabulary or a number. */
final class Lexer {
    /** Begins with 分, but is no minute. */
    private static final List<String> APART = List.of("分", "别");

    private static final Set<String> SUFFIXES = Set.of("st", "nd", "rd", "th");

    private final String sentence;
    private final List<Atom> atoms;

    private Lexer(String sentence, List<Atom> atoms) {
        this.sentence = sentence;
        this.atoms = atoms;
    }

    /** @param spellings what misspelt words are meant to be */
    static List<Token> tokens(String sentence, Surroundings surroundings, Map<String, String> spellings) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        for (Names.Name name : Names.in(sentence, surroundings)) {
            tokens.addAll(between(sentence, at, name.start(), spellings));
            String form = name.quoted() ? "quoted" : "";
            tokens.add(new Token(
                    Map.of(Token.NAME, name.text(), "FORM", form),
                    sentence.substring(name.start(), name.end()),
                    name.start(),
                    name.end()));
            at = name.end();
        }
        tokens.addAll(between(sentence, at, sentence.length(), spellings));
        return Senses.of(tokens);
    }

    /** Of text that has no names in it. */
    static List<Token> words(String text) {
        return between(text, 0, text.length(), Map.of());
    }

    private static List<Token> between(String sentence, int from, int to, Map<String, String> spellings) {
        List<Atom> shifted = Atoms.of(sentence.substring(from, to)).stream()
                .map(atom -> new Atom(
                        spellings.getOrDefault(atom.text(), atom.text()), atom.start() + from, atom.end() + from))
                .toList();
        return new Lexer(sentence, shifted).tokens();
    }

    private List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < atoms.size()) {
            Optional<Vocabulary.Phrase> phrase = phraseAt(at, !tokens.isEmpty() && isCount(tokens));
            Optional<Numbers.Found> number = Numbers.at(atoms, at);
            int ordinal = ordinalAt(at);
            int phraseLength = phrase.map(found -> found.atoms().size()).orElse(0);
            int numberLength = number.map(Numbers.Found::atoms).orElse(0);
            if (atoms.get(at).isClock()) {
                tokens.add(token(at, 1, Map.of(Token.CLOCK, atoms.get(at).text())));
                at += 1;
            } else if (ordinal > 0 && ordinal >= phraseLength) {
                int prefix = atoms.get(at).text().equals("第") ? 1 : 0;
                Numbers.Found counted = Numbers.at(atoms, at + prefix).orElseThrow();
                tokens.add(token(
                        at, ordinal, Map.of(Token.ORDINAL, counted.number().toPlainString())));
                at += ordinal;
            } else if (phrase.isPresent()
                    && phraseLength > numberLength
                    && !(numberLength > 0 && countsTime(at + phraseLength))) {
                tokens.add(token(at, phraseLength, phrase.get().meanings()));
                at += phraseLength;
            } else if (number.isPresent()) {
                Map<String, String> meanings = new HashMap<>();
                if (phraseLength == numberLength)
                    meanings.putAll(phrase.orElseThrow().meanings());
                meanings.put(Token.NUMBER, number.get().number().toPlainString());
                tokens.add(token(at, numberLength, meanings));
                at += numberLength;
            } else if (phrase.isPresent()) {
                tokens.add(token(at, phraseLength, phrase.get().meanings()));
                at += phraseLength;
            } else {
                tokens.add(token(at, 1, Map.of()));
                at += 1;
            }
        }
        return tokens;
    }

    private Token token(int at, int length, Map<String, String> meanings) {
        int start = atoms.get(at).start();
        int end = atoms.get(at + length - 1).end();
        return new Token(meanings, sentence.substring(start, end), start, end);
    }

    /** 一个半小时 is a number with a unit, though 一个 is a phrase. */
    private boolean countsTime(int next) {
        boolean afterMeasure = next < atoms.size() && atoms.get(next - 1).text().equals("个");
        return afterMeasure
                && (phraseAt(next, "UNIT").isPresent() || phraseAt(next, "HALF").isPresent());
    }

    /** "To one hour" does not begin with the phrase "to one", nor "first half hour" with "first half". */
    private boolean endsInCount(int at, Vocabulary.Phrase phrase) {
        int next = at + phrase.atoms().size();
        if (phrase.atoms().size() < 2 || next >= atoms.size()) return false;
        String last = atoms.get(next - 1).text();
        return (Numbers.isWord(last) || last.equals("half") || last.equals("半"))
                && phraseAt(next, "UNIT").isPresent();
    }

    private static boolean isCount(List<Token> tokens) {
        Token last = tokens.get(tokens.size() - 1);
        return last.is(Token.NUMBER) || last.is(Token.ORDINAL);
    }

    /** @param afterNumber then a unit comes first: 五分开始 is five minutes and 开始, not five and 分开 */
    private Optional<Vocabulary.Phrase> phraseAt(int at, boolean afterNumber) {
        Optional<Vocabulary.Phrase> unit = afterNumber ? phraseAt(at, "UNIT") : Optional.empty();
        Optional<Vocabulary.Phrase> longest = phraseAt(at, "");
        boolean apart = longest.filter(phrase -> phrase.atoms().equals(APART)).isPresent();
        return unit.isPresent() && !apart ? unit : longest;
    }

    /** The longest phrase of this kind; of any where it is empty. */
    private Optional<Vocabulary.Phrase> phraseAt(int at, String kind) {
        for (Vocabulary.Phrase phrase :
                Vocabulary.WORDS.beginningWith(atoms.get(at).text())) {
            if (!kind.isEmpty() && !phrase.meanings().containsKey(kind)) continue;
            int length = phrase.atoms().size();
            boolean fits = at + length <= atoms.size();
            for (int i = 1; fits && i < length; i++) {
                fits = atoms.get(at + i).text().equals(phrase.atoms().get(i));
            }
            if (fits && !endsInCount(at, phrase)) return Optional.of(phrase);
        }
        return Optional.empty();
    }

    /** How many atoms an ordinal takes: {@code 2nd}, {@code 第二}; 0 for none. */
    private int ordinalAt(int at) {
        if (at + 1 >= atoms.size()) return 0;
        Atom first = atoms.get(at);
        Atom next = atoms.get(at + 1);
        boolean touching = first.end() == next.start();
        if (first.text().equals("第") && !next.isClock()) {
            return Numbers.at(atoms, at + 1).map(found -> found.atoms() + 1).orElse(0);
        }
        boolean suffix = SUFFIXES.contains(next.text());
        return first.isNumber() && !first.isClock() && touching && suffix ? 2 : 0;
    }
}
