package dev.soundlift.sentence;

import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.LoudnessTarget;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.Preset;
import dev.soundlift.text.Text;
import java.util.List;
import java.util.Optional;

/** Loudness, presets, who does the work, and what becomes of what is there. */
final class HandlingRules {
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
            Rule.of("LOUDNESS|AUDIO? LOUDER LOUDNESS|AUDIO?", (match, wishes) -> wishes.louder = true),
            // "The mp3 has no sound" asks for no mp3
            Rule.of("FORMAT FORMATNOUN? HAVE|FILLER? TROUBLE", (match, wishes) -> true),
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
            Rule.of("LOCAL", (match, wishes) -> engine(wishes, EngineChoice.Kind.LOCAL)),
            Rule.of("CLOUD", (match, wishes) -> engine(wishes, EngineChoice.Kind.CLOUD)),
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
            Rule.of("NOVIDEO TRACK?", (match, wishes) -> true),
            Rule.of("SKIP SOURCE? AUDIO TRACK?", HandlingRules::removedSound),
            Rule.of("SKIP SILENCE", SoundRules::otherJob),
            Rule.of("SPLIT SILENCE", SoundRules::otherJob),
            Rule.of("EXPORT SOURCE? SITE MEDIA?", HandlingRules::videoPage),
            Rule.of("SOURCE SITE EXPORT MEDIA?", HandlingRules::videoPage));

    private HandlingRules() {}

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
        wishes.loudness.say(LoudnessTarget.PODCAST);
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
