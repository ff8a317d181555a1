package dev.soundlift.sentence;

import dev.soundlift.request.TrackChoice;
import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words that ask for an option, in a way that no rule understood: to go on without it would be to do something else.
 *
 * @param all the whole sentence
 * @param line the same
 * @param left what no rule took
 * @param unheard what nobody finds without listening
 */
record Lost(List<Token> all, Line line, List<Token> left, Wishes wishes, Unheard unheard) {
    private static final List<String> UNITS =
            List.of("UNIT", "KBPS", "KHZ", "HZ", "SIZE", "LUFS", "BITUNIT", "PERCENT", "OTHERUNIT");

    /** Taking a piece out is said so as well. */
    private static final Set<String> CUTS = Set.of("cut", "剪", "切", "拆", "分", "break", "separate");

    private static final Set<String> LEVELS = Set.of("loud", "loudness", "响度");

    /** What a wish ends with. */
    private static final Set<String> CLOSINGS = Set.of(
            "please",
            "pls",
            "plz",
            "thanks",
            "thx",
            "only",
            "preferably",
            "preferred",
            "ideally",
            "first",
            "if available",
            "if possible",
            "if there is one",
            "优先",
            "吧",
            "呗",
            "谢谢",
            "哈",
            "啊");

    private static final Pattern RECORDED = Pattern.compile("(?i)(?:录|錄|拍|开|開|讲|講|上)了|recorded|filmed|shot|taped");

    /** What is done with a language besides choosing it. */
    private static final Pattern SPEAKS = Pattern.compile(
            "(?i)学|學|教|讲|講|说|說|会|會|懂|练|練|学习|學習|learn(?:ing|s)?|stud(?:y|ying|ies)|speak(?:ing|s)?|teach(?:ing|es)?|understand|practi[cs]ing");

    private static final int LONGEST_NAME_OF_A_FORMAT = 5;
    private static final int MOST_SMALL = 3;

    Lost(List<Token> all, List<Token> left, Wishes wishes) {
        this(all, new Line(all), left, wishes, new Unheard(new Line(all), wishes));
    }

    List<Text> problems() {
        List<Text> problems = new ArrayList<>();
        Set<Token> untaken = new HashSet<>(left);
        Deeds deeds = new Deeds(all);
        for (int at = 0; at < all.size(); at++) {
            if (!untaken.contains(all.get(at)) || wishes.isSettled(at)) continue;
            boolean quantity =
                    Stream.of(Token.NUMBER, Token.CLOCK, "HALF", "UNIT").anyMatch(all.get(at)::is);
            if (deeds.isReason(at) && !quantity && !all.get(at).is("TROUBLE")) continue;
            if (deeds.isWished(at)) problems.add(Text.of("ask.other-job", line.words(at, endOfClause(at))));
            else add(problems, at);
        }
        problems.addAll(new Strangers(line, untaken, wishes).problems());
        return problems;
    }

    private void add(List<Text> problems, int at) {
        Token token = all.get(at);
        boolean fraction = token.is("HALF") || token.is("QUARTER");
        boolean number = fraction
                || token.is(Token.ORDINAL)
                || (token.is(Token.NUMBER) && (line.is(at + 1, "UNIT") || !token.is("FILLER")) && !token.is("A"));
        int unit = line.is(at + 1, "MEASURE") ? at + 2 : at + 1;
        if (number && ((line.is(unit, "SIZE") && isItsSize(at)) || isTheirNumber(at))) return;
        if (token.is("OTHERFORMAT") && !goesIn(at)) {
            problems.add(Text.of("ask.no-format", token.text()));
        } else if (number && line.is(unit, "SIZE")) {
            problems.add(Text.of("ask.size", line.words(at, unit + 1)));
        } else if (number
                && UNITS.stream().anyMatch(kind -> line.is(unit, kind))
                && (token.is(Token.ORDINAL) || !isTold(at, unit + 1))) {
            problems.add(Text.of("ask.unclear", line.words(at, unit + 1)));
        } else if (fraction
                || isRate(at)
                || (line.is(at - 1, "FORMAT")
                        && !token.isKnown()
                        && token.text().matches("(?i)q\\d{1,2}"))
                || (number && isEnd(at))
                || (token.is("UNIT") && line.is(at + 1, Token.NUMBER) && !isTold(at, at + 1))
                || (token.is("ALL") && line.is(at + 1, "UNIT"))
                || token.text().equals("静音")
                || (isSurround(token) && !wishes.channels.isSaid())
                || (number && line.is(unit, "TRACK") && wishes.tracks.isEmpty() && !isTold(at, unit + 1))
                || isOneOfMany(at)
                || (token.is("LOUDNESS")
                        && LEVELS.contains(Traditional.plain(token.text()))
                        && !wishes.isLoudnessSaid())) {
            problems.add(Text.of("ask.unclear", token.text()));
        } else if (number && standsAlone(at)) {
            problems.add(Text.of("ask.unclear", token.text()));
        } else if (token.is("VIDEOFORMAT")
                && line.is(at - 1, "A")
                && !wishes.files.inputs().isEmpty()
                && wishes.files.inputs().stream().noneMatch(name -> name.contains("."))) {
            problems.add(Text.of("ask.unclear", token.text()));
        } else if (unheard.isUnheard(at)) {
            problems.add(Text.of("ask.which-part", line.words(at, at + 2)));
        } else if ((token.is("LANGUAGE") || isSomeLanguage(token))
                && !SPEAKS.matcher(line.words(at - 1, at)).matches()
                && wishes.tracks.isEmpty()
                && endsPhrase(at + 1)) {
            problems.add(Text.of("ask.which-track", token.text()));
        } else if (token.is("LANGUAGES") && !isLanguageChosen() && !line.isInClause(at, "HAVE")) {
            problems.add(Text.of("ask.which-track", token.text()));
        } else if (isSide(at) || token.is("FILENAME")) {
            problems.add(Text.of("ask.unclear", token.text()));
        } else if (token.is("QUESTION") || (token.is("WHY") && !isAnythingElseAsked())) {
            problems.add(Text.of("ask.question"));
        } else if (token.is("IF") && !wishes.onExists.isSaid() && !new Deeds(all).isReason(at)) {
            problems.add(Text.of("ask.unclear", token.text()));
        } else if (unheard.isChosen(at) || isUnknownTarget(at)) {
            problems.add(Text.of("ask.other-job", token.text()));
        } else if (token.is("SHOWTRACKS") && wishes.wishAnything()) {
            problems.add(Text.of("ask.other-job", token.text()));
        } else if (token.is("TAGS") || (token.is("TAGNAME") && isGiven(at + 1))) {
            problems.add(Text.of("ask.tags", token.text()));
        } else if (token.is("EXISTING") && !wishes.onExists.isSaid()) {
            problems.add(Text.of("ask.unclear", token.text()));
        } else if (token.is("CHOOSING") && !line.is(at + 1, Token.NAME)) {
            problems.add(Text.of("ask.unclear", token.text()));
        } else if (token.is(Token.CLOCK) && !isTold(at, at + 1)) {
            problems.add(Text.of("ask.unclear", token.text()));
        } else if (token.is("CHAPTER") && !wishes.stretches.said()) {
            problems.add(Text.of("ask.which-chapter", token.text()));
        } else if (unheard.isOneVoice(at)) {
            problems.add(Text.of("ask.one-voice", line.words(unheard.whose(at), at + 1)));
        } else if (isPieces(token)
                && (!wishes.stretches.said()
                        || (Traditional.plain(token.text()).matches("split|切开|分开|断开|拆开")
                                && !wishes.stretches.isSplit()))) {
            problems.add(Text.of("ask.unclear", token.text()));
        } else if (token.is("TRACK") && token.text().endsWith("s") && wishes.tracks.isEmpty() && severalAreMeant()) {
            problems.add(Text.of("ask.which-track", token.text()));
        } else if (token.is("PICTURE")) {
            problems.add(Text.of("ask.other-job", token.text()));
        } else if (isNameOfAFormat(at)) {
            problems.add(Text.of("ask.no-format", token.text()));
        } else if (number
                && line.is(unit, "PIECE")
                && !line.is(unit, "FILLER")
                && !isTold(at, unit + 1)
                && !token.text().matches("一|one|1")) {
            problems.add(Text.of("ask.equal-parts", line.words(at, unit + 1)));
        } else {
            new Unspent(line, wishes).problem(at).ifPresent(problems::add);
        }
    }

    private boolean isLanguageChosen() {
        return wishes.tracks.stream().anyMatch(track -> track instanceof TrackChoice.Language);
    }

    /** A channel, where none is chosen: 右边那一路的声道, "the right hand one". */
    private boolean isSide(int at) {
        if (wishes.channels.isSaid()) return false;
        String said = Traditional.plain(all.get(at).text());
        int before = at - 1;
        while (line.is(before, "SOFT") && !line.is(before, "ONLY")) before--;
        boolean only = isLatin(at) ? line.is(before, "ONLY") : said.length() > 1 && line.isInClause(at, "ONLY");
        boolean side = line.is(at, "SIDE") && (endsPhrase(at + 1) || only);
        return side || (line.is(at, "CHANNELNOUN") && said.matches("channels?|声道|音道") && wishes.tracks.isEmpty());
    }

    private int endOfClause(int at) {
        int end = at + 1;
        while (end < all.size() && !line.is(end, "PUNCTUATION") && !line.is(end, "AND") && !line.is(end, Token.NAME))
            end++;
        return end;
    }

    private boolean isAnythingElseAsked() {
        return wishes.wishAnything() || all.stream().anyMatch(token -> token.is("EXTRACT") || token.is("NOVIDEO"));
    }

    /** "In the original language", "not the dub". */
    private static boolean isSomeLanguage(Token token) {
        return token.is("LANGNOUN") && Traditional.plain(token.text()).matches("languages?|dub|dubbing|语言|配音|对白");
    }

    /** "Artist Bob": a value stands behind. */
    private boolean isGiven(int at) {
        return at < all.size()
                && (all.get(at).is(Token.NAME)
                        || Character.isUpperCase(all.get(at).text().codePointAt(0))
                        || Traditional.plain(all.get(at).text()).matches("(?:设|写|改|填).*|名.*|为|叫|是|is|to|=|should"));
    }

    /** "Three bits: 1:00-2:00, …", "… two separate wavs": as many as are named. */
    private boolean isTheirNumber(int at) {
        String count = all.get(at).value(Token.NUMBER);
        return wishes.counts().stream().anyMatch(size -> size > 1 && count.equals(Integer.toString(size)));
    }

    private boolean isLatin(int at) {
        return all.get(at).text().charAt(0) < 0x250;
    }

    /** "48k/24": a number that counts nothing and belongs to nothing. */
    private boolean standsAlone(int at) {
        boolean begins = at == 0 || line.is(at - 1, "PUNCTUATION") || line.is(at - 1, "AND");
        boolean ends = at + 1 >= all.size() || line.is(at + 1, "PUNCTUATION");
        return begins && ends && at > 0 && line.is(at, Token.NUMBER);
    }

    private boolean endsPhrase(int after) {
        int at = after;
        while (line.is(at, "SOFT") && !line.is(at, "ONLY") && !line.is(at, "IN")) at++;
        if (at >= all.size()) return true;
        return Stream.of("PUNCTUATION", "IN", "SOURCE", "INTO", "AND", "IF", "ENOUGH")
                        .anyMatch(all.get(at)::is)
                || CLOSINGS.contains(Traditional.plain(all.get(at).text()));
    }

    /** "Turn it into a banger", 变成女声. */
    private boolean isUnknownTarget(int at) {
        int before = at - 1;
        while (line.is(before, "SOFT") || line.is(before, "A")) before--;
        if (!line.is(before, "INTO") || (all.get(at).isKnown() && !line.is(at, "INSTRUMENT"))) return false;
        String into = Traditional.plain(all.get(before).text());
        return into.matches("into|.*[成为]") && !into.equals("作为");
    }

    /** A number that is hardly anything but a bit rate. */
    private boolean isRate(int at) {
        boolean rate = line.is(at - 1, "PER") && all.get(at - 1).text().equals("at");
        return line.is(at, Token.NUMBER)
                && (rate || SoundRules.BARE_RATES.contains(all.get(at).text()));
    }

    /** "From one minute thirty to three". */
    private boolean isEnd(int at) {
        boolean to = line.is(at - 1, "TO") || line.is(at - 1, "UNTIL") || line.is(at - 1, "INTO");
        return to
                && !Set.of("in", "as", "用")
                        .contains(Traditional.plain(all.get(at - 1).text()));
    }

    private static boolean isSurround(Token token) {
        String text = Traditional.plain(token.text());
        return token.is("CHANNELNOUN") && (text.startsWith("surround") || text.startsWith("环绕"));
    }

    /** "The second and fourth language". */
    private boolean isOneOfMany(int at) {
        if (!line.is(at, Token.ORDINAL)) return false;
        int noun = at + 1;
        while (line.is(noun, "AND") || line.is(noun, Token.ORDINAL) || line.is(noun, "SOFT")) noun++;
        if (line.is(noun, "MEASURE")) noun++;
        boolean file = all.stream()
                .anyMatch(
                        token -> token.is(Token.NAME) && token.value(Token.NAME).contains("."));
        boolean oneFile = line.is(noun, "MEDIA") && !file;
        boolean oneTrack = Stream.of("LANGNOUN", "TRACK", "CHAPTER", "PERSON", "CHANNELNOUN")
                .anyMatch(all.get(Math.min(noun, all.size() - 1))::is);
        return oneTrack || oneFile;
    }

    /** "The video is 3 GB": nobody asks for that. */
    private boolean isItsSize(int at) {
        int has = at - 1;
        while (has >= 0 && all.get(has).isSoft()) has--;
        if (has >= 0 && "(（".contains(all.get(has).text())) return true;
        return line.is(has, "HAVE") && (line.is(has - 1, Token.NAME) || line.is(has - 1, "MEDIA"));
    }

    private boolean isPieces(Token token) {
        boolean several =
                wishes.tracks.size() > 1 || wishes.tracks.contains(TrackChoice.ALL) || wishes.stretches.count() > 1;
        boolean state = token.text().equalsIgnoreCase("broken") && line.is(all.indexOf(token) - 1, "HAVE");
        boolean splits = token.is("SPLIT") && !state && !several && !CUTS.contains(Traditional.plain(token.text()));
        return splits
                || token.text().startsWith("中间")
                || Stream.of("SILENCE", "COUNTDOWN", "CREDITS").anyMatch(token::is);
    }

    private boolean severalAreMeant() {
        return left.stream().anyMatch(token -> token.is("ALL") || token.is("SEPARATE"));
    }

    /** "My wma file", "the dts sound of film.mkv as flac": what the input is, not what is to come out. */
    private boolean goesIn(int at) {
        int before = at - 1;
        while (before >= 0 && all.get(before).isSoft()) before--;
        boolean copied = wishes.copy && line.is(before, "EXTRACT") && before < at - 1;
        boolean owned = copied || line.is(before, "SOURCE") || line.is(before, "FROM") || line.is(before, "HAVE");
        boolean noun = Stream.of("MEDIA", "AUDIO", "TRACK", "FORMATNOUN").anyMatch(kind -> line.is(at + 1, kind));
        boolean becomes = wishes.formats.said()
                && all.subList(at, all.size()).stream().anyMatch(token -> token.is("INTO") || token.is("TO"));
        return owned || (noun && becomes);
    }

    /** "A 2 hour lecture", "the film is 90 minutes long": a remark about the input. */
    private boolean isTold(int from, int to) {
        int after = to;
        while (after < all.size() && (isOf(after) || isQuantity(after))) after++;
        int next = after;
        if (Stream.of("MEDIA", "AUDIO", "TRACK", Token.NAME).anyMatch(kind -> line.is(next, kind))) return true;
        if (line.is(after, "LONG") && Match.isTold(all, from)) return true;
        // "My 3 hr livestream"
        boolean owned =
                from > 0 && (line.is(from - 1, "SOURCE") || (all.get(from - 1).isSoft() && !line.is(from - 1, "A")));
        boolean one =
                owned && line.is(to - 1, "UNIT") && !all.get(to - 1).text().endsWith("s");
        boolean noun = after < all.size() && !all.get(after).isKnown();
        if (one && noun) return true;
        for (int before = from - 1; before >= 0 && from - before <= MOST_SMALL; before--) {
            if (line.is(before, "HAVE") && isLengthOfThePart(from, before)) return false;
            if (line.is(before, "HAVE")
                    || RECORDED.matcher(line.words(before, before + 1)).matches()
                    || (line.is(before, "LONG") && Match.isTold(all, before))) return true;
            if (!isSmall(before)) return false;
        }
        return false;
    }

    /** "It starts at 31:15 and is 42 minutes": not "I was late by three minutes, that's why …". */
    private boolean isLengthOfThePart(int length, int verb) {
        return wishes.stretches.isOpen()
                && !wishes.describes(verb)
                && !Reasons.in(all).get(length);
    }

    /** "10 minutes of the talk" is not the length of the talk. */
    private boolean isOf(int at) {
        return all.get(at).isSoft() && !all.get(at).text().equalsIgnoreCase("of");
    }

    private boolean isSmall(int at) {
        return all.get(at).isSoft()
                || isQuantity(at)
                || all.get(at).is("FILLER")
                || all.get(at).is("LANGUAGES");
    }

    private boolean isQuantity(int at) {
        return line.is(at, Token.NUMBER) || line.is(at, "UNIT") || line.is(at, "HALF");
    }

    /** "Export as xyz". */
    private boolean isNameOfAFormat(int at) {
        Token token = all.get(at);
        boolean last = at + 1 >= all.size() || line.is(at + 1, "PUNCTUATION") || line.is(at + 1, "FORMATNOUN");
        return !token.isKnown()
                && last
                && !wishes.formats.said()
                && token.text().length() <= LONGEST_NAME_OF_A_FORMAT
                && token.text().chars().allMatch(letter -> letter < 128 && Character.isLetterOrDigit(letter))
                && at > 0
                && ((all.get(at - 1).is("INTO") && !all.get(at - 1).text().equalsIgnoreCase("in"))
                        || all.get(at - 1).text().matches("(?i)as an?"));
    }
}
