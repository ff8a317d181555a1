package dev.soundlift.sentence;

import dev.soundlift.request.Align;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Extras;
import dev.soundlift.request.LoudnessTarget;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.Pieces;
import dev.soundlift.request.Quality;
import dev.soundlift.request.RangeWish;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.request.VerifyLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says a request in words: what {@link SentenceReader} reads back as the same request. */
public final class Phrasing {
    private final boolean chinese;
    private final List<String> phrases = new ArrayList<>();
    private boolean sayable = true;

    private Phrasing(boolean chinese) {
        this.chinese = chinese;
    }

    /** Nothing where there are no words for something, such as {@code --verify off}. */
    public static Optional<String> of(List<String> inputs, ExtractionRequest request, Locale language) {
        Phrasing phrasing = new Phrasing(language.getLanguage().equals("zh"));
        phrasing.format(inputs, request);
        phrasing.sound(request.encoding());
        phrasing.tracks(request);
        phrasing.pieces(request.pieces());
        phrasing.rest(request);
        return phrasing.sayable
                ? Optional.of(String.join(phrasing.chinese ? "，" : ", ", phrasing.phrases))
                : Optional.empty();
    }

    private void say(String english, String inChinese) {
        phrases.add(chinese ? inChinese : english);
    }

    private void format(List<String> inputs, ExtractionRequest request) {
        String names = String.join(
                chinese ? "和" : " and ", inputs.stream().map(this::quoted).toList());
        Encoding encoding = request.encoding();
        boolean named = encoding.format().isPresent() && request.format() != AudioFormat.SAME;
        String format = named ? request.format().label() : "";
        if (named) say("convert " + names + " to " + format, "把" + names + "转成" + format);
        else say("extract the audio of " + names, "提取" + names + "的音频");
        if (encoding.copyOnly()) say("without re-encoding", "不重新编码");
        else if (encoding.format().equals(Optional.of(AudioFormat.SAME))) sayable = false;
        encoding.preset().ifPresent(preset -> {
            switch (preset) {
                case SPEECH -> say("for transcription", "用于转文字");
                case PODCAST -> say("for a podcast", "用于播客");
                case MUSIC -> say("with the music preset", "音乐预设");
                case ARCHIVE -> say("for archiving", "用于存档");
            }
        });
    }

    private String quoted(String name) {
        if (name.matches(".*[\"”].*")) sayable = false;
        return chinese ? "“" + name + "”" : "\"" + name + "\"";
    }

    private void sound(Encoding encoding) {
        if (encoding.quality() instanceof Quality.BitRate rate) {
            if (rate.bitsPerSecond() % 1000 != 0) sayable = false;
            int kilo = rate.bitsPerSecond() / 1000;
            say("at " + kilo + " kbps", kilo + "kbps");
        }
        if (encoding.quality() instanceof Quality.Variable vbr) say("vbr " + vbr.level(), "可变码率" + vbr.level());
        encoding.sampleRateHz().ifPresent(rate -> say(rate + " Hz", "采样率" + rate + "赫兹"));
        encoding.depth().ifPresent(depth -> {
            String floating = depth == SampleDepth.FLOAT_32 ? chinese ? "浮点" : " float" : "";
            say(depth.bits() + " bit" + floating, depth.bits() + "位" + floating);
        });
        channels(encoding.channels());
        encoding.loudness().ifPresent(this::loudness);
    }

    private void channels(ChannelChoice choice) {
        if (choice instanceof ChannelChoice.Side side) {
            say(side.left() ? "the left channel" : "the right channel", side.left() ? "左声道" : "右声道");
        }
        if (choice instanceof ChannelChoice.Count count) {
            switch (count.channels()) {
                case 1 -> say("mono", "单声道");
                case 2 -> say("stereo", "立体声");
                case 6 -> say("5.1 surround", "5.1声道");
                default -> say(count.channels() + " channels", count.channels() + "声道");
            }
        }
    }

    private void loudness(LoudnessTarget target) {
        if (target.equals(LoudnessTarget.PODCAST)) say("as loud as a podcast", "像播客一样响");
        else if (target.equals(LoudnessTarget.BROADCAST)) say("broadcast loudness", "广播响度");
        else say(target + " LUFS", "响度" + target + " LUFS");
    }

    private void tracks(ExtractionRequest request) {
        if (!request.combination().groups().isEmpty()) sayable = false;
        boolean mix = request.combination().mix();
        for (TrackChoice track : request.tracks()) {
            if (track instanceof TrackChoice.Position position) {
                say("audio track " + position.number(), "第" + position.number() + "条音轨");
            } else if (track instanceof TrackChoice.Language language) {
                Optional<String> word = Vocabulary.WORDS.spelling("LANGUAGE", language.language(), chinese);
                if (word.isEmpty()) sayable = false;
                say("the " + word.orElse("") + " audio track", word.orElse("") + "音轨");
            } else if (track instanceof TrackChoice.Title title) {
                say("the track called " + quoted(title.words()), "音轨名为" + quoted(title.words()));
            } else if (track instanceof TrackChoice.All) {
                if (mix) say("mix all audio tracks into one", "把所有音轨混合成一个");
                else say("all audio tracks", "所有音轨");
            } else if (request.tracks().size() > 1) {
                sayable = false;
            }
        }
        if (!mix || request.tracks().contains(TrackChoice.ALL)) return;
        if (request.tracks().size() > 1) say("mixed into one", "混成一条");
        else sayable = false;
    }

    private void pieces(Pieces pieces) {
        if (pieces instanceof Pieces.OneChapter one) {
            say("chapter " + one.number(), "第" + one.number() + "章");
        } else if (pieces instanceof Pieces.EveryChapter) {
            say("one file per chapter", "每章一个文件");
        } else if (pieces instanceof Pieces.Silences silences) {
            if (silences.limited()) sayable = false;
            say("split at silences", "在静音处切开");
        } else if (pieces instanceof Pieces.Lengths lengths) {
            String each = MediaTime.print(lengths.each());
            say("split every " + each, "每" + each + "切一段");
        } else {
            List<RangeWish> ranges = ((Pieces.Ranges) pieces).ranges();
            ranges.stream()
                    .filter(range -> ranges.size() > 1 || !range.isWhole())
                    .forEach(this::range);
        }
    }

    private void range(RangeWish range) {
        String start = MediaTime.print(range.start().offset());
        boolean begins = range.start().equals(MediaTime.START);
        if (range.end().isEmpty()) {
            if (range.start().fromEnd()) say("the last " + start, "最后" + start);
            else say("from " + start + " to the end", "从" + start + "到最后");
            return;
        }
        MediaTime end = range.end().get();
        String time = MediaTime.print(end.offset());
        if (begins && end.fromEnd()) say("without the last " + time, "去掉最后" + time);
        else if (begins) say("the first " + time, "前" + time);
        else say("from " + place(range.start()) + " to " + place(end), "从" + place(range.start()) + "到" + place(end));
    }

    private String place(MediaTime time) {
        String offset = MediaTime.print(time.offset());
        if (!time.fromEnd()) return offset;
        return chinese ? "倒数" + offset : offset + " before the end";
    }

    private void rest(ExtractionRequest request) {
        request.destination().output().ifPresent(output -> say("save it to " + quoted(output), "保存到" + quoted(output)));
        switch (request.destination().onExists()) {
            case FAIL -> {}
            case SKIP -> say("skip existing files", "跳过已有文件");
            case RENAME -> say("keep both files", "自动改名");
            case OVERWRITE -> say("overwrite existing files", "覆盖已有文件");
        }
        EngineChoice.Kind engine = request.engine().kind();
        if (engine == EngineChoice.Kind.LOCAL) say("locally", "本地处理");
        else if (engine == EngineChoice.Kind.CLOUD) say("in the cloud", "用云端");
        else if (engine == EngineChoice.Kind.EXECUTABLE) sayable = false;
        if (request.engine().uploadAllowed()) say("uploading is fine", "可以上传");
        Extras extras = request.extras();
        if (extras.keepDate()) say("keep the date", "保留日期");
        boolean cue = extras.chapterList().equals(Optional.of(Extras.ChapterList.CUE));
        if (cue) say("with a cue sheet", "带cue文件");
        boolean wordless = extras.id3() != Extras.Id3.V2_3
                || extras.coverFrame().isPresent()
                || (extras.chapterList().isPresent() && !cue)
                || request.align() != Align.VIDEO
                || request.verify() != VerifyLevel.FULL
                || request.strict();
        if (wordless) sayable = false;
    }
}
