package dev.soundlift.sentence;

import java.util.Arrays;
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
    private static final Set<String> READ =
            Set.of("place", "length", "number", "name", "folder", "destination", "word");

    /** Does what the phrase asks for; false where it turns out to mean something else. */
    @FunctionalInterface
    interface Action {
        boolean apply(Match match, Wishes wishes);
    }

    record Element(List<String> kinds, boolean optional) {}

    /** Whether it is worth trying at this token: one of the elements that can come first may fit. */
    boolean mayBeginWith(Token token) {
        for (Element element : elements) {
            for (String kind : element.kinds()) if (READ.contains(kind) || token.is(kind)) return true;
            if (!element.optional()) return false;
        }
        return true;
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
