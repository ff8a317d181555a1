package dev.soundlift.sentence;

import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.text.Text;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which of several tracks, and which channels. A little longer than most files because the order of all its rules counts. */
final class TrackRules {
    private static final Pattern ALL_BUT = Pattern.compile("(?:all|every|any).*|除.*");

    private static final Pattern OTHERS =
            Pattern.compile("(?i)^(?:(?:and |export )?(?:the )?(?:rest|others?)|everything else)\\b|^(?:其余|剩下|其他|其它)");

    private static final List<Rule> SINGLE = List.of(
            unlessUnwanted("ORDINAL MEASURE? AUDIO? TRACK|AUDIO", TrackRules::ordinal),
            Rule.of("ORDINAL MEASURE? AUDIO? LANGUAGE|LANGNOUN TRACK", TrackRules::unclear),
            Rule.of("ALL number MEASURE? AUDIO? TRACK SEPARATE?", TrackRules::all),
            unlessUnwanted("AUDIO? TRACK SIGN? number", TrackRules::numbered),
            Rule.of("AUDIO? TRACK number TO number", TrackRules::fromTo),
            Rule.of("ORDINAL MEASURE? TO ORDINAL|number MEASURE? AUDIO? TRACK", TrackRules::fromTo),
            Rule.of("number SIGN AUDIO? TRACK", TrackRules::numbered),
            Rule.of("SIGN number AUDIO? TRACK", TrackRules::numbered),
            Rule.of("FIRST number MEASURE? AUDIO? TRACK", (match, wishes) -> firstTracks(wishes, match.number(0))),
            Rule.of("FIRST BOTH AUDIO? TRACK", (match, wishes) -> firstTracks(wishes, BigDecimal.valueOf(2))),
            Rule.of("LAST MEASURE? AUDIO? TRACK", TrackRules::unclear),
            unlessOther("LANGUAGE AUDIO|LANGNOUN? TRACK|AUDIO|LANGNOUN", TrackRules::language),
            unlessOther("LANGUAGE LANGNOUN AUDIO TRACK?", TrackRules::language),
            // "Korean audio only"
            unlessOther("LANGUAGE NOVIDEO", TrackRules::language),
            unlessUnwanted("ORDINAL NOVIDEO", TrackRules::ordinal),
            Rule.of("AUDIO|TRACK|LANGNOUN IN|INTO LANGUAGE", TrackRules::language),
            unlessOther("AUDIO? TRACK LANGUAGE", TrackRules::language),
            Rule.of("AUDIO|TRACK LANGNOUN? IS LANGUAGE", TrackRules::language),
            Rule.of("TAKEONLY LANGUAGE LANGNOUN?", (match, wishes) -> !match.isNext("AND") && language(match, wishes)),
            Rule.of(
                    "LANGNOUN PUNCTUATION? LANGUAGE",
                    (match, wishes) -> match.text("LANGNOUN").matches("languages?|语言") && language(match, wishes)),
            // 给我英语的
            Rule.of(
                    "LANGUAGE SOFT",
                    (match, wishes) -> match.text("SOFT").equals("的") && match.endsClause() && language(match, wishes)),
            // 音轨有三条，我要第三条
            Rule.of(
                    "ORDINAL MEASURE|LANGNOUN",
                    (match, wishes) -> (match.has("MEASURE")
                                    ? match.text("MEASURE").matches("条|轨|路")
                                    : match.text("LANGNOUN").equals("one"))
                            && (match.endsClause()
                                    || match.isNext("AND", "EACH")
                                    || wishes.tokens().get(match.end).text().matches("(?i)as well|as|too|also"))
                            && wishes.tokens().stream().anyMatch(token -> token.is("TRACK"))
                            && ordinal(match, wishes)),
            // 中文不要
            unlessOther("LANGUAGE", (match, wishes) -> match.standsAlone() && language(match, wishes)),
            twoTold("LANGUAGE AND|PUNCTUATION LANGUAGE BOTH|ALL? number MEASURE? AUDIO? TRACK|AUDIO|LANGNOUN"),
            twoTold("LANGUAGE AND|PUNCTUATION LANGUAGE BOTH AUDIO? TRACK|AUDIO|LANGNOUN"),
            twoTold("LANGUAGE AND LANGUAGE"),
            Rule.of("CHANNELS|OTHERFORMAT CHANNELNOUN? AUDIO? TRACK", TrackRules::unclear),
            Rule.of(
                    "CHANNELNOUN AUDIO? TRACK",
                    (match, wishes) -> match.text("CHANNELNOUN").matches("surround.*|环绕.*") && unclear(match, wishes)),
            Rule.of(
                    "ALL|BOTH AUDIO? TRACK SKIP ORDINAL|SIDE|LANGUAGE|COMMENTARY? LANGNOUN? AUDIO? TRACK",
                    TrackRules::allBut),
            Rule.of("ALL|BOTH AUDIO? TRACK SKIP AUDIO? TRACK? number", TrackRules::allBut),
            Rule.of("ALL|BOTH AUDIO? TRACK SKIP ORDINAL|LANGUAGE|COMMENTARY LANGNOUN?", TrackRules::allBut),
            Rule.of("INTO CHANNELS CHANNELNOUN? AUDIO? TRACK", TrackRules::channels),
            Rule.of("OTHERONE MEASURE? AUDIO? TRACK", TrackRules::unclear),
            Rule.of("SIDE CHANNELNOUN? AND? SIDE CHANNELNOUN?", TrackRules::bothSides)
                    .or(TrackRules::bothSides, (match, wishes) -> false),
            Rule.of("CHANNELS CHANNELNOUN? SEPARATE", TrackRules::bothSides),
            Rule.of("NOT|SKIP|INSTEAD CHANNELS PUNCTUATION? TAKEONLY|IS|INTO CHANNELS", (match, wishes) -> {
                wishes.channel(ChannelChoice.parse(match.value("CHANNELS", 1)).orElseThrow());
                return true;
            }),
            Rule.of("SPLIT|SEPARATE CHANNELS? CHANNELNOUN", TrackRules::bothSides),
            Rule.of("IN LANGUAGE", (match, wishes) -> match.text("IN").equals("in") && language(match, wishes)),
            twoTold("LANGUAGE AND|PUNCTUATION LANGUAGE LANGNOUN? TRACK|AUDIO|LANGNOUN"),
            twoTold("BOTH LANGUAGE AND LANGUAGE AUDIO|LANGNOUN? TRACK|AUDIO|LANGNOUN"),
            Rule.of("COMMENTARY AUDIO? TRACK?", (match, wishes) -> title(wishes, "commentary"))
                    .or(told((match, aside) -> title(aside, "commentary")), TrackRules::noCommentary),
            // It is not taken unless it is asked for
            Rule.of("SKIP|NOT COMMENTARY AUDIO? TRACK?", TrackRules::noCommentary),
            Rule.of("NOT|SKIP|INSTEAD IS? MAINONE AUDIO|TRACK|LANGNOUN|MEDIA?", (match, wishes) -> {
                wishes.remark(Remark.NOT_MAIN, match);
                return true;
            }),
            // "The second track, not the first one", 用第二条音轨，不是第一条
            Rule.of("NOT|INSTEAD ORDINAL MEASURE|LANGNOUN? AUDIO? TRACK?", TrackRules::notThisOne),
            Rule.of("SIDE LANGNOUN?", (match, wishes) -> false).or(TrackRules::toldOfSide, TrackRules::toldOfSide),
            Rule.of("TRACK TITLED word", (match, wishes) -> title(wishes, match.word())),
            Rule.of("TITLED word TRACK", (match, wishes) -> title(wishes, match.word())),
            Rule.of(
                    "TITLED word LANGNOUN",
                    (match, wishes) ->
                            match.text("LANGNOUN").matches("[那嗰]一?[条轨个]|one") && title(wishes, match.word())),
            Rule.of("ALL MEASURE? LANGUAGE? AUDIO? TRACK SEPARATE?", TrackRules::all),
            // "It has four tracks, I want them all as separate files"
            Rule.of("ALL INTO|PER? SEPARATE", (match, wishes) -> {
                boolean several = wishes.tokens().subList(0, match.start).stream()
                        .anyMatch(token -> token.is("TRACK") && !token.text().equalsIgnoreCase("track"));
                return several && all(match, wishes);
            }),
            Rule.of(
                    "ALL LANGNOUN",
                    (match, wishes) -> match.text("LANGNOUN").matches("languages?|语言|配音") && all(match, wishes)),
            Rule.of("BOTH AUDIO? TRACK SEPARATE?", TrackRules::all),
            Rule.of("BOTH|number MEASURE? LANGUAGE LANGNOUN|AUDIO? TRACK|AUDIO|LANGNOUN", TrackRules::severalOfOne),
            Rule.of("BEST AUDIO? TRACK", (match, wishes) -> false),
            Rule.of("MIX INTO? ALL|BOTH AUDIO? TRACK INTOONE?", TrackRules::mixed),
            Rule.of("ALL|BOTH AUDIO? TRACK MIX INTOONE?", TrackRules::mixed),
            Rule.of("ALL|BOTH AUDIO? TRACK INTOONE MIX?", TrackRules::mixed),
            Rule.of("MIX AUDIO? TRACK INTOONE", TrackRules::mixed),
            Rule.of("number MEASURE? AUDIO? TRACK MIX INTOONE?", TrackRules::mixed),
            Rule.of("NOT|SKIP EXTRACT|TAKEONLY|FILLER? LANGUAGE LANGNOUN|TRACK|AUDIO?", (match, wishes) -> {
                wishes.without(new TrackChoice.Language(match.value("LANGUAGE")), match.written());
                return true;
            }),
            Rule.of(
                    "MIX AUDIO? TRACK number AND number INTOONE?",
                    (match, wishes) -> numbered(match, wishes) && mix(wishes)),
            Rule.of(
                    "AUDIO? TRACK number AND number MIX INTOONE?",
                    (match, wishes) -> numbered(match, wishes) && mix(wishes)),
            Rule.of("INTOONE TRACK", (match, wishes) -> mix(wishes)),
            // As long as several tracks are named somewhere; files are not joined
            Rule.of("MIX INTO? ONEFILE|PIECE|INTOONE?", (match, wishes) -> {
                wishes.remark(Remark.MIXED, match);
                return true;
            }),
            Rule.of("JOINED", TrackRules::joined),
            Rule.of("INTO ONEFILE", (match, wishes) -> {
                if (!match.text("ONEFILE").matches("one file|single file")) return false;
                wishes.remark(Remark.JOINED, match);
                return true;
            }),
            Rule.of("CHANNELS CHANNELNOUN|AUDIO?", TrackRules::channels),
            Rule.of("MIX INTO? CHANNELS CHANNELNOUN?", TrackRules::channels),
            Rule.of("CHANNELS CHANNELNOUN? MIX? INTO|TO CHANNELS CHANNELNOUN?", (match, wishes) -> {
                wishes.channel(ChannelChoice.parse(match.value("CHANNELS", 1)).orElseThrow());
                return true;
            }),
            Rule.of("SIDE CHANNELNOUN", (match, wishes) -> side(match, wishes, true))
                    .or(
                            (match, aside) -> {
                                aside.remark(Remark.SIDE_TOLD, match);
                                aside.introduced.call(match.companions(), wishes -> side(match, wishes, true));
                                return side(match, aside, true);
                            },
                            (match, wishes) -> side(match, wishes, false)),
            Rule.of("SIDE LANGNOUN CHANNELNOUN", (match, wishes) -> side(match, wishes, true)),
            // 右边嗰个声道
            Rule.of(
                    "SIDE FILLER CHANNELNOUN",
                    (match, wishes) -> match.text("FILLER").matches("[嗰那这呢][个条路边]?") && side(match, wishes, true)),
            Rule.of("TAKEONLY|ONLY SIDE LANGNOUN? CHANNELNOUN?", TrackRules::onlySide),
            Rule.of("SIDE LANGNOUN|CHANNELNOUN? ONLY", TrackRules::onlySide),
            // 我要右边的
            Rule.of(
                    "SIDE SOFT",
                    (match, wishes) ->
                            match.text("SOFT").equals("的") && match.endsClause() && side(match, wishes, true)),
            Rule.of("number CHANNELNOUN", (match, wishes) -> {
                int number = whole(match.number(0));
                if (number < 1
                        || number > 8
                        || match.text("number").startsWith("第")
                        || !match.text("CHANNELNOUN").matches("channels?|声道|通道")) return false;
                wishes.channel(new ChannelChoice.Count(number));
                return true;
            }));

    static final List<Rule> RULES = Stream.of(
                    SINGLE.stream(),
                    listed("AUDIO? TRACK number", "number", ""),
                    listed("AUDIO? TRACK number", "AUDIO? TRACK number", ""),
                    listed("AUDIO? TRACK SIGN number", "SIGN number", ""),
                    listed("number", "number", " MEASURE? AUDIO? TRACK"),
                    listed("ORDINAL MEASURE?", "ORDINAL|number MEASURE?", " AUDIO? TRACK"))
            .flatMap(rules -> rules)
            .toList();

    private TrackRules() {}

    /** 0 where it is none that counts something. */
    static int whole(BigDecimal number) {
        boolean counts = number.signum() > 0 && number.compareTo(BigDecimal.valueOf(99_999)) <= 0;
        return counts && number.stripTrailingZeros().scale() <= 0 ? number.intValue() : 0;
    }

    private static boolean track(Wishes wishes, String number) {
        int position = whole(new BigDecimal(number));
        if (position < 1) return false;
        wishes.track(new TrackChoice.Position(position));
        return true;
    }

    private static boolean ordinal(Match match, Wishes wishes) {
        return track(wishes, match.value("ORDINAL"));
    }

    /** Of what is not known before the file is read, nothing can be left out. */
    private static Rule unlessUnwanted(String pattern, Rule.Action wanted) {
        return Rule.of(pattern, wanted).or(told(wanted), (match, wishes) -> {
            wishes.problem(Text.of("ask.negation", match.written()));
            return true;
        });
    }

    /** "The French one is not needed": where another is wanted, that is said by it. */
    private static Rule unlessOther(String pattern, Rule.Action wanted) {
        return Rule.of(pattern, wanted).or(told(wanted), (match, wishes) -> {
            wishes.without(new TrackChoice.Language(match.value("LANGUAGE")), match.written());
            return true;
        });
    }

    /** "It has English and German": told of two. */
    private static Rule twoTold(String pattern) {
        return Rule.of(pattern, TrackRules::twoLanguages)
                .or(
                        (match, aside) -> introduced(TrackRules::twoLanguages, aside.nowhere())
                                .apply(match, aside),
                        (match, wishes) -> false);
    }

    private static Rule.Action told(Rule.Action wanted) {
        return (match, aside) -> {
            if (!introduced(wanted, aside).apply(match, aside)) return false;
            aside.remark(Remark.TRACK_TOLD, match);
            return true;
        };
    }

    /** @param to gets the tracks, which may be chosen later by what they are called */
    private static Rule.Action introduced(Rule.Action wanted, Wishes to) {
        return (match, aside) -> {
            Set<TrackChoice> before = Set.copyOf(to.tracks);
            if (!wanted.apply(match, to)) return false;
            to.tracks.stream()
                    .filter(track -> !before.contains(track))
                    .forEach(track -> aside.introduced.call(match.companions(), wishes -> wishes.track(track)));
            return true;
        };
    }

    private static boolean side(Match match, Wishes wishes, boolean wanted) {
        wishes.channel(new ChannelChoice.Side(match.value("SIDE").equals("left") == wanted));
        return true;
    }

    /** "Keep only the left": not "I want the right format". */
    private static boolean onlySide(Match match, Wishes wishes) {
        if (!match.has("LANGNOUN") && !match.has("CHANNELNOUN") && !match.endsPhrase()) return false;
        wishes.only();
        return side(match, wishes, true);
    }

    private static boolean numbered(Match match, Wishes wishes) {
        if (match.isCounted()) return false;
        List<String> numbers = match.numbers();
        boolean possible = numbers.stream().allMatch(number -> whole(new BigDecimal(number)) > 0);
        if (possible) numbers.forEach(number -> track(wishes, number));
        return possible;
    }

    /** Rules for two to six that are named one after the other. */
    private static Stream<Rule> listed(String first, String next, String end) {
        String joint = " AND|PUNCTUATION? AND|PUNCTUATION ";
        return IntStream.range(1, 6)
                .mapToObj(more -> Rule.of(first + (joint + next).repeat(more) + end, TrackRules::numbered));
    }

    private static boolean fromTo(Match match, Wishes wishes) {
        int first = whole(new BigDecimal(match.numbers().get(0)));
        int last = whole(new BigDecimal(match.numbers().get(1)));
        if (first < 1 || last <= first || last - first > 98 || match.isCounted()) return false;
        for (int i = first; i <= last; i++) wishes.track(new TrackChoice.Position(i));
        return true;
    }

    private static boolean firstTracks(Wishes wishes, BigDecimal number) {
        int count = whole(number);
        if (count < 1 || count > 99) return false;
        for (int i = 1; i <= count; i++) wishes.track(new TrackChoice.Position(i));
        return true;
    }

    private static boolean notThisOne(Match match, Wishes wishes) {
        int position = whole(new BigDecimal(match.value("ORDINAL")));
        boolean track = match.has("TRACK") || match.has("MEASURE") || match.has("LANGNOUN");
        if (position < 1 || !track || !(match.endsClause() || match.isNext("AND"))) return false;
        wishes.without(new TrackChoice.Position(position), match.written());
        return true;
    }

    private static boolean bothSides(Match match, Wishes wishes) {
        boolean split = match.has("SPLIT") || match.has("SEPARATE");
        if (split && match.has("CHANNELNOUN") && !match.text("CHANNELNOUN").matches("channels?|声道|通道|音道")) return false;
        wishes.remark(Remark.SIDES, match);
        return true;
    }

    private static boolean twoLanguages(Match match, Wishes wishes) {
        return language(wishes, match.value("LANGUAGE")) && language(wishes, match.value("LANGUAGE", 1));
    }

    private static boolean language(Match match, Wishes wishes) {
        return language(wishes, match.value("LANGUAGE"));
    }

    private static boolean language(Wishes wishes, String code) {
        wishes.track(new TrackChoice.Language(code));
        return true;
    }

    private static boolean title(Wishes wishes, String words) {
        wishes.track(new TrackChoice.Title(words));
        return true;
    }

    /** "Everything but the commentary" is several tracks, and all of them but one cannot be asked for. */
    private static boolean noCommentary(Match match, Wishes wishes) {
        if (match.has("SKIP") && ALL_BUT.matcher(match.text("SKIP")).matches()) {
            wishes.problem(Text.of("ask.all-but", match.written()));
            return true;
        }
        // "Leave out the commentary and export the rest"
        boolean rest = wishes.tokens().subList(match.end, wishes.tokens().size()).stream()
                .anyMatch(
                        token -> OTHERS.matcher(Traditional.plain(token.text())).find());
        if (rest) wishes.problem(Text.of("ask.all-but", match.written()));
        wishes.remark(Remark.NO_COMMENTARY, match);
        return true;
    }

    /** "The right one is the boom", where a side is named as a channel elsewhere. */
    private static boolean toldOfSide(Match match, Wishes wishes) {
        wishes.introduced.call(match.companions(), choosing -> side(match, choosing, true));
        return wishes.tokens().stream()
                .anyMatch(token -> token.is("SIDE") && !token.value("SIDE").equals(match.value("SIDE")));
    }

    private static boolean all(Match match, Wishes wishes) {
        if (match.has("LANGUAGE")) return unclear(match, wishes);
        wishes.track(TrackChoice.ALL);
        return true;
    }

    /** "Both English tracks": of each language one is taken. */
    private static boolean severalOfOne(Match match, Wishes wishes) {
        boolean several = match.has("BOTH") || whole(match.number(0)) > 1;
        return several && unclear(match, wishes);
    }

    /** Not "I joined the call at five". */
    private static boolean joined(Match match, Wishes wishes) {
        boolean last =
                match.endsClause() || wishes.tokens().get(match.end).text().matches("(?i)as|into|to");
        if (last) wishes.remark(Remark.MIXED, match);
        return last;
    }

    private static boolean mixed(Match match, Wishes wishes) {
        // 第一条音轨和第三条音轨混成一个: the third one, not three of them
        if (match.has("number") && match.text("number").startsWith("第")) return false;
        // 5.1音轨混成立体声
        if (match.has("number") && whole(match.number(0)) < 1) return false;
        // 第一轨…，第二轨…，把这两轨混成一条
        boolean named = wishes.tokens().subList(0, match.start).stream().anyMatch(token -> token.is("TRACK"));
        if (named && match.has("number") && !match.has("MEASURE")) return false;
        wishes.track(TrackChoice.ALL);
        return mix(wishes);
    }

    private static boolean mix(Wishes wishes) {
        wishes.mix = true;
        return true;
    }

    private static boolean channels(Match match, Wishes wishes) {
        // "It is 5.1, make it stereo"
        boolean another = wishes.tokens().stream()
                .anyMatch(token ->
                        token.is("CHANNELS") && !token.value("CHANNELS").equals(match.value("CHANNELS")));
        if (another && (match.isDescribed() || match.isSource("CHANNELS"))) return true;
        wishes.channel(ChannelChoice.parse(match.value("CHANNELS")).orElseThrow());
        return true;
    }

    private static boolean allBut(Match match, Wishes wishes) {
        wishes.problem(Text.of("ask.all-but", match.written()));
        return true;
    }

    private static boolean unclear(Match match, Wishes wishes) {
        wishes.problem(Text.of("ask.which-track", match.written()));
        return true;
    }
}
