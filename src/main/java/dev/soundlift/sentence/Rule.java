package dev.soundlift.sentence;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One way to say something: elements that follow each other, and what they wish for.
 *
 * <p>An element is a kind of {@code vocabulary.txt}, or several with bars between them, or what is read by code: {@code
 * place} and {@code length} (see {@link Times}), {@code number}, {@code name}, {@code folder},
 * {@code destination}, {@code word}. A question
 * mark makes it optional. Articles and the like may stand between elements.
 */
record Rule(List<Element> elements, Action action) {
    /** Elements that are read by code. */
    static final Set<String> READ = Set.of("place", "length", "number", "name", "folder", "destination", "word");

    /** Does what the phrase asks for; false where it turns out to mean something else. */
    @FunctionalInterface
    interface Action {
        boolean apply(Match match, Wishes wishes);
    }

    record Element(List<String> kinds, boolean optional) {}

    /** What a match begins with: the kinds up to the first that has to be there. */
    Set<String> beginnings() {
        Set<String> kinds = new HashSet<>();
        for (Element element : elements) {
            kinds.addAll(element.kinds());
            if (!element.optional()) break;
        }
        return kinds;
    }

    static Rule of(String pattern, Action action) {
        List<Element> elements = Arrays.stream(pattern.split(" "))
                .map(text -> {
                    boolean optional = text.endsWith("?");
                    String kinds = optional ? text.substring(0, text.length() - 1) : text;
                    return new Element(List.of(kinds.split("\\|")), optional);
                })
                .toList();
        return new Rule(elements, action);
    }
}
