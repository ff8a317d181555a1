package dev.soundlift.sentence;

import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sentences that ask for no extraction but for a command of the cloud: credits, export, status, upload. */
final class OtherCommand {
    /** Verbs that are said of credits and tracks too. */
    private static final Set<String> WEAK =
            Set.of("get", "take", "make", "making", "turn", "turning", "grab", "pull", "获取", "取出", "截取", "导出音频", "弄出");

    private OtherCommand() {}

    static Optional<List<String>> in(
            String sentence, List<Token> tokens, Wishes wishes, List<String> inputs, List<String> given) {
        if (any(tokens, "TROUBLE") && !wishes.wishAnything()) {
            if (!inputs.isEmpty()) return Optional.of(with(List.of("tracks"), inputs));
            wishes.problem(Text.of("ask.trouble"));
        }
        if (isExtraction(tokens, wishes)) return Optional.empty();
        if (any(tokens, "REDO")) return Optional.of(List.of("cloud", "say", sentence.strip()));
        if (any(tokens, "CREDITS") && inputs.isEmpty()) return Optional.of(List.of("cloud", "credits"));
        if (any(tokens, "UPLOAD") && !any(tokens, "NOT")) return Optional.of(with(List.of("cloud", "upload"), inputs));
        if (any(tokens, "SHOWTRACKS")) {
            return Optional.of(inputs.isEmpty() ? List.of("cloud", "tracks") : with(List.of("tracks"), inputs));
        }
        // With a file at hand "export" is said of that file
        boolean file = !inputs.isEmpty() || !given.isEmpty();
        if (any(tokens, "STATUS") && !file) return Optional.of(List.of("cloud", "status"));
        if (any(tokens, "INFO") && !any(tokens, "NOT")) {
            if (!inputs.isEmpty()) return Optional.of(with(List.of("tracks"), inputs));
            wishes.problem(Text.of("ask.trouble"));
        }
        if (any(tokens, "EXPORT") && !file) return Optional.of(List.of("cloud", "export"));
        return Optional.empty();
    }

    private static List<String> with(List<String> command, List<String> inputs) {
        List<String> words = new ArrayList<>(command);
        words.addAll(inputs);
        return words;
    }

    private static boolean isExtraction(List<Token> tokens, Wishes wishes) {
        if (wishes.wishAnything()) return true;
        return tokens.stream()
                .anyMatch(token -> token.is("AUDIO")
                        || token.is("NOVIDEO")
                        || (token.is("EXTRACT") && !WEAK.contains(Traditional.plain(token.text()))));
    }

    private static boolean any(List<Token> tokens, String kind) {
        return tokens.stream().anyMatch(token -> token.is(kind));
    }
}
