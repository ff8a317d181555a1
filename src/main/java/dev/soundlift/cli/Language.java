package dev.soundlift.cli;

import dev.soundlift.text.Text;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** Which language to speak: {@code --lang}, else the system's. */
final class Language implements ITypeConverter<String> {
    Language() {}

    @Override
    public String convert(String name) {
        return checked(name);
    }

    static String checked(String name) {
        if (name.equals("en") || name.equals("zh")) return name;
        throw new UsageErrors.BadValue(Text.of("error.bad-option-value", "--lang", name, "en, zh"));
    }

    /**
     * Looks before the arguments are parsed, because a mistake in them is told in that language too.
     *
     * @param wished what the settings say; empty where they do not
     */
    static Locale of(String[] arguments, String wished) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("--lang=")) return named(arguments[i].substring("--lang=".length()));
            if (arguments[i].equals("--lang") && i + 1 < arguments.length) return named(arguments[i + 1]);
            if (arguments[i].equals("--")) break;
        }
        if (!wished.isEmpty()) return named(wished);
        // The launcher may have to change LC_ALL for the sake of file names; then it hands on what it was
        String original = System.getProperty("soundlift.locale", "");
        return named(
                original.isEmpty() ? Locale.getDefault(Locale.Category.DISPLAY).getLanguage() : original);
    }

    private static Locale named(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
    }
}
