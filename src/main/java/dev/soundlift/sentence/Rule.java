package dev.soundlift.sentence;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One way to say something: elements that follow each other, and what they wish for.
 *
 * <p>An element is a kind of {@code vocabulary.txt}, or several with bars between them, or what is read by code: {@code
 * place} and {@code length} (see {@link Times}), {@code number}, {@code name}, {@code folder},
 * {@code destination}, {@code word}, {@code thing}. A question
 * mark makes it optional. Articles and the like may stand between elements.
 */
record Rule(
        List<Element> elements, Action action, Optional<Action> told, Optional<Action> unwanted, boolean describes) {
    /** Elements that are read by code. */
    static final Set<String> READ =
            Set.of("place", "length", "number", "name", "folder", "destination", "word", "thing");

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
        return new Rule(elements, action, Optional.empty(), Optional.empty(), false);
    }

    /**
     * The same, of something that the words after it may say something of.
     *
     * @param told where they only say what it is
     * @param unwanted where it is to be left out
     */
    Rule or(Action told, Action unwanted) {
        return new Rule(elements, action, Optional.of(told), Optional.of(unwanted), describes);
    }

    /** The same of what a file has before anything is wished: where it is told of the file, no wish is made of it. */
    Rule describing() {
        return new Rule(elements, action, told, unwanted, true);
    }

    /** The same for a longer phrase. */
    Rule with(List<Element> others) {
        return new Rule(List.copyOf(others), action, told, unwanted, describes);
    }

    /** Does what the phrase asks for, with what is said of it. */
    boolean apply(Match match, Wishes wishes, Wishes aside) {
        if (describes && wishes.describes(match))
            return told.orElse(action).apply(match, told.isPresent() ? aside : wishes.nowhere());
        if (told.isEmpty() || unwanted.isEmpty()) return action.apply(match, wishes);
        return switch (Verdict.of(match, wishes)) {
            case WANTED ->
                (match.has("OPENSWITH") || match.has("CLOSESWITH"))
                        ? told.get().apply(match, aside)
                        : action.apply(match, wishes);
            case TOLD -> told.get().apply(match, aside);
            case UNWANTED -> unwanted.get().apply(match, wishes);
        };
    }
}
