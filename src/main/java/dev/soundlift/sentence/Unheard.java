package dev.soundlift.sentence;

import java.util.stream.Stream;

/** Parts and voices that only somebody who listens can find: "the last movement", 主持人的声音, "only the guitar". */
record Unheard(Line line, Wishes wishes) {
    /** "The last movement", "just the intro", 只要人说话的部分: a part that has a name and no time. */
    boolean isUnheard(int at) {
        if (wishes.stretches.said()) return false;
        boolean edge = (line.is(at, "FIRST") || line.is(at, "LAST")) && !line.is(at, "IN");
        if (edge && at + 1 < line.size() && !line.get(at + 1).isKnown()) return true;
        int before = at - 1;
        while (line.is(before, "SOFT") && !line.is(before, "ONLY")) before--;
        boolean only = line.is(before, "ONLY") || line.is(before, "TAKEONLY");
        if (only && (line.is(at, "INTRO") || line.is(at, "OUTRO"))) return true;
        boolean said = before >= 0
                && before < at - 1
                && Stream.of("AUDIO", "MEDIA", "NOVIDEO", "TRACK", "PICTURE", Token.NAME)
                        .noneMatch(line.get(before)::is);
        return line.get(at).text().matches("部分|那段|段|片段") && (line.isInClause(at, "ONLY") || said);
    }

    /** "Just Ada's voice", 主持人的声音单独拿出来: of what several say, what one says. */
    boolean isOneVoice(int at) {
        String heard = Traditional.plain(line.get(at).text());
        if (heard.endsWith("voice") && line.words(at + 1, at + 2).matches("(?i)of(?: the)?")) {
            int whose = at + 2;
            while (line.is(whose, "SOFT")) whose++;
            return whose < line.size() && (!line.get(whose).isKnown() || line.is(whose, "PERSON"));
        }
        if (!line.is(at, "AUDIO") || !heard.matches("voices?|speech|声音|语音|说话声|讲话声|说话的声音")) return false;
        if (line.is(at + 1, "MEDIA")) return false;
        // "The best man's speech is in talk.mp4"
        if (line.is(at + 1, "HAVE") && line.is(at + 2, "IN") && line.is(at + 3, Token.NAME)) return false;
        int who = at - 1;
        boolean of = false;
        while (who >= 0 && line.get(who).isSoft() && !line.is(who, "ONLY")) {
            of |= line.get(who).text().matches("的|嘅|'s|’s");
            who--;
        }
        if (who < 0 || line.is(who, Token.NAME)) return false;
        boolean somebody = !line.get(who).isKnown() || line.is(who, "PERSON");
        boolean only = line.isInClause(at, "ONLY");
        if (isLatin(at) && only && line.get(who).text().matches("(?i)his|her|my")) return true;
        if (isLatin(at)) return somebody && (of || line.get(who).text().matches("(?i).*['’]s?"));
        boolean taken = line.is(who, "PERSON") && (line.isInClause(at, "EXTRACT") || isBehind(at, "EXTRACT"));
        return of && somebody && (only || taken || line.isInClause(at, "SEPARATE") || isBehind(at, "SEPARATE"));
    }

    /** Where the words begin that say whose it is. */
    int whose(int voice) {
        int at = voice - 1;
        while (at > 0 && line.get(at).isSoft() && !line.is(at, "ONLY")) at--;
        return Math.max(at, 0);
    }

    /** In the same clause. */
    private boolean isBehind(int at, String kind) {
        int end = at;
        while (end < line.size() && !line.is(end, "PUNCTUATION")) end++;
        return line.tokens().subList(at, end).stream().anyMatch(token -> token.is(kind));
    }

    /** "Only the guitar", "boost the bass", "cut out the swear words": of what sounds at once nothing is chosen here. */
    boolean isChosen(int at) {
        int before = at - 1;
        while ((line.is(before, "SOFT") || line.is(before, "SOURCE")) && !line.is(before, "ONLY")) before--;
        boolean heard = line.is(at, "INSTRUMENT");
        boolean cut = line.is(before, "SKIP") || line.is(before, "LOUDER");
        boolean apart = line.is(before, "ONLY") || line.is(before, "NOT") || line.is(before, "TAKEONLY");
        boolean source = Stream.of("CHANNELNOUN", "PERSON").anyMatch(line.get(at)::is);
        boolean unknown = (!line.get(at).isKnown() || source) && !isOneNamed();
        boolean alone = unknown && line.is(before, "ONLY") && (before < at - 1 || source || !isLatin(at));
        return alone || (heard && (cut || apart)) || (cut && !line.get(at).isKnown() && !wishes.stretches.said());
    }

    /** Then the word for it is what somebody calls it: "only the sermon, from 12:00 to 30:00". */
    private boolean isOneNamed() {
        boolean part = wishes.stretches.said() && wishes.stretches.count() < 2;
        return part || wishes.tracks.size() == 1 || wishes.channels.isSaid();
    }

    private boolean isLatin(int at) {
        return line.get(at).text().charAt(0) < 0x250;
    }
}
