package dev.soundlift.sentence;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Clauses that add something to a request in words that are not known, such as "…, undithered" or "…, copied not muxed". A
 * clause with a verb tells something, and so does what stands before the request or in brackets: these are no wishes.
 *
 * @param untaken what no rule took
 */
record StrangeClauses(Line line, Set<Token> untaken, Wishes wishes) {
    /** Participles and the like, alone or denied: what is to become of the sound. */
    private static final Pattern STATES = Pattern.compile("[a-z-]{3,}(?:ed|less|free|only)");

    private static final int LONGEST = 4;

    /** As they were written. */
    List<String> find() {
        List<String> found = new ArrayList<>();
        BitSet reasons = Reasons.told(line.tokens());
        boolean asked = false;
        for (int begin = 0; begin < line.size(); ) {
            int end = begin;
            while (end < line.size() && !line.is(end, "PUNCTUATION")) end++;
            boolean bracket = begin > 0 && line.get(begin - 1).text().matches("[(（]");
            if (asked && !bracket && !reasons.get(begin) && isStrange(begin, end)) found.add(line.words(begin, end));
            for (int at = begin; at < end; at++) asked |= !untaken.contains(line.get(at));
            begin = end + 1;
        }
        return found;
    }

    private boolean isStrange(int begin, int end) {
        boolean strange = false;
        for (int at = begin; at < end; at++) {
            Token token = line.get(at);
            if (!untaken.contains(token) || wishes.isSettled(at)) return false;
            boolean state = !token.isKnown() && STATES.matcher(token.text()).matches();
            boolean joint = token.isSoft() || token.is("NOT") || token.is("INSTEAD") || token.is("AND");
            if (!state && !joint) return false;
            strange |= state;
        }
        return strange && end - begin <= LONGEST;
    }
}
