package dev.soundlift.sentence;

import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words that nothing is known of, in places where something is wished: beside a format ("Apple 無損"), after a preposition ("mp3
 * with dithering"), before a name that may have several words, in a clause of their own ("…, undithered"). In other places such
 * words only tell something, and are listed.
 *
 * @param untaken what no rule took
 */
record Strangers(Line line, Set<Token> untaken, Wishes wishes, BitSet told) {
    /** Participles and the like, alone or denied: what is to become of the sound. */
    private static final Pattern STATES = Pattern.compile("[a-z-]{3,}(?:ed|less|free|only)");

    private static final Pattern MORE = Pattern.compile("[a-z]{3,}er");
    private static final Pattern BEFORE_MORE = Pattern.compile(
            "bit|little|a bit|a little|much|even|slightly|way|more|less|it|them|but|and|voices?|sound|audio|speech|music");
    private static final Pattern MANNERS =
            Pattern.compile("with|without|using|at|as|into|via|through|plus|minus|no|用|带|加|不带|按|以|更|更加|变|变得|变得更");

    /** What a word right beside says more of, where it was understood. */
    private static final List<String> OPTIONS = List.of(
            ("FORMAT LOSSLESS BEST SMALL PODCAST BROADCAST CHANNELS KBPS KHZ HZ BITUNIT VBR CBR COPY LOUDNESS LUFS COMMENTARY NORMALIZE"
                            + " NOLOSS SAMEFORMAT KEEPQUALITY LOSSLESSFORMAT TRACK SIDE")
                    .split(" "));

    private static final int LONGEST = 4;

    Strangers(Line line, Set<Token> untaken, Wishes wishes) {
        this(line, untaken, wishes, Reasons.told(line.tokens()));
    }

    List<Text> problems() {
        List<Text> problems = new ArrayList<>();
        boolean asked = false;
        for (int begin = 0; begin < line.size(); ) {
            int end = begin;
            while (end < line.size() && !line.is(end, "PUNCTUATION")) end++;
            boolean bracket = begin > 0 && line.get(begin - 1).text().matches("[(（]");
            if (asked && !bracket && !told.get(begin) && (isStrange(begin, end) || isUnknown(begin, end)))
                problems.add(Text.of("ask.unclear", line.words(begin, end)));
            for (int at = begin; at < end; at++) find(problems, at, begin, end);
            for (int at = begin; at < end; at++) asked |= !untaken.contains(line.get(at));
            begin = end + 1;
        }
        return problems;
    }

    private void find(List<Text> problems, int at, int begin, int end) {
        if (isLooseNumber(at, begin, end))
            problems.add(Text.of("ask.unclear", line.words(Math.max(begin, at - 1), at + 1)));
        if (!isStranger(at) || told.get(at)) return;
        String here = line.get(at).text();
        if (isOption(at + 1) && at + 1 < end) problems.add(Text.of("ask.unclear", line.words(at, at + 2)));
        else if (isOption(at - 1) && at > begin) problems.add(Text.of("ask.unclear", line.words(at - 1, at + 1)));
        else if (line.is(at - 1, Token.NUMBER) && isTaken(at - 1) && line.is(at - 2, "FORMAT"))
            problems.add(Text.of("ask.unclear", line.words(at - 2, at + 1)));
        else if (isSent(at, begin)) problems.add(Text.of("ask.other-job", line.words(at, end)));
        else if (isBeforeStretch(at, end)) problems.add(Text.of("ask.unclear", line.words(at, at + 3)));
        else if (isManner(at, begin, end) || isMore(at, begin)) problems.add(Text.of("ask.unclear", here));
        else if (isBeforeName(at, begin)) problems.add(Text.of("ask.unclear", line.words(at, at + 2)));
        else if (isObject(at, begin)) problems.add(Text.of("ask.which-part", here));
    }

    private boolean isStranger(int at) {
        return at >= 0
                && at < line.size()
                && !line.get(at).isKnown()
                && untaken.contains(line.get(at))
                && !wishes.isSettled(at)
                && line.get(at).text().codePoints().anyMatch(Character::isLetter);
    }

    /** "Mono 64", "flac level 8": a number after what was understood, at the end of its clause, that counts nothing. */
    private boolean isLooseNumber(int at, int begin, int end) {
        boolean loose = line.is(at, Token.NUMBER)
                && !line.is(at, "A")
                && !line.get(at).isFiller()
                && at + 1 == end
                && untaken.contains(line.get(at))
                && !told.get(at)
                && !wishes.isSettled(at)
                && wishes.counts().stream()
                        .noneMatch(count -> line.get(at).value(Token.NUMBER).equals(Integer.toString(count)));
        for (int before = begin; loose && before < at; before++) if (isOption(before)) return true;
        return false;
    }

    private boolean isTaken(int at) {
        return at >= 0 && at < line.size() && !untaken.contains(line.get(at)) && !line.is(at, "PUNCTUATION");
    }

    private boolean isOption(int at) {
        return isTaken(at)
                && !wishes.isSettled(at)
                && !told.get(at)
                && OPTIONS.stream().anyMatch(kind -> line.is(at, kind));
    }

    /** "With dithering", in a clause that wishes for something. */
    private boolean isManner(int at, int begin, int end) {
        int before = at - 1;
        while (before > begin && line.get(before).isSoft()) before--;
        if (before < begin || !MANNERS.matcher(plain(before)).matches()) return false;
        for (int other = begin; other < end; other++) if (isTaken(other) && !line.is(other, Token.NAME)) return true;
        return false;
    }

    /** "…, uploaded to my dropbox". */
    private boolean isSent(int at, int begin) {
        return at == begin
                && begin > 0
                && plain(at)
                        .matches(
                                "(?:upload|email|mail|post|share|publish|forward|burn|print|text|airdrop)(?:p)?ed|sent|shared")
                && plain(at + 1).matches("to|with|on|onto|as");
    }

    /** "Sans the last 10 seconds": it may turn round what follows. */
    private boolean isBeforeStretch(int at, int end) {
        int next = at + 1;
        while (next < end && line.get(next).isSoft() && !line.is(next, "ONLY")) next++;
        boolean edge = line.is(next, "FIRST") || line.is(next, "LAST");
        boolean one = next > at + 1
                && Stream.of("LANGUAGE", "ORDINAL", "COMMENTARY", "SIDE").anyMatch(kinds(next)::contains);
        boolean latin = line.get(at).text().codePointAt(0) < 0x250;
        return next < end && isTaken(next) && !told.get(next) && latin && (edge || one);
    }

    private Set<String> kinds(int at) {
        return at < line.size() ? line.get(at).meanings().keySet() : Set.of();
    }

    /** "A bit shorter", "make it pop". */
    private boolean isMore(int at, int begin) {
        boolean first = at == begin;
        boolean more = MORE.matcher(line.get(at).text()).matches();
        if (more && (first || BEFORE_MORE.matcher(plain(at - 1)).matches())) return !first || begin > 0;
        int object = at - 1;
        if (plain(object).matches("sounds?|voices?|audio|more|a bit|bit|really|very")) object--;
        if (plain(at - 1).matches("更|更加|变得|变") && begin > 0) return true;
        while (line.is(object, "SOFT") && object > begin) object--;
        return plain(object).matches("it|them") && plain(object - 1).matches("make|making|turn|get");
    }

    /** "Tiny desk concert.mp4 to flac": where there is no such file, its name may be longer. */
    private boolean isBeforeName(int at, int begin) {
        int name = at + 1;
        while (line.is(name, Token.NUMBER) || (!isEnd(name) && !line.get(name).isKnown())) name++;
        if (!line.is(name, Token.NAME) || line.get(name).value("FORM").equals("quoted")) return false;
        for (int word = begin; word < name; word++) {
            boolean apart = line.get(word + 1).start() == line.get(word).end() + 1;
            boolean latin = line.get(word).text().codePointAt(0) < 0x250;
            boolean part = !line.get(word).isKnown()
                    || Stream.of("FILLER", "SMALL", "SIDE", "SPEECHNOUN", "PERSON", "INSTRUMENT", "LANGUAGE")
                            .anyMatch(kinds(word)::contains);
            if (!apart || !latin || !part) return false;
        }
        String text = line.get(name).value(Token.NAME);
        return text.matches("[^/\\\\*:_]+\\.\\w{2,5}") && !wishes.files.exists(text);
    }

    private boolean isEnd(int at) {
        return at >= line.size() || line.is(at, "PUNCTUATION");
    }

    /** "Extract the sermon from church.mp4": a part of it, and no time is named. */
    private boolean isObject(int at, int begin) {
        boolean chosen = wishes.stretches.said() || !wishes.tracks.isEmpty() || wishes.channels.isSaid();
        if (chosen || line.get(at).text().codePointAt(0) > 0x24f) return false;
        int verb = at - 1;
        while (verb > begin && (line.get(verb).isSoft() || line.is(verb, "SOURCE"))) verb--;
        boolean takes =
                line.is(verb, "EXTRACT") && plain(verb).matches("extract|grab|pull|rip|pull out|get|take|cut|export");
        boolean from = false;
        for (int next = at + 1; next <= at + 2; next++) from |= line.is(next, "IN") && !line.is(next, "INTO");
        return takes && verb < at - 1 && from;
    }

    /** "Not dithered", "undithered". */
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

    /** Of nothing but such words; no name of a person, and no 涉密的. */
    private boolean isUnknown(int begin, int end) {
        if (end == begin || end - begin > LONGEST || plain(end - 1).matches("的|嘅|了")) return false;
        boolean any = false;
        for (int at = begin; at < end; at++) {
            boolean stranger =
                    isStranger(at) && !Character.isUpperCase(line.get(at).text().codePointAt(0));
            boolean joint = (line.get(at).isSoft() && !plain(at).matches("its|their"))
                    || plain(at).matches("and|very|really|also");
            if (!stranger && !joint) return false;
            any |= stranger;
        }
        // In "range = 1:00-2:00" it says what follows
        return any && !(end < line.size() && line.get(end).text().matches("[=:：]"));
    }

    private String plain(int at) {
        return at < 0 || at >= line.size() ? "" : Traditional.plain(line.get(at).text());
    }
}
