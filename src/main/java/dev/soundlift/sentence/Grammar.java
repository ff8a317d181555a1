package dev.soundlift.sentence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All rules: at each place of a sentence the one that takes the most words counts, of equals the first. */
final class Grammar {
    private static final List<Rule> RULES = Stream.of(
                    StretchRules.RULES, PieceRules.RULES, TrackRules.RULES, SoundRules.RULES, FileRules.RULES)
            .flatMap(List::stream)
            .toList();

    private record Candidate(Rule rule, Match match) {}

    private Grammar() {}

    /** Applies the rule that takes the most tokens from here on; nothing where none fits. */
    static Optional<Match> takeLongest(
            List<Token> tokens, int at, Times times, Surroundings surroundings, Wishes wishes) {
        List<Candidate> candidates = new ArrayList<>();
        for (Rule rule : RULES) {
            if (!rule.mayBeginWith(tokens.get(at))) continue;
            Match.of(rule, tokens, at, times, surroundings)
                    .ifPresent(match -> candidates.add(new Candidate(rule, match)));
        }
        candidates.sort(Comparator.comparingInt(candidate -> -candidate.match().end));
        for (Candidate candidate : candidates) {
            if (candidate.rule().action().apply(candidate.match(), wishes)) return Optional.of(candidate.match());
        }
        return Optional.empty();
    }
}
