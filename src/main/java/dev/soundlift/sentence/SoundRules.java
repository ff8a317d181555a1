package dev.soundlift.sentence;

import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.text.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats and quality. */
final class SoundRules {
    /** Rates in kilohertz that nobody means as a bit rate. */
    private static final Set<String> RATES = Set.of("8", "11.025", "16", "22.05", "44.1", "88.2");

    /** Formats that are said together with the file they are put in. */
    private static final Map<String, String> CONTAINED = Map.of(
            "aac m4a",
            "m4a",
            "alac m4a",
            "alac",
            "ogg opus",
            "opus",
            "pcm wav",
            "wav",
            "aac mka",
            "mka",
            "flac mka",
            "mka");

    private static final Set<String> DEPTHS = Set.of("16", "24", "32");
    private static final Set<String> KILO_RATES = Set.of("44.1", "48", "88.2", "96", "176.4", "192");

    /** Sample rates that are said without a unit. */
    private static final Set<String> BARE_HERTZ = Set.of(
            "8000", "11025", "16000", "22050", "24000", "32000", "44100", "48000", "88200", "96000", "192000", "44.1",
            "22.05", "11.025", "88.2");

    /** Bit rates that are said without a unit. */
    static final Set<String> BARE_RATES = Set.of("96", "112", "128", "160", "192", "224", "256", "320");

    /** Of what can be left out: those that are said of what should not be done at all. */
    private static final Set<String> REFUSALS =
            Set.of("不要", "without", "不用", "不需要", "don't want", "don't need", "dont want", "dont need");

    static final List<Rule> RULES = List.of(
            // Formats
            Rule.of("INTO BEST|LOSSLESS|CHANNELS? FORMAT FORMATNOUN?", SoundRules::target),
            Rule.of("INTO number KBPS FORMAT FORMATNOUN?", SoundRules::target),
            Rule.of("SOURCE FORMAT FORMATNOUN|MEDIA?", SoundRules::source),
            Rule.of("FORMAT MEDIA|FORMATNOUN? INTO|TO BEST|LOSSLESS? FORMAT FORMATNOUN?", (match, wishes) -> {
                wishes.formats.source(match.value("FORMAT"), match);
                wishes.formats.target(match.value("FORMAT", 1), match);
                return quality(match, wishes);
            }),
            // "AAC in an m4a": the codec and what it is put in
            Rule.of("FORMAT PUNCTUATION|IN? FORMAT", SoundRules::contained),
            Rule.of("FORMAT FORMATNOUN?", SoundRules::plain).or(SoundRules::told, SoundRules::unwanted),
            // "Wma is too old", where nobody wants any
            Rule.of("OTHERFORMAT", (match, wishes) -> false).or((match, aside) -> true, (match, wishes) -> true),
            Rule.of("BEST|LOSSLESS FORMAT FORMATNOUN?", (match, wishes) -> {
                wishes.formats.plain(match.value("FORMAT"), match);
                return quality(match, wishes);
            }),
            // "DTS to flac"
            Rule.of("OTHERFORMAT INTO|TO FORMAT FORMATNOUN?", (match, wishes) -> {
                boolean to = !match.has("INTO") || !match.text("INTO").matches("in|as");
                if (to) wishes.formats.target(match.value("FORMAT"), match);
                return to;
            }),
            Rule.of("INTO VIDEOFORMAT FORMATNOUN?", SoundRules::notAudio),
            Rule.of("INTO OTHERFORMAT FORMATNOUN?", SoundRules::notOffered),
            Rule.of(
                    "OTHERFORMAT FORMATNOUN",
                    (match, wishes) -> match.text("FORMATNOUN").matches("format|格式") && notOffered(match, wishes)),
            Rule.of("FORMAT|VIDEOFORMAT TO OTHERFORMAT FORMATNOUN?", SoundRules::notOffered),
            Rule.of("INTO? LOSSLESSFORMAT AUDIO?", SoundRules::flac),
            Rule.of(
                    "INTO? LOSSLESS FORMATNOUN",
                    (match, wishes) -> match.text("FORMATNOUN").matches("formats?|codec|files?|的?格式|文件|编码")
                            && flac(match, wishes)),
            Rule.of(
                    "INTO LOSSLESS AUDIO?",
                    (match, wishes) -> !match.text("INTO").equals("用") && flac(match, wishes)),
            Rule.of("LOSSLESS AUDIO?", (match, wishes) -> done(wishes.formats::sayLossless)),
            Rule.of("COPY", (match, wishes) -> wishes.copy = true),
            // "…, copied", not "I copied it from my phone"
            Rule.of("COPIED", (match, wishes) -> match.standsAlone() && (wishes.copy = true)),
            Rule.of("PUNCTUATION EXTRACT", (match, wishes) -> {
                boolean alone = match.text("EXTRACT").equals("copy") && match.endsClause();
                wishes.copy |= alone;
                return alone;
            }),
            Rule.of("INTO? SAMEFORMAT", (match, wishes) -> wishes.copy = true),
            Rule.of("INTO|PURPOSE? IPHONE? RINGTONE PURPOSE? SOURCE? IPHONE?", (match, wishes) -> true),
            // Quality
            Rule.of("BEST", (match, wishes) -> grade(wishes, Wishes.Grade.BEST)),
            // "Best mp3 quality", 最高的 mp3 音质
            Rule.of("TOP FORMAT TOPNOUN", (match, wishes) -> {
                wishes.formats.plain(match.value("FORMAT"), match);
                return grade(wishes, Wishes.Grade.BEST);
            }),
            // 最好 alone is "preferably"
            Rule.of(
                    "TOP FORMAT",
                    (match, wishes) -> match.text("TOP").matches("best|最好的|最佳的|最高的")
                            && plain(match, wishes)
                            && grade(wishes, Wishes.Grade.BEST)),
            Rule.of("LOUDNESS SMALL", SoundRules::otherJob),
            // 声音调小一点
            Rule.of(
                    "LOUDNESS|AUDIO FILLER|INTO SMALL",
                    (match, wishes) ->
                            match.text(match.has("FILLER") ? "FILLER" : "INTO").matches("调|弄|放|改|调得|变|校|整")
                                    && otherJob(match, wishes)),
            // 直接抽出来不要转
            Rule.of(
                    "NOT|SKIP INTO|EXTRACT",
                    (match, wishes) -> match.endsClause()
                            && wishes.files.isNamed()
                            && match.text(match.has("INTO") ? "INTO" : "EXTRACT")
                                    .matches("转|转码|转档|转换|转格式|convert|transcode")
                            && match.text(match.has("NOT") ? "NOT" : "SKIP")
                                    .matches("不要|别|不用|不|唔好|唔要|唔使|don'?t|do not|no|without")
                            && (wishes.copy = true)),
            Rule.of("SMALL", (match, wishes) -> grade(wishes, Wishes.Grade.SMALL)),
            Rule.of("NOLOSS", (match, wishes) -> grade(wishes, Wishes.Grade.NO_LOSS)),
            Rule.of("KEEPQUALITY", (match, wishes) -> grade(wishes, Wishes.Grade.AS_SOURCE)),
            Rule.of("number KBPS BITRATE?", SoundRules::kilobits),
            Rule.of("BITRATE LIKE|FILLER? number KBPS?", SoundRules::kilobits),
            Rule.of("number KBPS CBR", SoundRules::kilobits),
            Rule.of("CBR number KBPS?", SoundRules::kilobits),
            Rule.of("BITRATE? MOST|BEST number KBPS", SoundRules::kilobits),
            Rule.of("BITRATE MOST LIKE|FILLER? number KBPS?", SoundRules::kilobits),
            Rule.of("INTO? FORMAT PER? number CBR?", SoundRules::bareRate),
            Rule.of("PER number CBR?", (match, wishes) -> match.text("PER").equals("at") && bareRate(match, wishes)),
            // Of several files that would be joining them
            Rule.of("INTOONE FILLER? FORMAT FORMATNOUN?", SoundRules::intoOne),
            Rule.of("INTOONE ONEFILE|PIECE|MEDIA", (match, wishes) -> {
                wishes.remark(Remark.JOINED, match);
                return true;
            }),
            Rule.of("INTO PIECE FORMAT FORMATNOUN?", SoundRules::intoOne),
            Rule.of("INTO number MEASURE? FORMAT FORMATNOUN?", SoundRules::intoOne),
            Rule.of("number CBR? FORMAT", SoundRules::bareRate),
            Rule.of("number CHANNELS FORMAT FORMATNOUN?", (match, wishes) -> {
                if (!bareRate(match, wishes)) return false;
                wishes.channel(ChannelChoice.parse(match.value("CHANNELS")).orElseThrow());
                return true;
            }),
            Rule.of("number CBR", SoundRules::bareRate),
            Rule.of("TAKEONLY number", SoundRules::bareRate),
            Rule.of("SAMPLERATE LIKE|FILLER? number KHZ|HZ|KBPS?", SoundRules::sampleRate),
            Rule.of(
                    "number",
                    (match, wishes) -> BARE_HERTZ.contains(match.number(0).toPlainString())
                            && !match.isCounted()
                            && sampleRate(match, wishes)),
            // "…, mp3, 320"
            Rule.of(
                    "PUNCTUATION number",
                    (match, wishes) -> match.text("PUNCTUATION").matches("[,，、]")
                            && match.endsClause()
                            && bareRate(match, wishes)),
            Rule.of(
                    "number",
                    (match, wishes) -> match.endsClause()
                            && (match.follows("FORMAT") || match.follows("CHANNELS"))
                            && bareRate(match, wishes)),
            Rule.of("number PUNCTUATION number", SoundRules::bitsAndRate),
            Rule.of("NOT|SKIP IS? INTO? FORMAT PUNCTUATION? TAKEONLY|IS|INTO FORMAT FORMATNOUN?", SoundRules::instead),
            Rule.of("NOT|SKIP FILLER|TAKEONLY? IS|INTO? FORMAT FORMATNOUN?", SoundRules::excluded),
            Rule.of("NOT|SKIP NORMALIZE LOUDNESS|AUDIO?", SoundRules::notDoneAnyway),
            Rule.of("NOT|SKIP LOUDNESS NORMALIZE", SoundRules::notDoneAnyway),
            Rule.of("NOT|SKIP FILLER|EXTRACT? LOUDER", SoundRules::notDoneAnyway),
            Rule.of("NOT|SKIP TAGS", SoundRules::tags),
            Rule.of("TAGS SKIP", SoundRules::tags),
            Rule.of("FORMAT INSTEAD FORMAT", (match, wishes) -> {
                wishes.formats.target(match.value("FORMAT"), match);
                return true;
            }),
            Rule.of("number KHZ|HZ SAMPLERATE?", SoundRules::sampleRate),
            Rule.of("number KBPS? SAMPLERATE", SoundRules::sampleRate),
            Rule.of("number BITUNIT DEPTH? FLOAT?", SoundRules::depth),
            Rule.of("DEPTH LIKE|FILLER? number BITUNIT?", SoundRules::depth),
            Rule.of("VBR BEST", (match, wishes) -> vbr(wishes, "0")),
            Rule.of("BEST VBR", (match, wishes) -> vbr(wishes, "0")),
            Rule.of("VBR? VLEVEL VBR?", (match, wishes) -> vbr(wishes, match.value("VLEVEL"))),
            Rule.of(
                    "VBR LOUDNESS|FILLER? number",
                    (match, wishes) -> vbr(wishes, match.number(0).toPlainString())),
            Rule.of("CDQUALITY FORMAT?", (match, wishes) -> {
                wishes.sampleRate.say(44_100);
                wishes.depth.say(SampleDepth.BITS_16);
                wishes.formats.plain(match.has("FORMAT") ? match.value("FORMAT") : "wav", match);
                return true;
            }));

    private SoundRules() {}

    private static boolean done(Runnable wish) {
        wish.run();
        return true;
    }

    private static boolean target(Match match, Wishes wishes) {
        wishes.formats.target(match.value("FORMAT"), match);
        if (match.has("KBPS")) kilobits(match, wishes);
        if (match.has("CHANNELS"))
            wishes.channel(ChannelChoice.parse(match.value("CHANNELS")).orElseThrow());
        return quality(match, wishes);
    }

    private static boolean plain(Match match, Wishes wishes) {
        wishes.formats.plain(match.value("FORMAT"), match);
        return true;
    }

    private static boolean contained(Match match, Wishes wishes) {
        String format = CONTAINED.get(Stream.of(match.value("FORMAT"), match.value("FORMAT", 1))
                .sorted()
                .collect(Collectors.joining(" ")));
        if (format == null) return false;
        wishes.formats.plain(format, match);
        return true;
    }

    private static boolean told(Match match, Wishes aside) {
        aside.remark(Remark.FORMAT_TOLD, match);
        return plain(match, aside);
    }

    private static boolean unwanted(Match match, Wishes wishes) {
        wishes.formats.exclude(match.value("FORMAT"));
        wishes.remark(Remark.EXCLUDED, match);
        return true;
    }

    private static boolean intoOne(Match match, Wishes wishes) {
        boolean one = match.has("number")
                ? match.number(0).compareTo(BigDecimal.ONE) == 0
                : match.has("INTOONE") || match.text("PIECE").equals("一个");
        if (!one) return false;
        wishes.remark(Remark.JOINED, match);
        wishes.formats.target(match.value("FORMAT"), match);
        return true;
    }

    private static boolean source(Match match, Wishes wishes) {
        wishes.formats.source(match.value("FORMAT"), match);
        return true;
    }

    private static boolean quality(Match match, Wishes wishes) {
        if (match.has("BEST")) wishes.grade.say(Wishes.Grade.BEST);
        if (match.has("LOSSLESS")) wishes.formats.sayLossless();
        return true;
    }

    private static boolean flac(Match match, Wishes wishes) {
        wishes.formats.plain(AudioFormat.FLAC.label(), match);
        return true;
    }

    private static boolean notAudio(Match match, Wishes wishes) {
        if (match.text("INTO").matches("in|as|用")) return false;
        return notOffered(match, wishes);
    }

    private static boolean notOffered(Match match, Wishes wishes) {
        if (match.has("INTO") && match.text("INTO").equals("in")) return false;
        wishes.problem(Text.of("ask.no-format", match.written()));
        return true;
    }

    private static boolean grade(Wishes wishes, Wishes.Grade grade) {
        wishes.grade.say(grade);
        return true;
    }

    private static boolean kilobits(Match match, Wishes wishes) {
        BigDecimal number = match.number(0);
        boolean bare =
                match.has("KBPS") && match.text("KBPS").equals("k") && !match.has("BITRATE") && !match.has("CBR");
        if (bare && RATES.contains(number.toPlainString())) {
            wishes.sampleRate.say(number.movePointRight(3).intValue());
            return true;
        }
        boolean united = match.has("KBPS");
        if (number.compareTo(BigDecimal.valueOf(united ? 1 : 8)) < 0
                || number.compareTo(BigDecimal.valueOf(10_000)) > 0) return false;
        int rate = number.movePointRight(3).setScale(0, RoundingMode.HALF_UP).intValueExact();
        boolean either = bare && Set.of("32", "48", "96", "192").contains(number.toPlainString());
        if (either) wishes.kilo(rate);
        else wishes.bitsPerSecond.say(rate);
        return true;
    }

    /** "mp3 320": one of the rates that players and shops write so. */
    private static boolean bareRate(Match match, Wishes wishes) {
        BigDecimal number = match.number(0);
        if (!BARE_RATES.contains(number.toPlainString()) || match.isCounted()) return false;
        if (match.has("FORMAT")) {
            AudioFormat format = AudioFormat.named(match.value("FORMAT")).orElseThrow();
            if (Formats.isLossless(format)) return false;
            if (match.has("INTO")) wishes.formats.target(match.value("FORMAT"), match);
            else wishes.formats.plain(match.value("FORMAT"), match);
        }
        wishes.bitsPerSecond.say(number.intValueExact() * 1000);
        return true;
    }

    /** "24/96". */
    private static boolean bitsAndRate(Match match, Wishes wishes) {
        String one = match.number(0).toPlainString();
        String other = match.number(1).toPlainString();
        boolean swapped = DEPTHS.contains(other);
        boolean possible = match.text("PUNCTUATION").equals("/")
                && DEPTHS.contains(swapped ? other : one)
                && KILO_RATES.contains(swapped ? one : other);
        if (!possible) return false;
        wishes.depth.say(SampleDepth.named(swapped ? other : one).orElseThrow());
        wishes.sampleRate.say(
                new BigDecimal(swapped ? one : other).movePointRight(3).intValueExact());
        return true;
    }

    private static boolean instead(Match match, Wishes wishes) {
        if (match.has("SKIP") && !match.text("SKIP").equals("不要")) return false;
        wishes.formats.target(match.value("FORMAT", 1), match);
        return true;
    }

    private static boolean excluded(Match match, Wishes wishes) {
        return (!match.has("SKIP") || REFUSALS.contains(match.text("SKIP"))) && unwanted(match, wishes);
    }

    /** Nothing is brought to a loudness unless it is asked for. */
    private static boolean notDoneAnyway(Match match, Wishes wishes) {
        return !match.has("SKIP") || REFUSALS.contains(match.text("SKIP"));
    }

    private static boolean tags(Match match, Wishes wishes) {
        wishes.problem(Text.of("ask.tags", match.written()));
        return true;
    }

    private static boolean sampleRate(Match match, Wishes wishes) {
        boolean kilo = match.has("KHZ") || match.has("KBPS");
        BigDecimal hertz = kilo ? match.number(0).movePointRight(3) : match.number(0);
        // "sample rate 48"
        if (hertz.compareTo(BigDecimal.valueOf(1000)) < 0) hertz = hertz.movePointRight(3);
        boolean possible = hertz.compareTo(BigDecimal.valueOf(1000)) >= 0
                && hertz.compareTo(BigDecimal.valueOf(768_000)) <= 0
                && hertz.stripTrailingZeros().scale() <= 0;
        if (possible) wishes.sampleRate.say(hertz.intValueExact());
        return possible;
    }

    private static boolean depth(Match match, Wishes wishes) {
        String label = match.number(0).toPlainString() + (match.has("FLOAT") ? "f" : "");
        Optional<SampleDepth> depth = SampleDepth.named(label);
        depth.ifPresent(wishes.depth::say);
        return depth.isPresent();
    }

    private static boolean vbr(Wishes wishes, String level) {
        boolean possible = level.matches("\\d");
        if (possible) wishes.vbr.say(Integer.parseInt(level));
        return possible;
    }

    static boolean otherJob(Match match, Wishes wishes) {
        wishes.problem(Text.of("ask.other-job", match.written()));
        return true;
    }
}
