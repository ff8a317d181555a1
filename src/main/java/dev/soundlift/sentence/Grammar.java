package dev.soundlift.sentence;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All rules: at each place of a sentence the one that takes the most words counts, of equals the first. */
final class Grammar {
    private static final List<Rule> RULES = Stream.of(
                    StretchRules.RULES,
                    PieceRules.RULES,
                    TrackRules.RULES.stream().map(Rule::describing).toList(),
                    SoundRules.RULES.stream().map(Rule::describing).toList(),
                    HandlingRules.RULES,
                    FileRules.RULES)
            .flatMap(List::stream)
            .toList();

    /** Which rules may begin with an element of this kind: most tokens begin none. */
    private static final Map<String, BitSet> BEGINNING_WITH = beginnings();

    private record Candidate(Rule rule, Match match) {}

    private Grammar() {}

    private static Map<String, BitSet> beginnings() {
        Map<String, BitSet> rules = new HashMap<>();
        for (int i = 0; i < RULES.size(); i++) {
            for (String kind : RULES.get(i).beginnings()) {
                rules.computeIfAbsent(kind, ignored -> new BitSet()).set(i);
            }
        }
        return rules;
    }

    /**
     * Applies the rule that takes the most tokens from here on; nothing where none fits.
     *
     * @param aside gets what is only told about
     */
    static Optional<Match> takeLongest(Elements elements, int at, Wishes wishes, Wishes aside) {
        List<Candidate> candidates = new ArrayList<>();
        BitSet possible = possible(elements, at);
        for (int i = possible.nextSetBit(0); i >= 0; i = possible.nextSetBit(i + 1)) {
            Rule rule = RULES.get(i);
            Match.of(rule, elements, at).ifPresent(match -> candidates.add(new Candidate(rule, match)));
        }
        candidates.sort(Comparator.comparingInt(candidate -> -candidate.match().end));
        for (Candidate candidate : candidates) {
            if (candidate.rule().apply(candidate.match(), wishes, aside)) return Optional.of(candidate.match());
        }
        return Optional.empty();
    }

    private static BitSet possible(Elements elements, int at) {
        BitSet rules = new BitSet();
        for (String kind : elements.tokens().get(at).meanings().keySet()) {
            BitSet more = BEGINNING_WITH.get(kind);
            if (more != null) rules.or(more);
        }
        for (String kind : Rule.READ) {
            BitSet more = BEGINNING_WITH.get(kind);
            if (more != null && elements.read(kind, at).isPresent()) rules.or(more);
        }
        return rules;
    }
}
