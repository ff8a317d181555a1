package dev.soundlift.text;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * A sentence for people that is put into words only at a front door: a key of the bundle {@code messages} and what its
 * placeholders stand for. Arguments are strings or other texts; they are inserted as they are and never read as a format.
 */
public record Text(String key, List<Object> arguments) {
    private static final String BUNDLE = "dev.soundlift.text.messages";

    public Text {
        arguments = List.copyOf(arguments);
    }

    /** A sentence by its key; the arguments are strings or other texts. */
    public static Text of(String key, Object... arguments) {
        return new Text(key, List.of(arguments));
    }

    /** The words in the locale's language; English where there is no translation. */
    public String in(Locale locale) {
        Object[] words =
                arguments.stream().map(argument -> word(argument, locale)).toArray();
        String pattern = pattern(key, locale);
        return new MessageFormat(ToolArguments.areMeantBy(locale) ? ToolArguments.in(pattern) : pattern, Locale.ROOT)
                .format(words);
    }

    private static String word(Object argument, Locale locale) {
        if (argument instanceof Text text) return text.in(locale);
        String word = String.valueOf(argument);
        // No name of a file: those that begin so are written ./-name
        return ToolArguments.areMeantBy(locale) && word.startsWith("--") ? ToolArguments.in(word) : word;
    }

    private static String pattern(String key, Locale locale) {
        return ResourceBundle.getBundle(
                        BUNDLE,
                        locale,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
    }

    /** The English words, for logs and for {@link Throwable#getMessage()}. */
    @Override
    public String toString() {
        return in(Locale.ENGLISH);
    }
}
