package dev.soundlift.sentence;

import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.LoudnessTarget;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.Preset;
import dev.soundlift.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Loudness, presets, who does the work, and what becomes of what is there. */
final class HandlingRules {
    private static final int MOST_JOBS = 64;

    static final List<Rule> RULES = List.of(
            // Loudness
            Rule.of("NORMALIZE? LIKE? LOUDNESS|AUDIO LIKE? FOR? PODCAST STANDARD|LOUDNESS?", HandlingRules::podcast),
            Rule.of("NORMALIZE? LIKE? PODCAST STANDARD? LOUDNESS", HandlingRules::podcast),
            Rule.of("NORMALIZE LOUDNESS|AUDIO? LIKE|PURPOSE? PODCAST STANDARD? LOUDNESS?", HandlingRules::podcast),
            Rule.of("NORMALIZE? LIKE? LOUDNESS|AUDIO LIKE? BROADCAST STANDARD|LOUDNESS?", HandlingRules::broadcast),
            Rule.of("NORMALIZE? LIKE? BROADCAST STANDARD? LOUDNESS", HandlingRules::broadcast),
            Rule.of("NORMALIZE LOUDNESS|AUDIO? LIKE|PURPOSE? BROADCAST STANDARD? LOUDNESS?", HandlingRules::broadcast),
            Rule.of("PURPOSE BROADCAST", HandlingRules::broadcast),
            Rule.of("LIKE? NORMALIZE? LOUDNESS|AUDIO? LIKE? MINUS? number LUFS LOUDNESS?", HandlingRules::lufs),
            Rule.of("LOUDNESS|AUDIO NORMALIZE LIKE? MINUS? number LUFS", HandlingRules::lufs),
            Rule.of("NORMALIZE FILLER LIKE|INTO? MINUS? number LUFS", HandlingRules::lufs),
            Rule.of("NORMALIZE? LOUDNESS NORMALIZE? LIKE? MINUS number", HandlingRules::lufs),
            Rule.of("LOUDNESS? NORMALIZE LOUDNESS? PUNCTUATION? MINUS number", HandlingRules::lufs),
            Rule.of("LOUDNESS|AUDIO? LOUDER LOUDNESS|AUDIO?", (match, wishes) -> wishes.louder = true),
            // "The mp3 has no sound" asks for no mp3
            Rule.of("FORMAT FORMATNOUN? HAVE|FILLER? TROUBLE", (match, wishes) -> true),
            Rule.of("NORMALIZE? LIKE? LOUDNESS|AUDIO LIKE? FILLER PODCAST STANDARD|LOUDNESS?", HandlingRules::podcast),
            Rule.of("NORMALIZE LOUDNESS|AUDIO?", HandlingRules::normalised),
            Rule.of("LOUDNESS NORMALIZE", HandlingRules::normalised),
            // Presets
            Rule.of("PURPOSE? SPEECH SPEECHNOUN?", HandlingRules::speech),
            Rule.of("PURPOSE ARCHIVE", (match, wishes) -> preset(wishes, Preset.ARCHIVE)),
            Rule.of("ARCHIVE PRESET", (match, wishes) -> preset(wishes, Preset.ARCHIVE)),
            Rule.of("PRESET ARCHIVE", (match, wishes) -> preset(wishes, Preset.ARCHIVE)),
            Rule.of("ARCHIVEUSE", (match, wishes) -> preset(wishes, Preset.ARCHIVE)),
            Rule.of("PURPOSE SOURCE? PODCAST", (match, wishes) -> preset(wishes, Preset.PODCAST)),
            Rule.of(
                    "INTO PODCAST",
                    (match, wishes) -> !match.text("INTO").equals("in") && preset(wishes, Preset.PODCAST)),
            Rule.of("PODCAST PRESET", (match, wishes) -> preset(wishes, Preset.PODCAST)),
            Rule.of("PRESET PODCAST", (match, wishes) -> preset(wishes, Preset.PODCAST)),
            Rule.of("PODCASTUSE", (match, wishes) -> preset(wishes, Preset.PODCAST)),
            Rule.of("MUSICPRESET", (match, wishes) -> preset(wishes, Preset.MUSIC)),
            // Who, and what with what is there
            Rule.of("LOCAL", (match, wishes) -> engine(wishes, EngineChoice.Kind.LOCAL))
                    .describing(),
            Rule.of("CLOUD", HandlingRules::cloud).describing(),
            Rule.of("NOUPLOAD", (match, wishes) -> engine(wishes, EngineChoice.Kind.LOCAL)),
            Rule.of("UPLOADOK", (match, wishes) -> wishes.uploadAllowed = true),
            Rule.of("OVERWRITE", (match, wishes) -> exists(wishes, OnExists.OVERWRITE)),
            Rule.of(
                    "EXISTING FORMAT|MEDIA? PUNCTUATION? FILLER? FILLER? FILLER? SKIP|LEAVE",
                    HandlingRules::skipsExisting),
            Rule.of("SKIP|LEAVE FILLER? FILLER? FILLER? FILLER? EXISTING", HandlingRules::skipsExisting),
            Rule.of("SKIPEXISTING", (match, wishes) -> exists(wishes, OnExists.SKIP)),
            Rule.of("RENAMEEXISTING", (match, wishes) -> exists(wishes, OnExists.RENAME)),
            Rule.of("KEEPDATE", (match, wishes) -> wishes.keepDate = true),
            Rule.of("CUESHEET", (match, wishes) -> wishes.cueSheet = true),
            Rule.of("RESUME", (match, wishes) -> wishes.resume = true),
            Rule.of("NOALIGN", (match, wishes) -> wishes.unaligned = true),
            // "Four at a time", 同时跑 4 个
            Rule.of("number MEDIA|ONEFILE? ATONCE", (match, wishes) -> !isChinese(match) && jobs(match, wishes)),
            Rule.of(
                    "ATONCE number MEASURE? MEDIA|ONEFILE|PIECE?",
                    (match, wishes) -> isChinese(match) && jobs(match, wishes)),
            Rule.of("ATONCE BOTH", (match, wishes) -> {
                if (!isChinese(match)) return false;
                wishes.jobs.say(2);
                return true;
            }),
            Rule.of("number MEASURE? JOBS", HandlingRules::jobs),
            Rule.of("JOBS PUNCTUATION? number", HandlingRules::jobs),
            Rule.of("NOVIDEO TRACK?", (match, wishes) -> true),
            Rule.of("SKIP SOURCE? AUDIO TRACK?", HandlingRules::removedSound),
            Rule.of("SKIP SILENCE", SoundRules::otherJob),
            Rule.of("SPLIT SILENCE", SoundRules::otherJob),
            Rule.of("EXPORT SOURCE? SITE MEDIA?", HandlingRules::videoPage),
            Rule.of("SOURCE SITE EXPORT MEDIA?", HandlingRules::videoPage));

    private HandlingRules() {}

    private static boolean isChinese(Match match) {
        return Character.isIdeographic(match.text("ATONCE").codePointAt(0));
    }

    private static boolean jobs(Match match, Wishes wishes) {
        if (match.isCounted() || match.beginsStretch()) return false;
        int count = TrackRules.whole(match.number(0));
        if (count < 1 || count > MOST_JOBS || match.text("number").startsWith("第")) return false;
        wishes.jobs.say(count);
        return true;
    }

    private static boolean videoPage(Match match, Wishes wishes) {
        wishes.problem(Text.of("ask.video-page", match.text("SITE")));
        return true;
    }

    private static boolean podcast(Match match, Wishes wishes) {
        wishes.loudness.say(LoudnessTarget.PODCAST);
        return true;
    }

    private static boolean broadcast(Match match, Wishes wishes) {
        wishes.loudness.say(LoudnessTarget.BROADCAST);
        return true;
    }

    private static boolean lufs(Match match, Wishes wishes) {
        String number = match.number(0).stripTrailingZeros().toPlainString();
        Optional<LoudnessTarget> target = LoudnessTarget.parse("-" + number);
        target.ifPresent(wishes.loudness::say);
        return target.isPresent();
    }

    /** As loud as most of what people hear on a phone. */
    private static boolean normalised(Match match, Wishes wishes) {
        boolean alone = !match.has("LOUDNESS") && !match.has("AUDIO");
        if (alone && !match.text("NORMALIZE").matches("normal.*|标准化|归一化")) return false;
        // A target that is named is the one that counts: "normalise it to -23 LUFS"
        wishes.louder = true;
        return true;
    }

    private static boolean preset(Wishes wishes, Preset preset) {
        wishes.preset.say(preset);
        return true;
    }

    /** For one that writes it down; a transcript itself is nothing that is made here. */
    private static boolean speech(Match match, Wishes wishes) {
        boolean written = !match.has("PURPOSE")
                && match.text("SPEECH").matches("(?:a )?transcripts?|逐字稿|文字稿")
                && match.isWhatIsMade();
        if (written) wishes.problem(Text.of("ask.other-job", match.written()));
        else preset(wishes, Preset.SPEECH);
        return true;
    }

    private static boolean engine(Wishes wishes, EngineChoice.Kind kind) {
        wishes.engine.say(kind);
        return true;
    }

    /** What names the cloud as a place: as likely that of the video as that of the work. */
    private static final Pattern CLOUD_PLACE =
            Pattern.compile("in the cloud|on .*|server side|在.*|放.*|服务器.*|云端?|云上|上云");

    /** Servers of whom it does not say. */
    private static final Pattern ANY_SERVER = Pattern.compile("on (?:a|the) servers?|server side|在服务器上|服务器.*");

    private static final Pattern WORK = Pattern.compile(
            "(?:.* )?(?:do|does|done|doing|work|works|run|runs|running|process|processing|convert|converting|handle|extract"
                    + "|extracting|happen|happens|transcode)(?: it| this| that| them| all)*");

    /** "Do it in the cloud"; where a video lies says nothing of who does the work, and nothing is sent for it. */
    private static boolean cloud(Match match, Wishes wishes) {
        List<Token> tokens = wishes.tokens();
        String said = match.text("CLOUD");
        int before = match.start - 1;
        while (before >= 0 && tokens.get(before).isSoft()) before--;
        String place = plain(tokens, before);
        boolean adjoins = match.end < tokens.size()
                && tokens.get(match.end).start() == tokens.get(match.end - 1).end();
        boolean worked = said.matches(".*(?:处理|转|跑)")
                || (adjoins && plain(tokens, match.end).matches("处理|转.*|跑|弄|做|提取|去.*|上面?转|里转|把|将"));
        if (worked) return engine(wishes, EngineChoice.Kind.CLOUD);
        int after = match.end;
        while (after < tokens.size() && tokens.get(after).isSoft()) after++;
        boolean elsewhere = place.matches("from|to|onto|on|my|our|从|到|存在|放在|存到|传到|上传到|来自|下载自|我的")
                || (after < tokens.size() && tokens.get(after).is("MEDIA"))
                || plain(tokens, match.end).startsWith("的")
                || (CLOUD_PLACE.matcher(said).matches() && !isOfTheWork(match, tokens, before));
        return !elsewhere && engine(wishes, EngineChoice.Kind.CLOUD);
    }

    /** Whether a place is that of the converting: "do it …", "to mp3 …", "convert a.mp4 …", or a clause of its own. */
    private static boolean isOfTheWork(Match match, List<Token> tokens, int before) {
        int verb = before;
        while (verb >= 0 && plain(tokens, verb).matches("it|this|that|them|all|everything")) verb--;
        if (WORK.matcher(plain(tokens, verb)).matches()) return true;
        if (ANY_SERVER.matcher(match.text("CLOUD")).matches()) return false;
        if (before < 0 || tokens.get(before).is("PUNCTUATION")) return true;
        if (tokens.get(before).is("MEDIA") && !tokens.get(before).is("FORMATNOUN")) return false;
        boolean name = tokens.get(before).is(Token.NAME);
        for (int at = before; at >= 0 && !tokens.get(at).is("PUNCTUATION"); at--) {
            boolean into = tokens.get(at).is("INTO") && !plain(tokens, at).equals("in");
            if (name ? tokens.get(at).is("EXTRACT") : into) return true;
            if (at < before && tokens.get(at).is(Token.NAME)) return false;
        }
        return false;
    }

    private static String plain(List<Token> tokens, int at) {
        return at >= 0 && at < tokens.size() ? Traditional.plain(tokens.get(at).text()) : "";
    }

    private static boolean exists(Wishes wishes, OnExists what) {
        wishes.onExists.say(what);
        return true;
    }

    private static boolean skipsExisting(Match match, Wishes wishes) {
        boolean leaves = match.has("LEAVE") || match.text("SKIP").matches("skip|ignore|omit|drop|跳过|略过|忽略|省略|不要|pass");
        return leaves && exists(wishes, OnExists.SKIP);
    }

    /** The opposite of what is done here; "strip the audio" is said for both and means taking it out. */
    private static boolean removedSound(Match match, Wishes wishes) {
        boolean taken = match.text("SKIP").matches("strip|strip off|take out|take off|take away|cut|cut out|trim|去");
        return !taken && SoundRules.otherJob(match, wishes);
    }
}
