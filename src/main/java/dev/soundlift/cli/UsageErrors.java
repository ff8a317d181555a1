package dev.soundlift.cli;

import dev.soundlift.settings.Nearest;
import dev.soundlift.text.Text;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in our words what the command line parser found wrong. */
final class UsageErrors {
    private UsageErrors() {}

    /** A value that an option cannot take, with the sentence that says so. */
    static final class BadValue extends CommandLine.TypeConversionException {
        private static final long serialVersionUID = 1L;
        private final transient Text text;

        BadValue(Text text) {
            super(text.toString());
            this.text = text;
        }

        Text text() {
            return text;
        }
    }

    static int report(Console console, ParameterException failure) {
        console.error(
                "",
                explain(failure),
                Text.of(
                        failure instanceof UnmatchedArgumentException ? "next.unknown-option" : "next.usage",
                        failure.getCommandLine().getCommandSpec().qualifiedName()));
        return ExitCode.USAGE;
    }

    /** What is wrong, in our words. */
    static Text explain(ParameterException failure) {
        if (failure.getCause() instanceof BadValue bad) return bad.text;
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String all = String.join(" ", unmatched.getUnmatched());
            return meant(unmatched)
                    .map(option -> Text.of("error.option-meant", all, option))
                    .orElseGet(() -> Text.of("error.unknown-option", all));
        }
        if (failure instanceof OverwrittenOptionException twice) {
            return Text.of("error.option-twice", twice.getOverwritten() == null ? "" : name(twice.getOverwritten()));
        }
        if (failure instanceof MissingParameterException missing) {
            String names = missing.getMissing().stream()
                    .map(UsageErrors::name)
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("");
            return Text.of("error.missing-value", names);
        }
        if (failure.getArgSpec() != null) {
            return Text.of("error.bad-value", name(failure.getArgSpec()), String.valueOf(failure.getValue()));
        }
        return Text.of("error.usage", String.valueOf(failure.getMessage()));
    }

    /** The option that was misspelt; what it was followed by may stand in the same word. */
    private static Optional<String> meant(UnmatchedArgumentException unmatched) {
        String typed = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
        Set<String> known =
                unmatched.getCommandLine().getCommandSpec().optionsMap().keySet();
        if (!typed.startsWith("-")) return Optional.empty();
        if (typed.length() == 2) return otherCase(typed).filter(known::contains);
        // "-loudness", as FFmpeg writes its options
        String option = typed.startsWith("--") ? typed : "-" + typed;
        return Nearest.to(option, known, option.length() / 3);
    }

    /** Of {@code -F}: {@code -f}. */
    private static Optional<String> otherCase(String letter) {
        String lower = letter.toLowerCase(Locale.ROOT);
        return Optional.of(lower.equals(letter) ? letter.toUpperCase(Locale.ROOT) : lower);
    }

    private static String name(CommandLine.Model.ArgSpec argument) {
        return argument instanceof CommandLine.Model.OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
