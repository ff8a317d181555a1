package dev.soundlift.sentence;

import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Preset;
import dev.soundlift.request.Quality;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Wishes that cannot all be fulfilled, or none at all. */
record Contradictions(Wishes wishes, ExtractionRequest request, List<Token> tokens, List<Token> left) {
    /** Tells the wishes of each. */
    void find() {
        if (!isRequest()) wishes.problem(Text.of("ask.nothing"));
        if (isQuestion() || isQuestionOfFile()) wishes.problem(Text.of("ask.question"));
        if (wishes.said(Remark.JOINED) && !wishes.mix && (isOfAll() || wishes.stretches.count() > 1))
            wishes.problem(Text.of("ask.other-job", wishes.words(Remark.JOINED)));
        boolean rest = wishes.said(Remark.KEEPS_REST) && wishes.stretches.isOfParts();
        if (rest) wishes.problem(Text.of("ask.cut-out", wishes.words(Remark.KEEPS_REST)));
        if (wishes.said(Remark.KEEPS_REST) && wishes.said(Remark.NO_COMMENTARY))
            wishes.problem(Text.of("ask.all-but", wishes.words(Remark.NO_COMMENTARY)));
        twice(wishes.bitsPerSecond.against().map(rate -> new Quality.BitRate(rate).toString()), "--bitrate");
        twice(wishes.vbr.against(), "--vbr");
        twice(wishes.sampleRate.against(), "--rate");
        twice(wishes.channels.against(), "--channels");
        twice(wishes.depth.against().map(SampleDepth::label), "--bits");
        twice(wishes.loudness.against(), "--loudness");
        twice(wishes.preset.against().map(Preset::label), "--preset");
        twice(wishes.onExists.against().map(what -> what.name().toLowerCase(Locale.ROOT)), "--on-exists");
        twice(wishes.engine.against().map(what -> what.name().toLowerCase(Locale.ROOT)), "--engine");
        twice(wishes.jobs.against(), "--jobs");
        twice(wishes.files.secondOutput(), "--output");
        boolean small =
                wishes.isGrade(Wishes.Grade.SMALL) || wishes.grade.against().equals(Optional.of(Wishes.Grade.SMALL));
        if (small && wishes.grade.against().isPresent()) together("best", "small");
        Encoding encoding = request.encoding();
        String format = "--format " + request.format().label();
        if (encoding.copyOnly()
                && (encoding.changesTheSound() || encoding.preset().isPresent())) {
            together("--copy", changing(encoding));
        }
        if (encoding.copyOnly() && wishes.isGrade(Wishes.Grade.SMALL)) together("--copy", "small");
        boolean mp3 = request.format() == AudioFormat.MP3 && encoding.format().isPresent();
        if (mp3 && wishes.formats.lossless() && !wishes.copy) together("lossless", "mp3");
        if (wishes.bitsPerSecond.isSaid() && wishes.vbr.isSaid()) together("--bitrate", "--vbr");
        boolean lossless = Formats.isLossless(request.format());
        if (lossless && (wishes.bitsPerSecond.isSaid() || wishes.vbr.isSaid() || wishes.isGrade(Wishes.Grade.SMALL))) {
            together(
                    format,
                    wishes.isGrade(Wishes.Grade.SMALL) && !wishes.bitsPerSecond.isSaid() ? "small" : "--bitrate");
        }
        boolean all = wishes.tracks.contains(TrackChoice.ALL);
        if (all && wishes.said(Remark.NO_COMMENTARY))
            wishes.problem(Text.of("ask.negation", wishes.words(Remark.NO_COMMENTARY)));
        if (all && wishes.tracks.size() > 1)
            together(
                    "--track all",
                    "--track "
                            + wishes.tracks.stream()
                                    .filter(track -> !track.equals(TrackChoice.ALL))
                                    .findFirst()
                                    .orElseThrow());
        boolean noUpload =
                wishes.engine.value().filter(EngineChoice.Kind.LOCAL::equals).isPresent();
        if (noUpload && wishes.uploadAllowed) together("--engine local", "--allow-upload");
    }

    private static String changing(Encoding encoding) {
        if (encoding.preset().isPresent())
            return "--preset " + encoding.preset().get().label();
        if (!encoding.quality().equals(Quality.LIKE_THE_SOURCE)) return "--bitrate";
        if (encoding.sampleRateHz().isPresent()) return "--rate";
        if (encoding.depth().isPresent()) return "--bits";
        return encoding.loudness().isPresent() ? "--loudness" : "--channels";
    }

    private void twice(Optional<?> against, String option) {
        if (against.isPresent()) wishes.problem(Text.of("ask.two-values", option));
    }

    private void together(String one, String other) {
        wishes.problem(Text.of("ask.together", one, other));
    }

    /** Whether anything at all was said of a file or its sound. */
    private boolean isRequest() {
        boolean named = tokens.stream().anyMatch(token -> token.is(Token.NAME))
                && left.stream().allMatch(Token::isKnown);
        return wishes.wishAnything()
                || named
                || wishes.files.output().isPresent()
                || wishes.onExists.isSaid()
                || wishes.engine.isSaid()
                || wishes.uploadAllowed
                || wishes.keepDate
                || wishes.cueSheet
                || wishes.hasProblems()
                || tokens.stream()
                        .anyMatch(token -> Stream.of(
                                        "EXTRACT",
                                        "AUDIO",
                                        "FORMAT",
                                        "VIDEOFORMAT",
                                        "NOVIDEO",
                                        "MEDIA",
                                        "RINGTONE",
                                        "TRACK",
                                        "FOLDER",
                                        "FORMATNOUN")
                                .anyMatch(token::is));
    }

    /** "Does it work here": "here" is no file that is asked to be taken. */
    private boolean isQuestion() {
        boolean named =
                tokens.stream().anyMatch(token -> token.value(Token.NAME).matches("(?s).*[./\\\\*].*"))
                        || !wishes.files.given().isEmpty();
        // 这里有哪些编码器
        boolean here = tokens.stream().anyMatch(token -> token.is("HERE"))
                && Stream.of("AUDIO", "MEDIA", "ALL", "VIDEOFORMAT", "INTO", "OUTPUT", "FOLDER")
                        .noneMatch(kind -> tokens.stream().anyMatch(token -> token.is(kind)));
        // mp3 有无损的吗?
        boolean made = tokens.stream()
                .anyMatch(token -> Stream.of("INTO", "EXTRACT", "TAKEONLY", "OUTPUT", "NOVIDEO", "SKIP", "LONG")
                        .anyMatch(token::is));
        int end = tokens.size() - 1;
        while (end > 0 && tokens.get(end).is("PUNCTUATION")) end--;
        boolean last = end >= 0 && Traditional.plain(tokens.get(end).text()).matches("吗|么|嘛|没|不");
        boolean requested = tokens.stream()
                .anyMatch(token -> Traditional.plain(token.text()).matches("能|能不能|可以|可不可以|可否|帮.*|麻烦.*|请.*"));
        if (last && !named && !made && !requested && wishes.files.inputs().isEmpty()) return true;
        boolean asks = !tokens.isEmpty()
                && (tokens.get(0).is("ASKS")
                        || tokens.get(0).is("WHY")
                        || tokens.get(0).is("INFO")
                        || tokens.get(0).text().matches("(?i)which|what|what'?s|how(?: .*)?|who|who'?s|什么|哪些|哪种|哪个"));
        return (asks || here)
                && !named
                && !wishes.wishAnything()
                && (tokens.stream().noneMatch(token -> token.is("EXTRACT") || token.is("NOVIDEO"))
                        || tokens.stream()
                                .noneMatch(token -> Stream.of("AUDIO", "MEDIA", "VIDEOFORMAT", "NOVIDEO")
                                        .anyMatch(token::is)));
    }

    /** "Is song.mp3 ok?": of a file, and nothing to be made of it. */
    private boolean isQuestionOfFile() {
        int first = 0;
        while (first < tokens.size() && tokens.get(first).is("PUNCTUATION")) first++;
        boolean asks = first < tokens.size()
                && tokens.get(first).text().matches("(?i)is|does|has|are|did|was|were|why|how come");
        return asks
                && !wishes.wishAnything()
                && tokens.stream()
                        .noneMatch(token -> Stream.of("EXTRACT", "NOVIDEO", "OUTPUT", "TAKEONLY")
                                .anyMatch(
                                        kind -> token.is(kind) && !token.text().equalsIgnoreCase("as")));
    }

    /** Of several files together, not of each. */
    private boolean isOfAll() {
        List<String> inputs = wishes.files.inputs();
        boolean together = tokens.stream()
                .filter(token -> token.is("ALL"))
                .anyMatch(token ->
                        Stream.of("all", "所有", "所有的", "全部", "全部的").anyMatch(Traditional.plain(token.text())::equals));
        boolean each = tokens.stream()
                .anyMatch(token -> token.is("EACH")
                        || token.text().equals("per")
                        || token.text().startsWith("每"));
        return !each && (inputs.size() > 1 || (together && !inputs.isEmpty()));
    }
}
