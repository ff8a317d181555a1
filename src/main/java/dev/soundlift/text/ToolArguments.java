package dev.soundlift.text;

import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Sentences for who calls a tool and has no terminal: options of the command line are named as the tool's arguments, {@code
 * --on-exists skip} as {@code onExists skip}. Sentences of which that would make nonsense are in a bundle of their own.
 */
public final class ToolArguments {
    private static final String VARIANT = "AGENTS";

    /** A command that is no tool is for the user's own terminal, and is told as it is typed there. */
    private static final Pattern FOR_A_TERMINAL = Pattern.compile("soundlift (?:cloud|doctor|mcp)\\b");

    private static final Pattern TOOL = Pattern.compile("soundlift (tracks|check|ask)\\b(?: FILE| 文件)?");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--([a-z][a-z0-9]*(?:-[a-z0-9]+)*)");
    private static final Pattern INNER = Pattern.compile("-(.)");
    private static final Pattern LETTER = Pattern.compile("(?<![\\w-])-([fort])(?![\\w-])");
    private static final Map<String, String> LETTERS =
            Map.of("f", "format", "o", "output", "r", "recurse", "t", "track");

    private ToolArguments() {}

    /** The same language, spoken to who calls a tool. */
    public static Locale locale(Locale language) {
        return new Locale.Builder()
                .setLanguage(language.getLanguage())
                .setVariant(VARIANT)
                .build();
    }

    static boolean areMeantBy(Locale locale) {
        return locale.getVariant().equals(VARIANT);
    }

    /** A sentence in which options are named as arguments. */
    public static String in(String sentence) {
        if (FOR_A_TERMINAL.matcher(sentence).find()) return sentence;
        String tools = TOOL.matcher(sentence).replaceAll("$1");
        String options = OPTION.matcher(tools).replaceAll(found -> name(found.group(1)));
        return LETTER.matcher(options).replaceAll((MatchResult found) -> LETTERS.get(found.group(1)));
    }

    /** Of an option's long name without its dashes: {@code pieceLength} for {@code piece-length}. */
    public static String name(String option) {
        return INNER.matcher(option).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }
}
