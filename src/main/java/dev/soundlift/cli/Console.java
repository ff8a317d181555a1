package dev.soundlift.cli;

import dev.soundlift.text.Text;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The terminal, or what stands for it: results on standard output, everything else on standard error. What is printed
 * may come from inside a file, so nothing that a terminal would obey gets through.
 *
 * @param terminal whether a person watches standard error
 * @param color whether marks may be coloured
 * @param guest who calls in the user's stead, if anybody does
 */
record Console(
        PrintStream out, PrintStream err, Locale locale, boolean terminal, boolean color, Optional<Guest> guest) {
    /** Whether a terminal shows standard output: the launcher asks. On Windows no name has anything that it would obey. */
    private static final boolean SHOWN = Boolean.getBoolean("soundlift.shown");

    private static final int REPLACEMENT = 0xFFFD;

    /** The user's own. */
    Console(PrintStream out, PrintStream err, Locale locale, boolean terminal, boolean color) {
        this(out, err, locale, terminal, color, Optional.empty());
    }

    void result(String line) {
        out.println(line);
    }

    /** A file's name as it is, for scripts to go on with; cleaned only where a terminal would obey it. */
    void name(Path file) {
        result(SHOWN ? clean(file.toString()) : file.toString());
    }

    void say(String line) {
        err.println(clean(line));
    }

    void say(Text text) {
        say(words(text));
    }

    String words(Text text) {
        return text.in(locale);
    }

    /** One or two lines: what happened, what to do next. */
    void error(String subject, Text whatHappened, Text nextStep) {
        String prefix = subject.isEmpty() ? "soundlift: " : "soundlift: " + subject + ": ";
        err.println(paint("31", clean(prefix + words(whatHappened))));
        err.println("  " + clean(words(nextStep)));
    }

    String paint(String code, String text) {
        return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** Controls, escapes and bidirectional overrides become visible and harmless. */
    static String clean(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            int type = Character.getType(point);
            boolean obeyed = Character.isISOControl(point) || isBidirectional(point) || type == Character.SURROGATE;
            safe.appendCodePoint(obeyed ? REPLACEMENT : point);
        });
        return safe.toString();
    }

    private static boolean isBidirectional(int point) {
        boolean embedding = point >= 0x202A && point <= 0x202E;
        boolean isolate = point >= 0x2066 && point <= 0x2069;
        return embedding || isolate || point == 0x200E || point == 0x200F || point == 0x061C;
    }
}
