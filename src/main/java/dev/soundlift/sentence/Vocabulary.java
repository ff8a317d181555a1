package dev.soundlift.sentence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The table of words, {@code vocabulary.txt}; read once. */
final class Vocabulary {
    static final Vocabulary WORDS = read();

    /**
     * What a phrase means.
     *
     * @param atoms its words or characters
     * @param meanings kinds with their values
     */
    record Phrase(List<String> atoms, Map<String, String> meanings) {}

    private final Map<String, List<Phrase>> byFirstAtom = new HashMap<>();

    private final Map<Character, List<String>> latinByLetter = new ConcurrentHashMap<>();

    /** Phrases as they are written, by kind and value. */
    private final Map<String, List<String>> spellings = new HashMap<>();

    private Vocabulary() {}

    private static Vocabulary read() {
        Vocabulary vocabulary = new Vocabulary();
        Map<List<String>, Map<String, String>> table = new LinkedHashMap<>();
        InputStream resource = Objects.requireNonNull(Vocabulary.class.getResourceAsStream("vocabulary.txt"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) vocabulary.readLine(line, table);
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
        table.forEach((atoms, meanings) -> vocabulary
                .byFirstAtom
                .computeIfAbsent(atoms.get(0), first -> new ArrayList<>())
                .add(new Phrase(atoms, Map.copyOf(meanings))));
        vocabulary
                .byFirstAtom
                .values()
                .forEach(phrases -> phrases.sort((one, other) ->
                        Integer.compare(other.atoms().size(), one.atoms().size())));
        return vocabulary;
    }

    private void readLine(String line, Map<List<String>, Map<String, String>> table) {
        int colon = line.indexOf(": ");
        String head = line.substring(0, colon);
        int equals = head.indexOf('=');
        String kind = equals < 0 ? head : head.substring(0, equals);
        String value = equals < 0 ? "" : head.substring(equals + 1);
        for (String phrase : line.substring(colon + 2).split("\\|", -1)) {
            List<String> atoms = atoms(phrase);
            if (!value.isEmpty()) {
                spellings.computeIfAbsent(head, ignored -> new ArrayList<>()).add(phrase);
            }
            if (atoms.isEmpty()) throw new IllegalStateException("no words in: " + line);
            table.computeIfAbsent(atoms, ignored -> new LinkedHashMap<>()).put(kind, value);
            for (List<String> other : Cantonese.of(atoms)) {
                table.computeIfAbsent(other, ignored -> new LinkedHashMap<>()).putIfAbsent(kind, value);
            }
        }
    }

    /**
     * As {@link Atoms} cuts them; plain words and plain Chinese, nearly all, without its pattern and without streams, which cost
     * the start too much.
     */
    private static List<String> atoms(String phrase) {
        boolean words = !phrase.contains("  ");
        boolean chinese = true;
        for (int i = 0; i < phrase.length(); i++) {
            char letter = phrase.charAt(i);
            words &= letter == ' ' || (letter >= 'a' && letter <= 'z');
            chinese &= letter >= 0x4e00 && letter <= 0x9fff;
        }
        if (words) return List.of(phrase.strip().split(" "));
        if (!chinese) return Atoms.of(phrase).stream().map(Atoms.Atom::text).toList();
        String plain = Traditional.plain(phrase);
        List<String> atoms = new ArrayList<>(plain.length());
        for (int i = 0; i < plain.length(); i++) atoms.add(String.valueOf(plain.charAt(i)));
        return atoms;
    }

    /** Phrases that begin so, the longest first. */
    List<Phrase> beginningWith(String atom) {
        return byFirstAtom.getOrDefault(atom, List.of());
    }

    /** The first phrase for a kind's value in a language. */
    Optional<String> spelling(String kind, String value, boolean chinese) {
        return spellings.getOrDefault(kind + "=" + value, List.of()).stream()
                .filter(phrase -> Character.isIdeographic(phrase.codePointAt(0)) == chinese)
                .findFirst();
    }

    /** What is said so and means nothing small besides. */
    List<String> ofKind(String kind) {
        return byFirstAtom.values().stream()
                .flatMap(List::stream)
                .filter(phrase ->
                        phrase.meanings().containsKey(kind) && !new Token(phrase.meanings(), "", 0, 0).isFiller())
                .map(phrase -> String.join(
                        Character.isIdeographic(phrase.atoms().get(0).codePointAt(0)) ? "" : " ", phrase.atoms()))
                .toList();
    }

    /** Single words in Latin letters, four or more, that begin so. */
    List<String> latinWords(char first) {
        return latinByLetter.computeIfAbsent(
                first,
                letter -> byFirstAtom.keySet().stream()
                        .filter(word -> word.charAt(0) == letter && word.length() >= 4 && word.matches("[a-z]+"))
                        .filter(this::knows)
                        .sorted()
                        .toList());
    }

    /** Whether two single words say the same. */
    boolean meanSame(String word, String other) {
        return single(word).equals(single(other));
    }

    private Optional<Map<String, String>> single(String word) {
        return beginningWith(word).stream()
                .filter(phrase -> phrase.atoms().size() == 1)
                .map(Phrase::meanings)
                .findFirst();
    }

    /** "Minutes". */
    boolean isUnit(String word) {
        return single(word).filter(meanings -> meanings.containsKey("UNIT")).isPresent();
    }

    boolean knows(String word) {
        return beginningWith(Traditional.plain(word)).stream()
                .anyMatch(phrase -> phrase.atoms().size() == 1);
    }
}
