package dev.soundlift.sentence;

import dev.soundlift.request.TrackChoice;
import dev.soundlift.text.Text;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The last look at a word that no rule took: whether it is one that wishes for something. It is asked about then, whatever
 * else is clear: half of what was asked for would be silently wrong.
 */
record Unspent(Line line, Wishes wishes) {
    /** Words of these kinds are hardly ever said but to wish for something. */
    static final List<String> KINDS = List.of(
            ("LAST INTRO OUTRO UNTIL AFTER BEFORE BEFORECN COUNTDOWN TRIMBOTH REST BITRATE SAMPLERATE DEPTH FLOAT VBR"
                            + " CBR MOST COMPARED BESIDES NORMALIZE BROADCAST PRESET CHANNELS COMMENTARY BOTH MIX INTOONE OTHERONE SUBFOLDERS NAMING UPLOAD"
                            + " BEST SMALL LOSSLESS LOSSLESSFORMAT SAMEFORMAT COPY NOLOSS KEEPQUALITY CDQUALITY VLEVEL HZ KHZ LUFS"
                            + " FORMAT LOUDER PODCAST PODCASTUSE ARCHIVEUSE SPEECH MUSICPRESET RINGTONE NEXT DOWNTO JOINED"
                            + " LOCAL CLOUD NOUPLOAD UPLOADOK KEEPDATE CUESHEET OVERWRITE SKIPEXISTING RENAMEEXISTING RECURSE STDOUT")
                    .split(" "));

    /** Of the word at this place. */
    Optional<Text> problem(int at) {
        String here = line.get(at).text();
        String phrase = line.words(at, at + 3);
        if (isNth(at) || isUnnamedStart(at) || isHeard(at)) return Optional.of(Text.of("ask.which-part", phrase));
        if (isTrackOfSomeKind(at) || isNumbered(at)) return Optional.of(Text.of("ask.which-track", phrase));
        if (isOfWhatExists(at)) return Optional.of(Text.of("ask.unclear", phrase));
        if (isTooQuiet(at)) return Optional.of(Text.of("ask.unclear", here));
        if (isThatTrack(at)) return Optional.of(Text.of("ask.which-track", here));
        if (isForEach(at)) return Optional.of(Text.of("ask.unclear", phrase));
        if (isManyAtOnce(at)) return Optional.of(Text.of("ask.unclear", phrase));
        if (isNumberedName(at)) return Optional.of(Text.of("ask.unclear", line.words(at, at + 2)));
        if (isSplitPath(at)) return Optional.of(Text.of("ask.unclear", line.words(at - 1, at + 4)));
        if (isUnnamedFolder(at)) return Optional.of(Text.of("ask.place", line.words(Math.max(0, at - 2), at + 1)));
        if (isSecondPlace(at)) return Optional.of(Text.of("ask.place", phrase));
        if (isAdded(at)) return Optional.of(Text.of("ask.other-job", phrase));
        if (isLoudness(at)) return Optional.of(Text.of("ask.unclear", phrase));
        if (isWholeToo(at)) return Optional.of(Text.of("ask.together", "--range", here));
        if (line.is(at, "UPLOAD") && isUnspent(at)) return Optional.of(Text.of("ask.other-job", phrase));
        return isUnspent(at) ? Optional.of(Text.of("ask.unclear", here)) : Optional.empty();
    }

    /** 音量调到跟电视一样: as loud as something, of which no loudness was made. */
    private boolean isLoudness(int at) {
        boolean level = line.is(at, "LOUDNESS") && !line.is(at, "AUDIO");
        if (!level || wishes.isLoudnessSaid() || wishes.describes(at)) return false;
        int end = at;
        while (end < line.size() && !line.is(end, "PUNCTUATION")) end++;
        for (int other = at + 1; other < end; other++) {
            if (line.words(other, other + 1).matches("(?i)to|like|as|match|matching|跟|和|与|同|像|到|调到.*|一样.*"))
                return true;
        }
        return false;
    }

    /** "Mic 1". */
    private boolean isNumbered(int at) {
        return line.is(at, "CHANNELNOUN") && line.is(at + 1, Token.NUMBER);
    }

    /** 文件名一样就…: what becomes of a file that is there already, in words that nobody understood. */
    private boolean isOfWhatExists(int at) {
        return line.is(at, "EXISTING")
                && !wishes.onExists.isSaid()
                && line.get(at)
                        .text()
                        .matches(
                                "(?i)[同重撞]名|名字冲突|檔名一樣|.*名一[样樣]|(?:name )?clash(?:es)?|(?:the )?same name|already exists?|exists?");
    }

    /** 声音太小: somebody who says so wants it louder, or does not. */
    private boolean isTooQuiet(int at) {
        return line.is(at, "TROUBLE")
                && !wishes.isLoudnessSaid()
                && wishes.wishAnything()
                && Traditional.plain(line.get(at).text()).matches(".*(?:太小|太轻|太细|太低|偏小|quiet|hear).*");
    }

    /** 名称叫 Mic 的那轨, where no rule has found it. */
    private boolean isThatTrack(int at) {
        boolean pointed = line.words(at, at + 1).equalsIgnoreCase("one")
                && line.words(at - 1, at).equalsIgnoreCase("that")
                && line.tokens().stream().anyMatch(token -> token.is("TRACK"))
                && !wishes.stretches.said();
        if (pointed && wishes.tracks.isEmpty() && !wishes.channels.isSaid()) return true;
        return line.is(at, "LANGNOUN")
                && Traditional.plain(line.get(at).text()).matches("[那嗰]一?轨")
                && wishes.tracks.isEmpty()
                && !wishes.channels.isSaid();
    }

    /** "One file per speaker", 每个人一个文件. */
    private boolean isForEach(int at) {
        if (wishes.stretches.said() || wishes.tracks.contains(TrackChoice.ALL)) return false;
        if (line.is(at, "PER")) return line.words(at, at + 1).matches("(?i)per|for each|for every");
        int end = at + 1;
        while (end < line.size() && !line.is(end, "PUNCTUATION") && !line.is(end, "ONEFILE")) end++;
        return (line.is(at, "ALL") || line.is(at, "PERSON"))
                && line.get(at).text().startsWith("每")
                && (line.is(end, "ONEFILE") || line.is(at + 1, "PERSON") || line.is(at + 2, "PERSON"));
    }

    /** "Four at a time", 同时跑4个文件: how many at once, or more files than are named. */
    private boolean isManyAtOnce(int at) {
        if (!line.is(at, Token.NUMBER)
                || line.is(at, "A")
                || line.get(at).value(Token.NUMBER).equals("1")) return false;
        if (line.isInClause(at, "HAVE") || line.words(at - 1, at).matches("[里中内]")) return false;
        if (wishes.counts()
                .contains(Integer.valueOf(
                        TrackRules.whole(new BigDecimal(line.get(at).value(Token.NUMBER)))))) return false;
        return line.words(at + 1, at + 4)
                .matches(
                        "(?is)(?:formats?|versions?|jobs?|threads?|cores?|workers?|files?|videos?|clips?|process(?:es)?|tasks?|at a time|at once|in parallel)\\b.*"
                                + "|个? ?(?:格式|版本|文件|視頻|视频|影片|檔案|档案|任务|任務|线程|線程|进程|進程|并发|個檔案|個影片).*|(?:個|条) ?(?:檔案|影片|任務|線程).*");
    }

    /** "Sermon 12.mp4": a name of two words, where there is no such file. */
    private boolean isNumberedName(int at) {
        return line.is(at + 1, Token.NAME)
                && line.get(at + 1).start() == line.get(at).end() + 1
                && line.get(at + 1).text().matches("\\d{1,4}[a-z]?\\.\\w{2,5}")
                && line.get(at)
                        .text()
                        .matches(
                                "(?i)sermon|lessons?|part|day|scene|take|class|session|vol|volume|season|week|unit|song|speech|ep|episode|lecture|interview|meeting|talk|call|show|concert|sunday|monday|tuesday|wednesday|thursday|friday|saturday")
                && !wishes.files.exists(line.get(at + 1).value(Token.NAME));
    }

    /** "/home/jo/My Videos/ad reel.mp4" without quotes. */
    private boolean isSplitPath(int at) {
        if (!line.is(at - 1, Token.NAME) || line.get(at - 1).value("FORM").equals("quoted")) return false;
        boolean rooted = line.get(at - 1).text().matches("(?:[A-Za-z]:|~)?[/\\\\].*")
                && !line.get(at - 1).text().matches(".*\\.\\w{2,5}");
        boolean apart = line.get(at).start() == line.get(at - 1).end() + 1;
        boolean goesOn = line.words(at + 1, at + 2).matches("[/\\\\]")
                && line.get(at + 1).start() == line.get(at).end();
        return rooted && apart && goesOn;
    }

    /** "The kids stuff folder": one that is named by words that no rule took. */
    private boolean isUnnamedFolder(int at) {
        return line.is(at, "FOLDER")
                && at > 0
                && !line.get(at - 1).isKnown()
                && wishes.files.inputs().isEmpty();
    }

    /** "Put clip1 in folder a and clip2 in folder b". */
    private boolean isSecondPlace(int at) {
        boolean in = line.is(at - 1, "IN") || line.is(at - 1, "INTO") || line.is(at - 1, "TO");
        return line.is(at, "FOLDER") && in && wishes.files.output().isPresent();
    }

    /** "The audio when the band plays". */
    private boolean isHeard(int at) {
        return line.is(at, "WHERE") && line.is(at - 1, "AUDIO") && !wishes.stretches.said();
    }

    /** 第二个节目: a part that is counted, of what nothing here counts. */
    private boolean isNth(int at) {
        return line.is(at, Token.ORDINAL)
                && line.get(at).text().startsWith("第")
                && line.is(at + 1, "MEASURE")
                && !line.is(at + 2, "MEDIA")
                && !wishes.stretches.said()
                && wishes.tracks.isEmpty();
    }

    /** "The loudest track", "the track that says director". */
    private boolean isTrackOfSomeKind(int at) {
        if (!line.is(at, "TRACK") || !wishes.tracks.isEmpty()) return false;
        boolean kind = at > 0 && !line.get(at - 1).isKnown();
        return kind || line.words(at + 1, at + 2).matches("(?i)that|which|where|with|whose|marked|labell?ed|has");
    }

    /** 加背景音乐; 加 is said for "and" too. */
    private boolean isAdded(int at) {
        boolean begins = at == 0
                || Stream.of("PUNCTUATION", Token.NAME).anyMatch(line.get(at - 1)::is)
                || line.words(at - 1, at).matches("再|顺便|帮我|然后|并|给我");
        boolean thing =
                Stream.of("FILLER", "AUDIO", "INTRO", "OUTRO", "PICTURE").anyMatch(kind -> line.is(at + 1, kind))
                        || (at + 1 < line.size() && !line.get(at + 1).isKnown());
        return line.get(at).text().equals("加") && begins && thing;
    }

    /** "From the solo on", 从掌声之后开始: a place that has no time. */
    private boolean isUnnamedStart(int at) {
        if (!line.is(at, "FROM") || wishes.stretches.said()) return false;
        int place = at + 1;
        while (line.is(place, "SOFT") || line.is(place, "A")) place++;
        boolean heard = place < line.size() && (!line.get(place).isKnown() || line.is(place, "INSTRUMENT"));
        int end = place + 1;
        while (end < line.size() && (!line.get(end).isKnown() || line.is(end, "SOFT"))) end++;
        boolean onward = line.is(end, "ONWARD") || line.is(end, "AFTER") || line.is(end, "START");
        return heard && (onward || line.words(at, at + 1).matches("(?i)(?:start|begin|jump|skip|seek|fast).*|跳到|快进到"));
    }

    /** "The first minute, and also the whole thing". */
    private boolean isWholeToo(int at) {
        if (!line.is(at, "WHOLE") || !wishes.stretches.said()) return false;
        int before = at - 1;
        while (line.is(before, "SOFT") || line.is(before, "A") || line.is(before, "SOURCE")) before--;
        boolean added =
                before >= 0 && line.words(before, before + 1).matches("(?i)and|also|plus|&|then|再|也|另外|还有|和|以及|还要");
        return added || line.words(at + 1, at + 2).matches("(?i)too|also|as well|再|也|另外");
    }

    /** A word that is said to wish for something, and no rule has made a wish of it. */
    private boolean isUnspent(int at) {
        Token token = line.get(at);
        if (token.is("BOTH") && !wishes.counts().contains(2) && !wishes.mix && isOfTracks(at)) return true;
        if (token.isFiller() || KINDS.stream().noneMatch(token::is)) return false;
        boolean several = wishes.counts().stream().anyMatch(count -> count > 1);
        if (token.is("BOTH")) return !wishes.counts().contains(2);
        if (token.is("INTOONE") || token.is("MIX")) return several && !wishes.mix;
        if (token.is("INTRO") || token.is("OUTRO")) return !wishes.stretches.said() || isStillThere(at);
        if (token.is("OTHERONE")) {
            // "Track 1 and also the other one"
            boolean added = line.words(Math.max(0, at - 2), at).matches("(?i)(?:.*\\b)?(?:and|also|plus)(?:\\b.*)?");
            return added || (!wishes.stretches.said() && wishes.tracks.isEmpty());
        }
        if (token.is("UPLOAD"))
            return !line.is(at - 1, "FOR") && !line.words(at - 1, at).matches("方便|以便|用来|用于|好|为了|拿去|拿来|准备|打算|要");
        if (token.is("TRIMBOTH")) return !(wishes.stretches.begins() && wishes.stretches.ends());
        if (token.is("BESIDES")) return !line.isInClause(at, "SKIP");
        if (token.is("AFTER") || token.is("BEFORE")) return !isClock(at - 1) && isOfTheSound(at);
        if (token.is("BITRATE") || token.is("CBR")) return !wishes.bitsPerSecond.isSaid();
        if (token.is("VBR")) return !wishes.vbr.isSaid();
        if (token.is("SAMPLERATE")) return !wishes.sampleRate.isSaid();
        if (token.is("NORMALIZE") && line.get(at).text().matches("统一|統一")) return false;
        if (token.is("NORMALIZE") || token.is("BROADCAST")) return !wishes.isLoudnessSaid();
        return !line.is(at + 1, "END");
    }

    /** "Without the intro", of which the times that are named take in the start. */
    private boolean isStillThere(int at) {
        boolean gone = line.is(at, "INTRO") ? wishes.stretches.leavesOutStart() : wishes.stretches.leavesOutEnd();
        int end = at;
        while (end < line.size() && !line.is(end, "PUNCTUATION")) end++;
        if (!gone && line.words(at - 1, at).matches("[剪切裁砍]")) return true;
        for (int word = at; !gone && word < end; word++) {
            if (Verdict.isGone(line.get(word).text().toLowerCase(Locale.ROOT))) return true;
        }
        return !gone && (line.isInClause(end, "SKIP") || line.isInClause(end, "REJECT") || line.isInClause(end, "NOT"));
    }

    /** "Both please", of what was told about. */
    private boolean isOfTracks(int at) {
        return line.words(at + 1, at + 2)
                        .matches(
                                "(?i)please|pls|plz|of|as|in|separate|separately|,|\\\\.||都|要|分开|分別|分别|tracks?|languages?")
                && wishes.tracks.isEmpty();
    }

    /** "Twenty past". */
    private boolean isClock(int at) {
        return line.is(at, Token.NUMBER) || line.is(at, Token.CLOCK);
    }

    /** "Keep the part after the applause", not "before our team looks at it". */
    private boolean isOfTheSound(int at) {
        int small = at - 1;
        while (line.is(small, "SOFT") || line.is(small, "A")) small--;
        int before = small;
        boolean whole = line.get(at).text().toLowerCase(Locale.ROOT).startsWith("everything");
        int place = at + 1;
        while (place < line.size()
                && !line.is(place, "PUNCTUATION")
                && !line.is(place, Token.CLOCK)
                && !line.is(place, "UNIT")) place++;
        return whole
                || line.is(place, Token.CLOCK)
                || line.is(place, "UNIT")
                || Stream.of("SKIP", "FROM", "UNTIL", "ONLY", "TAKEONLY", "ALL", "EXTRACT", "PIECE", "NOT", "AUDIO")
                        .anyMatch(kind -> line.is(before, kind));
    }
}
