package dev.soundlift.sentence;

import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads requests in English and Chinese. Deterministic; touches nothing but what {@link Surroundings} answers. */
public final class SentenceReader {
    /** Longer than any request; the time to read one stays bounded. */
    public static final int LONGEST = 1000;

    private final Surroundings surroundings;

    public SentenceReader(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * Makes what it can of a sentence; never throws.
     *
     * @param inputs what was named besides
     */
    public Reading read(String sentence, List<String> inputs) {
        if (sentence.length() > LONGEST) {
            Wishes wishes = new Wishes(surroundings, inputs);
            wishes.problem(Text.of("ask.too-long", Integer.toString(LONGEST)));
            return wishes.reading(sentence, List.of(), List.of(), List.of());
        }
        String meant = SecondThoughts.last(sentence, surroundings);
        List<Token> left = new ArrayList<>();
        Reading reading = read(meant, inputs, Map.of(), left);
        Map<String, String> spellings = Spelling.of(meant, left);
        if (spellings.isEmpty()) return reading;
        Reading corrected = read(meant, inputs, spellings, new ArrayList<>());
        boolean better =
                corrected.notUnderstood().size() < reading.notUnderstood().size();
        return better ? corrected : reading;
    }

    /** "Put"; a file that is called something is not put anywhere by that. */
    private static boolean deposits(Token token) {
        boolean named = Traditional.plain(token.text()).matches("called|named|叫|叫做|名字叫|名为|名字是");
        return (token.is("DEPOSIT") || token.is("OUTPUT")) && !named;
    }

    /** @param left gets the words that no rule took */
    private Reading read(String sentence, List<String> inputs, Map<String, String> spellings, List<Token> left) {
        Wishes wishes = new Wishes(surroundings, inputs);
        List<Token> tokens = Lexer.tokens(sentence, surroundings, spellings);
        wishes.see(tokens);
        Elements elements = new Elements(tokens, surroundings);
        Wishes aside = wishes.aside();
        BitSet reasons = Reasons.in(tokens);
        BitSet intents = Reasons.intents(tokens);
        Mentions mentions = new Mentions(tokens, wishes);
        List<String> understood = new ArrayList<>();
        int at = 0;
        while (at < tokens.size()) {
            if (wishes.isSettled(at)) {
                at++;
                continue;
            }
            Wishes here = reasons.get(at) ? aside : wishes;
            if (tokens.get(at).is("ONLY")) here.only();
            if (tokens.get(at).is("PUNCTUATION")) here.endOfClause();
            if (deposits(tokens.get(at))) here.deposits();
            int settled = wishes.settledTo();
            int problems = wishes.problems();
            Optional<Match> taken = Grammar.takeLongest(elements, at, here, aside);
            if (intents.get(at)) wishes.forgetProblems(problems);
            if (taken.isEmpty()) {
                left.add(tokens.get(at++));
            } else {
                int end = taken.get().end;
                mentions.see(taken.get());
                int last = wishes.settledTo() > settled ? Math.max(end, wishes.settledTo()) : end;
                if (!taken.get().has("name") || taken.get().has("place")) {
                    understood.add(sentence.substring(
                            tokens.get(at).start(), tokens.get(last - 1).end()));
                }
                at = end;
            }
        }
        mentions.findProblems(left);
        wishes.adopt(aside);
        return wishes.reading(sentence, tokens, understood, left);
    }
}
