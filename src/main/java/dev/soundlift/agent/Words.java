package dev.soundlift.agent;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.settings.Nearest;
import dev.soundlift.text.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tool's arguments as words of a command line. What the values mean is left to the command line. */
final class Words {
    /** Of one call; the command line of no system takes as many. */
    private static final int MOST_VALUES = 10_000;

    private final Map<String, Object> arguments;

    /** @param known names of all arguments that the tool takes */
    Words(Map<String, Object> arguments, Collection<String> known) throws ExtractionException {
        this.arguments = arguments;
        for (String name : arguments.keySet()) {
            if (known.contains(name)) continue;
            Optional<String> meant = Nearest.to(name, known, Math.max(2, name.length() / 3));
            throw usage(
                    meant.isPresent()
                            ? Text.of("error.agent-unknown-meant", name, meant.get())
                            : Text.of("error.agent-unknown", name));
        }
    }

    private static ExtractionException usage(Text what) {
        return new ExtractionException(ErrorKind.USAGE, what, Text.of("next.agent-arguments"));
    }

    private static ExtractionException wrong(String name, Object value, String wanted) {
        String shown = String.valueOf(value);
        return usage(Text.of(
                "error.bad-option-value", name, shown.length() > 80 ? shown.substring(0, 80) + "…" : shown, wanted));
    }

    boolean flag(String name, boolean usual) throws ExtractionException {
        Object value = arguments.get(name);
        if (value == null) return usual;
        if (value instanceof Boolean flag) return flag;
        throw wrong(name, value, "true, false");
    }

    /** Numbers are texts too: models write 16000 for "16000". */
    Optional<String> text(String name) throws ExtractionException {
        Object value = arguments.get(name);
        return value == null ? Optional.empty() : Optional.of(text(name, value));
    }

    private static String text(String name, Object value) throws ExtractionException {
        if (value instanceof String text) return text;
        if (value instanceof Number number) return new BigDecimal(number.toString()).toPlainString();
        throw wrong(name, value, "\"…\"");
    }

    double number(String name, double least, double most) throws ExtractionException {
        Object value = arguments.get(name);
        if (value == null) return least;
        boolean fits = value instanceof Number number && number.doubleValue() >= least && number.doubleValue() <= most;
        if (!fits) throw wrong(name, value, least + " … " + most);
        return ((Number) value).doubleValue();
    }

    String needed(String name) throws ExtractionException {
        Optional<String> value = text(name);
        if (value.isEmpty()) throw usage(Text.of("error.missing-value", name));
        return value.get();
    }

    /** One text stands for a list of one. */
    List<String> texts(String name) throws ExtractionException {
        Object value = arguments.get(name);
        if (value == null) return List.of();
        if (!(value instanceof Collection<?> several)) return List.of(text(name, value));
        if (several.size() > MOST_VALUES) throw wrong(name, several.size(), "≤ " + MOST_VALUES);
        List<String> texts = new ArrayList<>();
        for (Object one : several) {
            if (one == null) throw wrong(name, "null", "[\"…\"]");
            texts.add(text(name, one));
        }
        return texts;
    }

    /** Adds an option as it would be typed; a value never becomes a word of its own. */
    void addTo(List<String> words, Program.Option option) throws ExtractionException {
        String name = option.property();
        if (!arguments.containsKey(name)) return;
        switch (option.kind()) {
            case FLAG -> words.add(flag(name, false) ? option.word() : option.word() + "=false");
            case TEXT -> text(name).ifPresent(value -> words.add(option.word() + "=" + value));
            case TEXTS -> texts(name).forEach(value -> words.add(option.word() + "=" + value));
        }
    }
}
